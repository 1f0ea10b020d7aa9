import Kernels

/// The density of a sample, as the mean of normal densities about its values.
///
/// f(t) = (1/n)·Σᵢ φ((t − xᵢ)/h)/h with B. W. Silverman's h = 0.9·min(sd, IQR/1.34)·n^(−1/5) (Density Estimation, 1986, eq. 3.31).
/// Values are shared out between the two nearest of 2048 points first, which changes f by less than a line is wide.
package struct DensityLayer: Layer {
  package let x, density: Vector
  package let stroke: Stroke
  /// Of the area below the curve; 0 for none.
  package let fill: Double
  package let label: String

  /// `share`: the area below the curve · `bandwidth`: h, nil for Silverman's. Throws `.data` for fewer than two different numbers.
  package init(
    _ values: Vector, bandwidth: Double? = nil, share: Double = 1, _ stroke: Stroke, fill: Double, label: String
  ) throws(Failure) {
    let values = try values.finite()
    let silverman = try bandwidth == nil ? DensityLayer.bandwidth(of: values) : nil
    guard let h = bandwidth ?? silverman else {
      throw Failure(.data, "a density needs at least two different numbers")
    }
    let (low, high) = try Axis.span([values])
    guard high - low + 6 * h < .greatestFiniteMagnitude / 4 else {
      throw Failure(.data, "the numbers from \(low) to \(high) are too far apart for a density")
    }
    (x, density) = try DensityLayer.curve(values, from: low - 3 * h, to: high + 3 * h, h, share)
    (self.stroke, self.fill, self.label) = (stroke, fill, label)
  }

  package var name: String { "density" }
  package var base: Double? { 0 }
  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [density] }

  package func draw(in panel: inout Panel) throws(Failure) {
    if fill > 0 {
      let floor = try Vector.zeros(x.count)
      try panel.add([x, floor, density], "with filledcurves fs solid lc rgb '\(stroke.color.code(alpha: fill))'")
    }
    try panel.add([x, density], "with lines \(stroke.style)", label: label)
  }

  /// Silverman's; nil where all values are equal.
  static func bandwidth(of x: Vector) throws(Failure) -> Double? {
    do throws(Failure) { return try KernelDensity.bandwidth(of: x, .silverman) } catch {
      guard error.kind == .degenerate else { throw error }
      return nil
    }
  }

  private static func curve(
    _ values: Vector, from low: Double, to high: Double, _ h: Double, _ share: Double
  ) throws(Failure) -> (Vector, Vector) {
    let (points, step) = (2048, (high - low) / 2047)
    var weights = [Double](repeating: 0, count: points)
    for start in stride(from: 0, to: values.count, by: 1 << 16) {
      try Interruption.check()
      values.withValues { values in
        for value in values[start..<min(start + 1 << 16, values.count)] {
          let position = (value - low) / step
          let below = min(max(Int(position), 0), points - 2)
          weights[below] += 1 - (position - Double(below))
          weights[below + 1] += position - Double(below)
        }
      }
    }
    // Beyond 8.5 standard deviations a normal density adds nothing that a double could hold beside the rest.
    let reach = min(points - 1, Int((8.5 * h / step).rounded(.up)))
    let factor = share / (Double(values.count) * h * (2 * Double.pi).squareRoot())
    let kernel = (0...reach).map { (j: Int) -> Double in
      let t = Double(j) * step / h
      return factor * exp(-0.5 * t * t)
    }
    let shown = 512
    let x = try Vector(uninitialized: shown)
    let density = try Vector.zeros(shown)
    for i in 0..<shown {
      let center = i * (points - 1) / (shown - 1)
      x[i] = low + Double(center) * step
      var sum = 0.0
      for j in max(0, center - reach)...min(points - 1, center + reach) { sum += weights[j] * kernel[abs(j - center)] }
      density[i] = sum
    }
    return (x, density)
  }
}
