/// What one component is made of: a family, or a product of families, column by column.
package struct ComponentKind: Sendable {
  package let families: [Family]
  /// Of count data, where they are known.
  let trials: Double?

  package init(_ families: [Family], trials: Double? = nil) { (self.families, self.trials) = (families, trials) }

  /// `normal`; `normal × poisson`.
  package var name: String { families.map(\.name).joined(separator: " × ") }
  var isProduct: Bool { families.count > 1 }
  /// Nil of a product, whose parts' parameters may have the same names.
  var parameters: [Family.Parameter]? { isProduct ? nil : families[0].parameters }
  var isDiscrete: Bool { families.contains { $0.values == .discrete } }

  /// Throws where rows of so many numbers are not what the families take.
  func check(columns: Int) throws(Failure) {
    if let family = families.first(where: \.takesMatrices) {
      throw Failure(.argument, "components of \(family.name) are matrices, which EM does not take")
    }
    if isProduct { return }
    guard families[0].takesRows || columns == 1 else {
      throw Failure(
        .shape, "\(name) components take 1 column, got \(columns): name a family for each column")
    }
  }

  /// Weighted maximum likelihood with some parameters held. weights: not negative; rows of weight 0 do not matter, whatever is
  /// in them
  func fit(
    _ rows: Matrix, weights: Vector, holding held: [String: ParameterValue]
  ) throws(Failure) -> any Distribution {
    let counting = (0..<rows.rows).filter { weights[$0] > 0 }
    let all = counting.count == rows.rows
    let sample = Family.Sample(
      rows: all ? rows : try rows.takeRows(counting), weights: all ? weights : try weights.take(counting),
      trials: trials)
    if isProduct { return try ProductDistribution.fit(families, sample) }
    let family = families[0]
    let values = family.parameters.compactMap { held[$0.name] }
    if values.count == family.parameters.count { return try family.make(values) }
    return try family.fit(sample, holding: held)
  }

  /// Rows that some distribution of this kind can have made: n; nil where that is all.
  ///
  /// Throws as the fit does where `mustBeAll`.
  func possible(_ rows: Rows, holding held: [String: ParameterValue], mustBeAll: Bool) throws(Failure) -> [Bool]? {
    if families[0].name == "point", !isProduct {
      let value = try point(rows, held)
      return (0..<rows.count).map { rows.matrix[$0, 0] == value }
    }
    let ones = try Vector(Array(repeating: 1, count: rows.count))
    do throws(Failure) { _ = try fit(rows.matrix, weights: ones, holding: held) } catch {
      if error.kind == .degenerate { return nil }
      guard error.kind == .data, !mustBeAll else { throw error }
      return try possibleRows(rows, held)
    }
    return nil
  }

  /// One by one: what a family says of a single row is whether it can be, if not much else.
  private func possibleRows(_ rows: Rows, _ held: [String: ParameterValue]) throws(Failure) -> [Bool] {
    let one = try Vector([1])
    return try Parallel.map(rows.count, chunk: 4096) { (chunk) throws(Failure) in
      var possible: [Bool] = []
      for i in chunk {
        do throws(Failure) {
          _ = try fit(try rows.matrix.takeRows([i]), weights: one, holding: held)
          possible.append(true)
        } catch {
          if error.kind == .interrupted || error.kind == .memory { throw error }
          possible.append(error.kind != .data)
        }
      }
      return possible
    }.flatMap { $0 }
  }

  /// The value of a point: as given, or the one that most rows have.
  private func point(_ rows: Rows, _ held: [String: ParameterValue]) throws(Failure) -> Double {
    if case .number(let value)? = held["value"] { return value }
    try check(columns: rows.dimension)
    let heaviest = try WeightedSample(rows.matrix.column(0), weights: rows.weights).heaviest()
    let count = (0..<rows.count).count { rows.matrix[$0, 0] == heaviest.value }
    guard count > 1 else {
      throw Failure(.data, "no value repeats, so that a point has none to stand for: name it, fix = {value = 0}")
    }
    return heaviest.value
  }
}
