import Kernels

/// What a fit was made from, so that a file can say to which data and options it belongs.
struct FitOrigin: Codable, Equatable {
  let rows, columns: Int
  /// Of the data's bits, as 16 hexadecimal digits.
  let hash: String
  let family: String
  let k: Int
  let constraints: [String]
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
    _ rows: Rows, _ family: any ComponentFamily, start: EM.Start?, fixesWeights: Bool, _ options: EMOptions, seed: Int?
  ) throws {
    (self.rows, columns) = (rows.count, rows.dimension)
    hash = FitOrigin.hash(of: rows.matrix)
    (self.family, k) = (family.name, family.k)
    constraints = [family.constraint, fixesWeights ? "fixed weights" : nil].compactMap { $0 }
    self.start = try start.map { try $0.fingerprint.hexadecimal } ?? "many"
    (criterion, tolerance) = (options.criterion.rawValue, options.tolerance)
    (maxIterations, accelerates, restarts) = (options.maxIterations, options.accelerates, options.restarts)
    (self.seed, stream) = (seed, options.stream)
  }

  /// Of the bits of the data.
  static func hash(of data: Matrix) -> String { data.fingerprint.hexadecimal }
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
