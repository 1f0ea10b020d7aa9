import Kernels
import Lua

/// A component family that a script has written, as `em.family` has checked it: a table of a name, ranges of parameters, and
/// functions.
struct ScriptFamily: Sendable {
  let name: String
  let parameters: [(name: String, range: ParameterRange)]
  let logpdf: Callback
  let fit: Callback?
  let gradient: GradientSource
  let start: Callback?

  /// From the table in a slot, which `em.family` has made.
  init?(_ call: Call, _ slot: Int32) throws {
    guard case .table = call.content(slot), let name = try call.withField(slot, "name", { call.string($0) }) else {
      return nil
    }
    func function(_ key: String) throws -> Callback? {
      try call.withField(slot, key) { call.isAbsent($0) ? nil : try Kind<Callback>.function.read(call, $0) }
    }
    guard let logpdf = try function("logpdf") else { return nil }
    self.name = name
    self.logpdf = logpdf
    (fit, start) = (try function("fit"), try function("start"))
    gradient = try call.withField(slot, "gradient") {
      call.isAbsent($0) ? .differences : try GradientSource.kind.read(call, $0)
    }
    parameters = try call.withField(slot, "parameters") { try Kind<[ParameterRange]>.named(call, $0) }
  }

  /// What a function of the script's gets: the parameters by their names.
  func record(_ values: [any Pushable]) -> Record { Record(zip(parameters, values).map { ($0.name, $1) }) }
  func record(_ values: [Double]) -> Record { record(values.map { $0 as any Pushable }) }

  /// Parameters that a function of the script's has returned.
  func values(_ call: Call, _ slot: Int32, of function: String) throws -> [Double] {
    guard case .table = call.content(slot) else {
      throw ArgumentError("\(function) of \(name) must return a table of parameters, got \(call.describe(slot))")
    }
    return try parameters.map { parameter in
      try call.withField(slot, parameter.name) { field in
        guard let value = call.number(field) else {
          throw ArgumentError(
            "\(function) of \(name): \(parameter.name)", mustBe: "a number", got: call.describe(field))
        }
        return value
      }
    }
  }
}

extension Kind where Value == [ParameterRange] {
  /// Names and ranges, in the order of the names: a table has no other.
  static func named(_ call: Call, _ slot: Int32) throws -> [(name: String, range: ParameterRange)] {
    guard case .table = call.content(slot) else {
      throw ArgumentError("parameters", mustBe: "a table of ranges by name", got: call.describe(slot))
    }
    let known = ParameterRange.allCases.map { quoted($0.rawValue) }.joined(separator: ", ")
    var found: [(name: String, range: ParameterRange)] = []
    try call.forEachPair(slot) { key, value in
      guard case .string = call.content(key), let name = call.string(key) else {
        throw ArgumentError("parameters are given by name, got \(call.describe(key))")
      }
      guard let range = call.string(value).flatMap({ ParameterRange(rawValue: $0) }) else {
        throw ArgumentError("parameters: \(name)", mustBe: "one of \(known)", got: call.describe(value))
      }
      found.append((name, range))
    }
    guard !found.isEmpty else { throw ArgumentError("parameters: at least one is wanted") }
    return found.sorted { $0.name < $1.name }
  }
}

// The family's functions as the engine calls them.
extension ScriptFamily {
  /// warn: told once where the gradient is not that of logpdf
  func own(_ call: Call, _ guarded: GuardedCallbacks, warn: @escaping (String) -> Void) -> OwnFamily {
    let ranges = parameters.map(\.range)
    let isChecked = Flag()
    return OwnFamily(
      name: name, parameterNames: parameters.map(\.name),
      admits: { zip(ranges, $0).allSatisfy { $0.contains($1) } },
      logpdf: { (x, values) throws(Failure) in
        try guarded.guarded { try density(call, x, record(values)) }
      },
      fit: { (x, weights, current) throws(Failure) in
        if let fit {
          return try guarded.guarded {
            try fit(call, x, weights, returning: Kind("a table", type: "table") { try values($0, $1, of: "fit") })
          }
        }
        let search = numericFit(call, guarded, x, weights)
        let begin =
          if let current { current } else { try guarded.guarded { try first(call, x, weights) } }
        if !isChecked.isSet {
          isChecked.isSet = true
          if let wrong = try search.disagreement(near: begin) {
            let numbers = "\(Lua.text(wrong.given)), by differences \(Lua.text(wrong.found))"
            warn("the gradient of \(name) by \(parameters[wrong.parameter].name) is \(numbers)")
          }
        }
        do throws(Failure) { return try search.maximise(from: begin) } catch {
          guard error.kind == .argument else { throw error }
          let hint =
            "logpdf of \(name) must be finite at its start, \(begin.map { Lua.text($0) }.joined(separator: ", "))"
          throw Failure(.argument, "\(hint): give start(x, w), which returns parameters")
        }
      })
  }

