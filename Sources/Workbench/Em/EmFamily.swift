import Kernels
import Lua

/// What components are made of, as a script asks for it, until it becomes a type.
struct FamilyChoice {
  enum Name: String, CaseIterable, Sendable { case normal, mvnormal, binomial, multinomial }
  enum Covariance: String, CaseIterable, Sendable { case full, tied, diagonal, spherical }
  enum Shared: String, CaseIterable, Sendable { case sigma }

  let name: Name
  let covariance: Covariance?
  let equal: Shared?
  let trials: Double?

  /// name: nil for that of the start's components or, without one, normal for one column and mvnormal for several
  init(
    _ name: Name?, start: (any Mixture)?, covariance: Covariance?, equal: Shared?, trials: Double?, columns: Int
  ) throws {
    self.name = try name ?? FamilyChoice.name(of: start) ?? (columns == 1 ? .normal : .mvnormal)
    self.covariance = covariance
    self.equal = equal
    self.trials = trials ?? FamilyChoice.trials(of: start)
    try refuse(equal, "equal", unless: .normal)
    try refuse(covariance, "covariance", unless: .mvnormal)
    try refuse(trials, "trials", unless: .binomial)
  }

  /// Throws `Failure` where the rows are not this family's.
  func family(for rows: Rows, k: Int) throws -> any ComponentFamily {
    switch name {
    case .normal: return try NormalFamily(rows, k: k, equalSigma: equal == .sigma)
    case .multinomial: return try MultinomialFamily(rows, k: k)
    case .binomial:
      guard let trials else {
        throw ArgumentError("binomial components need the number of trials of each row: trials = 10, or a start")
      }
      return try BinomialFamily(rows, k: k, trials: trials)
    case .mvnormal:
      switch covariance ?? .full {
      case .full: return try MultivariateNormalFamily<FullCovariance>(rows, k: k)
      case .tied: return try MultivariateNormalFamily<TiedCovariance>(rows, k: k)
      case .diagonal: return try MultivariateNormalFamily<DiagonalCovariance>(rows, k: k)
      case .spherical: return try MultivariateNormalFamily<SphericalCovariance>(rows, k: k)
      }
    }
  }

  private static func name(of start: (any Mixture)?) throws -> Name? {
    guard let start, let first = start.components.first else { return nil }
    if let name = Name(rawValue: first.family) { return name }
    let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
    throw ArgumentError("components must be of a family that EM can fit (\(known)), but component 1 is \(first.family)")
  }

  private static func trials(of start: (any Mixture)?) -> Double? {
    start?.components.lazy.compactMap { ($0 as? Binomial)?.trials }.first
  }

  private func refuse(_ option: Any?, _ key: String, unless wanted: Name) throws {
    if option != nil, name != wanted {
      throw ArgumentError("\(key) is for \(wanted.rawValue) components, the family here is \(name.rawValue)")
    }
  }
}
