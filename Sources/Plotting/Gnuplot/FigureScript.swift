import Kernels

// How figures are said to gnuplot.

extension Figure {
  /// The picture, as the bytes of a file.
  package func drawn(as format: PictureFormat) throws(Failure) -> [UInt8] {
    var script = Script()
    script.add("set encoding utf8", format.terminal(width: size.width, height: size.height))
    script.add(try commands(format, size: size, number: 0))
    return format.picture(try Gnuplot.run(script.bytes))
  }

  /// Everything but the terminal. `extra`: further settings of the panel
  fileprivate func commands(
    _ format: PictureFormat, size: (width: Int, height: Int), number: Int, extra: [String] = []
  ) throws(Failure) -> Script {
    let base = layers.lazy.compactMap(\.base).first
    var panel = Panel(
      format: format, x: try x.range(of: layers.flatMap(\.xValues), named: "x"),
      y: try y.range(of: layers.flatMap(\.yValues), base: base, named: "y"),
      isLogarithmic: (x.isLogarithmic, y.isLogarithmic), size: size, number: number)
    for layer in layers { try layer.draw(in: &panel) }
    // An empty figure still has axes.
    if panel.elements.isEmpty { panel.add("NaN notitle") }
    var script = Script()
    script.add("reset")
    script.add(panel.preparation)
    for line in Style.settings + extra + settings(panel) + panel.labels { script.add(line) }
    script.add("\(isInSpace ? "splot" : "plot") \(panel.elements.map(\.text).joined(separator: ", "))")
    for element in panel.elements where !element.data.isEmpty { script.add(data: element.data) }
    return script
  }

  private func settings(_ panel: Panel) -> [String] {
    var lines = [x.settings("x", panel.x), y.settings("y", panel.y), z.settings("z", z.limits)].flatMap { $0 }
    if isEqualAspect { lines.append(isInSpace ? "set view equal xy" : "set size ratio -1") }
    if !hasAxes { lines += ["unset border", "unset tics", "unset grid", "unset xlabel", "unset ylabel"] }
    lines += heading(panel)
    if let amount = panel.amount {
      lines.append("set cblabel \(quotedForGnuplot(amount))")
    } else {
      lines.append("unset colorbox")
    }
    if isInSpace { lines += Style.spatialSettings }
    // Lines of characters would hide what they are behind.
    if panel.format.isText { lines.append("unset grid") }
    return lines
  }
}

extension Figure {
  /// Title and legend; a legend above everything has the title over it.
  private func heading(_ panel: Panel) -> [String] {
    let text = quotedForGnuplot(title)
    if title.isEmpty { return [legend.setting] }
    if legend == .above, panel.isLabelled {
      return [legend.setting, "set key title \(text) font ',\(Style.titleSize)'"]
    }
    return [legend.setting, "set title \(text) font ',\(Style.titleSize)' offset 0,0.3"]
  }
}

extension Axis {
  fileprivate func settings(_ name: String, _ range: (low: Double, high: Double)?) -> [String] {
    var lines: [String] = []
    if let range {
      let (from, to) = isReversed ? (range.high, range.low) : (range.low, range.high)
      lines.append("set \(name)range [\(from):\(to)]")
    }
    if isHidden { lines += ["set \(name)tics scale 0", "set format \(name) ''", "unset grid"] }
    if !label.isEmpty { lines.append("set \(name)label \(quotedForGnuplot(label))") }
    if isLogarithmic { lines.append("set logscale \(name)") }
    if !ticks.isEmpty {
      // A tick's text is a format of numbers.
      let texts = ticks.map { "\(quotedForGnuplot($0.text.replacing("%", with: "%%"))) \($0.position)" }
      lines.append("set \(name)tics (\(texts.joined(separator: ", ")))")
    }
    return lines
  }
}

