/// Independent distributions side by side: the density of a row is the product of those of its parts.
///
/// Univariate parts take a column each, others as many as they have; discrete and continuous parts may stand side by side. Mean,
/// variance and mode are those of the parts, the covariance is block diagonal, the cdf the product, the entropy the sum.
package struct ProductDistribution: MultivariateDistribution {
  package let parts: [any Distribution]
  package let dimension: Int
  /// The first column of each part.
  private let starts: [Int]

  package init(_ parts: [any Distribution]) throws(Failure) {
    guard !parts.isEmpty else { throw Failure(.argument, "a product needs at least one distribution") }
    self.parts = parts
    starts = parts.dropLast().reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.dimension) }
    dimension = starts[parts.count - 1] + parts[parts.count - 1].dimension
  }

  package var family: String { "product" }
  package var parameters: [(name: String, value: ParameterValue)] { [("distributions", .distributions(parts))] }
  package var support: Support { .product(parts.map(\.support)) }
  package var entropy: Double { parts.reduce(0) { $0 + $1.entropy } }

  package var mean: Vector {
    get throws(Failure) {
      try concatenated { part throws(Failure) in
        part.mean
      } several: { part throws(Failure) in
        try part.mean
      }
    }
  }

  package var variance: Vector {
    get throws(Failure) {
      try concatenated { part throws(Failure) in
        part.variance
      } several: { part throws(Failure) in
        try part.variance
      }
    }
  }

  package var mode: Vector {
    get throws(Failure) {
      try concatenated { part throws(Failure) in
        part.mode
      } several: { part throws(Failure) in
        try part.mode
      }
    }
  }

  package var covariance: Matrix {
    get throws(Failure) {
      let result = try Matrix.zeros(dimension, dimension)
      for (part, start) in zip(parts, starts) {
        if let one = part.univariate { result[start, start] = one.variance }
        guard let several = part.multivariate else { continue }
        let block = try several.covariance
        for j in 0..<block.columns { for i in 0..<block.rows { result[start + i, start + j] = block[i, j] } }
      }
      return result
    }
  }

  package var axes: [Axis] {
    get throws(Failure) {
      var all: [Axis] = []
      for (part, start) in zip(parts, starts) {
        if let one = part.univariate {
          all.append(Axis(steps: [(start, one.isDiscrete ? 1 : one.width)], isWhole: one.isDiscrete))
        }
        for axis in try part.multivariate?.axes ?? [] {
          all.append(Axis(steps: axis.steps.map { ($0.column + start, $0.size) }, isWhole: axis.isWhole))
        }
      }
      return all
    }
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    var product = 1.0
    for (part, start) in zip(parts, starts) {
      if let one = part.univariate { product *= one.cdf(x[start]) }
      guard let several = part.multivariate else { continue }
      product *= try several.cdf(UnsafeBufferPointer(rebasing: x[start..<start + several.dimension]))
    }
    return product
  }

  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    for (part, start) in zip(parts, starts) {
      if let one = part.univariate { out[start] = one.sample(&words) }
      guard let several = part.multivariate else { continue }
      several.sample(&words, into: UnsafeMutableBufferPointer(rebasing: out[start..<start + several.dimension]))
    }
  }

  /// rows: n × d (read) · out: n (written). Where one part has density 0, so has the row.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    for (p, (part, start)) in zip(parts, starts).enumerated() {
      let columns = rows.columns(start..<start + part.dimension)
      var terms = out
      if let one = part.univariate { terms = try one.values(of: one.logpdf(_:into:), columns.elements) }
      if let several = part.multivariate { terms = try several.logpdf(columns) }
      try Parallel.forEach(rows.rows, chunk: Vector.chunk) { chunk in
        for i in chunk { out[i] = p == 0 ? terms[i] : ProductDistribution.sum(out[i], terms[i]) }
      }
    }
  }

  private static func sum(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }
    return min(a, b) == -.infinity ? -.infinity : a + b
  }

  private func concatenated(
    one: (any UnivariateDistribution) throws(Failure) -> Double,
    several: (any MultivariateDistribution) throws(Failure) -> Vector
  ) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: dimension)
    for (part, start) in zip(parts, starts) {
      if let part = part.univariate { result[start] = try one(part) }
      if let part = part.multivariate { try several(part).write(to: result, from: start) }
    }
    return result
  }
}

