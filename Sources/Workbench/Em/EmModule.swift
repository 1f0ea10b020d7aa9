import Kernels
import Lua

extension Module {
  static let em = Module(
    "em", "Mixture models by maximum likelihood: expectation and maximisation from many starts.",
    functions: [fit, select, step, .emSolve, .emFamily, load])

  private static let k = Parameter(
    "k", optional: .componentCount, otherwise: "as the start has",
    "the number of components, from 1 to the number of rows")
  private static let family = Parameter(
    "family", optional: Kind<FamilyOption>.familyOption,
    otherwise: "the start's; else normal for one column, mvnormal for several",
    """
    what components are: a family for all; one for each, {"uniform", "normal"}; of several columns, one for each column, \
    {"normal", "poisson"}; or a family from em.family
    """)
  private static let start = Parameter(
    "start", optional: .start, otherwise: "many starts, chosen from the data",
    "where to begin: a mixture, a vector of labels (0 for unknown), or a posterior matrix; components keep its order")
  private static let fix = Parameter(
    "fix", optional: Kind<FixedValues>.fixedValues, otherwise: "nothing",
    """
    what is known: "weights", as the start has them or equal; parameters by name, {mu = {5, false}} with false for free; \
    those of a component, {[1] = {a = 0, b = 1}}; {weights = {0.3, 0.7}}
    """)
  private static let covariance = Parameter(
    "covariance", optional: Kind<any CovarianceModel.Type>.covarianceModel, otherwise: "full",
    """
    of mvnormal components: volume, shape and orientation, each Equal, Variable or Identity, such as VEV; spherical, \
    diagonal, tied and full are VII, VVI, EEE and VVV
    """)
  private static let labels = Parameter(
    "labels", optional: Kind<Vector>.labels, otherwise: "none known",
    "the component of each row, where it is known, else 0; components keep these numbers")
  private static let prior = Parameter(
    "prior", optional: Kind<Matrix>.matrix, otherwise: "1 each",
    "rows x k, from 0 to 1: the likelihood of a row is the sum of prior * weight * density")
  private static let onIteration = Parameter(
    "on_iteration", optional: Kind<Callback>.function, otherwise: "none",
    "called after each pass with a table: start, starts, iteration, loglik, gap, model")

  private static let checkpoint = Parameter(
    "checkpoint", optional: Kind<String>.string, otherwise: "none",
    "a file that keeps the state; the same call goes on from it after its process has died, and removes it at the end")

  private static let fit = Function(
    "em.fit",
    "Fits a mixture to data: the one of highest likelihood that many starts have led to, with how sure that is.",
    EmParameters.x,
    .options(
      [
        k, family, start, fix, EmParameters.equal, EmParameters.bounds, covariance, EmParameters.trials,
        EmParameters.noise, EmParameters.rowWeights, labels, prior,
        Convergence.criterion,
      ] + EmParameters.search + [onIteration, checkpoint]),
    returns: "a fit",
    example: """
      local waiting = frame.load("faithful").waiting
      local fit = em.fit(waiting, {k = 2, equal = "sigma", seed = 1})
      print(fit)
      assert(fit.converged and math.abs(fit.loglik - -1034.00176036) < 1e-6)
      """
  ) { call, x, options -> AnyPushable in
    let start = options[start]
    let rows = try Rows(x, weights: options[EmParameters.rowWeights])
    let fixed = options[fix] ?? FixedValues()
    var held = HeldParameters()
    (held.equal, held.bounds) = (options[EmParameters.equal] ?? [], options[EmParameters.bounds] ?? [:])
    (held.byName, held.byComponent) = (fixed.byName, fixed.byComponent)
    if case .script(let family) = options[family] {
      if let other = scriptless.first(where: { options.given.contains($0) }) {
        throw ArgumentError("\(other) is not for a family from em.family")
      }
      guard fixed.weights == nil, fixed.byName.isEmpty, fixed.byComponent.isEmpty else {
        throw ArgumentError("fix of a family from em.family must be 'weights'")
      }
      var settings = EmParameters.settings(options, call)
      settings.criterion = options[Convergence.criterion]
      let request = ScriptFit(
        family: family, rows: rows, k: try count(options[k], start?.componentCount, rows.count), start: start,
        fixesWeights: fixed.fixesWeights, options: settings, watcher: options[onIteration])
      return AnyPushable(Keeping(try request.run(call), FieldOf(2, "family")))
    }
    let choice = try FamilyChoice(
      options[family]?.names, start: start?.mixture, covariance: options[covariance], held: held,
      trials: options[EmParameters.trials], hasNoise: options[EmParameters.noise], columns: rows.dimension)
    let k = try count(options[k], choice.count(columns: rows.dimension) ?? start?.componentCount, rows.count)
    var settings = EmParameters.settings(options, call)
    settings.criterion = options[Convergence.criterion]
    let components = try choice.family(for: rows, k: k)
    let known = [options[labels] as Any?, options[prior] as Any?].contains { $0 != nil }
    let memberships =
      known ? try Memberships(labels: options[labels], prior: options[prior], rows: rows.count, k: k) : nil
    let origin = try FitOrigin(
      rows, components, start: start, fixesWeights: fixed.fixesWeights, settings, seed: options[EmParameters.seed],
      held: FitOrigin.held(fixed, held.bounds, labels: options[labels], prior: options[prior], rows))
    let watcher = FitWatcher(call, options[onIteration])
    let fit = try EM.fit(
      rows, components, start: start, fixesWeights: fixed.fixesWeights, weights: fixed.weights,
      memberships: memberships, settings, checkpoint: options[checkpoint].map { FileCheckpoint($0, origin) },
      observe: watcher.observe)
    try watcher.finish()
    guard known || rows.weights != nil else {
      return AnyPushable(
        FitObject(fit, origin, data: x) { [settings] rows, start throws(Failure) in
          try choice.fit(rows, k: k, holding: fixed, start: start, settings)
        })
    }
    return AnyPushable(FitObject(fit, origin, data: x))
  }

