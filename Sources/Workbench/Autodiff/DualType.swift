import Kernels
import Lua

/// A number or an array that moves with the variables of a derivative, as a script holds it.
struct DualObject: ScriptObject {
  static let scriptType = ScriptType("dual")
  let value: Dual

  var nativeBytes: Int { value.doubles * MemoryLayout<Double>.stride }
  var brief: String { "dual \(value.primal.named)" }
}

/// What stands still is a plain number or array in Lua.
extension Dual: Pushable {
  package func push(to call: Call) throws -> Int32 {
    switch self {
    case .constant(let x): try x.push(to: call)
    case .moving: try DualObject(value: self).push(to: call)
    }
  }
}

extension Dual {
  var isVector: Bool { if case .vector = primal { true } else { false } }
  fileprivate var isNumber: Bool { if case .number = primal { true } else { false } }
}

extension Kind where Value == Dual {
  /// A number, a vector or a matrix, which may move; tables of them as vectors and matrices.
  static var dual: Kind {
    Kind("a number, a vector or a matrix", type: "number|vector|matrix") { call, slot throws -> Dual? in
      if let x = call.number(slot) { return .number(x) }
      if let v = call.object(slot, as: Vector.self) { return .constant(.vector(v)) }
      if let object = call.object(slot, as: DualObject.self) { return object.value }
      guard case .table = call.content(slot), try call.holdsDuals(slot) else {
        do { return .constant(try Kind<Numeric>.numeric.read(call, slot)) } catch is Mismatch { return nil }
      }
      return try call.dual(fromTable: slot)
    }
  }

  /// The receiver of a dual's methods.
  static var dualObject: Kind { Kind<DualObject>.object.map { $0.value } }
}

extension Call {
  /// Whether a dual is in a table, or in a row of it.
  func holdsDuals(_ slot: Int32) throws -> Bool {
    try anyElement(slot) { element in
      if case .table = content(element) { return try anyElement(element) { isDual($0) } }
      return isDual(element)
    }
  }

  private func isDual(_ slot: Int32) -> Bool { object(slot, as: DualObject.self) != nil }

  private func anyElement(_ slot: Int32, _ holds: (Int32) throws -> Bool) throws -> Bool {
    for index in 1..<length(slot) + 1 where try withElement(slot, index, holds) { return true }
    return false
  }

  /// Numbers as a vector, or rows as a matrix.
  fileprivate func dual(fromTable slot: Int32) throws -> Dual {
    let parts = try elements(slot) { element in
      // Tables within are rows: what is deeper is no number.
      if case .table = content(element) { return try Dual.stacked(try elements(element) { try scalar($0) }) }
      return try Kind<Dual>.dual.read(self, element)
    }
    if parts.allSatisfy(\.isVector) { return try Dual.stackedRows(parts) }
    guard parts.allSatisfy(\.isNumber) else { throw ArgumentError("a table must hold numbers, or rows of one length") }
    return try Dual.stacked(parts)
  }

  private func elements(_ slot: Int32, _ read: (Int32) throws -> Dual) throws -> [Dual] {
    try (1..<length(slot) + 1).map { index in
      try withElement(slot, index) { element in
        do { return try read(element) } catch is Mismatch {
          throw ArgumentError("element \(index)", mustBe: "a number or a row", got: describe(element))
        }
      }
    }
  }

  private func scalar(_ slot: Int32) throws -> Dual {
    if let x = number(slot) { return .number(x) }
    guard let object = object(slot, as: DualObject.self), object.value.isNumber else {
      throw Mismatch(wanted: "a number")
    }
    return object.value
  }
}

extension TypeDeclaration {
  static let dual = TypeDeclaration(
    DualObject.self,
    "A number or an array whose derivative is being taken: what autodiff hands to a function. It counts like a plain one.",
    methods: .dualReductions + .elementwise("dual", .dualObject, example: dualExample),
    operators: .arithmetic("dual", example: dualExample) + .dualComparisons,
    fields: [Field("value", "number|vector|matrix", "the value, standing still") { $0.value.primal }],
    element: { object, i in
      guard object.value.isVector else { throw ArgumentError("a \(object.brief) has no elements") }
      let count = object.value.primal.elements
      if i == count + 1 { return Double?.none }
      return try object.value.element(try position(i, "i", in: count))
    })
}

private func dualExample(_ expression: String) -> String {
  "print(autodiff.derivative(function(x) return \(expression) end)(3))"
}

