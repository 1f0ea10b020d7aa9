import Kernels
import Plotting
import Testing

/// What gnuplot makes of figures. It is part of what Perigee is built with.
@Suite struct GnuplotTests {
  private func text(_ figure: Figure, as format: PictureFormat = .svg) throws -> String {
    String(decoding: try figure.drawn(as: format), as: UTF8.self)
  }

  /// Nothing in a text is a command, a markup or a substitution.
  @Test(arguments: [
    "`touch /tmp/perigee-plot-was-here`", "a_b^{c} {/Bold x} &{y} ~a", "it's 'quoted' \"twice\"",
    "@variable $1 # no comment",
    "back\\slash \\n %d %s", "; set output; unset key", "ünïcödé ∑ 漢字",
  ])
  func textsStandAsTheyAre(_ title: String) throws {
    var figure = Figure()
    (figure.title, figure.x.label, figure.y.label) = (title, title, title)
    try figure.append(
      Line(try Vector([1, 2]), try Vector([1, 2]), Stroke(Color.group(0)), label: title))
    try figure.append(Note(1, 1, title, Color.group(0), size: 10, .center))
    figure.x.ticks = [(1, title)]
    let shown = try text(figure)
    let escaped = title.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    #expect(shown.split(separator: escaped, omittingEmptySubsequences: false).count == 7, "\(shown)")
  }

  @Test func quoting() {
    #expect(quotedForGnuplot("it's") == "'it''s'")
    #expect(quotedForGnuplot("a\nb") == #"'a'."\n".'b'"#)
    #expect(quotedForGnuplot("a\0b\tc\u{7}") == "'a b c '")
    #expect(quotedForGnuplot("") == "''")
  }

  @Test func formats() throws {
    var figure = Figure()
    try figure.append(Line(try Vector([1, 2, 3]), try Vector([1, .nan, 2]), Stroke(Color.group(0)), hasMarks: true))
    #expect(try figure.drawn(as: .png).starts(with: [0x89, 0x50, 0x4e, 0x47]))
    #expect(try text(figure).contains("<svg") && text(figure).hasSuffix("</svg>\n\n"))
    #expect(try figure.drawn(as: .pdf).starts(with: Array("%PDF".utf8)))
    #expect(try figure.drawn(as: .sixel).starts(with: [0x1b, 0x50]))
    let lines = try text(figure, as: .text(columns: 60, lines: 20)).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count >= 20 && lines.allSatisfy { $0.count <= 60 && !$0.contains("\u{c}") })
    #expect(
      PictureFormat(file: "a.b/c.PNG") == .png && PictureFormat(file: "svg") == nil
        && PictureFormat(file: "a.gif") == nil)
    #expect(PictureFormat(file: ".svg") == .svg && PictureFormat(file: "") == nil)
  }

  /// Every kind of layer in every format.
  @Test(arguments: [PictureFormat.svg, .png, .pdf, .sixel, .text(columns: 80, lines: 24)])
  func everyLayer(_ format: PictureFormat) throws {
    let (x, y) = (try Vector([1, 2, 3]), try Vector([2, 1, 4]))
    let (blue, stroke) = (Color.group(0), Stroke(Color.group(1)))
    let grid = try Grid(try Matrix(rows: [[1, 2, 1], [2, 5, 3], [0, 1, .nan]]), x: (1, 3), y: (1, 4))
    var figure = Figure()
    try figure.append(Heatmap(grid, label: "heat"))
    try figure.append(HistogramLayer(x, isDensity: false, blue, alpha: 0.5, label: "histogram"))
    try figure.append(Bars(x, y, blue, alpha: 0.5, label: "bars"))
    try figure.append(Area(x, low: x, high: y, blue, alpha: 0.5, label: "area"))
    try figure.append(ErrorBars(x, y, low: x, high: y, stroke, label: "error"))
    try figure.append(DensityLayer(x, stroke, fill: 0.2, label: "density"))
    try figure.append(Contours(grid, .heights([1, 2, 3]), nil, label: "contours"))
    try figure.append(Scatter(x, y, .amounts(y), label: "amounts"))
    try figure.append(Scatter(x, y, .groups(names: ["a", "b"], codes: try Vector([1, 2, .nan]))))
    try figure.append(Scatter(x, y, .one(blue), isBinned: true, label: "cells"))
    #expect(try !figure.drawn(as: format).isEmpty)
    var space = Figure()
    try space.append(Surface(grid))
    #expect(try !space.drawn(as: format).isEmpty)
    #expect(throws: Failure.self) { try space.append(Line(x, y, stroke)) }
    #expect(try !FigureGrid([figure, nil, space], columns: 2, size: (800, 600)).drawn(as: format).isEmpty)
    #expect(try !Pairs([("a", x), ("b", y)], .one(blue)).grid().drawn(as: format).isEmpty)
    #expect(try !Figure().drawn(as: format).isEmpty)
  }

  @Test func logarithmicAxes() throws {
    var figure = Figure()
    (figure.x.isLogarithmic, figure.y.isLogarithmic) = (true, true)
    // Beyond that gnuplot has no ticks.
    let x = try Vector([1e-150, 1, 1e150])
    try figure.append(Scatter(x, x, .one(Color.group(0)), isBinned: true))
    #expect(try text(figure).contains("</svg>"))
    var nothing = Figure()
    nothing.y.isLogarithmic = true
    try nothing.append(Line(try Vector([1, 2]), try Vector([-1, 0]), Stroke(Color.group(0))))
    #expect(throws: Failure.self) { try nothing.drawn(as: .svg) }
  }

  @Test(arguments: [
    [0, 0, 0], [1e300, 2e300, 3e300], [1e-300, 2e-300, 0], [-1e308, 1e308, 0], [.nan, .nan, .nan], [.infinity, 1, 2],
  ])
  func hostileNumbers(_ values: [Double]) throws {
    var figure = Figure()
    let x = try Vector(values)
    try figure.append(Scatter(x, x, .one(Color.group(0))))
    try figure.append(Line(x, x, Stroke(Color.group(0))))
    if values.contains(-1e308) {
      #expect(throws: Failure.self) { try figure.drawn(as: .svg) }
    } else {
      #expect(try text(figure).contains("</svg>"))
    }
  }

  /// The legend of a million points says that they are counted.
  @Test func manyPoints() throws {
    var stream = RandomStream(seed: 1)
    let normal = try Normal(mu: 0, sigma: 1)
    let x = try normal.sample(1_000_000, from: &stream)
    let y = try normal.sample(1_000_000, from: &stream)
    var figure = Figure()
    try figure.append(Scatter(x, y, .one(Color.group(0)), label: "draws"))
    let began = ContinuousClock.now
    let shown = try text(figure)
    #expect(ContinuousClock.now - began < .seconds(3))
    #expect(shown.contains("draws (1,000,000 points, counted in cells)") && shown.utf8.count < 500_000)
  }

  @Test func failures() throws {
    #expect(
      throws: Failure(
        .argument, "pictures are drawn by gnuplot, which is not installed: sudo apt-get install gnuplot-nox")
    ) {
      try Gnuplot.run([], program: "no-such-program-as-this")
    }
    #expect(throws: Failure.self) { try Gnuplot.run(Array("set nonsense\n".utf8)) }
    #expect(throws: Failure(.argument, "gnuplot took more than 1 s for the picture, and was stopped")) {
      try Gnuplot.run(Array("pause 100\n".utf8), timeLimit: 1)
    }
  }
}
