import Kernels
import Lua

/// What a script holds parameters to, until the family says what kinds of values they are.
struct HeldParameters: Sendable {
  /// A value as it was typed.
  indirect enum Typed: Sendable {
    case free
    case number(Double)
    case array(Numeric)
    case list([Typed])
  }

  var equal: Set<String> = []
  /// Of all components, by name: one value, or one for each.
  var byName: [String: Typed] = [:]
  /// Of single components, from 1.
  var byComponent: [Int: [String: Typed]] = [:]
  var bounds: [String: ClosedRange<Double>] = [:]

  /// Weights aside.
  var isEmpty: Bool { equal.isEmpty && byName.isEmpty && byComponent.isEmpty && bounds.isEmpty }

  /// Of k components of one family.
  func constraints(_ family: Family, k: Int) throws -> Constraints {
    try constraints(Array(repeating: ComponentKind([family]), count: k))
  }

  /// models: what each component is, k
  func constraints(_ models: [ComponentKind]) throws -> Constraints {
    if isEmpty { return .none }
    let (k, parameters) = (models.count, models.map(\.heldParameters))
    var fixed = Array(repeating: [String: ParameterValue](), count: k)
    for (name, typed) in byName.sorted(by: { $0.key < $1.key }) {
      let owner = parameters.compactMap { $0.first { $0.name == name } }.first
      guard let parameter = owner else { throw unknown(name, models) }
      for (j, value) in try values(of: typed, parameter, k).enumerated() { fixed[j][name] = value }
    }
    for (j, own) in byComponent.sorted(by: { $0.key < $1.key }) {
      guard j >= 1, j <= k else { throw ArgumentError("fix: there is no component \(j), k is \(k)") }
      for (name, typed) in own.sorted(by: { $0.key < $1.key }) {
        guard let parameter = parameters[j - 1].first(where: { $0.name == name }) else {
          throw unknown(name, [models[j - 1]])
        }
        if case .free = typed { continue }
        fixed[j - 1][name] = try value(of: typed, parameter)
      }
    }
    return Constraints(equal: equal, fixed: fixed, bounds: bounds)
  }

  private func unknown(_ name: String, _ models: [ComponentKind]) -> ArgumentError {
    let known = Set(models.flatMap { $0.heldParameters.map(\.name) }).sorted().joined(separator: ", ")
    return ArgumentError("fix: \(models[0].name) has no parameter '\(name)' (known: \(known))")
  }

  /// One for each component: k; nil where it is free.
  private func values(of typed: Typed, _ parameter: Family.Parameter, _ k: Int) throws -> [ParameterValue?] {
    guard case .list(let list) = typed, isPerComponent(list, parameter) else {
      return Array(repeating: try value(of: typed, parameter), count: k)
    }
    guard list.count == k else {
      throw ArgumentError(
        "fix: \(parameter.name) must have a value or false for each of \(k) components, got \(list.count)")
    }
    return try list.map { element in
      if case .free = element { return nil }
      return try value(of: element, parameter)
    }
  }

  /// Whether a list is of components rather than of a value's own numbers.
  private func isPerComponent(_ list: [Typed], _ parameter: Family.Parameter) -> Bool {
    func depth(_ typed: Typed) -> Int {
      switch typed {
      case .free: 99
      case .number: 0
      case .array(.number): 0
      case .array(.vector): 1
      case .array(.matrix): 2
      case .list(let list): 1 + (list.map(depth).max() ?? 0)
      }
    }
    let own =
      switch parameter.kind {
      case .number: 0
      case .vector: 1
      case .matrix: 2
      }
    return depth(.list(list)) > own
  }

  private func value(of typed: Typed, _ parameter: Family.Parameter) throws -> ParameterValue? {
    func mismatch(_ wanted: String) -> ArgumentError { ArgumentError("fix: \(parameter.name) must be \(wanted)") }
    func number(_ typed: Typed) throws -> Double {
      guard case .number(let x) = typed else { throw mismatch("made of numbers") }
      return x
    }
    switch (parameter.kind, typed) {
    case (_, .free): return nil
    case (.number, .number(let x)): return .number(x)
    case (.vector, .array(.vector(let v))): return .vector(v)
    case (.vector, .list(let list)): return .vector(try Vector(try list.map(number)))
    case (.matrix, .array(.matrix(let m))): return .matrix(m)
    case (.matrix, .list(let rows)):
      return .matrix(
        try Matrix(
          rows: try rows.map { row in
            if case .array(.vector(let v)) = row { return v.array }
            guard case .list(let list) = row else { throw mismatch("a matrix") }
            return try list.map(number)
          }))
    case (.number, _): throw mismatch("a number or false, or a table of them")
    case (.vector, _): throw mismatch("a vector")
    case (.matrix, _): throw mismatch("a matrix")
    }
  }
}