extension ProductDistribution {
  /// The columns that each family's part has, of so many in all. Univariate families take one each; the one that is not, of
  /// which there may be one, takes those that are left.
  ///
  /// Throws `.shape` where columns and families do not match.
  static func ranges(of families: [Family], columns: Int) throws(Failure) -> [Range<Int>] {
    guard !families.isEmpty else { throw Failure(.argument, "a product needs at least one family") }
    let wide = families.filter(\.takesRows)
    let left = columns - (families.count - wide.count)
    guard wide.count < 2 else {
      throw Failure(
        .argument, "of \(wide[0].name) and \(wide[1].name) only one can take the columns that are left: fit them apart")
    }
    guard wide.isEmpty ? left == 0 : left > 0 else {
      let wanted = wide.isEmpty ? "one column" : "at least one column"
      throw Failure(
        .shape, "\(wanted) per family is wanted, got \(columns) columns and \(families.count) families")
    }
    var ranges: [Range<Int>] = []
    for family in families {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + (family.takesRows ? left : 1))
    }
    return ranges
  }

  /// What body throws of the data, with the columns that these are in.
  static func naming<T>(_ range: Range<Int>, _ body: () throws(Failure) -> T) throws(Failure) -> T {
    do throws(Failure) { return try body() } catch {
      guard error.kind == .data || error.kind == .degenerate else { throw error }
      let (first, last) = (range.lowerBound + 1, range.upperBound)
      let place = first == last ? "column \(last)" : "columns \(first) to \(last)"
      throw Failure(error.kind, "\(place): \(error.message)")
    }
  }

  /// The parameters of a product, by the names that they are held by: `sigma` in every column that has one, `sigma2` in the second.
  static func parameters(of families: [Family]) -> [Family.Parameter] {
    families.flatMap(\.parameters)
      + families.enumerated().flatMap { p, family in family.parameters.map { $0.named("\($0.name)\(p + 1)") } }
  }

  /// What is said of part p, by the names of its own: what is said of one part comes before what is said of all.
  static func part<Value>(_ p: Int, of values: [String: Value], names: Set<String>) -> [String: Value] {
    var own: [String: Value] = [:]
    for name in names { own[name] = values["\(name)\(p + 1)"] ?? values[name] }
    return own
  }

  /// Weighted maximum likelihood, each part by its family, in the columns of `ranges(of:columns:)`.
  ///
  /// held: parameters that are known, by the names of `parameters(of:)`
  package static func fit(
    _ families: [Family], _ sample: Family.Sample, holding held: [String: ParameterValue] = [:]
  ) throws(Failure) -> ProductDistribution {
    let known = Set(parameters(of: families).map(\.name))
    if let stranger = held.keys.sorted().first(where: { !known.contains($0) }) {
      throw Failure(
        .argument,
        "fix: the product has no parameter '\(stranger)' (known: \(known.sorted().joined(separator: ", ")))")
    }
    var parts: [any Distribution] = []
    for (p, range) in try ranges(of: families, columns: sample.rows.columns).enumerated() {
      let columns = Family.Sample(
        rows: sample.rows.columns(range), weights: sample.weights, trials: sample.trials)
      let own = part(p, of: held, names: Set(families[p].parameters.map(\.name)))
      parts.append(
        try naming(range) { () throws(Failure) in
          let values = families[p].parameters.compactMap { own[$0.name] }
          // Of a part that is known there is nothing to estimate.
          return values.count == families[p].parameters.count
            ? try families[p].make(values) : try families[p].fit(columns, holding: own)
        })
    }
    return try ProductDistribution(parts)
  }
}

extension Distribution {
  fileprivate var univariate: (any UnivariateDistribution)? { self as? any UnivariateDistribution }
  fileprivate var multivariate: (any MultivariateDistribution)? { self as? any MultivariateDistribution }
}

extension UnivariateDistribution {
  /// A length in which the density changes, whether or not there is a variance.
  fileprivate var width: Double {
    let range = quantile(0.75) - quantile(0.25)
    return range > 0 && range < .infinity ? range : 1
  }
}
