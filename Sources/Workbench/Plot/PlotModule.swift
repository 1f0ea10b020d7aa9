import Kernels
import Lua
import Plotting

extension Module {
  static let plot = Module(
    "plot", "Pictures: figures of layers, saved as svg, png, pdf or txt, or shown on the terminal.",
    functions: [figure, grid, pairs] + LayerFunction.all.map(\.starter))

  private static let figure = Function(
    "plot.figure", "A figure without layers.", .options(FigureOptions.all), returns: "a figure",
    example: """
      local fig = plot.figure{title = "Old Faithful", xlabel = "minutes"}
      fig:histogram(frame.load("faithful").waiting)
      print(fig)
      """
  ) { _, options in try FigureObject(options) }

  private static let columns = Parameter(
    "columns", optional: Kind<Int>.integer(1...20), otherwise: "as many as rows, or one more",
    "figures beside each other")
  private static let gridSize = Parameter(
    "size", optional: Kind<PixelSize>.pixels,
    otherwise: "that of the largest figure, times columns and rows, at most 1200 wide",
    "{width, height}, in pixels of a screen")

  private static let grid = Function(
    "plot.grid", "Several figures side by side, row by row.",
    Parameter("figures", .list(of: Kind<FigureObject>.object), "the figures"),
    .options([columns, FigureOptions.title, gridSize]), returns: "a picture",
    example: """
      local f = frame.load "faithful"
      print(plot.grid({plot.histogram(f.waiting), plot.histogram(f.eruptions)}))
      """
  ) { _, objects, options in
    guard (1...100).contains(objects.count) else {
      throw ArgumentError("figures", mustBe: "a table of 1 to 100 figures", got: "\(objects.count) of them")
    }
    let figures = objects.map(\.figure)
    let columns = options[columns] ?? Int(Double(figures.count).squareRoot().rounded(.up))
    var grid = FigureGrid(figures, columns: min(columns, figures.count), size: (0, 0))
    grid.title = options[FigureOptions.title]
    let whole = (
      width: figures.map(\.size.width).max()! * grid.columns, height: figures.map(\.size.height).max()! * grid.rows
    )
    let scale = min(1, 1200 / Double(whole.width), 1600 / Double(whole.height))
    grid.size = (Int(Double(whole.width) * scale), Int(Double(whole.height) * scale))
    if let size = options[gridSize] { grid.size = (size.width, size.height) }
    return GridObject(grid: grid)
  }

  private static let names = Parameter(
    "names", optional: Kind<[String]>.names, otherwise: "all that are of numbers; of a matrix, x1, x2, …",
    "which columns of a frame; what the columns of a matrix are called")
  private static let color = Parameter(
    "color", optional: Kind<Coloring>.coloring, otherwise: "one color",
    "a factor, strings, or a vector of few whole numbers: the group of each row; or a color")
  private static let diagonal = Parameter(
    "diagonal", Kind<Pairs.Diagonal>.choice, default: .density, "how the columns themselves are drawn")
  private static let alpha = Parameter(
    "alpha", optional: Kind<Double>.probability, otherwise: "less where there are more points", "of points")
  private static let pairsSize = Parameter(
    "size", optional: Kind<PixelSize>.pixels, otherwise: "grows with the number of columns",
    "{width, height}, in pixels of a screen")

  private static let pairs = Function(
    "plot.pairs",
    "Each column against each other one: points below, the column's own density on the diagonal, correlation above.",
    Parameter("x", Kind<PairColumns>.pairColumns, "a frame or a matrix"),
    .options([names, color, diagonal, alpha, FigureOptions.title, pairsSize]), returns: "a picture",
    example: """
      local iris = frame.load "iris"
      print(plot.pairs(iris, {color = iris.species}))
      """
  ) { _, x, options in
    var pairs = try Pairs(try x.named(options[names]), options[color] ?? .one(Color.group(0)))
    (pairs.diagonal, pairs.alpha, pairs.title) = (options[diagonal], options[alpha], options[FigureOptions.title])
    var grid = try pairs.grid()
    if let size = options[pairsSize] { grid.size = (size.width, size.height) }
    return GridObject(grid: grid)
  }
}

/// What `plot.pairs` takes its columns from.
enum PairColumns: Sendable {
  case frame(Frame)
  case matrix(Matrix)

  func named(_ names: [String]?) throws -> [(name: String, values: Vector)] {
    switch self {
    case .frame(let frame):
      let names = names ?? frame.numeric
      let x = try frame.matrix(names)
      return names.enumerated().map { ($1, x.column($0)) }
    case .matrix(let x):
      if let names, names.count != x.columns {
        throw ArgumentError("names", mustBe: "a name for each of \(x.columns) columns", got: "\(names.count)")
      }
      return (0..<x.columns).map { (names?[$0] ?? "x\($0 + 1)", x.column($0)) }
    }
  }
}

extension Kind where Value == PairColumns {
  static var pairColumns: Kind {
    Kind("a frame or a matrix", type: "frame|matrix") { call, slot throws -> PairColumns? in
      if let frame = call.object(slot, as: Frame.self) { return .frame(frame) }
      return (try? Kind<Matrix>.matrix.read(call, slot)).map { .matrix($0) }
    }
  }
}
