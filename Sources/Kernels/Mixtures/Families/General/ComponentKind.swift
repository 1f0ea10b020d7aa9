/// What one component is made of: a family, or a product of families, column by column.
package struct ComponentKind: Sendable {
  package let families: [Family]
  /// Of count data, where they are known.
  let trials: Double?

  package init(_ families: [Family], trials: Double? = nil) { (self.families, self.trials) = (families, trials) }

  /// `normal`, in every column too; `normal × poisson`.
  package var name: String {
    let names = families.map(\.name)
    return Set(names).count == 1 ? names[0] : names.joined(separator: " × ")
  }
  package var isProduct: Bool { families.count > 1 }
  /// Nil of a product, whose parts' parameters may have the same names.
  var parameters: [Family.Parameter]? { isProduct ? nil : families[0].parameters }
  /// By the names that constraints have for them.
  package var heldParameters: [Family.Parameter] {
    isProduct ? ProductDistribution.parameters(of: families) : families[0].parameters
  }
  var isDiscrete: Bool { families.contains { $0.values == .discrete } }
  /// Whether the data say where values end.
  var hasEnds: Bool { families.contains { $0.parameters.contains { $0.range == .lowerEnd || $0.range == .upperEnd } } }

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
    if let values = parameters?.compactMap({ held[$0.name] }), values.count == parameters?.count {
      return try families[0].make(values)
    }
    let counting = (0..<rows.rows).filter { weights[$0] > 0 }
    if counting.isEmpty { throw Failure(.degenerate, "no rows are left to it") }
    let all = counting.count == rows.rows
    let sample = Family.Sample(
      rows: all ? rows : try rows.takeRows(counting), weights: all ? weights : try weights.take(counting),
      trials: trials)
    if isProduct { return try ProductDistribution.fit(families, sample) }
    return try families[0].fit(sample, holding: held)
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

// Where a likelihood has no maximum.
extension ComponentKind {
  /// Families that become another one as a parameter grows without end, which the likelihood then does all the way: it is held
  /// where the two cannot be told apart.
  var limits: [String: ClosedRange<Double>] {
    guard !isProduct else { return [:] }
    return switch families[0].name {
    // Normal.
    case "t", "mvt": ["df": 1e-3...1000]
    // Poisson.
    case "negative_binomial": ["size": 1e-6...1e6]
    default: [:]
    }
  }

  /// Some distribution of this kind, with the centre and the spread of the rows where it has parameters for these.
  func guess(_ rows: Rows, holding held: [String: ParameterValue]) throws(Failure) -> any Distribution {
    if isProduct {
      var parts: [any Distribution] = []
      for (c, family) in families.enumerated() {
        let x = rows.matrix.column(c)
        let column = try Rows(Matrix(x.storage, offset: x.offset, rows: x.count, columns: 1))
        parts.append(try ComponentKind([family], trials: trials).guess(column, holding: [:]))
      }
      return try ProductDistribution(parts)
    }
    var values: [ParameterValue] = []
    for parameter in families[0].parameters {
      if let value = held[parameter.name] {
        values.append(value)
      } else {
        values.append(try guess(parameter, rows))
      }
    }
    return try families[0].make(values)
  }

  private func guess(_ parameter: Family.Parameter, _ rows: Rows) throws(Failure) -> ParameterValue {
    let (d, first) = (rows.dimension, rows.columns[0])
    switch (parameter.kind, parameter.range) {
    case (.number, _) where parameter.name == "trials": return .number(trials ?? first.most)
    case (.number, .real): return .number(first.mean)
    case (.number, .positive), (.number, .notNegative): return .number(parameter.name == "df" ? 10 : 1)
    case (.number, .lowerEnd): return .number(first.least)
    case (.number, .upperEnd): return .number(first.most)
    case (.number, .integer): return .number(first.most)
    case (.number, _): return .number(0.5)
    case (.vector, .probabilities): return .vector(try Vector(Array(repeating: 1 / Double(d), count: d)))
    case (.vector, _) where families[0].name == "von_mises_fisher":
      return .vector(try Vector((0..<d).map { $0 == 0 ? 1 : 0 }))
    case (.vector, _): return .vector(try Vector(rows.columns.map(\.mean)))
    case (.matrix, _):
      let matrix = try Matrix.zeros(d, d)
      for c in 0..<d { matrix[c, c] = max(rows.columns[c].sd * rows.columns[c].sd, 1e-300) }
      return .matrix(matrix)
    }
  }
}
