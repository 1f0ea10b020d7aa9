import Kernels
import Lua
import Plotting

extension TypeDeclaration {
  private static let object = Parameter<SelectionObject>("selection", .object, "the selection")

  static let plotOfSelection = Function(
    "selection:plot",
    "The criterion against the number of components, a line for each covariance or family; the best is marked.",
    object, .options([FigureOptions.title]), returns: "a figure",
    example: """
      local x = frame.load("faithful"):matrix()
      local shapes = {"EEE", "VVV"}
      print(em.select(x, {k = {1, 2}, covariance = shapes, restarts = 4}):plot())
      """
  ) { _, object, options in FigureObject(try object.selection.figure(options[FigureOptions.title])) }
}

extension ModelSelection {
  /// In the order of their best fits, so that the legend reads as the table does.
  fileprivate func figure(_ title: String) throws -> Figure {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, "components", name)
    var names: [String] = []
    for entry in entries where !names.contains(entry.model) { names.append(entry.model) }
    for (i, model) in names.enumerated() {
      let members = entries.filter { $0.model == model && $0.value.isFinite }.sorted { $0.candidate.k < $1.candidate.k }
      // More models than colours: the later ones are dashed.
      let stroke = Stroke(figure.nextColor(), width: 1.5, isDashed: i >= Color.groups.count)
      try figure.append(
        Line(
          try Vector(members.map { Double($0.candidate.k) }), try Vector(members.map(\.value)), stroke, hasMarks: true,
          label: names.count > 1 ? model : ""))
    }
    if names.count > 4 { figure.legend = .right }
    let best = entries[0]
    try figure.append(
      Scatter(
        try Vector([Double(best.candidate.k)]), try Vector([best.value]), .one(Color("black")!), alpha: 1,
        markSize: 1.2,
        label: "best"))
    let most = entries.map(\.candidate.k).max() ?? 1
    if most <= 30 { figure.x.ticks = (1...most).map { (Double($0), "\($0)") } }
    return figure
  }
}

extension ModelSelection.Entry {
  /// What its line is called.
  fileprivate var model: String { candidate.covariance ?? candidate.family }
}
