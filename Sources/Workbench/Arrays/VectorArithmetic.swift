import Kernels
import Lua

extension [Operator] {
  /// The operators of `vector`, `matrix` or `dual`, for either order of operands. example: one of an expression in `x`
  static func arithmetic(_ type: String, example: @escaping (_ expression: String) -> String) -> [Operator] {
    func binary(_ event: String, _ symbol: String, _ summary: String, _ operation: BinaryOperation) -> Operator {
      Operator(
        event,
        Function(
          "\(type) \(symbol) other", summary, Parameter<Dual>("a", .dual, "a number or an array"),
          Parameter<Dual>("b", .dual, "a number or an array of the same shape"), returns: "a \(type)",
          example: example("x \(symbol) 2")
        ) { _, a, b in try operation(a, b) })
    }
    return [
      binary("__add", "+", "Adds element by element.", .add),
      binary("__sub", "-", "Subtracts element by element.", .subtract),
      binary("__mul", "*", "Multiplies element by element; matmul is the product of matrices.", .multiply),
      binary("__div", "/", "Divides element by element.", .divide),
      binary("__idiv", "//", "Divides element by element and rounds down.", .floorDivide),
      binary("__mod", "%", "The remainder of //, with the sign of the divisor.", .modulo),
      binary("__pow", "^", "Raises element by element to a power.", .power),
      Operator(
        "__unm",
        Function(
          "-\(type)", "Changes every sign.", Parameter<Dual>("a", .dual, "an array"),
          Parameter<Slot?>("again", optional: .any, "not looked at"), returns: "a \(type)",
          example: example("-x")
        ) { _, a, _ in try UnaryOperation.negative(a) }),
    ]
  }
}

extension [Function] {
  /// The elementwise methods of `vector`, `matrix` or `dual`. example: one of an expression in `x`
  static func elementwise(
    _ type: String, _ array: Kind<Dual>, example: (_ expression: String) -> String
  ) -> [Function] {
    let receiver = Parameter<Dual>("self", array, "the \(type)")
    let other = Parameter<Dual>("other", .dual, "a number, or an array of the same shape")
    let unary = UnaryOperation.allCases.filter { $0 != .negative }.map { operation in
      Function(
        "\(type):\(operation)", operation.summary, receiver, returns: "a \(type)", example: example("x:\(operation)()")
      ) { _, x in try operation(x) }
    }
    let binary = BinaryOperation.allCases.filter { $0.summary != nil }.map { operation in
      Function(
        "\(type):\(operation)", operation.summary ?? "", receiver, other, returns: "a \(type)",
        example: example("x:\(operation)(2)")
      ) { _, x, y in try operation(x, y) }
    }
    let clamp = Function(
      "\(type):clamp", "The nearest number between two limits, for every element.", receiver,
      Parameter("low", .number, "the lower limit"), Parameter("high", .number, "the upper limit"), returns: "a \(type)",
      example: example("x:clamp(1.5, 2.5)")
    ) { _, x, low, high in
      guard low <= high else { throw ArgumentError("low must not be above high, got \(low.named) and \(high.named)") }
      return try BinaryOperation.minimum(BinaryOperation.maximum(x, .number(low)), .number(high))
    }
    return unary + binary + [clamp]
  }
}

/// How examples of vectors and of matrices come by their x.
func example(_ x: String) -> (_ expression: String) -> String {
  { "local x = \(x)\nprint(\($0))" }
}

extension Kind<Dual> {
  /// A vector, as a value that stands still.
  static var vector: Kind<Dual> { Kind<Vector>.object.map { .constant(.vector($0)) } }
  /// A matrix, as a value that stands still.
  static var matrix: Kind<Dual> { Kind<Matrix>.object.map { .constant(.matrix($0)) } }
}

extension UnaryOperation {
  fileprivate var summary: String {
    switch self {
    case .negative: "Changes every sign."
    case .abs: "Absolute values."
    case .sign: "1, 0 or -1, as the sign is."
    case .sqrt: "Square roots; NaN of negative numbers."
    case .exp: "e to the power of every element."
    case .expm1: "exp(x) - 1, exact for small x."
    case .log: "Natural logarithms; -inf of 0, NaN of negative numbers."
    case .log1p: "log(1 + x), exact for small x."
    case .floor: "The largest integers that are not above."
    case .ceil: "The smallest integers that are not below."
    case .round: "The nearest integers; halves go to the even one."
    case .isnan: "1 where an element is NaN, else 0."
    case .isfinite: "1 where an element is neither NaN nor infinite, else 0."
    }
  }
}

extension BinaryOperation {
  /// Of those that are methods; nil of those that are operators.
  fileprivate var summary: String? {
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: nil
    case .minimum: "The smaller of two, element by element; NaN where either is."
    case .maximum: "The larger of two, element by element; NaN where either is."
    case .eq: "1 where equal, else 0."
    case .ne: "1 where not equal, else 0."
    case .lt: "1 where less, else 0."
    case .le: "1 where less or equal, else 0."
    case .gt: "1 where greater, else 0."
    case .ge: "1 where greater or equal, else 0."
    }
  }
}
