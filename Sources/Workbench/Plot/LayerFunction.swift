import Lua
import Plotting

/// A kind of layer, in both ways in which a script draws one: into a figure that there is, and as the first one of a new figure,
/// `fig:line(x, y)` and `plot.line(x, y)`.
struct LayerFunction: Sendable {
  let method: Function
  let starter: Function

  static let figure = Parameter<FigureObject>("figure", .object, "the figure")
  private static let result = "the figure"

  /// `example`: the arguments
  init<A>(
    _ name: String, _ summary: String, _ a: Parameter<A>, options: [any AnyParameter], example: String,
    add: @escaping @Sendable (inout Figure, Call, A, Options) throws -> Void
  ) {
    let (inFigure, alone) = LayerFunction.examples(name, example)
    method =
      Function(
        "figure:\(name)", summary, LayerFunction.figure, a, .options(options), returns: LayerFunction.result,
        example: inFigure
      ) { call, figure, a, options in
        try figure.extend(call) { figure in try add(&figure, call, a, options) }
      }.writing
    starter = Function(
      "plot.\(name)", LayerFunction.begun(summary), a, .options(options + FigureOptions.all),
      returns: LayerFunction.result, example: alone
    ) { call, a, options in
      try FigureObject(options) { figure in try add(&figure, call, a, options) }
    }
  }

  init<A, B>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, options: [any AnyParameter],
    example: String, add: @escaping @Sendable (inout Figure, Call, A, B, Options) throws -> Void
  ) {
    let (inFigure, alone) = LayerFunction.examples(name, example)
    method =
      Function(
        "figure:\(name)", summary, LayerFunction.figure, a, b, .options(options), returns: LayerFunction.result,
        example: inFigure
      ) { call, figure, a, b, options in
        try figure.extend(call) { figure in try add(&figure, call, a, b, options) }
      }.writing
    starter = Function(
      "plot.\(name)", LayerFunction.begun(summary), a, b, .options(options + FigureOptions.all),
      returns: LayerFunction.result, example: alone
    ) { call, a, b, options in
      try FigureObject(options) { figure in try add(&figure, call, a, b, options) }
    }
  }

  init<A, B, C>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, _ c: Parameter<C>,
    options: [any AnyParameter], example: String,
    add: @escaping @Sendable (inout Figure, Call, A, B, C, Options) throws -> Void
  ) {
    let (inFigure, alone) = LayerFunction.examples(name, example)
    method =
      Function(
        "figure:\(name)", summary, LayerFunction.figure, a, b, c, .options(options), returns: LayerFunction.result,
        example: inFigure
      ) { call, figure, a, b, c, options in
        try figure.extend(call) { figure in try add(&figure, call, a, b, c, options) }
      }.writing
    starter = Function(
      "plot.\(name)", LayerFunction.begun(summary), a, b, c, .options(options + FigureOptions.all),
      returns: LayerFunction.result, example: alone
    ) { call, a, b, c, options in
      try FigureObject(options) { figure in try add(&figure, call, a, b, c, options) }
    }
  }

  private static func examples(_ name: String, _ arguments: String) -> (inFigure: String, alone: String) {
    ("local fig = plot.figure()\nfig:\(name)(\(arguments))\nprint(fig)", "print(plot.\(name)(\(arguments)))")
  }

  private static func begun(_ summary: String) -> String { "\(summary) Begins a figure with it." }
}

/// What most layers can be told.
enum LayerOptions {
  static let label = Parameter("label", .string, default: "", "its name in the legend")
  static let color = Parameter(
    "color", optional: Kind<Color>.color, otherwise: "the next of those that tell layers apart", "of the layer")
  static let width = Parameter("width", .positive, default: 1.8, "of lines")
  static let dashed = Parameter("dashed", .boolean, default: false, "whether lines are dashed")
  static let alpha = Parameter("alpha", .probability, default: 1, "0 is transparent, 1 is not")
  static let fill = Parameter("fill", .probability, default: 0, "alpha of what is below or inside; 0 for none")
  static let line: [any AnyParameter] = [label, color, width, dashed, alpha]

  static func color(_ options: Options, _ figure: inout Figure) -> Color { options[color] ?? figure.nextColor() }

  static func stroke(_ options: Options, _ figure: inout Figure) -> Stroke {
    Stroke(color(options, &figure), width: options[width], alpha: options[alpha], isDashed: options[dashed])
  }
}
