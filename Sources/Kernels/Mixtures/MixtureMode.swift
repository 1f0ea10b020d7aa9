extension UnivariateMixture {
  /// Where the density is highest, the first of equals.
  ///
  /// Continuous: the density is looked at in the mode of every component and at 32 points between neighbouring modes, and the
  /// best is refined by golden section, to about 1e-8 of the distance between neighbours (a maximum is flat).
  /// Over integers: every integer between the components' modes, or the hill around each mode where there are over 10⁵; so too
  /// over other isolated numbers, but for the hills. Where only some numbers have a probability, the likeliest: beside it every
  /// density is nothing.
  package var mode: Double {
    let modes = Set(zip(weights, parts).filter { $0.0 > 0 }.map { $0.1.mode }).filter { $0.isFinite }.sorted()
    guard let first = modes.first, let last = modes.last else { return .nan }
    switch support {
    case .integers: return integerMode(modes)
    case .atoms: return atoms(from: first, to: last, atMost: 100_000).map { $0[highest($0)] } ?? modes[highest(modes)]
    case .mixed: return split.discrete?.distribution.mode ?? .nan
    default: break
    }
    if first == last { return first }

    var points: [Double] = []
    for (a, b) in zip(modes, modes.dropFirst()) { for i in 0..<32 { points.append(a + (b - a) * (Double(i) / 32)) } }
    points.append(last)
    let best = highest(points)
    let density = pdf(points[best])
    // Neither a spike nor an edge of the support is the top of a smooth hill.
    if density == .infinity { return points[best] }
    let top = goldenSection(points[max(best - 1, 0)], points[min(best + 1, points.count - 1)])
    return pdf(top) > density ? top : points[best]
  }

  private func highest(_ points: [Double]) -> Int {
    let densities = points.map { pdf($0) }
    return densities.indices.reduce(0) { densities[$1] > densities[$0] ? $1 : $0 }
  }

  private func goldenSection(_ low: Double, _ high: Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (densityA, densityB) = (pdf(a), pdf(b))
    for _ in 0..<60 {
      if densityA >= densityB {
        (high, b, densityB) = (b, a, densityA)
        a = high - ratio * (high - low)
        densityA = pdf(a)
      } else {
        (low, a, densityA) = (a, b, densityB)
        b = low + ratio * (high - low)
        densityB = pdf(b)
      }
    }
    return low / 2 + high / 2
  }

  private func integerMode(_ modes: [Double]) -> Double {
    if modes[modes.count - 1] - modes[0] <= 1e5 {
      let points = (0...Int(modes[modes.count - 1] - modes[0])).map { modes[0] + Double($0) }
      return points[highest(points)]
    }
    let tops = modes.map { climb(from: $0) }
    return tops[highest(tops)]
  }

  private func climb(from start: Double) -> Double {
    var x = start
    while let next = [x - 1, x + 1].first(where: { pdf($0) > pdf(x) }) { x = next }
    return x
  }
}
