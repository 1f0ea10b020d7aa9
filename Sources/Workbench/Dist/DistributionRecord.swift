import Kernels

/// A distribution in a file: `{"family": "normal", "mu": 0, "sigma": 1}`, exact to the last bit.
struct DistributionRecord: Codable {
  let distribution: any Distribution

  init(_ distribution: any Distribution) { self.distribution = distribution }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(distribution.family, forKey: Key("family"))
    for (name, value) in distribution.parameters {
      let key = Key(name)
      switch value {
      case .number(let x): try container.encode(x, forKey: key)
      case .vector(let v): try container.encode(v.array, forKey: key)
      case .matrix(let m): try container.encode(m.rowArrays, forKey: key)
      case .distribution(let d): try container.encode(DistributionRecord(d), forKey: key)
      case .distributions(let all): try container.encode(all.map(DistributionRecord.init), forKey: key)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: Key("family"))
    distribution = try DistributionRecord.combinator(name, container) ?? DistributionRecord.family(name, container)
  }

  private static func family(
    _ name: String, _ container: KeyedDecodingContainer<Key>
  ) throws -> any Distribution {
    guard let family = Family.named(name) else { throw Failure(.data, "no family '\(name)' is known") }
    return try family.make(
      family.parameters.map { parameter in
        let key = Key(parameter.name)
        return switch parameter.kind {
        case .number: .number(try container.decode(Double.self, forKey: key))
        case .vector: .vector(try Vector(try container.decode([Double].self, forKey: key)))
        case .matrix: .matrix(try Matrix(rows: try container.decode([[Double]].self, forKey: key)))
        }
      })
  }

  /// Distributions made of others; nil for a family.
  private static func combinator(
    _ name: String, _ container: KeyedDecodingContainer<Key>
  ) throws -> (any Distribution)? {
    func number(_ name: String) throws -> Double { try container.decode(Double.self, forKey: Key(name)) }
    func base() throws -> any UnivariateDistribution {
      let record = try container.decode(DistributionRecord.self, forKey: Key("distribution"))
      guard let base = record.distribution as? any UnivariateDistribution else {
        throw Failure(.data, "the distribution in '\(name)' must be univariate")
      }
      return base
    }
    switch name {
    case "truncated": return try Truncated(try base(), low: try number("low"), high: try number("high"))
    case "affine": return try Affine(try base(), shift: try number("shift"), scale: try number("scale"))
    case "product":
      let parts = try container.decode([DistributionRecord].self, forKey: Key("distributions"))
      return try ProductDistribution(parts.map(\.distribution))
    case "mixture":
      let parts = try container.decode([DistributionRecord].self, forKey: Key("components")).map(\.distribution)
      return try makeMixture(weights: try container.decode([Double].self, forKey: Key("weights")), parts)
    default: return nil
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension Matrix {
  fileprivate var rowArrays: [[Double]] { (0..<rows).map { i in (0..<columns).map { self[i, $0] } } }
}