/// The option `fix`: weights, parameters, or both.
struct FixedValues: Sendable {
  var fixesWeights = false
  /// Nil for those of the start.
  var weights: [Double]?
  var byName: [String: HeldParameters.Typed] = [:]
  var byComponent: [Int: [String: HeldParameters.Typed]] = [:]
}

extension Kind where Value == FixedValues {
  static var fixedValues: Kind {
    Kind("'weights' or a table of values", type: "string|table") { call, slot throws -> FixedValues? in
      var result = FixedValues()
      if let word = call.string(slot) {
        guard word == "weights" else { return nil }
        result.fixesWeights = true
        return result
      }
      guard case .table = call.content(slot) else { return nil }
      try call.forEachPair(slot) { key, value in
        if let word = call.string(value), word == "weights" {
          result.fixesWeights = true
        } else if let name = call.string(key), call.integer(key) == nil {
          if name == "weights" { return try readWeights(call, value, &result) }
          result.byName[name] = try typed(call, value, name, depth: 0)
        } else if let j = call.integer(key), case .table = call.content(value) {
          var own: [String: HeldParameters.Typed] = [:]
          try call.forEachPair(value) { key, value in
            guard let name = call.string(key), call.integer(key) == nil else {
              throw ArgumentError("fix: parameters of component \(j) are given by name, got \(call.describe(key))")
            }
            own[name] = try typed(call, value, name, depth: 0)
          }
          result.byComponent[j] = own
        } else {
          throw ArgumentError("fix: values are given by the name of a parameter, or by the number of a component")
        }
      }
      return result
    }
    .offering(["weights"])
  }

  private static func readWeights(_ call: Call, _ slot: Int32, _ result: inout FixedValues) throws {
    result.fixesWeights = true
    if case .boolean(true) = call.content(slot) { return }
    guard case .vector(let weights)? = try? Kind<Numeric>.numeric.read(call, slot) else {
      throw ArgumentError("fix: weights", mustBe: "true, or a number for each component", got: call.describe(slot))
    }
    result.weights = weights.array
  }

  private static func typed(_ call: Call, _ slot: Int32, _ name: String, depth: Int) throws -> HeldParameters.Typed {
    switch call.content(slot) {
    case .boolean(false): return .free
    case .integer, .number: return .number(call.number(slot) ?? .nan)
    case .table where depth < 4:
      var list: [HeldParameters.Typed] = []
      for index in 0..<call.length(slot) {
        list.append(try call.withElement(slot, index + 1) { try typed(call, $0, name, depth: depth + 1) })
      }
      return .list(list)
    default:
      guard let numeric = try? Kind<Numeric>.numeric.read(call, slot) else {
        throw ArgumentError("fix: \(name)", mustBe: "made of numbers or false", got: call.describe(slot))
      }
      return .array(numeric)
    }
  }
}

extension Kind where Value == Set<String> {
  /// A name, or a table of names.
  static var parameterNames: Kind {
    Kind("the name of a parameter, or a table of names", type: "string|string[]") { call, slot in
      if let name = call.string(slot) { return [name] }
      guard case .table = call.content(slot) else { return nil }
      return Set(try Kind<[String]>.list(of: .string).read(call, slot))
    }
  }
}

extension Kind where Value == [String: ClosedRange<Double>] {
  /// `{sigma = {0.1, 10}}`.
  static var bounds: Kind {
    Kind("a table of ends by parameter, {sigma = {0.1, 10}}", type: "table") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      var bounds: [String: ClosedRange<Double>] = [:]
      try call.forEachPair(slot) { key, value in
        guard let name = call.string(key), call.integer(key) == nil else {
          throw ArgumentError("bounds: ends are given by the name of a parameter, got \(call.describe(key))")
        }
        guard case .vector(let ends)? = try? Kind<Numeric>.numeric.read(call, value), ends.count == 2,
          ends[0] <= ends[1]
        else {
          throw ArgumentError("bounds: \(name)", mustBe: "two numbers, the lower one first", got: call.describe(value))
        }
        bounds[name] = ends[0]...ends[1]
      }
      return bounds
    }
  }
}
