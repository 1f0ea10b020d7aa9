/// Which way a sample differs from what it is held against.
package enum Alternative: String, CaseIterable, Sendable {
  case twoSided = "two_sided"
  /// Its distribution function lies above: its numbers are smaller.
  case greater
  case less
}

/// How far the distribution function of a sample is from another, and how likely it is to be as far by chance.
package struct KolmogorovSmirnov: Sendable {
  package let statistic: Double
  package let pValue: Double
  /// Whether the p-value is that of samples of this size, rather than the limit of large ones.
  package let isExact: Bool

  /// A sample against a continuous distribution that was not fitted to it.
  ///
  /// x: n (read). Throws `.data` for NaN or no numbers, `.argument` where the distribution has atoms.
  package init(
    _ x: Vector, against d: any UnivariateDistribution, _ alternative: Alternative
  ) throws(Failure) {
    let x = try x.sortedSample()
    guard !d.hasAtoms else {
      throw Failure(.argument, "the distribution must be continuous, \(d.family) gives some numbers a probability")
    }
    let n = Double(x.count)
    let cdf = try d.values(of: d.cdf(_:into:), x, chunk: 512)
    var (above, below) = (0.0, 0.0)
    for i in 0..<x.count {
      above = max(above, Double(i + 1) / n - cdf[i])
      below = max(below, cdf[i] - Double(i) / n)
    }
    let distribution = KolmogorovDistribution(n: x.count)
    switch alternative {
    case .twoSided: (statistic, pValue) = (max(above, below), try distribution.tail(max(above, below)))
    case .greater: (statistic, pValue) = (above, try distribution.oneSidedTail(above))
    case .less: (statistic, pValue) = (below, try distribution.oneSidedTail(below))
    }
    isExact = true
  }

  /// Two samples against each other; of the exact p-value, numbers that are equal are taken as they are.
  ///
  /// x: n, y: m (read). Throws `.data` for NaN or no numbers.
  package init(_ x: Vector, _ y: Vector, _ alternative: Alternative) throws(Failure) {
    let paths = TwoSamplePaths(try x.sortedSample(), try y.sortedSample(), alternative)
    let (n, m) = (Double(paths.n), Double(paths.m))
    statistic = Double(paths.largest) / (n * m)
    isExact = n * m <= 1e7
    if isExact {
      pValue = try paths.tail()
    } else {
      let t = statistic * (n / (n + m) * m).squareRoot()
      pValue = min(1, alternative == .twoSided ? kolmogorovTail(t) : exp(-2 * t * t))
    }
  }
}

/// The ways in which n and m numbers can follow one another, as paths on a lattice, given which of them are equal.
///
/// D. S. Kim, R. I. Jennrich, in Selected Tables in Mathematical Statistics 1 (1973), 79–170; G. Schröer, D. Trenkler,
/// Comput. Stat. Data Anal. 20 (1995), 185–202, for equal numbers.
private struct TwoSamplePaths {
  let n, m: Int
  /// The statistic times n·m, an integer.
  let largest: Int
  private let alternative: Alternative
  /// Whether after so many numbers a group of equal ones is complete.
  private var isComplete: [Bool]

  init(_ x: Vector, _ y: Vector, _ alternative: Alternative) {
    (n, m, self.alternative) = (x.count, y.count, alternative)
    isComplete = [Bool](repeating: false, count: n + m + 1)
    var (i, j, largest) = (0, 0, 0)
    while i < n || j < m {
      let next = i == n ? y[j] : j == m ? x[i] : min(x[i], y[j])
      while i < n, x[i] == next { i += 1 }
      while j < m, y[j] == next { j += 1 }
      isComplete[i + j] = true
      largest = max(largest, TwoSamplePaths.distance(i * m - j * n, alternative))
    }
    self.largest = largest
  }

  private static func distance(_ lead: Int, _ alternative: Alternative) -> Int {
    switch alternative {
    case .twoSided: abs(lead)
    case .greater: lead
    case .less: -lead
    }
  }

  /// The share of all paths that come as far as the statistic somewhere: a recurrence of positive terms.
  func tail() throws(Failure) -> Double {
    if largest == 0 { return 1 }
    var row = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      if i & 63 == 0 { try Interruption.check() }
      for j in 0...m where i + j > 0 {
        if isComplete[i + j], TwoSamplePaths.distance(i * m - j * n, alternative) >= largest {
          row[j] = 1
        } else {
          let left = j > 0 ? Double(j) * row[j - 1] : 0
          row[j] = (Double(i) * row[j] + left) / Double(i + j)
        }
      }
    }
    return row[m]
  }
}

extension Vector {
  /// In order, for a test. Throws `.data` for no numbers and for NaN.
  func sortedSample() throws(Failure) -> Vector {
    guard count > 0 else { throw Failure(.data, "a sample must have at least one number") }
    for i in 0..<count where self[i].isNaN { throw Failure(.data, "row \(i + 1) is NaN") }
    return try sorted()
  }
}

extension Distribution {
  /// Whether single values have a probability.
  package var hasAtoms: Bool {
    switch support {
    case .integers, .atoms, .mixed, .counts: true
    case .product(let parts): parts.contains { if case .integers = $0 { true } else { false } }
    case .interval, .space, .simplex, .sphere, .positiveDefinite: false
    }
  }
}