extension [Function] {
  fileprivate static let dualReductions = [
    Function(
      "dual:sum", "The sum of the elements.", dual, returns: "a number",
      example: "print(autodiff.gradient(function(x) return (x * x):sum() end){1, 2})"
    ) { _, x in try x.sum() },
    Function(
      "dual:mean", "The mean of the elements.", dual, returns: "a number",
      example: "print(autodiff.gradient(function(x) return x:mean() end){1, 2})"
    ) { _, x in try x.sum() / Double(x.primal.elements) },
    Function(
      "dual:dot", "The sum of the products.", dual, Parameter("other", .dual, "as many numbers"), returns: "a number",
      example: "print(autodiff.gradient(function(x) return x:dot{3, 4} end){1, 2})"
    ) { _, x, y in try (x * y).sum() },
    Function(
      "dual:matmul", "The product of a matrix with a matrix or a vector.", dual,
      Parameter("other", .dual, "a matrix or a vector"), returns: "a matrix, or a vector where other is one",
      example: """
        local f = function(x) return (matrix{{1, 2}} * x):matmul(vector{1, 1} * x) end
        print(autodiff.derivative(f)(3))
        """
    ) { _, x, y in try Dual.matmul(x, y) },
    Function(
      "dual:slice", "The elements of a vector from one position to another.", dual,
      Parameter("from", Kind<Int>.integer(1...), "the first position"),
      Parameter("to", optional: Kind<Int>.integer(1...), otherwise: "the end", "the last position"),
      returns: "a vector",
      example: "print(autodiff.gradient(function(x) return x:slice(2):sum() end){1, 2, 3})"
    ) { _, x, from, to in
      let count = x.primal.elements
      guard from <= count + 1, to ?? count >= from - 1, to ?? count <= count else {
        throw ArgumentError("from \(from) to \(to ?? count) is no slice of \(count) elements")
      }
      return try x.slice(from - 1..<(to ?? count))
    },
    Function(
      "dual:where", "The elements beside which a mask is not 0.", dual,
      Parameter("mask", Kind<Vector>.vector, "as many numbers, such as x:gt(0)"), returns: "a vector",
      example: "local f = function(x) return x:where(x:gt(1)):sum() end\nprint(autodiff.gradient(f){1, 2, 3})"
    ) { _, x, mask in try x.elements(where: mask) },
  ]

  private static let dual = Parameter<Dual>("self", .dualObject, "the dual")
}

extension [Operator] {
  fileprivate static let dualComparisons = [
    comparison("__lt", "<", "Whether a number is less than another, whatever their slopes.") { $0 < $1 },
    comparison("__le", "<=", "Whether a number is less than another or equal, whatever their slopes.") { $0 <= $1 },
    comparison("__eq", "==", "Whether two duals are the same number, whatever their slopes.") { $0 == $1 },
    Operator(
      "__len",
      Function(
        "#dual", "The number of elements.", Parameter<Dual>("x", .dualObject, "the dual"),
        Parameter<Slot?>("again", optional: .any, "not looked at"), returns: "an integer",
        example: "print(autodiff.gradient(function(x) return x[#x] end){4, 5})"
      ) { _, x, _ in x.primal.elements }),
    Operator(
      "__tostring",
      Function(
        "tostring(dual)", "What it is and its value.", Parameter<DualObject>("x", .object, "the dual"),
        returns: "a string", example: "autodiff.derivative(function(x) print(x) return x end)(3)"
      ) { _, x in
        if case .number(let value) = x.value.primal { return "dual(\(text(value)))" }
        return x.brief
      }),
  ]

  private static func comparison(
    _ event: String, _ symbol: String, _ summary: String, _ holds: @escaping @Sendable (Double, Double) -> Bool
  ) -> Operator {
    Operator(
      event,
      Function(
        "dual \(symbol) other", summary, Parameter<Dual>("a", .dual, "a number"),
        Parameter<Dual>("b", .dual, "another"), returns: "true or false",
        example: dualExample("x \(symbol) x * 2 and x or -x")
      ) { _, a, b in
        guard case .number(let x) = a.primal, case .number(let y) = b.primal else {
          throw ArgumentError("only numbers compare; use lt, le and eq for arrays")
        }
        return holds(x, y)
      })
  }
}

extension Numeric {
  /// 1 for a number.
  var elements: Int {
    switch self {
    case .number: 1
    case .vector(let v): v.count
    case .matrix(let m): m.count
    }
  }
}