  private final class Flag { var isSet = false }

  private func density(_ call: Call, _ x: Vector, _ parameters: Record) throws -> Vector {
    do { return try logpdf(call, x, parameters, returning: .vector) } catch let error as ArgumentError {
      throw ArgumentError("logpdf of \(name): \(error.scriptMessage)")
    }
  }

  /// Where a search begins: of the first real parameter the mean, of the first positive one the standard deviation.
  private func first(_ call: Call, _ x: Vector, _ weights: Vector) throws -> [Double] {
    if let start {
      return try start(call, x, weights, returning: Kind("a table", type: "table") { try values($0, $1, of: "start") })
    }
    let normal = try Normal.fit(x, weights: weights)
    var (location, scale) = (normal.mu, normal.sigma)
    return parameters.map { parameter in
      switch parameter.range {
      case .real:
        defer { location = 0 }
        return location
      case .positive:
        defer { scale = 1 }
        return scale
      case .probability: return 0.5
      }
    }
  }

  private func numericFit(_ call: Call, _ guarded: GuardedCallbacks, _ x: Vector, _ weights: Vector) -> NumericFit {
    let ranges = parameters.map(\.range)
    let search = WeightedSearch(x: x, weights: weights)
    let slopes: (([Double]) throws(Failure) -> [Double])? =
      switch gradient {
      case .differences: nil
      case .function(let f):
        { (values) throws(Failure) in
          try guarded.guarded {
            try search.means(ranges.count) { piece in
              try f(
                call, piece, record(values),
                returning: Kind("a table", type: "table") { call, slot in
                  try parameters.map { parameter in
                    try call.withField(slot, parameter.name) { try Kind<Vector>.vector.read(call, $0) }
                  }
                })
            }
          }
        }
      case .autodiff:
        { (values) throws(Failure) in
          try guarded.guarded {
            try search.means(ranges.count) { piece in
              let level = Dual.newLevel()
              let point = try Dual.constant(.vector(try Vector(values))).variables(level)
              let moving = try values.indices.map { try point.element($0) as any Pushable }
              let result = try logpdf(call, piece, record(moving), returning: .dual)
              return try result.slopes(level, count: values.count).map { slope in
                guard case .vector(let v) = slope.primal else { throw ArgumentError("logpdf must return a vector") }
                return v
              }
            }
          }
        }
      }
    return NumericFit(
      ranges,
      loglik: { (values) throws(Failure) in
        try guarded.guarded { try search.means(1) { [try density(call, $0, record(values))] }[0] }
      }, gradient: slopes)
  }
}

/// Weighted means over rows that are handed out in pieces.
private struct WeightedSearch {
  let x, weights: Vector
  private static let piece = 1 << 14

  /// of: vectors of a piece, `count` of them → Σ wᵢ·yᵢ / Σ wᵢ of each
  func means(_ count: Int, of f: (Vector) throws -> [Vector]) throws -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for start in stride(from: 0, to: x.count, by: WeightedSearch.piece) {
      let n = min(WeightedSearch.piece, x.count - start)
      let values = try f(Vector(x.storage, offset: x.offset + start, count: n))
      let w = Vector(weights.storage, offset: weights.offset + start, count: n)
      for (i, y) in values.enumerated() {
        guard y.count == n else { throw ArgumentError("\(n) numbers are wanted for \(n), got \(y.count)") }
        sums[i] += try y.dotIgnoringImpossible(w)
      }
    }
    let total = try weights.sum()
    return sums.map { $0 / total }
  }
}

extension Vector {
  /// Σ xᵢ·wᵢ over the rows with a weight.
  fileprivate func dotIgnoringImpossible(_ w: Vector) throws -> Double {
    let sum = try dot(w)
    if !sum.isNaN { return sum }
    let counted = try BinaryOperation.gt(.vector(w), .number(0))
    guard case .vector(let mask) = counted else { return sum }
    return try self.where(mask).dot(w.where(mask))
  }
}
