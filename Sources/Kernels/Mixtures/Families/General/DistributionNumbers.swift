// Distributions as the numbers that EM moves.

extension Distribution {
  /// All parameters side by side, matrices column after column, parts of products one after the other.
  var numbers: [Double] { parameters.flatMap(\.value.numbers) }

  /// The same kind of distribution with other numbers; nil where they are out of range.
  func with(numbers: ArraySlice<Double>) -> (any Distribution)? {
    var rest = numbers
    if let product = self as? ProductDistribution {
      var parts: [any Distribution] = []
      for part in product.parts {
        guard let next = part.with(numbers: rest.prefix(part.numbers.count)) else { return nil }
        parts.append(next)
        rest = rest.dropFirst(part.numbers.count)
      }
      return try? ProductDistribution(parts)
    }
    var values: [ParameterValue] = []
    for (_, value) in parameters {
      let count = value.numbers.count
      guard let next = value.with(numbers: Array(rest.prefix(count))) else { return nil }
      values.append(next)
      rest = rest.dropFirst(count)
    }
    guard let family = Family.named(family) else { return nil }
    return try? family.make(family.name == "von_mises_fisher" ? values.withUnitDirection : values)
  }
}

extension ParameterValue {
  fileprivate var numbers: [Double] {
    switch self {
    case .number(let x): [x]
    case .vector(let v): v.array
    case .matrix(let m): m.elements.array
    case .distribution(let d): d.numbers
    case .distributions(let all): all.flatMap(\.numbers)
    }
  }

  fileprivate func with(numbers: [Double]) -> ParameterValue? {
    switch self {
    case .number: numbers.first.map { .number($0) }
    case .vector: (try? Vector(numbers)).map { .vector($0) }
    case .matrix(let m):
      (try? Vector(numbers)).map { .matrix(Matrix($0.storage, rows: m.rows, columns: m.columns)) }
    case .distribution, .distributions: nil
    }
  }
}

extension [ParameterValue] {
  /// A combination of directions is as long as it happens to be.
  fileprivate var withUnitDirection: [ParameterValue] {
    map { value in
      guard case .vector(let v) = value, let length = try? v.norm(), length > 0,
        let unit = try? Vector(v.array.map { $0 / length })
      else { return value }
      return .vector(unit)
    }
  }
}

/// A distribution in a file.
struct DistributionCode: Codable, Sendable {
  let distribution: any Distribution

  private struct Parameter: Codable {
    let numbers: [Double]
    /// Rows of a matrix; 0 of a vector, nil of a number.
    let rows: Int?
  }

  private struct Code: Codable {
    let family: String
    let parameters: [Parameter]
    let parts: [DistributionCode]
  }

  init(_ distribution: any Distribution) { self.distribution = distribution }

  func encode(to encoder: any Encoder) throws {
    let parts = (distribution as? ProductDistribution)?.parts.map(DistributionCode.init) ?? []
    let parameters = distribution.parameters.compactMap { parameter -> Parameter? in
      switch parameter.value {
      case .number(let x): Parameter(numbers: [x], rows: nil)
      case .vector(let v): Parameter(numbers: v.array, rows: 0)
      case .matrix(let m): Parameter(numbers: m.elements.array, rows: m.rows)
      case .distribution, .distributions: nil
      }
    }
    try Code(family: distribution.family, parameters: parameters, parts: parts).encode(to: encoder)
  }

  init(from decoder: any Decoder) throws {
    let code = try Code(from: decoder)
    if !code.parts.isEmpty {
      distribution = try ProductDistribution(code.parts.map(\.distribution))
      return
    }
    guard let family = Family.named(code.family), family.parameters.count == code.parameters.count else {
      throw Failure(.data, "no family '\(code.family)' with \(code.parameters.count) parameters is known")
    }
    distribution = try family.make(
      code.parameters.map { parameter in
        guard let rows = parameter.rows else { return .number(parameter.numbers.first ?? .nan) }
        let vector = try Vector(parameter.numbers)
        if rows == 0 { return .vector(vector) }
        return .matrix(Matrix(vector.storage, rows: rows, columns: parameter.numbers.count / rows))
      })
  }
}
