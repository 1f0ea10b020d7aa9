import Kernels
import Lua

extension [Operator] {
  /// The operators of `vector` or of `matrix`, for either order of operands.
  static func arithmetic(_ type: String) -> [Operator] {
    let example = type == "vector" ? "vector{6, -7}" : "matrix{{6, -7}}"
    func binary(_ event: String, _ symbol: String, _ summary: String, _ operation: BinaryOperation) -> Operator {
      Operator(
        event,
        Function(
          "\(type) \(symbol) other", summary, Parameter<Numeric>("a", .numeric, "a number or an array"),
          Parameter<Numeric>("b", .numeric, "a number or an array of the same shape"), returns: "a \(type)",
          example: "print(\(example) \(symbol) 2)"
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
          "-\(type)", "Changes every sign.", Parameter<Numeric>("a", .numeric, "an array"),
          Parameter<Slot?>("again", optional: .any, "not looked at"), returns: "a \(type)",
          example: "print(-\(example))"
        ) { _, a, _ in try UnaryOperation.negative(a) }),
    ]
  }
}

extension [Function] {
  /// The elementwise methods of `vector` or of `matrix`.
  static func elementwise(_ type: String, _ array: Kind<Numeric>) -> [Function] {
    let receiver = Parameter<Numeric>("self", array, "the \(type)")
    let other = Parameter<Numeric>("other", .numeric, "a number, or an array of the same shape")
    let (open, close) = type == "vector" ? ("vector{", "}") : ("matrix{{", "}}")
    let unary = UnaryOperation.allCases.filter { $0 != .negative }.map { operation in
      Function(
        "\(type):\(operation)", operation.summary, receiver, returns: "a \(type)",
        example: "print(\(open)1, 2.5\(close):\(operation)())"
      ) { _, x in try operation(x) }
    }
    let binary = BinaryOperation.allCases.filter { $0.summary != nil }.map { operation in
      Function(
        "\(type):\(operation)", operation.summary ?? "", receiver, other, returns: "a \(type)",
        example: "print(\(open)1, 2, 3\(close):\(operation)(2))"
      ) { _, x, y in try operation(x, y) }
    }
    let clamp = Function(
      "\(type):clamp", "The nearest number between two limits, for every element.", receiver,
      Parameter("low", .number, "the lower limit"), Parameter("high", .number, "the upper limit"), returns: "a \(type)",
      example: "print(\(open)1, 2, 3\(close):clamp(1.5, 2.5))"
    ) { _, x, low, high in
      guard low <= high else { throw ArgumentError("low must not be above high, got \(low.named) and \(high.named)") }
      return try BinaryOperation.minimum(BinaryOperation.maximum(x, .number(low)), .number(high))
    }
    return unary + binary + [clamp]
  }
}

extension Kind<Numeric> {
  /// A vector, as a numeric value.
  static var vector: Kind<Numeric> { Kind<Vector>.object.map { .vector($0) } }
  /// A matrix, as a numeric value.
  static var matrix: Kind<Numeric> { Kind<Matrix>.object.map { .matrix($0) } }
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
