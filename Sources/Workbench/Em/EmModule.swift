import Kernels
import Lua

extension Module {
  static let em = Module(
    "em", "Mixture models by maximum likelihood: expectation and maximisation from many starts.",
    functions: [fit, step, .emSolve, .emFamily, load])

  private static let x = Parameter("x", .data, "the data: a vector, or a matrix with a row for each observation")
  private static let k = Parameter(
    "k", optional: .componentCount, otherwise: "as the start has",
    "the number of components, from 1 to the number of rows")
  private static let family = Parameter(
    "family", optional: Kind<FamilyOption>.familyOption,
    otherwise: "the start's; else normal for one column, mvnormal for several", "what components are, or from em.family"
  )
  private static let start = Parameter(
    "start", optional: .start, otherwise: "many starts, chosen from the data",
    "where to begin: a mixture, a vector of labels (0 for unknown), or a posterior matrix; components keep its order")
  private static let fix = Parameter(
    "fix", optional: Kind<Fixed>.choice, otherwise: "nothing",
    "what stays as the start has it; without a start, weights are equal")
  private static let equal = Parameter(
    "equal", optional: Kind<FamilyChoice.Shared>.choice, otherwise: "nothing", "what normal components share")
  private static let covariance = Parameter(
    "covariance", optional: Kind<FamilyChoice.Covariance>.choice, otherwise: "full",
    "of mvnormal components: each its own, one for all, or without correlations, or the same in all directions")
  private static let trials = Parameter(
    "trials", optional: Kind<Double>.number, otherwise: "the start's", "of binomial components: the trials of each row")
  private static let restarts = Parameter("restarts", .integer(1...100_000), default: 20, "how many starts")
  private static let accelerate = Parameter(
    "accelerate", Kind<Acceleration>.choice, default: .squarem,
    "squared extrapolation, where that raises the likelihood; or none, plain EM")
  private static let seed = Parameter(
    "seed", optional: Kind<Int>.integer, otherwise: "from the default stream", "fixes the starts")
  private static let onIteration = Parameter(
    "on_iteration", optional: Kind<Callback>.function, otherwise: "none",
    "called after each pass with a table: start, starts, iteration, loglik, gap, model")

  private static let checkpoint = Parameter(
    "checkpoint", optional: Kind<String>.string, otherwise: "none",
    "a file that keeps the state; the same call goes on from it after its process has died, and removes it at the end")

  private enum Fixed: String, CaseIterable, Sendable { case weights }
  private enum Acceleration: String, CaseIterable, Sendable { case squarem, none }

  private static let fit = Function(
    "em.fit",
    "Fits a mixture to data: the one of highest likelihood that many starts have led to, with how sure that is.",
    x,
    .options([
      k, family, start, fix, equal, covariance, trials, restarts, Convergence.criterion, Convergence.tolerance,
      Convergence.maxIterations, Convergence.timeLimit,
      accelerate, seed, onIteration, checkpoint,
    ]),
    returns: "a fit",
    example: """
      local waiting = frame.load("faithful").waiting
      local fit = em.fit(waiting, {k = 2, equal = "sigma", seed = 1})
      print(fit)
      assert(fit.converged and math.abs(fit.loglik - -1034.00176036) < 1e-6)
      """
  ) { call, x, options -> AnyPushable in
    let start = options[start]
    let k = try count(options[k], start, x)
    let rows = try Rows(x)
    if case .script(let family) = options[family] {
      if let other = scriptless.first(where: { options.given.contains($0) }) {
        throw ArgumentError("\(other) is not for a family from em.family")
      }
      let request = ScriptFit(
        family: family, rows: rows, k: k, start: start, fixesWeights: options[fix] == .weights,
        options: settings(call, options), watcher: options[onIteration])
      return AnyPushable(Keeping(try request.run(call), FieldOf(2, "family")))
    }
    let choice = try FamilyChoice(
      options[family]?.name, start: start?.mixture, covariance: options[covariance], equal: options[equal],
      trials: options[trials], columns: rows.dimension)
    let settings = settings(call, options)
    let family = try choice.family(for: rows, k: k)
    let fixesWeights = options[fix] == .weights
    let origin = try FitOrigin(
      rows, family, start: start, fixesWeights: fixesWeights, settings, seed: options[seed])
    let watcher = FitWatcher(call, options[onIteration])
    let fit = try EM.fit(
      rows, family, start: start, fixesWeights: fixesWeights, settings,
      checkpoint: options[checkpoint].map { FileCheckpoint($0, origin) }, observe: watcher.observe)
    try watcher.finish()
    return AnyPushable(FitObject(fit, origin))
  }

  /// Options that say something of native components only.
  private static let scriptless = ["equal", "covariance", "trials", "checkpoint"]

  private static func settings(_ call: Call, _ options: Options) -> EMOptions {
    var settings = EMOptions()
    settings.criterion = options[Convergence.criterion]
    settings.tolerance = options[Convergence.tolerance]
    settings.maxIterations = options[Convergence.maxIterations]
    settings.timeLimit = options[Convergence.timeLimit] ?? .infinity
    settings.accelerates = options[accelerate] == .squarem
    settings.restarts = options[restarts]
    settings.stream =
      options[seed].map { RandomStream(seed: UInt64(bitPattern: Int64($0))) } ?? call.defaultSource.stream.split()
    return settings
  }

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
    Parameter("model", .mixture, "a mixture"), x, .options([fix, equal, covariance]),
    returns: "a mixture, and a table",
    example: """
      local coins = {dist.binomial(10, 0.6), dist.binomial(10, 0.5)}
      local model = dist.mixture({0.5, 0.5}, coins)
      local next, info = em.step(model, {5, 9, 8, 4, 7}, {fix = "weights"})
      print(next)
      print(info.loglik, info.posterior:row(1))
      """
  ) { _, model, x, options in
    let rows = try Rows(x)
    let choice = try FamilyChoice(
      nil, start: model, covariance: options[covariance], equal: options[equal], trials: nil, columns: rows.dimension)
    let family = try choice.family(for: rows, k: model.components.count)
    let step = try EM.step(rows, family, from: model, fixesWeights: options[fix] == .weights)
    return Results(
      DistributionObject(step.next), Record([("loglik", step.loglik), ("posterior", step.posterior)]))
  }

  private static func count(_ k: ComponentCount?, _ start: EM.Start?, _ x: Matrix) throws -> Int {
    if k == nil, let start { return start.componentCount }
    guard let value = k?.value, value >= 1, value <= x.rows else {
      // Without rows there is no range to name, and the data's own error says more.
      if x.rows == 0 { return 1 }
      throw ArgumentError("k", mustBe: "an integer from 1 to \(x.rows)", got: k?.typed ?? "nothing")
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
      if let factor = call.object(slot, as: Factor.self) {
        return .labels(try Vector(factor.codes.array.map { $0.isNaN ? 0 : $0 }))
      }
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
