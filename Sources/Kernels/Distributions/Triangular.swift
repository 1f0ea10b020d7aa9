/// Triangular distribution on the interval from a to b > a with its peak at c, a ≤ c ≤ b: p(x) = 2(x − a)/((b − a)(c − a)) up to c,
/// 2(b − x)/((b − a)(b − c)) from there.
///
/// Mean (a + b + c)/3, variance (s² + st + t²)/18 with s = c − a and t = b − c, mode c, entropy ½ + log((b − a)/2).
package struct Triangular: UnivariateDistribution {
  package let a: Double
  package let b: Double
  package let c: Double
  private let width, rise, fall: Double

  package init(a: Double, b: Double, c: Double) throws(Failure) {
    try finite(a, "a")
    try finite(b, "b")
    guard a < b else { throw Failure(.argument, "b must be greater than a = \(a.named), got \(b.named)") }
    guard (b - a).isFinite else { throw Failure(.argument, "b - a must be finite, got \(b.named) and \(a.named)") }
    guard c >= a, c <= b else {
      throw Failure(.argument, "c must be from a = \(a.named) to b = \(b.named), got \(c.named)")
    }
    self.a = a
    self.b = b
    self.c = c
    width = b - a
    rise = c - a
    fall = b - c
  }

  package var family: String { "triangular" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("a", .number(a)), ("b", .number(b)), ("c", .number(c))]
  }
  package var support: Support { .interval(a, b) }
  package var mean: Double { c + (fall - rise) / 3 }
  package var variance: Double { sd * sd }
  package var sd: Double {
    let (s, t) = (rise / width, fall / width)
    return width * ((s * s + s * t + t * t) / 18).squareRoot()
  }
  package var mode: Double { c }
  package var entropy: Double { 0.5 + log(width / 2) }

  package func logpdf(_ x: Double) -> Double {
    let height = height(x)
    let density = height * (2 / width)
    // The logarithm of a subnormal number would be that of its rounding.
    return density.isNormal || !(height > 0) ? log(density) : log(height) - log(width / 2)
  }

  package func pdf(_ x: Double) -> Double { height(x) * (2 / width) }

  // Beyond the peak, the share before it and a trapezium: nothing cancels where the peak is near an end.
  package func cdf(_ x: Double) -> Double {
    if x <= a { return 0 }
    if x >= b { return 1 }
    return x <= c ? (x - a) / width * ((x - a) / rise) : rise / width + (x - c) / width * (1 + (b - x) / fall)
  }

  package func ccdf(_ x: Double) -> Double {
    if x <= a { return 1 }
    if x >= b { return 0 }
    return x >= c ? (b - x) / width * ((b - x) / fall) : fall / width + (c - x) / width * (1 + (x - a) / rise)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let (before, after) = (rise / width, fall / width)
    // From the peak where that is near, else from the end.
    if p <= before {
      let part = (before - p) / before
      if part < 0.5 { return c - rise * (part / (1 + (1 - part).squareRoot())) }
      return min(c, a + width * (p.squareRoot() * before.squareRoot()))
    }
    let part = (p - before) / after
    if part < 0.5 { return c + fall * (part / (1 + (1 - part).squareRoot())) }
    return max(c, b - width * ((1 - p).squareRoot() * after.squareRoot()))
  }

  package func sample(_ words: inout Words) -> Double { quantile(words.openUniform()) }

  /// The density over that at the peak.
  private func height(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < a || x > b { return 0 }
    return x == c ? 1 : x < c ? (x - a) / rise : (b - x) / fall
  }
}

extension Triangular {
  /// Maximum likelihood. The peak is at a value of the data, since between two of them the likelihood is convex in c (E. H. Oliver,
  /// A maximum likelihood oddity, Am. Stat. 26, 1972). The ends for a peak, and the peak for given ends, are found in turn until
  /// the likelihood grows no more. There can be several maxima: the best is taken of those found from every value, or from
  /// 32 of them, evenly spread over the ranks. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where all values with a weight are equal.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Triangular {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("b - a")
    let peaks = try TrianglePeaks(sample)
    let starts = min(32, peaks.points.count)
    var best = try peaks.climb(from: 0)
    for i in 1..<starts {
      let other = try peaks.climb(from: i * (peaks.points.count - 1) / (starts - 1))
      if other.value > best.value { best = other }
    }
    let c = min(sample.high, sample.low.addingProduct(peaks.unit, peaks.points[best.peak]))
    return try Triangular(
      a: min(sample.low, c - peaks.unit * best.left), b: max(sample.high, c + peaks.unit * best.right), c: c)
  }
}

/// The log-likelihood, per unit of weight, of triangles over given data with their peak at a point.
private struct TrianglePeaks {
  /// A triangle with its peak at a point, its sides reaching so far to the left and to the right.
  struct Triangle {
    var peak: Int
    var left, right: Double
    var value: Double
  }

  /// Different values in ascending order, from 0 to 1 in units of their range, and their shares of the weight.
  private(set) var points: [Double] = []
  private var shares: [Double] = []
  let unit: Double

  init(_ sample: WeightedSample) throws(Failure) {
    unit = sample.high - sample.low
    for i in try sample.values.order() where sample.weights[i] > 0 {
      let (point, share) = ((sample.values[i] - sample.low) / unit, sample.weights[i] / sample.total)
      if point == points.last {
        shares[shares.count - 1] += share
      } else {
        points.append(point)
        shares.append(share)
      }
    }
  }

