import Kernels

extension Frame {
  /// A row for each column: its name, how many cells are there and how many are missing, and of the numbers among them, mean,
  /// standard deviation (n − 1), least, quartiles (type 7) and greatest. Where there are factors, also how many levels they have.
  package func described() throws(Failure) -> Frame {
    var statistics = ["count", "missing", "mean", "sd", "min", "q1", "median", "q3", "max"]
    if columns.contains(where: \.isFactor) { statistics.append("levels") }
    let table = try Matrix(uninitializedRows: columns.count, columns: statistics.count)
    for (i, column) in columns.enumerated() {
      for (j, value) in try column.described().prefix(statistics.count).enumerated() { table[i, j] = value }
    }
    var named: [(String, Column)] = [("name", .factor(try Factor(names)))]
    for (j, name) in statistics.enumerated() { named.append((name, .numbers(try table.column(j).copy()))) }
    return try Frame(named)
  }
}

extension Frame.Column {
  fileprivate func described() throws(Failure) -> [Double] {
    let present = try values.where(Vector(values.array.map { $0.isNaN ? 0 : 1 }))
    let counts = [Double(present.count), Double(count - present.count)]
    let unknown = [Double](repeating: .nan, count: 7)
    switch self {
    case .factor(let factor): return counts + unknown + [Double(factor.levels.count)]
    case .numbers where present.count == 0: return counts + unknown + [.nan]
    case .numbers:
      let quartiles = try present.quantiles(Vector([0, 0.25, 0.5, 0.75, 1])).array
      return counts + [try present.mean(), try present.standardDeviation()] + quartiles + [.nan]
    }
  }
}
