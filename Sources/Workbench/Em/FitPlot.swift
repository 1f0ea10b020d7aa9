import Kernels
import Lua
import Plotting

extension TypeDeclaration {
  private static let object = Parameter<FitObject>("fit", .object, "the fit")
  private static let what = Parameter(
    "what", optional: Kind<FitPicture>.fitPicture, otherwise: "the data of the fit",
    "\"trace\", for the log-likelihood on the way; or data, which a fit from a file needs")

  static let plotOfFit = Function(
    "fit:plot",
    """
    A picture of the fit. One column: a histogram with the densities of the components and of the mixture. Two: points colored \
    by component, the mixture's contours, and for each component the ellipse that holds 95 % of it. More: the same, pair by pair.
    """,
    object, what, .options([PlotOptions.names, FigureOptions.title]), returns: "a figure, or a grid of figures",
    example: """
      local fit = em.fit(frame.load("faithful").waiting, {k = 2, seed = 1})
      print(fit:plot())
      print(fit:plot "trace")
      """
  ) { _, object, what, options -> AnyPushable in
    if case .trace = what { return AnyPushable(FigureObject(try object.fit.traceFigure(options[FigureOptions.title]))) }
    let x = try object.data(what)
    let columns = try PlotOptions.columns(x, options)
    return switch x.columns {
    case 1: AnyPushable(FigureObject(try object.fit.lineFigure(columns[0], options[FigureOptions.title])))
    case 2: AnyPushable(FigureObject(try object.fit.planeFigure(x, columns, options[FigureOptions.title])))
    default: AnyPushable(GridObject(grid: try object.fit.pairs(x, columns, options[FigureOptions.title])))
    }
  }
}

/// What is drawn of a fit.
enum FitPicture: Sendable {
  case trace
  case data(Matrix)
}

extension Kind where Value == FitPicture {
  static var fitPicture: Kind {
    Kind("\"trace\", a vector or a matrix", type: "\"trace\"|vector|matrix") { call, slot throws -> FitPicture? in
      if let word = call.string(slot) { return word == "trace" ? .trace : nil }
      return (try? Kind<Matrix>.data.read(call, slot)).map { .data($0) }
    }
  }
}

/// What pictures of fits and of clusters can be told.
enum PlotOptions {
  static let names = Parameter(
    "names", optional: Kind<[String]>.names, otherwise: "x, or x1, x2, …", "what the columns are called")

  /// Throws where the names are not as many as the columns.
  static func columns(_ x: Matrix, _ options: Options) throws -> [(name: String, values: Vector)] {
    let given = options[names]
    if let given, given.count != x.columns {
      throw ArgumentError("names", mustBe: "a name for each of \(x.columns) columns", got: "\(given.count)")
    }
    return (0..<x.columns).map { (given?[$0] ?? (x.columns == 1 ? "x" : "x\($0 + 1)"), x.column($0)) }
  }
}

extension FitObject {
  /// The data that are given, or those of the fit where they are still what they were.
  fileprivate func data(_ what: FitPicture?) throws -> Matrix {
    if case .data(let x) = what {
      guard x.columns == fit.d else {
        throw ArgumentError("the data must have \(fit.d) columns, as those of the fit, got \(x.columns)")
      }
      return x
    }
    guard let data else { throw ArgumentError("a fit from a file does not hold its data: give them, fit:plot(x)") }
    guard FitOrigin.hash(of: data) == origin.hash else {
      throw ArgumentError("the data have changed since the fit: give those that are to be drawn, fit:plot(x)")
    }
    return data
  }
}

extension Fit {
  fileprivate func traceFigure(_ title: String) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, "step", "log-likelihood")
    let steps = try Vector(trace.indices.map { Double($0) })
    try figure.append(Line(steps, try Vector(trace), Stroke(figure.nextColor()), hasMarks: trace.count <= 200))
    return figure
  }

  /// One column: what was seen, and what each component and all of them say.
  fileprivate func lineFigure(_ column: (name: String, values: Vector), _ title: String) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, column.name, "density")
    try figure.append(HistogramLayer(column.values, isDensity: true, Color("gray")!, alpha: 0.35, label: ""))
    let isLattice = if case .integers = model.support { true } else { false }
    if isLattice { figure.y.label = "share" }
    guard let span = try figure.xSpan(), let mixture = model as? any UnivariateDistribution else { return figure }
    let x =
      isLattice && span.high - span.low < 2000
      ? try Vector(stride(from: span.low.rounded(.up), through: span.high, by: 1).map { $0 })
      : try Vector.linspace(span.low, span.high, 600)
    for (j, component) in components1.enumerated() {
      let density = try component.values(of: component.pdf(_:into:), x).array.map { model.weights[j] * $0 }
      try figure.append(
        Line(x, try Vector(density), Stroke(Color.group(j)), hasMarks: isLattice, label: name(ofComponent: j)))
    }
    let whole = try mixture.values(of: mixture.pdf(_:into:), x)
    try figure.append(
      Line(x, whole, Stroke(Color("black")!, width: 1.5, isDashed: true), hasMarks: false, label: "mixture"))
    return figure
  }

  fileprivate func planeFigure(
    _ x: Matrix, _ columns: [(name: String, values: Vector)], _ title: String
  ) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, columns[0].name, columns[1].name)
    try figure.append(Scatter(columns[0].values, columns[1].values, try coloring(x)))
    if case .space = model.components[0].support, let d = model as? any MultivariateDistribution,
      let horizontal = try figure.xSpan(), let vertical = try figure.ySpan()
    {
      let grid = try Grid(density: d, x: horizontal, y: vertical, points: 120)
      try figure.append(Contours(grid, .shares(6), Color("gray")!, width: 0.8))
    }
    try addEllipses(to: &figure, 0, 1)
    return figure
  }

  fileprivate func pairs(
    _ x: Matrix, _ columns: [(name: String, values: Vector)], _ title: String
  ) throws -> FigureGrid {
    var pairs = try Pairs(columns, try coloring(x))
    pairs.title = title
    return try pairs.grid { i, j, figure throws(Failure) in try addEllipses(to: &figure, j, i) }
  }

  /// Each row by the component that most likely made it.
  private func coloring(_ x: Matrix) throws -> Coloring {
    .groups(names: (0..<k).map(name(ofComponent:)), codes: try model.classify(x))
  }

  /// Of each component that has a covariance: column `i` sideways, `j` upwards.
  private func addEllipses(to figure: inout Figure, _ i: Int, _ j: Int) throws(Failure) {
    for (group, component) in model.components.enumerated() {
      guard case .space = component.support, let d = component as? any MultivariateDistribution,
        let mean = try? d.mean, let covariance = try? d.covariance
      else { continue }
      let block = try Matrix(rows: [[covariance[i, i], covariance[i, j]], [covariance[i, j], covariance[j, j]]])
      try figure.append(
        Ellipse(
          mean: try Vector([mean[i], mean[j]]), covariance: block, share: 0.95, Stroke(Color.group(group), width: 1.6),
          fill: 0, label: ""))
    }
  }

  private var components1: [any UnivariateDistribution] {
    model.components.compactMap { $0 as? any UnivariateDistribution }
  }

  private func name(ofComponent j: Int) -> String { "component \(j + 1) (\(fixed(model.weights[j], decimals: 2)))" }
}
