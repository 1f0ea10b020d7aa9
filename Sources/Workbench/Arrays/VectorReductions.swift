import Kernels
import Lua

extension [Function] {
  /// A vector's number, or its running numbers. Where there is a NaN, they are NaN.
  static let vectorReductions = [
    Function(
      "vector:sum", "The sum, rounded once from twice the precision.", vector, returns: "a number; 0 of nothing",
      example: "print(vector{1, 2, 3}:sum())  --> 6.0"
    ) { _, v in try v.sum() },
    Function(
      "vector:product", "The product.", vector, returns: "a number; 1 of nothing",
      example: "print(vector{2, 3, 4}:product())  --> 24.0"
    ) { _, v in try v.product() },
    Function(
      "vector:mean", "The arithmetic mean.", vector, returns: "a number; NaN of nothing",
      example: "print(vector{1, 2, 6}:mean())  --> 3.0"
    ) { _, v in try v.mean() },
    Function(
      "vector:var", "The variance about the mean, over n - ddof.", vector, .options([ddof]),
      returns: "a number; NaN of fewer than two", example: "print(vector{1, 2, 3}:var())  --> 1.0"
    ) { _, v, options in try v.variance(ddof: options[ddof]) },
    Function(
      "vector:sd", "The standard deviation, the root of the variance.", vector, .options([ddof]),
      returns: "a number; NaN of fewer than two", example: "print(vector{2, 4, 6}:sd())  --> 2.0"
    ) { _, v, options in try v.standardDeviation(ddof: options[ddof]) },
    Function(
      "vector:min", "The smallest element.", vector, returns: "a number; NaN where there is one",
      example: "print(vector{3, 1, 2}:min())  --> 1.0"
    ) { _, v in try v.min() },
    Function(
      "vector:max", "The largest element.", vector, returns: "a number; NaN where there is one",
      example: "print(vector{3, 1, 2}:max())  --> 3.0"
    ) { _, v in try v.max() },
    Function(
      "vector:argmin", "The first position of the smallest element, or of a NaN.", vector, returns: "an integer from 1",
      example: "print(vector{3, 1, 2}:argmin())  --> 2"
    ) { _, v in try v.argmin() + 1 },
    Function(
      "vector:argmax", "The first position of the largest element, or of a NaN.", vector, returns: "an integer from 1",
      example: "print(vector{3, 1, 2}:argmax())  --> 1"
    ) { _, v in try v.argmax() + 1 },
    Function(
      "vector:median", "The middle of the elements in order.", vector, returns: "a number",
      example: "print(vector{5, 1, 9, 2}:median())  --> 3.5"
    ) { _, v in try v.median() },
    Function(
      "vector:quantile", "Quantiles, linear between the elements in order: type 7 of R and the default of NumPy.",
      vector,
      Parameter("p", .numeric, "an order between 0 and 1, or a vector of them"),
      returns: "a number or a vector, as p is",
      example: "print(vector{1, 2, 3, 4}:quantile{0.25, 0.75})  --> vector{1.75, 3.25}"
    ) { call, v, p -> Numeric in
      switch p {
      case .number(let p): .number(try v.quantile(p))
      case .vector(let orders): .vector(try v.quantiles(orders))
      case .matrix: throw ArgumentError("p", mustBe: "a number or a vector", got: call.describe(2))
      }
    },
    Function(
      "vector:dot", "The sum of the products, rounded once from twice the precision.", vector,
      Parameter("other", .dual, "as many numbers"), returns: "a number",
      example: "print(vector{1, 2}:dot{3, 4})  --> 11.0"
    ) { call, v, other -> Dual in
      switch other {
      case .constant(.vector(let other)): return .number(try v.dot(other))
      case .moving where other.isVector: return try (.constant(.vector(v)) * other).sum()
      default: throw ArgumentError("other", mustBe: "a vector or a table of numbers", got: call.describe(2))
      }
    },
    Function(
      "vector:norm", "The length: the root of the sum of the squares.", vector, returns: "a number",
      example: "print(vector{3, 4}:norm())  --> 5.0"
    ) { _, v in try v.norm() },
    Function(
      "vector:cumsum", "The sums of the first, the first two, … elements.", vector, returns: "a vector",
      example: "print(vector{1, 2, 3}:cumsum())  --> vector{1, 3, 6}"
    ) { _, v in try v.cumulativeSum() },
    Function(
      "vector:any", "Whether an element is not 0.", vector, returns: "true or false",
      example: "print(vector{0, 1}:any())  --> true"
    ) { _, v in try v.nonzeros() > 0 },
    Function(
      "vector:all", "Whether no element is 0.", vector, returns: "true or false; true of nothing",
      example: "print(vector{0, 1}:all())  --> false"
    ) { _, v in try v.nonzeros() == v.count },
    Function(
      "vector:count", "How many elements are not 0, such as those of a mask that are true.", vector,
      returns: "an integer", example: "print(vector{5, 2, 9}:gt(4):count())  --> 2"
    ) { _, v in try v.nonzeros() },
  ]
}

private let vector = Parameter<Vector>("self", .object, "the vector")

private let ddof = Parameter(
  "ddof", Kind<Int>.integer(0...), default: 1, "what is taken from n: 1 for a sample, 0 for a whole population")
