import Kernels
import Lua

/// A distribution with parameters that move with the variables of a derivative, as a script holds it.
struct DualDistributionObject: ScriptObject {
  static let scriptType = ScriptType("dual distribution")
  let value: DualDistribution

  var brief: String { "dual \(value.plain.family) distribution" }
}

/// A distribution that stands still, or one that moves.
enum AnyDistributionObject: Pushable {
  case still(DistributionObject)
  case moving(DualDistributionObject)

  var plain: any Distribution {
    switch self {
    case .still(let object): object.value
    case .moving(let object): object.value.plain
    }
  }

  var moves: Bool { if case .moving = self { true } else { false } }

  var dual: DualDistribution {
    get throws {
      switch self {
      case .still(let object): try DualDistribution(object.value)
      case .moving(let object): object.value
      }
    }
  }

  func push(to call: Call) throws -> Int32 {
    switch self {
    case .still(let object): try object.push(to: call)
    case .moving(let object): try object.push(to: call)
    }
  }
}

extension Kind where Value == AnyDistributionObject {
  static var distribution: Kind {
    Kind("a distribution", type: "distribution") { call, slot in
      if let object = call.object(slot, as: DistributionObject.self) { return .still(object) }
      return call.object(slot, as: DualDistributionObject.self).map { .moving($0) }
    }
  }
}

/// What a family's constructor is given for a parameter.
enum FamilyArgument: Sendable {
  case still(ParameterValue)
  case moving(Dual)

  var plain: ParameterValue {
    switch self {
    case .still(let value): return value
    case .moving(let value):
      switch value.primal {
      case .number(let x): return .number(x)
      case .vector(let v): return .vector(v)
      case .matrix(let m): return .matrix(m)
      }
    }
  }

  fileprivate var dual: Dual {
    switch plain {
    case _ where moves: if case .moving(let value) = self { value } else { .number(.nan) }
    case .number(let x): .number(x)
    case .vector(let v): .constant(.vector(v))
    case .matrix(let m): .constant(.matrix(m))
    case .distribution, .distributions: .number(.nan)
    }
  }

  fileprivate var moves: Bool { if case .moving = self { true } else { false } }
}

extension Kind where Value == FamilyArgument {
  /// A value of `plain`, or one of its shape that moves.
  static func argument(_ plain: Kind<ParameterValue>, hasShape: @escaping @Sendable (Numeric) -> Bool) -> Kind {
    Kind(plain.wanted, type: plain.type) { call, slot throws -> FamilyArgument in
      let isTable = if case .table = call.content(slot) { true } else { false }
      if try call.object(slot, as: DualObject.self) != nil || (isTable && call.holdsDuals(slot)) {
        let value = try Kind<Dual>.dual.read(call, slot)
        guard hasShape(value.primal) else { throw Mismatch(wanted: plain.wanted) }
        return .moving(value)
      }
      return .still(try plain.read(call, slot))
    }
  }
}

extension Kind where Value == Dual {
  /// A vector or a table of numbers, which may move.
  static var dualVector: Kind {
    Kind("a vector or a table of numbers", type: "vector") { call, slot throws -> Dual? in
      guard call.number(slot) == nil else { return nil }
      let value = try Kind<Dual>.dual.read(call, slot)
      return value.isVector ? value : nil
    }
  }
}

extension Family {
  /// The distribution with these parameters, by names, those of alternatives among them.
  func object(_ arguments: [String: FamilyArgument]) throws -> AnyDistributionObject {
    let plain = try make(named: arguments.mapValues(\.plain))
    guard arguments.values.contains(where: \.moves) else { return .still(DistributionObject(plain)) }
    if let other = alternatives.first(where: { arguments[$0.parameter.name] != nil }) {
      throw ArgumentError("where a derivative is taken, give \(other.replaced) rather than \(other.parameter.name)")
    }
    let duals = parameters.compactMap { arguments[$0.name]?.dual }
    return .moving(DualDistributionObject(value: DualDistribution(plain, parameters: duals)))
  }
}

extension DualDistribution {
  /// x: numbers, or of a multivariate distribution a row or a matrix of rows → the log-density of each
  func logpdf(observed x: Dual) throws -> Dual {
    guard plain is any MultivariateDistribution else { return try logpdf(x) }
    switch x.primal {
    case .vector(let row) where row.count == plain.dimension: return try logpdf(try Dual.stackedRows([x])).element(0)
    case .matrix(let rows) where rows.columns == plain.dimension: return try logpdf(x)
    default:
      let wanted = "a row of \(plain.dimension) numbers or a matrix of \(plain.dimension) columns"
      throw ArgumentError("x", mustBe: wanted, got: "a \(x.primal.named)")
    }
  }
}

extension TypeDeclaration {
  static let dualDistribution = TypeDeclaration(
    DualDistributionObject.self,
    "A distribution by whose parameters a derivative is being taken: it has a density, and fields for its parameters.",
    methods: [
      verb(
        "logpdf", "Logarithm of the density.",
        example: """
          local x = vector{1, 3, 8}
          local f = function(p) return dist.normal(p[1], p[2]):logpdf(x):sum() end
          print(autodiff.gradient(f){4, 2})
          """
      ) { try $0.logpdf(observed: $1) },
      verb(
        "pdf", "Density; the probability, where values are counts.",
        example: "local f = function(p) return dist.binomial(3, p):pdf(1) end\nprint(autodiff.derivative(f)(0.5))"
      ) { try DualFunction.exp(try $0.logpdf(observed: $1)) },
    ],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(dual distribution)", "Its family and its parameters.", object, returns: "a string",
          example: "autodiff.derivative(function(p) print(dist.poisson(p)) return p end)(3)"
        ) { _, d in "dual \(d.value.plain.line)" })
    ],
    fields: [Field("family", "string", "the name of its family") { $0.value.plain.family }],
    named: { d, name in d.value.parameter(name) },
    names: { $0.value.plain.parameters.map(\.name) })

  private static let object = Parameter<DualDistributionObject>("self", .object, "the distribution")

  private static func verb(
    _ name: String, _ summary: String, example: String,
    _ body: @escaping @Sendable (DualDistribution, Dual) throws -> Dual
  ) -> Function {
    Function(
      "dual distribution:\(name)", summary, object,
      Parameter<Dual>("x", .dual, "numbers; in several dimensions a row or a matrix of rows"),
      returns: "a number for each", example: example
    ) { _, d, x in try body(d.value, x) }
  }
}
