import Kernels
import Lua
import Plotting

extension LayerFunction {
  /// How numbers are spread over a line.
  static let densityLayers: [LayerFunction] = [histogram, density, curve]

  private static let values = Parameter("x", Kind<Vector>.vector, "numbers; NaN is left out")

  private static let bins = Parameter(
    "bins", Kind<HistogramLayer.Bins>.bins, default: .automatic,
    "how many, or their edges; by default as many as the spread asks for (Freedman and Diaconis)")
  private static let isDensity = Parameter(
    "density", .boolean, default: false, "whether the area of all bars is 1, as that of a density")
  private static let barAlpha = Parameter("alpha", .probability, default: 0.5, "0 is transparent, 1 is not")

  private static let histogram = LayerFunction(
    "histogram", "Bars that count numbers in bins.", values,
    options: [bins, isDensity, LayerOptions.label, LayerOptions.color, barAlpha],
    example: "frame.load(\"faithful\").waiting, {bins = 30}"
  ) { figure, _, x, options in
    let color = LayerOptions.color(options, &figure)
    let layer = try HistogramLayer(
      x, bins: options[bins], isDensity: options[isDensity], color, alpha: options[barAlpha],
      label: options[LayerOptions.label])
    if figure.y.label.isEmpty { figure.y.label = options[isDensity] ? "density" : "count" }
    try figure.append(layer)
  }

  private static let bandwidth = Parameter(
    "bandwidth", optional: Kind<Double>.positive, otherwise: "Silverman's rule",
    "the standard deviation of the normal density about each number")
  private static let curveFill = Parameter("fill", .probability, default: 0.2, "alpha of the area below; 0 for none")

  private static let density = LayerFunction(
    "density", "A smooth density of numbers: the mean of normal densities about each of them.", values,
    options: [bandwidth, curveFill] + LayerOptions.line,
    example: "frame.load(\"faithful\").waiting"
  ) { figure, _, x, options in
    let stroke = LayerOptions.stroke(options, &figure)
    let layer = try DensityLayer(
      x, bandwidth: options[bandwidth], stroke, fill: options[curveFill], label: options[LayerOptions.label])
    if figure.y.label.isEmpty { figure.y.label = "density" }
    try figure.append(layer)
  }

  private static let from = Parameter(
    "from", optional: Kind<Double>.finite, otherwise: "where the figure's layers begin, or the distribution",
    "the least x")
  private static let to = Parameter(
    "to", optional: Kind<Double>.finite, otherwise: "where the figure's layers end, or the distribution",
    "the greatest x")
  private static let points = Parameter("points", .integer(2...100_000), default: 500, "how many are computed")
  private static let share = Parameter("share", .positive, default: 1, "a factor, such as the weight of a component")

  private static let curve = LayerFunction(
    "curve",
    "The density of a distribution, or a function of a vector of positions. Of counts, a mark for each number.",
    Parameter("f", Kind<CurveSource>.curve, "a distribution, or a function that takes a vector and returns one"),
    options: [from, to, points, share] + LayerOptions.line,
    example: "dist.normal(0, 1), {label = \"standard normal\"}"
  ) { figure, call, source, options in
    let span = try figure.xSpan() ?? source.span
    guard let low = options[from] ?? span?.low, let high = options[to] ?? span?.high else {
      throw ArgumentError("from and to are needed: the figure has no layers yet that say where x begins and ends")
    }
    guard low < high, (high - low).isFinite else {
      throw ArgumentError("to", mustBe: "greater than from, \(text(low))", got: text(high))
    }
    let stroke = LayerOptions.stroke(options, &figure)
    let x = try source.positions(low, high, options[points], isLogarithmic: figure.x.isLogarithmic)
    let y = try source.heights(at: x, call).scaled(by: options[share])
    try figure.append(
      Line(x, y, stroke, hasMarks: source.isLattice, label: options[LayerOptions.label], name: "curve"))
  }
}

extension CurveSource {
  /// Where the distribution is; nil for a function.
  fileprivate var span: (low: Double, high: Double)? {
    guard case .distribution(let d) = self else { return nil }
    let (low, high) = (d.quantile(0.001), d.quantile(0.999))
    guard low.isFinite, high.isFinite else { return nil }
    return low < high ? (low, high) : (low - 1, high + 1)
  }

  fileprivate var isLattice: Bool {
    if case .distribution(let d) = self, case .integers = d.support { true } else { false }
  }

  fileprivate func positions(_ low: Double, _ high: Double, _ points: Int, isLogarithmic: Bool) throws -> Vector {
    if isLattice, high - low < 2000 {
      return try Vector(stride(from: low.rounded(.up), through: high, by: 1).map { $0 })
    }
    guard isLogarithmic, low > 0 else { return try Vector.linspace(low, high, points) }
    return try Vector.linspace(0, 1, points).mapped { low * Kernels.pow(high / low, $0) }
  }

  fileprivate func heights(at x: Vector, _ call: Call) throws -> Vector {
    switch self {
    case .distribution(let d): return try d.values(of: d.pdf(_:into:), x)
    case .function(let f):
      let y = try f(call, try x.copy(), returning: Kind<Vector>.vector)
      guard y.count == x.count else {
        throw ArgumentError("the function's result", mustBe: "a vector of \(x.count), as its argument", got: y.brief)
      }
      return y
    }
  }
}

extension Vector {
  fileprivate func scaled(by factor: Double) throws -> Vector { try factor == 1 ? self : mapped { factor * $0 } }
  fileprivate func mapped(_ f: (Double) -> Double) throws -> Vector { try Vector(array.map(f)) }
}
