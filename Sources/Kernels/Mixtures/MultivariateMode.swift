extension MultivariateMixture {
  /// Where the density is highest: the best of the hills climbed from the mode of every component.
  ///
  /// By pattern search along the axes of that component, down to 1e-9 of their lengths (R. Hooke, T. A. Jeeves,
  /// doi:10.1145/321062.321069); where only whole steps lead to values, by one at a time.
  package var mode: Vector {
    get throws(Failure) {
      var (best, highest) = (try parts[0].mode, -Double.infinity)
      for (w, part) in zip(weights, parts) where w > 0 {
        let (top, density) = try climb(from: part)
        if density > highest { (best, highest) = (top, density) }
      }
      return best
    }
  }

  private func climb(from part: any MultivariateDistribution) throws(Failure) -> (Vector, density: Double) {
    let axes = try part.axes
    let point = try part.mode.copy()
    let (row, out) = (Matrix(point.storage, rows: 1, columns: dimension), try Vector.zeros(1))
    func density() throws(Failure) -> Double {
      try logpdf(row, into: out)
      return out[0]
    }
    var highest = try density()
    /// Whether the point has gone up by a step along an axis.
    func rises(_ axis: Axis, by step: Double) throws(Failure) -> Bool {
      let before = point.array
      for (column, size) in axis.steps { point[column] += step * size }
      point.withValues { support.pull($0) }
      let here = try density()
      if here > highest {
        highest = here
        return true
      }
      for c in before.indices { point[c] = before[c] }
      return false
    }
    var step = 0.5
    while step > 1e-9 {
      var hasRisen = false
      for axis in axes {
        for sign in [1.0, -1] where try rises(axis, by: sign * (axis.isWhole ? 1 : step)) { hasRisen = true }
        try Interruption.check()
      }
      if !hasRisen { step = axes.allSatisfy(\.isWhole) ? 0 : step / 2 }
    }
    return (point, highest)
  }
}
