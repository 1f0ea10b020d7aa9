import Kernels
import Lua
import Plotting

extension LayerFunction {
  /// Heights over a plane, and what is put on it.
  static let planeLayers: [LayerFunction] = [contour, surface, image, ellipse, text]

  private static let heights = Parameter(
    "z", Kind<HeightSource>.heights,
    "a distribution; a function of two vectors, x and y of many points, that returns a vector; or a matrix, a row for each y"
  )
  private static let xRange = Parameter(
    "x", optional: Kind<Range2>.range, otherwise: "what the figure's layers span; of a matrix, its columns",
    "{low, high}")
  private static let yRange = Parameter(
    "y", optional: Kind<Range2>.range, otherwise: "what the figure's layers span; of a matrix, its rows", "{low, high}")
  private static let points = Parameter(
    "points", .integer(2...1000), default: 120, "along each axis, where z is no matrix")

  private static let levels = Parameter(
    "levels", Kind<LevelChoice>.levels, default: .count(8),
    "how many, or the heights; of a density, so that the same probability lies between neighbours")
  private static let lineColor = Parameter(
    "color", optional: Kind<Color>.color, otherwise: "light to dark with the height", "of all lines")
  private static let lineWidth = Parameter("width", .positive, default: 1.3, "of lines")

  private static let contour = LayerFunction(
    "contour", "Lines along which a surface has one height.", heights,
    options: [xRange, yRange, points, levels, lineColor, lineWidth, LayerOptions.label],
    example: "dist.mvnormal({0, 0}, {{1, 0.5}, {0.5, 1}}), {levels = 5}"
  ) { figure, call, source, options in
    let grid = try source.grid(figure, call, x: options[xRange], y: options[yRange], points: options[points])
    let levels: Contours.Levels =
      switch (options[levels], source) {
      case (.heights(let heights), _): .heights(heights)
      case (.count(let count), .distribution): .shares(count)
      case (.count(let count), _): .even(count)
      }
    try figure.append(
      Contours(grid, levels, options[lineColor], width: options[lineWidth], label: options[LayerOptions.label]))
  }

  private static let fewPoints = Parameter(
    "points", .integer(2...1000), default: 60, "along each axis, where z is no matrix")

  private static let surface = LayerFunction(
    "surface", "Heights as a surface in space.", heights, options: [xRange, yRange, fewPoints, LayerOptions.label],
    example: "function(x, y) return x * y end, {x = {0, 2}, y = {0, 2}}"
  ) { figure, call, source, options in
    let grid = try source.grid(figure, call, x: options[xRange], y: options[yRange], points: options[fewPoints])
    try figure.append(Surface(grid, label: options[LayerOptions.label]))
  }

  private static let image = LayerFunction(
    "image", "The numbers of a matrix as colors, row 1 at the top; with y given, at the bottom.",
    Parameter("z", Kind<Matrix>.matrix, "the numbers; NaN has no color"),
    options: [xRange, yRange, LayerOptions.label], example: "{{1, 2, 3}, {4, 5, 6}}"
  ) { figure, _, z, options in
    let (x, y) = (options[xRange], options[yRange])
    let grid = try Grid(
      z, x: (x?.low ?? 1, x?.high ?? Double(z.columns)), y: (y?.low ?? 1, y?.high ?? Double(z.rows)))
    if y == nil, figure.layers.isEmpty { figure.y.isReversed = true }
    if x == nil { figure.x.ticks = ticks(z.columns) }
    if y == nil { figure.y.ticks = ticks(z.rows) }
    try figure.append(Heatmap(grid, label: options[LayerOptions.label]))
  }

  /// The numbers of rows or columns, where they are few.
  private static func ticks(_ count: Int) -> [(position: Double, text: String)] {
    count <= 20 ? (1...count).map { (Double($0), "\($0)") } : []
  }

  private static let share = Parameter(
    "share", .number("between 0 and 1", "a number") { $0 > 0 && $0 < 1 }, default: 0.95,
    "of a normal distribution, inside the ellipse")

  private static let ellipse = LayerFunction(
    "ellipse", "About a mean, the ellipse that holds a share of the normal distribution with that covariance.",
    Parameter("mean", Kind<Vector>.vector, "two numbers"), Parameter("cov", Kind<Matrix>.matrix, "2 x 2"),
    options: [share, LayerOptions.fill] + LayerOptions.line,
    example: "{0, 0}, {{1, 0.5}, {0.5, 1}}"
  ) { figure, _, mean, covariance, options in
    let stroke = LayerOptions.stroke(options, &figure)
    try figure.append(
      Ellipse(
        mean: mean, covariance: covariance, share: options[share], stroke, fill: options[LayerOptions.fill],
        label: options[LayerOptions.label]))
  }

  private static let textColor = Parameter("color", Kind<Color>.color, default: Color(34, 34, 34), "of the text")
  private static let textSize = Parameter(
    "text_size", .number("between 4 and 100", "a number") { $0 >= 4 && $0 <= 100 }, default: 10, "in points")
  private static let align = Parameter(
    "align", Kind<Note.Alignment>.choice, default: .center, "which part of the text is at the point")

  private static let text = LayerFunction(
    "text", "A text at a point, as it stands.", Parameter("x", .finite, "where"), Parameter("y", .finite, "where"),
    Parameter("text", .string, "what"), options: [textColor, textSize, align],
    example: "0.5, 0.5, \"here\""
  ) { figure, _, x, y, text, options in
    try figure.append(Note(x, y, text, options[textColor], size: options[textSize], options[align]))
  }
}

extension HeightSource {
  /// The heights over what is given, or over what the figure shows, or where a distribution is.
  fileprivate func grid(_ figure: Figure, _ call: Call, x: Range2?, y: Range2?, points: Int) throws -> Grid {
    if case .matrix(let z) = self {
      return try Grid(
        z, x: (x?.low ?? 1, x?.high ?? Double(z.columns)), y: (y?.low ?? 1, y?.high ?? Double(z.rows)))
    }
    let spans = try (figure.xSpan(), figure.ySpan())
    guard let x = try ends(x, spans.0, column: 0), let y = try ends(y, spans.1, column: 1) else {
      throw ArgumentError("x = {low, high} and y = {low, high} are needed: the figure has no layers yet that say where")
    }
    switch self {
    case .matrix(let z): return try Grid(z, x: x, y: y)
    case .distribution(let d): return try Grid(density: d, x: x, y: y, points: points)
    case .function(let f):
      let (xs, ys) = try Grid.places(x: x, y: y, points: points)
      let z = try f(call, xs, ys, returning: Kind<Vector>.vector)
      guard z.count == xs.count else {
        throw ArgumentError("the function's result", mustBe: "a vector of \(xs.count), as its arguments", got: z.brief)
      }
      return try Grid(Matrix(z.storage, offset: z.offset, rows: points, columns: points), x: x, y: y)
    }
  }

  private func ends(
    _ given: Range2?, _ span: (low: Double, high: Double)?, column: Int
  ) throws -> (low: Double, high: Double)? {
    if let given { return (given.low, given.high) }
    if let span { return span }
    guard case .distribution(let d) = self else { return nil }
    let (mean, sd) = (try d.mean[column], try d.variance[column].squareRoot())
    return (mean - 3 * sd, mean + 3 * sd)
  }
}
