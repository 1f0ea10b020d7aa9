import Kernels

/// Each column against each other one: points below the diagonal, densities on it, correlations above.
package struct Pairs: Sendable {
  package let columns: [(name: String, values: Vector)]
  package let coloring: Coloring
  package var diagonal = Diagonal.density
  package var alpha: Double?
  package var title = ""

  package enum Diagonal: String, CaseIterable, Sendable { case density, histogram }

  /// More could not be read.
  static let mostColumns = 10

  /// Throws `.shape` for fewer than two columns or too many, or where there are not as many groups as rows.
  package init(_ columns: [(name: String, values: Vector)], _ coloring: Coloring) throws(Failure) {
    guard (2...Pairs.mostColumns).contains(columns.count) else {
      throw Failure(
        .shape, "from 2 to \(Pairs.mostColumns) columns are wanted, got \(columns.count): choose some by name")
    }
    if let count = coloring.count, count != columns[0].values.count {
      throw Failure(.shape, "one color per row is wanted, got \(count) colors and \(columns[0].values.count) rows")
    }
    (self.columns, self.coloring) = (columns, coloring)
  }

  /// `decorate`: adds to the panel of column i, upwards, against column j
  package func grid(decorate: (_ i: Int, _ j: Int, inout Figure) throws(Failure) -> Void = { _, _, _ in })
    throws(Failure)
    -> FigureGrid
  {
    let d = columns.count
    var figures: [Figure?] = []
    for i in 0..<d {
      for j in 0..<d {
        var figure = Figure()
        (figure.x.label, figure.y.label, figure.legend) = (columns[j].name, columns[i].name, .none)
        if i == j {
          try addDiagonal(to: &figure, i)
        } else if i > j {
          figure.x.limits = try limits(j)
          figure.y.limits = try limits(i)
          try figure.append(Scatter(columns[j].values, columns[i].values, coloring, alpha: alpha))
          try decorate(i, j, &figure)
        } else {
          try addCorrelations(to: &figure, i, j)
        }
        figures.append(figure)
      }
    }
    let side = d <= 2 ? 300 : d <= 4 ? 210 : 160
    var grid = FigureGrid(figures, columns: d, size: (d * side + 80, d * side * 9 / 10 + 100))
    (grid.isTight, grid.title) = (true, title)
    if case .groups(let names, _) = coloring { grid.groups = names }
    return grid
  }

  /// One range for the column in all panels.
  private func limits(_ i: Int) throws(Failure) -> (low: Double, high: Double) {
    try Axis().range(of: [columns[i].values], named: columns[i].name)
  }

  private func addDiagonal(to figure: inout Figure, _ i: Int) throws(Failure) {
    figure.x.limits = try limits(i)
    // Heights are of another kind than the column, whose name and numbers stand at the left.
    figure.y.isHidden = true
    for (color, values, share) in try groups(of: i) {
      let finite = try values.finite()
      let differs = try DensityLayer.bandwidth(of: finite) != nil
      if diagonal == .density, differs {
        try figure.append(
          DensityLayer(finite, share: share, Stroke(color, width: 1.5), fill: 0.2, label: ""))
      } else if finite.count > 0 {
        try figure.append(HistogramLayer(finite, isDensity: false, color, alpha: 0.5, label: ""))
      }
    }
  }

  /// Of all rows, and below smaller, of each group.
  private func addCorrelations(to figure: inout Figure, _ i: Int, _ j: Int) throws(Failure) {
    (figure.x.limits, figure.y.limits, figure.hasAxes) = ((0, 1), (0, 1), false)
    var parts: [(color: Color, r: Double)] = []
    for (a, b) in zip(try groups(of: j), try groups(of: i)) {
      parts.append((a.color, try correlation(a.values, b.values)))
    }
    let isSplit = parts.count > 1 && parts.count <= 5
    let r = try correlation(columns[j].values, columns[i].values)
    try figure.append(
      Note(0.5, isSplit ? 0.72 : 0.5, rounded(r), Color("black")!, size: 12 + 8 * (r.isNaN ? 0 : abs(r)), .center))
    guard isSplit else { return }
    for (place, part) in parts.enumerated() {
      try figure.append(Note(0.5, 0.5 - 0.13 * Double(place), rounded(part.r), part.color, size: 9, .center))
    }
  }

  /// The values of column i by group, with the share of rows of each.
  private func groups(of i: Int) throws(Failure) -> [(color: Color, values: Vector, share: Double)] {
    let values = columns[i].values
    switch coloring {
    case .one(let color): return [(color, values, 1)]
    case .amounts: return [(Color.group(0), values, 1)]
    case .groups(let names, let codes):
      var groups: [(Color, Vector, Double)] = []
      for group in names.indices {
        let rows = (0..<values.count).filter { codes[$0] == Double(group + 1) }
        groups.append(
          (Color.group(group), try Vector(rows.map { values[$0] }), Double(rows.count) / Double(values.count)))
      }
      return groups
    }
  }
}

/// Pearson's, of the pairs without NaN; NaN where a side does not vary.
private func correlation(_ x: Vector, _ y: Vector) throws(Failure) -> Double {
  let rows = (0..<x.count).filter { x[$0].isFinite && y[$0].isFinite }
  guard rows.count > 1 else { return .nan }
  let pairs = try Vector(rows.map { x[$0] } + rows.map { y[$0] })
  let covariance = try Matrix(pairs.storage, rows: rows.count, columns: 2).covariance()
  return covariance[0, 1] / (covariance[0, 0] * covariance[1, 1]).squareRoot()
}

/// `−0.12`; nothing for NaN.
private func rounded(_ r: Double) -> String {
  guard !r.isNaN else { return "" }
  let hundredths = Int((abs(r) * 100).rounded())
  let digits = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
  return "\(r < 0 && hundredths > 0 ? "−" : "")\(hundredths / 100).\(digits)"
}
