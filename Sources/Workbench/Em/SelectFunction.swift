import Kernels
import Lua

extension Module {
  private static let k = Parameter(
    "k", Kind<[Int]>.counts, default: [1, 2, 3, 4, 5, 6, 7, 8, 9], "numbers of components: one, or a table of them")
  private static let family = Parameter(
    "family", optional: Kind<[FamilyNames]>.alternatives, otherwise: "normal for one column, mvnormal for several",
    """
    one, or a table of families to choose from; a table in that table names the components or columns of one model, as in \
    em.fit
    """)
  private static let covariance = Parameter(
    "covariance", optional: Kind<[any CovarianceModel.Type]>.covarianceModels, otherwise: "full",
    "of mvnormal components: one, a table of them, or all fourteen with \"all\"")
  private static let criterion = Parameter(
    "criterion", Kind<InformationCriterion>.choice, default: .bic, "by which models are compared; smaller is better")

  static let select = Function(
    "em.select",
    """
    Fits mixtures of several sizes, covariances and families to the same data, and puts them in the order of a criterion. For \
    one k, all begin from the same partitions of the rows. What cannot be estimated is skipped, and said so.
    """,
    EmParameters.x,
    .options(
      [
        k, family, covariance, criterion, EmParameters.equal, EmParameters.bounds, EmParameters.trials,
        EmParameters.noise, EmParameters.rowWeights,
      ] + EmParameters.search),
    returns: "a selection",
    example: """
      local x = frame.load("faithful"):matrix()
      local shapes = {"EEE", "VVV"}
      local choice = em.select(x, {k = {2, 3}, covariance = shapes, restarts = 4})
      print(choice)
      assert(choice.best.k == 3 and choice.best.covariance == "EEE")
      """
  ) { call, x, options in
    let rows = try Rows(x, weights: options[EmParameters.rowWeights])
    let settings = EmParameters.settings(options, call)
    var held = HeldParameters()
    (held.equal, held.bounds) = (options[EmParameters.equal] ?? [], options[EmParameters.bounds] ?? [:])
    let families = options[family] ?? [.one(rows.dimension == 1 ? "normal" : "mvnormal")]
    let models = options[covariance]
    if models != nil, !families.contains(.one("mvnormal")) {
      throw ArgumentError("covariance is for mvnormal components, which are not among the families")
    }
    var candidates: [ModelSelection.Candidate] = []
    for family in families {
      let isNormal = family == .one("mvnormal")
      for model in isNormal ? models ?? [VVV.self] : [nil] as [(any CovarianceModel.Type)?] {
        let choice = try FamilyChoice(
          family, covariance: models == nil ? nil : model, held: held,
          trials: family.all.contains { $0.hasSuffix("binomial") } ? options[EmParameters.trials] : nil,
          hasNoise: options[EmParameters.noise], columns: rows.dimension)
        let counts = choice.count(columns: rows.dimension).map { [$0] } ?? options[k]
        let covariance = isNormal ? model?.name : nil
        candidates += counts.filter { !options[EmParameters.noise] || $0 > 1 }.map { k in
          ModelSelection.Candidate(k: k, family: family.all.joined(separator: " "), covariance: covariance) {
            (settings) throws(Failure) in try choice.fit(rows, k: k, settings)
          }
        }
      }
    }
    let selection = try ModelSelection(candidates, by: options[criterion], settings)
    return SelectionObject(
      selection: selection, origin: try SelectionOrigin(rows, settings, seed: options[EmParameters.seed]))
  }
}

extension FamilyChoice {
  func fit(
    _ rows: Rows, k: Int, holding fixed: FixedValues = FixedValues(), start: (any Mixture)? = nil, _ settings: EMOptions
  ) throws(Failure) -> Fit {
    do {
      return try EM.fit(
        rows, try family(for: rows, k: k), start: start.map { .mixture($0) }, fixesWeights: fixed.fixesWeights,
        weights: fixed.weights, settings)
    } catch let failure as Failure {
      throw failure
    } catch { throw Failure(.argument, (error as? ArgumentError)?.scriptMessage ?? "\(error)") }
  }
}

extension Kind where Value == [Int] {
  /// One number of components or several, each once.
  fileprivate static var counts: Kind {
    Kind("an integer from 1, or a table of them", type: "integer|integer[]") { call, slot throws -> [Int]? in
      if let one = call.integer(slot) { return one >= 1 ? [one] : nil }
      guard case .vector(let numbers)? = try? Kind<Numeric>.numeric.read(call, slot), numbers.count > 0 else {
        return nil
      }
      let counts = numbers.array.compactMap { Int(exactly: $0) }.filter { $0 >= 1 }
      guard counts.count == numbers.count else { return nil }
      return counts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
  }
}

extension Kind where Value == [FamilyNames] {
  fileprivate static var alternatives: Kind {
    Kind("the name of a family, or a table of names", type: "string|string[]") { call, slot in
      switch try Kind<FamilyNames>.familyNames.read(call, slot) {
      case .one(let name): [.one(name)]
      case .several(let parts): parts
      }
    }
    .offering(Kind<FamilyNames>.familyNames.words)
  }
}

extension Kind where Value == [any CovarianceModel.Type] {
  fileprivate static var covarianceModels: Kind {
    let one = Kind<any CovarianceModel.Type>.covarianceModel
    return Kind("'all', \(one.wanted), or a table of these", type: "string|string[]") { call, slot in
      if call.string(slot) == "all" { return CovarianceModels.all }
      guard case .table = call.content(slot) else { return [try one.read(call, slot)] }
      return try (0..<call.length(slot)).map { index in
        try call.withElement(slot, index + 1) { try one.read(call, $0) }
      }
    }
    .offering(["all"] + one.words)
  }
}
