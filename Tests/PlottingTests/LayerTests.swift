import Glibc
import Kernels
import Plotting
import Testing

@Suite struct LayerTests {
  private let stroke = Stroke(Color.group(0))

  /// Of two values, the density is the mean of two normal densities; R: bw.nrd0(c(0, 1, 2, 3, 10)) is 1.459479.
  @Test func kernelDensity() throws {
    let layer = try DensityLayer(try Vector([0, 4]), bandwidth: 1, stroke, fill: 0, label: "")
    for i in stride(from: 0, to: layer.x.count, by: 37) {
      let t = layer.x[i]
      let exact = (Glibc.exp(-t * t / 2) + Glibc.exp(-(t - 4) * (t - 4) / 2)) / 2 / (2 * Double.pi).squareRoot()
      // Sharing a value out between points 0.005 apart moves the density by h²/8 of its second derivative, at most 0.2.
      #expect(abs(layer.density[i] - exact) < 2e-6)
    }
    let whole = try DensityLayer(try Vector([0, 1, 2, 3, 10]), stroke, fill: 0, label: "")
    let h = (0 - whole.x[0]) / 3
    #expect(abs(h - 0.9 * (2 / 1.34) * Glibc.pow(5, -0.2)) < 1e-12)
    #expect(throws: Failure.self) { try DensityLayer(try Vector([1, 1]), stroke, fill: 0, label: "") }
    #expect(throws: Failure.self) { try DensityLayer(try Vector([Double]()), stroke, fill: 0, label: "") }
    #expect(throws: Failure.self) { try DensityLayer(try Vector([-1e308, 1e308]), stroke, fill: 0, label: "") }
  }

  /// Points of the ellipse have the squared distance −2·log(1 − share) from the mean, in the metric of the covariance.
  @Test func ellipse() throws {
    let covariance = try Matrix(rows: [[2, 0.6], [0.6, 1]])
    let layer = try Ellipse(
      mean: try Vector([1, -1]), covariance: covariance, share: 0.95, stroke, fill: 0, label: "")
    for i in 0..<layer.x.count {
      let (u, v) = (layer.x[i] - 1, layer.y[i] + 1)
      let distance = (u * u * 1 - 2 * 0.6 * u * v + v * v * 2) / (2 * 1 - 0.36)
      #expect(abs(distance - 5.991464547107979) < 1e-12)  // the 0.95 quantile of chi-squared with 2 degrees of freedom
    }
    #expect(throws: Failure.self) {
      try Ellipse(
        mean: try Vector([0, 0]), covariance: try Matrix(rows: [[1, 2], [2, 1]]), share: 0.5, stroke, fill: 0, label: ""
      )
    }
  }

  /// Contours of a standard normal density at even shares of probability: p(r) = exp(−r²/2)/2π and P(inside) = 1 − exp(−r²/2).
  @Test func contoursShareProbability() throws {
    let normal = try MultivariateNormal(mu: try Vector([0, 0]), cov: try Matrix(rows: [[1, 0], [0, 1]]))
    let grid = try Grid(density: normal, x: (-6, 6), y: (-6, 6), points: 601)
    let layer = try Contours(grid, .shares(3), nil)
    #expect(layer.levels.count == 3)
    for (level, inside) in zip(layer.levels, [0.75, 0.5, 0.25]) {
      #expect(abs(level - (1 - inside) / (2 * .pi)) < 2e-4)
    }
    #expect(try Contours(grid, .even(4), nil).levels.count == 4)
  }

  @Test func colors() {
    #expect(Color("#0072b2") == Color.group(0) && Color("blue") == Color.group(0))
    for text in ["", "#", "#12345", "#1234567", "#xyzxyz", "bluee", "#+12345"] { #expect(Color(text) == nil) }
  }

  @Test func lengthsMustAgree() throws {
    let (two, three) = (try Vector([1, 2]), try Vector([1, 2, 3]))
    #expect(throws: Failure.self) { try Line(two, three, stroke) }
    #expect(throws: Failure.self) { try Scatter(two, two, .amounts(three)) }
    #expect(throws: Failure.self) { try Pairs([("a", two)], .one(Color.group(0))) }
  }
}
