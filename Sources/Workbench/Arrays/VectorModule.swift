import Kernels
import Lua

extension Module {
  static let vector = Module(
    "vector", "Doubles in a row, with elementwise arithmetic.",
    constructor: Function(
      "vector", "A vector of the numbers of a table; a copy of a vector.",
      Parameter<Vector>("values", .vector, "the numbers"), returns: "a vector",
      example: "print(vector{1, 2, 3} * 2)  --> vector{2, 4, 6}"
    ) { call, values in call.object(1, as: Vector.self) == nil ? values : try values.copy() },
    functions: [
      Function(
        "vector.zeros", "A vector of zeros.", count, returns: "a vector of n",
        example: "print(vector.zeros(3))  --> vector{0, 0, 0}"
      ) { _, n in try Vector.zeros(n) },
      Function(
        "vector.ones", "A vector of ones.", count, returns: "a vector of n",
        example: "print(vector.ones(2))  --> vector{1, 1}"
      ) { _, n in try Vector.filled(n, with: 1) },
      Function(
        "vector.fill", "A vector of one number repeated.", count, Parameter("value", .number, "the number"),
        returns: "a vector of n", example: "print(vector.fill(2, 7))  --> vector{7, 7}"
      ) { _, n, value in try Vector.filled(n, with: value) },
      Function(
        "vector.linspace", "Numbers in equal steps from one end to the other, both included.",
        Parameter("from", .finite, "the first"), Parameter("to", .finite, "the last"),
        Parameter("n", .integer(0...), default: 100, "how many"), returns: "a vector of n",
        example: "print(vector.linspace(0, 1, 5))  --> vector{0, 0.25, 0.5, 0.75, 1}"
      ) { _, first, last, n in try Vector.linspace(first, last, n) },
      Function(
        "vector.range", "Numbers one step apart, from the first as far as the last, as a for loop counts.",
        Parameter("from", .finite, "the first"), Parameter("to", .finite, "not beyond this"),
        Parameter("step", .number("not zero", "a number") { $0 != 0 && $0.isFinite }, default: 1, "the step"),
        returns: "a vector", example: "print(vector.range(10, 4, -3))  --> vector{10, 7, 4}"
      ) { _, first, last, step in try Vector.range(first, last, step: step) },
    ])

  private static let count = Parameter("n", Kind<Int>.integer(0...), "how many")
}

extension TypeDeclaration {
  static let vector = TypeDeclaration(
    Vector.self,
    "Doubles in a row: v[i] from 1; all but v[i] = x makes a new vector.",
    methods: .vectorElements + .vectorReductions + .vectorSelection
      + .elementwise("vector", .vector, example: example("vector{6, -7}")),
    operators: .arithmetic("vector", example: example("vector{6, -7}")) + .vectorOperators,
    // What follows the last element is nil, so that ipairs ends there.
    element: { v, i in
      if i == v.count + 1 { return Double?.none }
      return v[try position(i, "i", in: v.count)]
    })
}

extension [Operator] {
  fileprivate static let vectorOperators = [
    Operator(
      "__newindex",
      Function(
        "vector:[i] = x", "Changes an element.", vector, Parameter("i", .integer, "which, from 1"),
        Parameter("x", .number, "its new value"), returns: "nothing",
        example: """
          local v = vector{1, 2}
          v[2] = 5
          print(v)  --> vector{1, 5}
          """
      ) { _, v, i, x in
        v[try position(i, "i", in: v.count)] = x
        return Nothing()
      }.writing),
    Operator(
      "__len",
      Function(
        "#vector", "The number of elements.", vector, again, returns: "an integer",
        example: "print(#vector{4, 5, 6})  --> 3"
      ) { _, v, _ in v.count }),
    Operator(
      "__eq",
      Function(
        "vector == other", "Whether two vectors have the same elements; eq compares one by one.",
        Parameter("a", .any, "a value"), Parameter("b", .any, "another"), returns: "true or false",
        example: "print(vector{1, 2} == vector{1, 2})  --> true"
      ) { call, a, b in
        guard let x = call.object(a.index, as: Vector.self), let y = call.object(b.index, as: Vector.self) else {
          return false
        }
        return try x.count == y.count && x.isEqual(to: y)
      }),
    Operator(
      "__tostring",
      Function(
        "tostring(vector)", "The elements as they fit the screen, with six digits.", vector, returns: "a string",
        example: "print(tostring(vector{1, 2.5}))  --> vector{1, 2.5}"
      ) { _, v in ArrayText.text(of: v) }),
  ]
}

extension [Function] {
  /// Elements as Lua values, and the vector in other forms.
  fileprivate static let vectorElements = [
    Function(
      "vector:map", "Calls a Lua function for every element.", vector,
      Parameter("f", .function, "takes a number and returns one"), returns: "a vector of what f returned",
      example: "print(vector{1, 2, 3}:map(function(x) return x * x end))  --> vector{1, 4, 9}"
    ) { call, v, f in try v.mapped(by: f, call) },
    Function(
      "vector:table", "The elements in a Lua table.", vector, returns: "a table",
      example: "print(table.concat(vector{1, 2}:table(), ' '))  --> 1.0 2.0"
    ) { _, v in ElementTable(elements: v) },
    Function(
      "vector:copy", "Another vector with the same elements.", vector, returns: "a vector",
      example: """
        local v = vector{1, 2}
        v:copy()[1] = 9
        print(v)  --> vector{1, 2}
        """
    ) { _, v in try v.copy() },
    Function(
      "vector:reshape", "A matrix that the elements fill column after column; a copy.", vector,
      Parameter("rows", .integer(0...), "its rows"), Parameter("cols", .integer(0...), "its columns"),
      returns: "a matrix", example: "print(vector.range(1, 6):reshape(2, 3)(2, 1))  --> 2.0"
    ) { _, v, rows, columns in try v.reshaped(rows, columns) },
  ]
}

private let vector = Parameter<Vector>("self", .object, "the vector")

/// Lua hands the operand of a unary operator over twice.
private let again = Parameter<Slot?>("again", optional: .any, "not looked at")
