extension MultivariateMixture {
  /// Where the density is highest: the best of the hills climbed from the mode of every component.
  ///
  /// Over real numbers by pattern search along the axes of that component's covariance, down to 1e-9 of its standard
  /// deviations (R. Hooke, T. A. Jeeves, doi:10.1145/321062.321069); over counts by moving one count at a time.
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
    let moves = try moves(part)
    let point = try part.mode.copy()
    let (row, out) = (Matrix(point.storage, rows: 1, columns: dimension), try Vector.zeros(1))
    func density() throws(Failure) -> Double {
      try logpdf(row, into: out)
      return out[0]
    }
    var highest = try density()
    var step = moves.first
    while step > moves.last {
      var hasRisen = false
      for move in moves.directions {
        let before = point.array
        for c in before.indices { point[c] = before[c] + step * move[c] }
        let here = try density()
        if here > highest {
          (highest, hasRisen) = (here, true)
        } else {
          for c in before.indices { point[c] = before[c] }
        }
      }
      try Interruption.check()
      if !hasRisen { step /= 2 }
    }
    return (point, highest)
  }

  private struct Moves {
    let directions: [[Double]]
    let first: Double
    let last: Double
  }

  private func moves(_ part: any MultivariateDistribution) throws(Failure) -> Moves {
    let d = dimension
    if case .counts = support {
      var directions: [[Double]] = []
      for from in 0..<d {
        for to in 0..<d where to != from {
          var move = [Double](repeating: 0, count: d)
          (move[from], move[to]) = (-1, 1)
          directions.append(move)
        }
      }
      return Moves(directions: directions, first: 1, last: 0.75)
    }
    let factor = try Cholesky(of: part.covariance).factor
    let axes = (0..<d).map { c in (0..<d).map { factor[$0, c] } }
    return Moves(directions: axes + axes.map { $0.map { -$0 } }, first: 0.5, last: 1e-9)
  }
}
