import Kernels
import Lua
import Plotting

/// A figure as a script holds it, layer by layer. Only its machine's thread uses it.
final class FigureObject: ScriptObject, @unchecked Sendable {
  static let scriptType = ScriptType("figure")
  var figure: Figure

  init(_ figure: Figure) { self.figure = figure }

  /// With the options of a figure, and whatever is added to it.
  convenience init(_ options: Options, _ add: (inout Figure) throws -> Void = { _ in }) throws {
    var figure = try FigureOptions.figure(options)
    try add(&figure)
    self.init(figure)
  }

  var nativeBytes: Int { figure.layers.reduce(0) { $0 + $1.bytes } }

  /// With another layer; the answer of the method that adds it.
  func extend(_ call: Call, _ add: (inout Figure) throws -> Void) throws -> Same {
    let before = nativeBytes
    // On a copy: a script's function may look at the figure meanwhile, and a failure leaves it as it was.
    var longer = figure
    try add(&longer)
    figure = longer
    call.account(for: nativeBytes - before)
    return Same()
  }

  var brief: String { "figure of \(figure.layers.count) layers" }

  fileprivate var text: String {
    let names = figure.layers.map(\.name).joined(separator: ", ")
    return "figure\(figure.title.isEmpty ? "" : " \(quoted(figure.title))"): \(names.isEmpty ? "no layers" : names)"
  }
}

/// Several figures as a script holds them.
struct GridObject: ScriptObject {
  static let scriptType = ScriptType("figure_grid")
  let grid: FigureGrid

  var nativeBytes: Int { grid.figures.reduce(0) { $0 + ($1?.layers.reduce(0) { $0 + $1.bytes } ?? 0) } }
  var brief: String { "grid of \(grid.rows) x \(grid.columns) figures" }
}

extension TypeDeclaration {
  static let figure = TypeDeclaration(
    FigureObject.self, "A picture: titles, axes, and layers from back to front. Each method adds a layer.",
    methods: LayerFunction.all.map(\.method) + [saveFigure, showFigure],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(figure)", "What is in it, on one line.", figureParameter, returns: "a string",
          example: "print(plot.figure{title = \"nothing yet\"})"
        ) { _, object in object.text })
    ],
    fields: [
      Field("title", "string", "above everything") { $0.figure.title },
      Field("layers", "string[]", "the kinds of its layers, from back to front") { $0.figure.layers.map(\.name) },
    ])

  static let figureGrid = TypeDeclaration(
    GridObject.self, "Several figures side by side.", methods: [saveGrid, showGrid],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(figure_grid)", "Rows and columns.", gridParameter, returns: "a string",
          example: "print(plot.pairs(frame.load \"iris\"))"
        ) { _, object in object.brief })
    ],
    fields: [
      Field("rows", "integer", "figures above each other") { $0.grid.rows },
      Field("cols", "integer", "figures beside each other") { $0.grid.columns },
    ])

  private static let figureParameter = Parameter<FigureObject>("figure", .object, "the figure")
  private static let gridParameter = Parameter<GridObject>("grid", .object, "the figures")
  private static let file = Parameter("file", Kind<String>.string, "its name, which ends with .svg, .png, .pdf or .txt")

  private static let saveSummary = "Draws into a file, of the format that its name ends with."
  private static let showSummary = """
    Opens a window where there is a display; else draws on the terminal, as a bitmap where the terminal has those (sixel), or in \
    characters.
    """

  private static let saveFigure = Function(
    "figure:save", saveSummary, figureParameter, file, returns: "nothing",
    example: """
      local file = os.tmpname() .. ".svg"
      plot.histogram(frame.load("faithful").waiting):save(file)
      os.remove(file)
      """
  ) { call, object, file in
    try call.save(object.figure, to: file)
    return Nothing()
  }

  private static let showFigure = Function(
    "figure:show", showSummary, figureParameter, returns: "nothing",
    example: "plot.histogram(frame.load(\"faithful\").waiting):show()"
  ) { call, object in
    try call.show(object.figure)
    return Nothing()
  }

  private static let saveGrid = Function(
    "figure_grid:save", saveSummary, gridParameter, file, returns: "nothing",
    example: """
      local file = os.tmpname() .. ".png"
      plot.pairs(frame.load "faithful"):save(file)
      os.remove(file)
      """
  ) { call, object, file in
    try call.save(object.grid, to: file)
    return Nothing()
  }

  private static let showGrid = Function(
    "figure_grid:show", showSummary, gridParameter, returns: "nothing",
    example: "plot.pairs(frame.load \"faithful\"):show()"
  ) { call, object in
    try call.show(object.grid)
    return Nothing()
  }
}

extension Call {
  /// Into a file, and into the report that is kept.
  fileprivate func save(_ picture: some Picture, to file: String) throws {
    try picture.save(to: file)
    try state.report?.add(picture, named: file)
  }

  /// In the report that is kept, else on the terminal.
  fileprivate func show(_ picture: some Picture) throws {
    if let report = state.report { return try report.add(picture, named: picture.title) }
    try Display().show(picture)
  }
}

extension LayerFunction {
  static let all = pointLayers + densityLayers + planeLayers
}
