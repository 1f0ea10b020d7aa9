import Kernels
import Lua

extension Module {
  static let dist = Module(
    "dist", "Probability distributions: density, distribution function, sampling, fit.",
    functions: Family.all.map(constructor) + [.mixture, .truncated, .affine, .product, fit, .loadDistribution],
    guide: distributionGuide)

  /// One family's, from its declaration.
  private static func constructor(_ family: Family) -> Function {
    let parameters = family.parameters.map(Parameter.init)
    let alternatives = family.alternatives.map { Parameter($0.parameter) }
    let names = family.parameters.map(\.name).joined(separator: ", ")
    return Function(
      "dist.\(family.name)", "\(family.summary) Parameters by position or by name: \(names).", named: parameters,
      alternatives: zip(alternatives, family.alternatives).map { AlternativeParameter($0, for: $1.replaced) },
      returns: "a distribution", example: family.facts.example
    ) { _, options in
      var values: [String: FamilyArgument] = [:]
      for parameter in alternatives where options.given.contains(parameter.documentation.name) {
        values[parameter.documentation.name] = options[parameter]
      }
      for (i, parameter) in parameters.enumerated() {
        let name = family.parameters[i].name
        let isReplaced = family.alternatives.contains { $0.replaced == name && values[$0.parameter.name] != nil }
        if !isReplaced { values[name] = options[parameter] }
      }
      return try family.object(values)
    }.with(notes: family.factSheet, picture: family.facts.picture)
  }

  private static let fit = Function(
    "dist.fit", "The distribution of a family under which data are most likely.",
    Parameter("family", .families, "its name; for a product, a table of names, by column"),
    Parameter(
      "x", Kind<Observations>.observations, "a vector, a matrix with a row for each observation, or a table of matrices"
    ),
    .options([weights, fix, trials]), returns: "a distribution",
    example: """
      local d = dist.fit("normal", {1, 2, 4}, {weights = {1, 2, 1}})
      print(d, d.mu)
      print(dist.fit({"normal", "poisson"}, {{1.5, 3}, {0.5, 4}, {2, 2}}))
      print(dist.fit("gamma", {1, 2, 4}, {fix = {shape = 2}}))
      """
  ) { call, choice, x, options in
    func sample(matrices: Bool) throws -> Family.Sample {
      let rows: Matrix
      switch x {
      case .numeric(.vector(let v)) where !matrices:
        rows = Matrix(v.storage, offset: v.offset, rows: v.count, columns: 1)
      case .numeric(.matrix(let m)) where !matrices: rows = m
      case .matrices(let all) where matrices: rows = try Matrix.rows(of: all, order: all.first?.rows ?? 1)
      default:
        throw ArgumentError(
          "x", mustBe: matrices ? "a table of matrices" : "a vector or a matrix", got: call.describe(2))
      }
      return Family.Sample(rows: rows, weights: options[weights], trials: options[trials])
    }
    switch choice {
    case .one(let family):
      let data = try sample(matrices: family.takesMatrices)
      return DistributionObject(try family.fit(data, holding: options[fix] ?? [:]))
    case .product(let families):
      let data = try sample(matrices: false)
      return DistributionObject(try ProductDistribution.fit(families, data, holding: options[fix] ?? [:]))
    }
  }

  private static let weights = Parameter(
    "weights", optional: Kind<Vector>.vector, otherwise: "1 each", "how much each observation counts")
  private static let fix = Parameter(
    "fix", optional: Kind<[String: ParameterValue]>.parameters, otherwise: "nothing",
    "parameters that are known, {mu = 5}; the others are estimated; of products mu in every column, mu2 in the second")
  private static let trials = Parameter(
    "trials", optional: Kind<Double>.number, otherwise: "for multinomial, the sum of the first row",
    "number of trials of binomial and multinomial data")
}

extension Parameter where Value == FamilyArgument {
  fileprivate init(_ parameter: Family.Parameter) {
    let kind: Kind<FamilyArgument> =
      switch parameter.kind {
      case .number: .argument(Kind<Double>.number.map { .number($0) }) { if case .number = $0 { true } else { false } }
      case .vector: .argument(Kind<Vector>.vector.map { .vector($0) }) { if case .vector = $0 { true } else { false } }
      case .matrix: .argument(Kind<Matrix>.matrix.map { .matrix($0) }) { if case .matrix = $0 { true } else { false } }
      }
    self.init(parameter.name, kind, parameter.summary)
  }
}

extension Kind where Value == [String: ParameterValue] {
  /// A table of numbers, vectors and matrices by name.
  fileprivate static var parameters: Kind {
    Kind("a table of parameters by name", type: "table") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      var values: [String: ParameterValue] = [:]
      try call.forEachPair(slot) { key, value in
        guard case .string = call.content(key), let name = call.string(key) else {
          throw ArgumentError("fix: parameters are given by name, got \(call.describe(key))")
        }
        let numeric: Numeric
        do { numeric = try Kind<Numeric>.numeric.read(call, value) } catch let mismatch as Mismatch {
          throw ArgumentError("fix: \(name)", mustBe: mismatch.wanted, got: call.describe(value))
        }
        values[name] =
          switch numeric {
          case .number(let x): .number(x)
          case .vector(let v): .vector(v)
          case .matrix(let m): .matrix(m)
          }
      }
      return values
    }
  }
}

/// What `dist.fit` is to fit.
private enum FitTarget {
  case one(Family)
  case product([Family])
}

extension Kind where Value == FitTarget {
  fileprivate static var families: Kind {
    let (name, names) = (Kind<Family>.family, Kind<[Family]>.list(of: .family))
    return Kind("the name of a family or a table of names", type: "string|string[]") {
      call, slot throws -> FitTarget in
      if case .table = call.content(slot) { return .product(try names.read(call, slot)) }
      return .one(try name.read(call, slot))
    }
    .offering(name.words)
  }
}

extension Kind where Value == Family {
  static var family: Kind {
    Kind("the name of a family", type: "string") { call, slot throws -> Family in
      guard let name = call.string(slot) else { throw Mismatch(wanted: "the name of a family") }
      if let family = Family.named(name) { return family }
      let known = Family.all.map(\.name)
      let advice = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
      throw ArgumentError("unknown family \(quoted(name)) (\(advice ?? "known: " + known.joined(separator: ", ")))")
    }
    .offering(Family.all.map(\.name))
  }
}
