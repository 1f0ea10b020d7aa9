import Kernels
import Lua
import Plotting

extension TypeDeclaration {
  private static let object = Parameter<KmeansObject>("kmeans", .object, "the clusters")

  static let plotOfClusters = Function(
    "kmeans:plot",
    """
    A picture of the clusters, each in its color, with their centers. One column: a histogram for each. Two: points. More: \
    points, pair by pair.
    """,
    object, .options([PlotOptions.names, FigureOptions.title]), returns: "a figure, or a grid of figures",
    example: """
      local f = frame.load "faithful"
      print(kmeans.fit(f:matrix(), {k = 2, seed = 1}):plot{names = f.names})
      """
  ) { _, object, options -> AnyPushable in
    let columns = try PlotOptions.columns(object.data, options)
    let title = options[FigureOptions.title]
    return switch columns.count {
    case 1: AnyPushable(FigureObject(try object.result.lineFigure(columns[0], title)))
    case 2: AnyPushable(FigureObject(try object.result.planeFigure(columns, title)))
    default: AnyPushable(GridObject(grid: try object.result.pairs(columns, title)))
    }
  }
}

extension KMeans {
  private var names: [String] { (1...k).map { "cluster \($0)" } }
  private var coloring: Coloring { .groups(names: names, codes: labels) }

  /// A histogram of each cluster, with the same bins, and a line at its center.
  fileprivate func lineFigure(_ column: (name: String, values: Vector), _ title: String) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, column.name, "count")
    let all = try HistogramLayer(column.values, isDensity: false, Color.group(0), alpha: 1, label: "")
    let top = all.heights.max() ?? 1
    for (c, name) in names.enumerated() {
      let rows = (0..<n).filter { labels[$0] == Double(c + 1) }
      try figure.append(
        HistogramLayer(
          try Vector(rows.map { column.values[$0] }), bins: .edges(all.edges), isDensity: false, Color.group(c),
          alpha: 0.5, label: name))
      try figure.append(
        Line(try Vector([centers[c, 0], centers[c, 0]]), try Vector([0, top]), Stroke(Color.group(c), isDashed: true)))
    }
    return figure
  }

  fileprivate func planeFigure(_ columns: [(name: String, values: Vector)], _ title: String) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, columns[0].name, columns[1].name)
    try figure.append(Scatter(columns[0].values, columns[1].values, coloring))
    try addCenters(to: &figure, 0, 1)
    return figure
  }

  fileprivate func pairs(_ columns: [(name: String, values: Vector)], _ title: String) throws -> FigureGrid {
    var pairs = try Pairs(columns, coloring)
    pairs.title = title
    return try pairs.grid { i, j, figure throws(Failure) in try addCenters(to: &figure, j, i) }
  }

  /// Column `i` sideways, `j` upwards.
  private func addCenters(to figure: inout Figure, _ i: Int, _ j: Int) throws(Failure) {
    try figure.append(
      Scatter(centers.column(i), centers.column(j), .one(Color("black")!), alpha: 1, markSize: 1.2, isBinned: false))
  }
}