  /// Options that say something of native components only.
  private static let scriptless = [
    "equal", "bounds", "covariance", "trials", "noise", "labels", "prior", "checkpoint",
  ]

  private static let load = Function(
    "em.load", "The fit in a file that fit:save has written.",
    Parameter("file", Kind<String>.string, "the path"), returns: "a fit",
    example: """
      local file = os.tmpname()
      em.fit(frame.load("faithful").waiting, {k = 2}):save(file)
      print(em.load(file))
      os.remove(file)
      """
  ) { _, path in try FitRecord.read(path) }

  private static let step = Function(
    "em.step",
    "One step of EM: the next model, and what it saw on the way: loglik, of the model entering the step, and posterior.",
    Parameter("model", .mixture, "a mixture"), EmParameters.x,
    .options([fix, EmParameters.equal, EmParameters.bounds, covariance, EmParameters.rowWeights]),
    returns: "a mixture, and a table",
    example: """
      local coins = {dist.binomial(10, 0.6), dist.binomial(10, 0.5)}
      local model = dist.mixture({0.5, 0.5}, coins)
      local next, info = em.step(model, {5, 9, 8, 4, 7}, {fix = "weights"})
      print(next)
      print(info.loglik, info.posterior:row(1))
      """
  ) { _, model, x, options in
    let rows = try Rows(x, weights: options[EmParameters.rowWeights])
    let fixed = options[fix] ?? FixedValues()
    var held = HeldParameters()
    (held.equal, held.bounds) = (options[EmParameters.equal] ?? [], options[EmParameters.bounds] ?? [:])
    (held.byName, held.byComponent) = (fixed.byName, fixed.byComponent)
    let choice = try FamilyChoice(
      nil, start: model, covariance: options[covariance], held: held, columns: rows.dimension)
    let family = try choice.family(for: rows, k: model.components.count)
    let step = try EM.step(rows, family, from: model, fixesWeights: fixed.fixesWeights)
    return Results(
      DistributionObject(step.next), Record([("loglik", step.loglik), ("posterior", step.posterior)]))
  }

  /// otherwise: what the start or the families say
  private static func count(_ k: ComponentCount?, _ otherwise: Int?, _ rows: Int) throws -> Int {
    if k == nil, let otherwise { return otherwise }
    guard let value = k?.value, value >= 1, value <= rows else {
      throw ArgumentError("k", mustBe: "an integer from 1 to \(rows)", got: k?.typed ?? "nothing")
    }
    return value
  }
}

/// A number of components as it was typed: what it may be depends on the data.
struct ComponentCount: Sendable {
  let value: Int?
  let typed: String
}

extension Kind where Value == ComponentCount {
  static var componentCount: Kind {
    Kind("an integer", type: "integer") { call, slot throws -> ComponentCount in
      ComponentCount(value: call.integer(slot), typed: call.describe(slot))
    }
  }
}

extension EM.Start {
  var mixture: (any Mixture)? {
    if case .mixture(let mixture) = self { mixture } else { nil }
  }

  fileprivate var componentCount: Int {
    switch self {
    case .mixture(let mixture): mixture.components.count
    case .labels(let labels): labels.array.reduce(1) { $1 >= 1 && $1 < 1e6 ? max($0, Int($1)) : $0 }
    case .posterior(let posterior): posterior.columns
    }
  }
}

extension Kind where Value == EM.Start {
  static var start: Kind {
    Kind("a mixture, a vector of labels or a posterior matrix", type: "distribution|vector|matrix") {
      call, slot throws -> EM.Start? in
      if let object = call.object(slot, as: DistributionObject.self) {
        return (object.value as? any Mixture).map { .mixture($0) }
      }
      if let factor = call.object(slot, as: Factor.self) { return .labels(try factor.labels) }
      do {
        switch try Kind<Numeric>.numeric.read(call, slot) {
        case .number: return nil
        case .vector(let labels): return .labels(labels)
        case .matrix(let posterior): return .posterior(posterior)
        }
      } catch is Mismatch { return nil }
    }
  }
}

extension Factor {
  /// Codes from 1; 0 where there is none.
  fileprivate var labels: Vector {
    get throws { try Vector(codes.array.map { $0.isNaN ? 0 : $0 }) }
  }
}

extension Kind where Value == Vector {
  /// A vector, or a factor.
  fileprivate static var labels: Kind {
    Kind("a vector of labels", type: "vector|factor") { call, slot throws -> Vector? in
      if let factor = call.object(slot, as: Factor.self) { return try factor.labels }
      guard case .vector(let labels)? = try? Kind<Numeric>.numeric.read(call, slot) else { return nil }
      return labels
    }
  }
}

extension Kind where Value == Matrix {
  /// A vector is one column.
  static var data: Kind {
    Kind("a vector or a matrix", type: "vector|matrix") { call, slot throws -> Matrix? in
      guard call.number(slot) == nil else { return nil }
      let numeric: Numeric
      do { numeric = try Kind<Numeric>.numeric.read(call, slot) } catch is Mismatch { return nil }
      return numeric.asRows
    }
  }
}

extension Numeric {
  /// A row for each value; a matrix as it is.
  var asRows: Matrix? {
    switch self {
    case .number: nil
    case .vector(let v): Matrix(v.storage, offset: v.offset, rows: v.count, columns: 1)
    case .matrix(let m): m
    }
  }
}
