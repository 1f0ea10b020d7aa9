import Kernels
import Lua
import Plotting

extension LayerFunction {
  /// Layers of points, one after the other.
  static let pointLayers: [LayerFunction] = [line, scatter, area, errorbar, bar]

  private static let x = Parameter("x", Kind<Vector>.vector, "positions")
  private static let y = Parameter("y", Kind<Vector>.vector, "heights")

  private static let marks = Parameter("marks", .boolean, default: false, "whether each point is marked")

  private static let line = LayerFunction(
    "line", "Points joined in their order; a NaN leaves a gap.", x, y, options: LayerOptions.line + [marks],
    example: "{1, 2, 3}, {1, 4, 9}, {label = \"squares\"}"
  ) { figure, _, x, y, options in
    let stroke = LayerOptions.stroke(options, &figure)
    try figure.append(Line(x, y, stroke, hasMarks: options[marks], label: options[LayerOptions.label]))
  }

  private static let pointColor = Parameter(
    "color", optional: Kind<Coloring>.coloring, otherwise: "the next of those that tell layers apart",
    """
    one color; or a factor, strings, or a vector of few whole numbers, for a color and a name in the legend for each group; \
    or a vector of other numbers, which the label then names
    """)
  private static let pointAlpha = Parameter(
    "alpha", optional: Kind<Double>.probability, otherwise: "less where there are more points",
    "0 is transparent, 1 is not")
  private static let pointSize = Parameter(
    "point_size", optional: Kind<Double>.positive, otherwise: "smaller where there are more points",
    "of a mark, 1 for a common one")
  private static let bin = Parameter(
    "bin", optional: Kind<Bool>.boolean, otherwise: "for more than 50000 points",
    "whether points are counted in cells, darker where there are more; the legend says so")

  private static let scatter = LayerFunction(
    "scatter", "A mark for each point.", x, y,
    options: [LayerOptions.label, pointColor, pointAlpha, pointSize, bin],
    example:
      "{1, 2, 3}, {4, 2, 3}, {color = {\"a\", \"a\", \"b\"}}"
  ) { figure, _, x, y, options in
    try figure.append(
      Scatter(
        x, y, options[pointColor] ?? .one(figure.nextColor()), alpha: options[pointAlpha],
        markSize: options[pointSize], isBinned: options[bin], label: options[LayerOptions.label]))
  }

  private static let low = Parameter("low", optional: Kind<Vector>.vector, otherwise: "zero", "the lower edge")
  private static let areaAlpha = Parameter("alpha", .probability, default: 0.3, "0 is transparent, 1 is not")

  private static let area = LayerFunction(
    "area", "What lies between two curves, or between a curve and zero.", x,
    Parameter("high", Kind<Vector>.vector, "the upper edge"),
    options: [low, LayerOptions.label, LayerOptions.color, areaAlpha],
    example: "{1, 2, 3}, {2, 5, 10}, {low = {0, 3, 8}}"
  ) { figure, _, x, high, options in
    let low = try options[low] ?? Vector.zeros(x.count)
    let color = LayerOptions.color(options, &figure)
    try figure.append(
      Area(x, low: low, high: high, color, alpha: options[areaAlpha], label: options[LayerOptions.label]))
  }

  private static let errorHigh = Parameter(
    "high", optional: Kind<Vector>.vector, otherwise: "y + error",
    "the upper end of each range; then `error` is the lower end")

  private static let errorbar = LayerFunction(
    "errorbar", "Points with the range in which each may lie.", x, y,
    Parameter("error", Kind<Vector>.vector, "how far each may be off, below and above"),
    options: [
      errorHigh, LayerOptions.label, LayerOptions.color, LayerOptions.width, LayerOptions.dashed, LayerOptions.alpha,
    ],
    example: "{1, 2, 3}, {1, 4, 9}, {0.5, 0.4, 1.2}"
  ) { figure, _, x, y, error, options in
    let stroke = LayerOptions.stroke(options, &figure)
    let high = try options[errorHigh] ?? y.combined(error, +)
    let low = try options[errorHigh] == nil ? y.combined(error, -) : error
    try figure.append(ErrorBars(x, y, low: low, high: high, stroke, label: options[LayerOptions.label]))
  }

  private static let barAlpha = Parameter("alpha", .probability, default: 0.85, "0 is transparent, 1 is not")

  private static let bar = LayerFunction(
    "bar", "Bars from zero, at positions or side by side with names below them.",
    Parameter("x", Kind<BarPlaces>.barPlaces, "positions, or names"),
    Parameter("height", Kind<Vector>.vector, "of each bar"),
    options: [LayerOptions.label, LayerOptions.color, barAlpha],
    example: "{\"setosa\", \"versicolor\", \"virginica\"}, {50, 48, 36}"
  ) { figure, _, places, height, options in
    let color = LayerOptions.color(options, &figure)
    let x: Vector
    switch places {
    case .positions(let positions): x = positions
    case .names(let names):
      x = try Vector(names.indices.map { Double($0 + 1) })
      figure.x.ticks = names.enumerated().map { (Double($0 + 1), $1) }
    }
    try figure.append(Bars(x, height, color, alpha: options[barAlpha], label: options[LayerOptions.label]))
  }
}

extension Vector {
  fileprivate func combined(_ other: Vector, _ f: (Double, Double) -> Double) throws -> Vector {
    guard count == other.count else {
      throw ArgumentError("y and error must be of one length, got \(count) and \(other.count)")
    }
    return try Vector((0..<count).map { f(self[$0], other[$0]) })
  }
}

/// Where bars stand.
enum BarPlaces: Sendable {
  case positions(Vector)
  case names([String])
}

extension Kind where Value == BarPlaces {
  static var barPlaces: Kind {
    Kind("a vector or a table of names", type: "vector|string[]") { call, slot throws -> BarPlaces? in
      if let vector = try? Kind<Vector>.vector.read(call, slot) { return .positions(vector) }
      return (try? Kind<[String]>.list(of: .string).read(call, slot)).map { .names($0) }
    }
  }
}