extension Figure.Legend {
  fileprivate var setting: String {
    switch self {
    case .above: "set key tmargin center horizontal Left reverse samplen 1.5 width 1"
    case .right: "set key outside right top vertical Left reverse samplen 1.5"
    case .inside: "set key inside right top vertical Left reverse samplen 1.5 opaque box lc rgb '#dddddd'"
    case .none: "unset key"
    }
  }
}

/// What pictures have in common: thin grey axes on two sides, a faint grid, dark text.
private enum Style {
  static let titleSize = 14

  static let settings = [
    "set border 3 lw 0.8 lc rgb '#666666'", "set tics out nomirror scale 0.5 textcolor rgb '#444444'",
    "set grid back lt 1 lw 0.5 lc rgb '#e4e4e4'", "set style fill noborder",
    "set palette defined (\(ramp))", "set colorbox user origin screen 0.9,0.25 size screen 0.02,0.5 noborder",
    "set colorbox default noborder", "set clip two",
  ]

  static let spatialSettings = [
    "set border 31 lw 0.6 lc rgb '#999999'", "set xyplane 0", "set view 55,35", "set grid x y z vertical back",
    "set xlabel offset 0,-0.5", "set ztics", "set pm3d depthorder",
  ]

  private static let ramp = Color.ramp.enumerated().map { "\($0) '\($1.opaqueCode)'" }.joined(separator: ", ")
}

extension FigureGrid {
  /// The picture, as the bytes of a file.
  package func drawn(as format: PictureFormat) throws(Failure) -> [UInt8] {
    var script = Script()
    script.add("set encoding utf8", format.terminal(width: size.width, height: size.height))
    script.add("set multiplot layout \(rows),\(columns)\(heading)\(spacing)")
    let panelSize = (width: size.width / columns, height: size.height / rows)
    for (i, figure) in figures.enumerated() {
      guard var figure else {
        script.add("set multiplot next")
        continue
      }
      let (row, column) = (i / columns, i % columns)
      if isTight, column > 0 { figure.y.label = "" }
      if isTight, row < rows - 1 { figure.x.label = "" }
      let extra = (isTight ? tightSettings(row: row, column: column) : []) + (i == 0 ? legend : [])
      script.add(try figure.commands(format, size: panelSize, number: i, extra: extra))
    }
    script.add("unset multiplot")
    return format.picture(try Gnuplot.run(script.bytes))
  }

  private var heading: String {
    title.isEmpty ? "" : " title \(quotedForGnuplot(title)) font ',\(Style.titleSize)' offset 0,-0.2"
  }

  /// The shares of the width and the height that are left for axes and titles.
  private var spacing: String {
    guard isTight else { return "" }
    let (side, head) = (76 / Double(size.width), Double(16 + (title.isEmpty ? 0 : 30) + (groups.isEmpty ? 0 : 26)))
    let (foot, top) = (66 / Double(size.height), 1 - head / Double(size.height))
    return
      " margins \(side),\(1 - 12 / Double(size.width)),\(foot),\(top) spacing \(8 / Double(size.width)),\(8 / Double(size.height))"
  }

  /// Numbers and names at the left and below only.
  private func tightSettings(row: Int, column: Int) -> [String] {
    ["set border 15 lw 0.6 lc rgb '#bbbbbb'", "set tics scale 0.3 font ',9'", "set ylabel offset 1,0"]
      + (column > 0 ? ["set format y ''"] : []) + (row < rows - 1 ? ["set format x ''"] : [])
  }

  /// The groups' names in a line above everything.
  private var legend: [String] {
    let y = 1 - Double(title.isEmpty ? 18 : 50) / Double(size.height)
    let widths = groups.map { Double($0.count) * 8 + 32 }
    var x = 0.5 - widths.reduce(0, +) / Double(size.width) / 2
    return groups.enumerated().map { i, name in
      defer { x += widths[i] / Double(size.width) }
      return "set label \(1000 + i) \(quotedForGnuplot(name)) at screen \(x),\(y) left offset 1,0 point pt 7 ps 0.9 "
        + "lc rgb '\(Color.group(i).code())'"
    }
  }
}
