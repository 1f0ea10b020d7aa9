import Kernels
import Lua

extension Function {
  static let ksTest = Function(
    "stats.ks_test",
    "The test of Kolmogorov and Smirnov: the largest distance of a sample's distribution function from that of a continuous "
      + "distribution, which must not have been fitted to it, or of another sample; equal numbers are allowed for.",
    sample, Parameter("against", .reference, "a univariate distribution, or a sample"), .options([alternative]),
    returns: "a test: statistic, p_value, method",
    example: """
      local x = dist.normal(0, 1):sample(100)
      print(stats.ks_test(x, dist.normal(0, 1)))
      local y = dist.normal(0.5, 1):sample(80)
      print(stats.ks_test(x, y, {alternative = "greater"}))
      """
  ) { _, x, reference, options in
    let alternative = options[alternative]
    switch reference {
    case .distribution(let d):
      let test = try KolmogorovSmirnov(x, against: d, alternative)
      return TestObject(
        name: "Kolmogorov–Smirnov test", setting: "n = \(x.count) against \(d.line)", symbol: "D",
        alternative: alternative, statistic: test.statistic, pValue: test.pValue, method: "exact")
    case .sample(let y):
      let test = try KolmogorovSmirnov(x, y, alternative)
      return TestObject(
        name: "Kolmogorov–Smirnov test", setting: "n = \(x.count) and \(y.count)", symbol: "D",
        alternative: alternative,
        statistic: test.statistic, pValue: test.pValue, method: test.isExact ? "exact" : "asymptotic")
    }
  }

  static let adTest = Function(
    "stats.ad_test",
    "The test of Anderson and Darling, in which tails count more: a sample against a continuous distribution, which must "
      + "not have been fitted to it.",
    sample, Parameter("against", Kind<DistributionObject>.object, "a univariate distribution"),
    returns: "a test: statistic, p_value, method",
    example: """
      local x = dist.normal(0, 1):sample(100)
      print(stats.ad_test(x, dist.t(3, 0, 1)))
      """
  ) { _, x, reference in
    guard let d = reference.value as? any UnivariateDistribution else {
      throw ArgumentError("against", mustBe: "a univariate distribution", got: "a \(reference.brief)")
    }
    let test = try AndersonDarling(x, against: d)
    return TestObject(
      name: "Anderson–Darling test", setting: "n = \(x.count) against \(d.line)", symbol: "A²", alternative: .twoSided,
      statistic: test.statistic, pValue: test.pValue,
      method: x.count < 5 ? "approximate, to 1e-2" : "approximate, to 1e-4")
  }

  private static let sample = Parameter<Vector>("x", .vector, "the sample")
  private static let alternative = Parameter(
    "alternative", Kind<Alternative>.choice, default: .twoSided,
    "how x differs: in any way, or its distribution function lies above (greater), so that its numbers are smaller, or below"
  )
}

/// What a sample is held against.
private enum TestReference: Sendable {
  case distribution(any UnivariateDistribution)
  case sample(Vector)
}

extension Kind where Value == TestReference {
  fileprivate static var reference: Kind {
    Kind("a univariate distribution or a vector", type: "distribution|vector") { call, slot throws -> TestReference? in
      if let object = call.object(slot, as: DistributionObject.self) {
        return (object.value as? any UnivariateDistribution).map { .distribution($0) }
      }
      do { return .sample(try Kind<Vector>.vector.read(call, slot)) } catch is Mismatch { return nil }
    }
  }
}
