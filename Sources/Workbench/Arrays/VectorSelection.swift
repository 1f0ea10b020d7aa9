import Kernels
import Lua

extension [Function] {
  /// Elements picked and put in order, always in a new vector.
  static let vectorSelection = [
    Function(
      "vector:where", "The elements beside which a mask is not 0.", vector,
      Parameter("mask", .vector, "as many numbers, such as v:gt(0)"), returns: "a vector",
      example: """
        local v = vector{5, 2, 9}
        print(v:where(v:gt(4)))  --> vector{5, 9}
        """
    ) { _, v, mask in try v.where(mask) },
    Function(
      "vector:take", "The elements at positions, in their order.", vector,
      Parameter("positions", .vector, "integers from 1"), returns: "a vector",
      example: "print(vector{5, 2, 9}:take{3, 1, 1})  --> vector{9, 5, 5}"
    ) { _, v, positions in try v.take(try positions.positions(in: v.count)) },
    Function(
      "vector:slice", "The elements from one position to another; negative ones count from the end.", vector,
      Parameter("from", .integer, "the first position"), Parameter("to", .integer, default: -1, "the last position"),
      returns: "a vector", example: "print(vector{5, 2, 9, 4}:slice(2, -2))  --> vector{2, 9}"
    ) { _, v, from, to in
      let (first, last) = (from < 0 ? from + v.count + 1 : from, to < 0 ? to + v.count + 1 : to)
      // One past the end, or one before the first, is where an empty slice begins or ends.
      guard first >= 1, first <= v.count + 1, last >= first - 1, last <= v.count else {
        throw ArgumentError("from \(from) to \(to) is no slice of a \(v.brief)")
      }
      return try v.slice(first - 1..<last)
    },
    Function(
      "vector:concat", "The elements of this vector and of others, one after the other.", vector,
      each: Parameter("other", .vector, "a vector or a table of numbers"), returns: "a vector",
      example: "print(vector{1, 2}:concat({3}, {4}))  --> vector{1, 2, 3, 4}"
    ) { _, v, others in try Vector.concatenated([v] + others) },
    Function(
      "vector:reverse", "The elements, the last first.", vector, returns: "a vector",
      example: "print(vector{1, 2, 3}:reverse())  --> vector{3, 2, 1}"
    ) { _, v in try v.reversed() },
    Function(
      "vector:sort", "The elements in order, NaN last.", vector, .options([descending]), returns: "a vector",
      example: "print(vector{2, 9, 5}:sort{descending = true})  --> vector{9, 5, 2}"
    ) { _, v, options in try v.sorted(descending: options[descending]) },
    Function(
      "vector:order",
      "The positions that sort the vector: v:take(v:order()) is v:sort(). Equal elements keep their order.",
      vector, .options([descending]), returns: "a vector of integers from 1",
      example: "print(vector{2, 9, 5}:order())  --> vector{1, 3, 2}"
    ) { _, v, options in
      try Vector(try v.order(descending: options[descending]).lazy.map { Double($0 + 1) })
    },
    Function(
      "vector:unique", "The distinct elements in ascending order.", vector, returns: "a vector",
      example: "print(vector{2, 1, 2}:unique())  --> vector{1, 2}"
    ) { _, v in try v.unique() },
  ]
}

private let vector = Parameter<Vector>("self", .object, "the vector")

private let descending = Parameter("descending", Kind<Bool>.boolean, default: false, "the largest first")
