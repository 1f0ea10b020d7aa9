import Kernels
import Lua

/// The name of a family, or names for several columns or components.
indirect enum FamilyNames: Sendable, Equatable {
  case one(String)
  case several([FamilyNames])

  /// Depth first.
  var all: [String] {
    switch self {
    case .one(let name): [name]
    case .several(let parts): parts.flatMap(\.all)
    }
  }
}

/// What components are made of, as a script asks for it, until it becomes a type.
struct FamilyChoice {
  private let names: FamilyNames
  private let start: (any Mixture)?
  private let covariance: (any CovarianceModel.Type)?
  private let held: HeldParameters
  private let trials: Double?
  private let hasNoise: Bool

  /// names: nil for those of the start's components or, without one, normal for one column and mvnormal for several
  init(
    _ names: FamilyNames?, start: (any Mixture)? = nil, covariance: (any CovarianceModel.Type)? = nil,
    held: HeldParameters = HeldParameters(), trials: Double? = nil, hasNoise: Bool = false, columns: Int
  ) throws {
    let parts = start.map { hasNoise ? Array($0.components.dropLast()) : $0.components }
    self.names = names ?? parts.map(FamilyChoice.names) ?? .one(columns == 1 ? "normal" : "mvnormal")
    self.start = start
    (self.covariance, self.held, self.hasNoise) = (covariance, held, hasNoise)
    self.trials = trials ?? FamilyChoice.trials(of: start)
    let all = self.names.all
    if covariance != nil, let other = all.first(where: { $0 != "mvnormal" }) {
      throw ArgumentError("covariance is for mvnormal components, the family here is \(other)")
    }
    if trials != nil, !all.contains(where: FamilyChoice.takesTrials) {
      throw ArgumentError("trials is for binomial components, the family here is \(all[0])")
    }
  }

  /// Components by their names alone, where each has its own: uniform and normal. Nil where k is to be given.
  func count(columns: Int) -> Int? {
    guard case .several(let parts) = names, !isProduct(parts, columns) else { return nil }
    return parts.count
  }

  /// Throws `Failure` where the rows are not this family's. k: noise included
  func family(for rows: Rows, k: Int) throws -> any ComponentFamily {
    if !hasNoise { return try components(for: rows, k: k) }
    guard k > 1 else { throw ArgumentError("k counts the noise: it must be at least 2, got \(k)") }
    func noisy<F: ComponentFamily>(_ base: F) throws -> any ComponentFamily { try NoisyFamily(base, rows: rows) }
    return try noisy(try components(for: rows, k: k - 1))
  }

  private func components(for rows: Rows, k: Int) throws -> any ComponentFamily {
    switch names {
    case .one("normal") where rows.dimension == 1:
      return try NormalFamily(rows, k: k, try held.constraints(Family.normal, k: k))
    case .one("normal"):
      throw Failure(.shape, "normal components take 1 column, got \(rows.dimension): use mvnormal")
    case .one("mvnormal") where held.isEmpty || held.equal == ["cov"]:
      let model = covariance ?? (held.equal == ["cov"] ? CovarianceModels.named("EEE") : nil)
      return try multivariateNormal(rows, k, model ?? VVV.self)
    case .one("multinomial") where held.isEmpty: return try MultinomialFamily(rows, k: k)
    case .one("binomial") where held.isEmpty && rows.dimension == 1:
      return try BinomialFamily(rows, k: k, trials: try knownTrials)
    default:
      if covariance != nil {
        throw ArgumentError("covariance and constraints of mu or cov exclude each other: give one of them")
      }
      let models = try kinds(k: k, columns: rows.dimension)
      let constraints = try held.constraints(models)
      let isProduct = models.allSatisfy { $0.isProduct && $0.families.count == models[0].families.count }
      if isProduct { return try ProductFamily(rows, models, constraints) }
      guard held.isEmpty || !models.contains(where: \.isProduct) else {
        throw ArgumentError("equal, fix and bounds are for components of the same number of parts")
      }
      return try DistributionFamily(rows, models, constraints)
    }
  }

