import Kernels

/// What a fit was made from, so that a file can say to which data and options it belongs.
struct FitOrigin: Codable, Equatable {
  let rows, columns: Int
  /// Of the data's bits, as 16 hexadecimal digits.
  let hash: String
  let family: String
  let k: Int
  let covariance: String?
  let constraints: [String]
  /// The hash of known values, row weights, labels and priors; nil where there are none.
  let held: String?
  /// `many`, or the hash of the start's numbers.
  let start: String
  let criterion: String
  let tolerance: Double
  let maxIterations: Int
  let accelerates: Bool
  let restarts: Int
  /// As the script gave it; nil where starts came from the default stream.
  let seed: Int?
  let stream: RandomStream

  init(
    _ rows: Rows, _ family: any ComponentFamily, start: EM.Start?, fixesWeights: Bool, _ options: EMOptions, seed: Int?,
    held: String? = nil
  ) throws {
    let constraints = [family.constraint, fixesWeights ? "fixed weights" : nil].compactMap { $0 }
    try self.init(
      rows, family: family.name, k: family.k, covariance: family.covariance, constraints: constraints, start: start,
      options, seed: seed, held: held)
  }

  init(
    _ rows: Rows, family: String, k: Int, covariance: String?, constraints: [String], start: EM.Start?,
    _ options: EMOptions, seed: Int?, held: String? = nil
  ) throws {
    (self.rows, columns) = (rows.count, rows.dimension)
    hash = FitOrigin.hash(of: rows.matrix)
    (self.family, self.k, self.covariance) = (family, k, covariance)
    (self.constraints, self.held) = (constraints, held)
    self.start = try start.map { try $0.fingerprint.hexadecimal } ?? "many"
    (criterion, tolerance) = (options.criterion.rawValue, options.tolerance)
    (maxIterations, accelerates, restarts) = (options.maxIterations, options.accelerates, options.restarts)
    (self.seed, stream) = (seed, options.stream)
  }

  /// Of the bits of the data.
  static func hash(of data: Matrix) -> String { data.fingerprint.hexadecimal }
}

extension FitOrigin {
  static func held(
    _ fixed: FixedValues, _ bounds: [String: ClosedRange<Double>], labels: Vector?, prior: Matrix?, _ rows: Rows
  ) -> String? {
    var parts: [String] = []
    for (name, value) in fixed.byName.sorted(by: { $0.key < $1.key }) { parts.append("\(name) \(value.text)") }
    for (j, own) in fixed.byComponent.sorted(by: { $0.key < $1.key }) {
      for (name, value) in own.sorted(by: { $0.key < $1.key }) { parts.append("\(j) \(name) \(value.text)") }
    }
    if let weights = fixed.weights { parts.append("weights \(weights)") }
    for (name, ends) in bounds.sorted(by: { $0.key < $1.key }) { parts.append("bounds \(name) \(ends)") }
    for vector in [rows.weights, labels] {
      if let matrix = vector.flatMap({ Numeric.vector($0).asRows }) { parts.append(matrix.fingerprint.hexadecimal) }
    }
    if let prior { parts.append(prior.fingerprint.hexadecimal) }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension HeldParameters.Typed {
  /// The same for the same values.
  fileprivate var text: String {
    switch self {
    case .free: "free"
    case .number(let x): "\(x)"
    case .array(.number(let x)): "\(x)"
    case .array(let numeric): numeric.asRows?.fingerprint.hexadecimal ?? ""
    case .list(let list): "(\(list.map(\.text).joined(separator: " ")))"
    }
  }
}

extension EM.Start {
  fileprivate var fingerprint: UInt64 {
    get throws {
      switch self {
      case .mixture(let mixture): Numeric.vector(try Vector(mixture.numbers)).asRows?.fingerprint ?? 0
      case .labels(let labels): Numeric.vector(labels).asRows?.fingerprint ?? 0
      case .posterior(let posterior): posterior.fingerprint
      }
    }
  }
}

extension Distribution {
  /// All that its parameters are made of.
  fileprivate var numbers: [Double] {
    parameters.flatMap { parameter -> [Double] in
      switch parameter.value {
      case .number(let x): [x]
      case .vector(let v): v.array
      case .matrix(let m): m.elements.array
      case .distribution(let d): d.numbers
      case .distributions(let all): all.flatMap(\.numbers)
      }
    }
  }
}

extension UInt64 {
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