  /// Best ends and best peak in turn.
  func climb(from start: Int) throws(Failure) -> Triangle {
    var best = withBestEnds(peak: start)
    while true {
      try Interruption.check()
      let next = withBestEnds(peak: bestPeak(between: points[best.peak] - best.left, points[best.peak] + best.right))
      guard next.value > best.value else { return best }
      best = next
    }
  }

  /// The ends that maximise the likelihood for a peak, by Newton's method in the logarithms of the sides, in which it is concave.
  private func withBestEnds(peak: Int) -> Triangle {
    let (leftmost, rightmost) = (points[peak] - points[0], points[points.count - 1] - points[peak])
    var triangle = Triangle(peak: peak, left: 1.2 * leftmost, right: 1.2 * rightmost, value: 0)
    triangle.value = logLikelihood(triangle)
    for _ in 0..<100 {
      let (stepLeft, stepRight) = step(triangle)
      var size = 1.0
      while size > 0x1p-30 {
        var next = triangle
        next.left *= exp(size * stepLeft)
        next.right *= exp(size * stepRight)
        let isOutside = next.left < leftmost || next.right < rightmost
        next.value = isOutside ? -.infinity : logLikelihood(next)
        // Near the maximum the gain drowns in rounding.
        if next.value >= triangle.value - 1e-15 {
          triangle = next
          break
        }
        size /= 2
      }
      if abs(stepLeft) <= 1e-11 && abs(stepRight) <= 1e-11 || size <= 0x1p-30 { break }
    }
    return triangle
  }

  /// Newton's step in the logarithms of the sides; a side without points stays 0.
  private func step(_ triangle: Triangle) -> (left: Double, right: Double) {
    let (left, right) = (triangle.left, triangle.right)
    let share = left / (left + right)
    let common = share * (1 - share)
    var (pullLeft, bendLeft, pullRight, bendRight) = (0.0, 0.0, 0.0, 0.0)
    for (i, point) in points.enumerated() where i != triangle.peak {
      let distance = abs(point - points[triangle.peak])
      let room = (i < triangle.peak ? left : right) - distance
      let pull = shares[i] * distance / room
      if i < triangle.peak { (pullLeft, bendLeft) = (pullLeft + pull, bendLeft + pull * left / room) }
      if i > triangle.peak { (pullRight, bendRight) = (pullRight + pull, bendRight + pull * right / room) }
    }
    let (slopeLeft, slopeRight) = (pullLeft - share, pullRight - (1 - share))
    if left == 0 { return (0, slopeRight / bendRight) }
    if right == 0 { return (slopeLeft / bendLeft, 0) }
    let (a, b) = (common + bendLeft, common + bendRight)
    let determinant = a * b - common * common
    return ((b * slopeLeft + common * slopeRight) / determinant, (a * slopeRight + common * slopeLeft) / determinant)
  }

  private func logLikelihood(_ triangle: Triangle) -> Double {
    var sum = -log(triangle.left + triangle.right)
    for (i, point) in points.enumerated() where i != triangle.peak {
      sum +=
        shares[i] * log1p(-abs(point - points[triangle.peak]) / (i < triangle.peak ? triangle.left : triangle.right))
    }
    return sum
  }

  /// The point at which a triangle with these ends has its likeliest peak.
  private func bestPeak(between a: Double, _ b: Double) -> Int {
    // log Π (xᵢ − a) of the points before, and log Π (b − xᵢ) of those from a point on.
    var (before, weightBefore, after, weightAfter) = (0.0, 0.0, 0.0, 0.0)
    for (point, share) in zip(points, shares) where point < b {
      after += share * log(b - point)
      weightAfter += share
    }
    var best = (peak: 0, value: -Double.infinity)
    for (i, (point, share)) in zip(points, shares).enumerated() {
      if point < b { (after, weightAfter) = (after - share * log(b - point), weightAfter - share) }
      let left = weightBefore == 0 ? 0 : before - weightBefore * log(point - a)
      let right = i == points.count - 1 ? 0 : after - weightAfter * log(b - point)
      if left + right > best.value { best = (i, left + right) }
      before += share * log(point - a)
      weightBefore += share
    }
    return best.peak
  }
}

extension Family {
  package static let triangular = Family(
    name: "triangular", summary: "Triangular distribution on an interval.",
    parameters: [
      Parameter(name: "a", kind: .number, summary: "lower end"),
      Parameter(name: "b", kind: .number, summary: "upper end, greater than a"),
      Parameter(name: "c", kind: .number, summary: "peak, from a to b"),
    ],
    facts: Facts(
      density: "p(x) = 2(x−a)/((b−a)(c−a)) to c, 2(b−x)/((b−a)(b−c)) from there",
      domain: "a ≤ x ≤ b",
      mean: "(a + b + c)/3",
      variance: "(s² + st + t²)/18 with s = c − a and t = b − c",
      mode: "c",
      entropy: "½ + log((b − a)/2)",
      example: "print(dist.triangular(0, 1, 0.25):mode())  --> 0.25",
      picture: curves("triangular", ["0, 1, 0", "0, 1, 0.25", "0, 1, 0.5"], from: -0.2, to: 1.2)),
    make: { (values) throws(Failure) in
      try Triangular(a: values[0].number, b: values[1].number, c: values[2].number)
    },
    fit: { (sample) throws(Failure) in try Triangular.fit(try sample.column, weights: sample.weights) })
}