  private func multivariateNormal(
    _ rows: Rows, _ k: Int, _ model: any CovarianceModel.Type
  ) throws -> any ComponentFamily {
    func make<C: CovarianceModel>(_ model: C.Type) throws -> any ComponentFamily {
      try MultivariateNormalFamily<C>(rows, k: k)
    }
    return try make(model)
  }

  /// What each component is: k.
  private func kinds(k: Int, columns: Int) throws -> [ComponentKind] {
    switch names {
    case .one: return Array(repeating: try kind(names, columns), count: k)
    case .several(let parts) where isProduct(parts, columns):
      return Array(repeating: try kind(names, columns), count: k)
    case .several(let parts):
      guard parts.count == k else {
        throw ArgumentError("k is \(k), but family names \(parts.count) components")
      }
      return try parts.map { try kind($0, columns) }
    }
  }

  /// Names side by side are of columns, where there are several columns and not all take all of them.
  private func isProduct(_ parts: [FamilyNames], _ columns: Int) -> Bool {
    guard columns > 1 else { return false }
    return parts.allSatisfy { part in if case .one = part { true } else { false } }
      && !parts.allSatisfy { Family.named($0.all[0])?.takesRows == true }
  }

  /// A univariate family by itself stands for one in every column.
  private func kind(_ names: FamilyNames, _ columns: Int) throws -> ComponentKind {
    let families = try names.all.map { name in
      guard let family = Family.named(name) else { throw ArgumentError(unknownFamily: name) }
      return family
    }
    if families.contains(where: { FamilyChoice.takesTrials($0.name) }), trials == nil { _ = try knownTrials }
    if families.count == 1, !families[0].takesRows, columns > 1 {
      return ComponentKind(Array(repeating: families[0], count: columns), trials: trials)
    }
    return ComponentKind(families, trials: trials)
  }

  private var knownTrials: Double {
    get throws {
      if let trials { return trials }
      throw ArgumentError("binomial components need the number of trials of each row: trials = 10, or a start")
    }
  }

  private static func takesTrials(_ name: String) -> Bool { ["binomial", "beta_binomial"].contains(name) }

  private static func names(of components: [any Distribution]) -> FamilyNames {
    let all = components.map { part -> FamilyNames in
      guard let product = part as? ProductDistribution else { return .one(part.family) }
      return .several(product.parts.map { .one($0.family) })
    }
    return all.allSatisfy { $0 == all[0] } ? all[0] : .several(all)
  }

  private static func trials(of start: (any Mixture)?) -> Double? {
    start?.components.lazy.compactMap { component -> Double? in
      guard case .number(let x)? = component.parameters.first(where: { $0.name == "trials" })?.value else { return nil }
      return takesTrials(component.family) ? x : nil
    }.first
  }
}

extension ArgumentError {
  fileprivate init(unknownFamily name: String) {
    let known = Family.all.map(\.name)
    let advice = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
    self.init("unknown family \(quoted(name)) (\(advice ?? "known: " + known.joined(separator: ", ")))")
  }
}

extension Kind where Value == FamilyNames {
  static var familyNames: Kind {
    Kind("the name of a family, or a table of names", type: "string|string[]") { call, slot in
      try read(call, slot, depth: 0)
    }
    .offering(Family.all.map(\.name))
  }

  private static func read(_ call: Call, _ slot: Int32, depth: Int) throws -> FamilyNames? {
    if let name = call.string(slot) {
      guard Family.named(name) != nil else { throw ArgumentError(unknownFamily: name) }
      return .one(name)
    }
    guard case .table = call.content(slot), depth < 2, call.length(slot) > 0 else { return nil }
    var parts: [FamilyNames] = []
    for index in 1...call.length(slot) {
      guard let part = try call.withElement(slot, index, { try read(call, $0, depth: depth + 1) }) else { return nil }
      parts.append(part)
    }
    return .several(parts)
  }
}

extension Kind where Value == any CovarianceModel.Type {
  static var covarianceModel: Kind {
    let names = CovarianceModels.aliases.map(\.name) + CovarianceModels.all.map { $0.name }
    return Kind("one of " + names.joined(separator: " "), type: "string") { call, slot in
      call.string(slot).flatMap(CovarianceModels.named)
    }
    .offering(names)
  }
}
