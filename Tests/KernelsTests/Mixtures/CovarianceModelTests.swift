import Kernels
import Testing

/// The fourteen models of covariances, against mclust and against each other.
@Suite struct CovarianceModelTests {
  /// Twenty EM iterations of mclust from the same responsibilities, by Scripts/reference/covariance_shapes.R.
  @Test(arguments: Reference.rows("covariance_shapes"))
  func twentySteps(_ row: Reference.Row) throws {
    let (rows, labels) = try Self.data(row.cells[0])
    let k = Int(row[2])
    let family = try Self.family(row.cells[1], rows, k: k)
    #expect(family.freeParameters + k - 1 == Int(row[3]))
    let posterior = try Matrix(
      rows: labels.map { label in (1...k).map { $0 == Int(label) ? 0.8 : 0.2 / Double(k - 1) } })
    var options = EMOptions(seed: 1, accelerates: false)
    (options.tolerance, options.maxIterations) = (0, 20)
    let fit = try Self.fit(rows, family, start: .posterior(posterior), options)
    // Fewer where a step is within rounding of nothing before that.
    #expect(fit.evaluations <= 20)
    #expect(abs(fit.loglik - row[4]) < 1e-8 * abs(row[4]), "\(fit.loglik - row[4])")
    #expect(zip(fit.model.weights, row.numbers(5)).allSatisfy { abs($0 - $1) < 1e-8 })
    let parts = fit.model.components.compactMap { $0 as? MultivariateNormal }
    let sds = rows.columns.map(\.sd)
    let (d, means, covariances) = (rows.dimension, row.numbers(6), row.numbers(7))
    for (j, part) in parts.enumerated() {
      for a in 0..<d {
        #expect(abs(part.mean[a] - means[j * d + a]) < 1e-8 * sds[a])
        for b in 0..<d {
          #expect(abs(part.covariance[a, b] - covariances[(j * d + b) * d + a]) < 1e-8 * sds[a] * sds[b])
        }
      }
    }
  }

  /// mclust's BIC of both columns of faithful. Ours is smaller or equal, up to 1e-3.
  static let published: [(name: String, bic: [Double])] = [
    ("EII", [4024.721, 3452.998, 3377.701, 3230.264]), ("VII", [4024.721, 3458.305, 3336.598, 3242.826]),
    ("EEI", [3055.835, 2354.601, 2323.014, 2323.673]), ("VEI", [3055.835, 2350.607, 2332.687, 2331.284]),
    ("EVI", [3055.835, 2352.618, 2332.205, 2334.749]), ("VVI", [3055.835, 2346.065, 2342.366, 2343.486]),
    ("EEE", [2607.623, 2325.220, 2314.316, 2331.223]), ("VEE", [2607.623, 2322.972, 2322.103, 2340.173]),
    ("EVE", [2607.623, 2324.273, 2342.319, 2361.821]), ("VVE", [2607.623, 2320.433, 2336.271, 2362.487]),
    ("EEV", [2607.623, 2329.115, 2325.322, 2351.523]), ("VEV", [2607.623, 2325.416, 2329.648, 2361.084]),
    ("EVV", [2607.623, 2327.598, 2339.983, 2344.686]), ("VVV", [2607.623, 2322.192, 2349.696, 2351.493]),
  ]

  @Test(arguments: published)
  func publishedBIC(name: String, bic: [Double]) throws {
    let rows = try DataSets.faithful()
    for k in 1...4 {
      let fit = try Self.fit(rows, try Self.family(name, rows, k: k), EMOptions(seed: 1))
      #expect(fit.bic <= bic[k - 1] + 1e-3, "\(name), k = \(k)")
      if k == 1 { #expect(abs(fit.bic - bic[0]) < 1e-3) }
      for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-11 * abs(a)) }
    }
  }

  /// A model fits no worse than one that it contains, when EM starts where that one has ended.
  @Test func nestedModels() throws {
    let rows = try DataSets.iris()
    let chains = [
      ["EII", "VII", "VEI", "VVI", "VVE", "VVV"], ["EII", "EEI", "EVI", "VVI"], ["EEI", "EEE", "VEE", "VEV", "VVV"],
      ["EEE", "EVE", "EVV", "VVV"], ["EEE", "EEV", "VEV"], ["VEE", "VVE"], ["EVE", "VVE"], ["EEV", "EVV"],
    ]
    for chain in chains {
      var last: Fit?
      for name in chain {
        let family = try Self.family(name, rows, k: 3)
        let start = last.map { EM.Start.mixture($0.model) }
        let fit = try Self.fit(rows, family, start: start, EMOptions(seed: 4))
        if let last { #expect(fit.loglik >= last.loglik - 1e-7, "\(name) after \(last.constraints)") }
        if let last { #expect(fit.df > last.df) }
        last = fit
      }
    }
  }

  /// What a model allows stays as it is, whatever the shares of the components.
  @Test func allowedCovariancesStay() throws {
    let rows = try DataSets.iris()
    for model in CovarianceModels.all {
      let fit = try Self.fit(rows, try Self.family(model.name, rows, k: 3), EMOptions(seed: 2))
      let parts = fit.model.components.compactMap { ($0 as? MultivariateNormal)?.covariance.elements.array }
      let held = try Self.constrained(model, parts)
      for (a, b) in zip(parts, held) {
        #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-10 }, "\(model.name)")
      }
    }
  }

  /// Without axes of their own, models fit turned rows as they fit rows.
  @Test(arguments: ["EII", "VII", "EEE", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV", "VVV"])
  func turning(name: String) throws {
    let rows = try DataSets.faithful()
    let (a, b) = (0.6, 0.8)
    let turned = try Rows(
      try Matrix(
        rows: (0..<rows.count).map { i in
          let (x, y) = (rows.matrix[i, 0], rows.matrix[i, 1] / 10)
          return [a * x - b * y, b * x + a * y]
        }))
    let plain = try Rows(
      try Matrix(rows: (0..<rows.count).map { [rows.matrix[$0, 0], rows.matrix[$0, 1] / 10] }))
    let labels = try Vector((0..<rows.count).map { rows.matrix[$0, 0] < 3 ? 1 : 2 })
    let fits = try [plain, turned].map { rows in
      try Self.fit(rows, try Self.family(name, rows, k: 2), start: .labels(labels), EMOptions(seed: 1))
    }
    #expect(abs(fits[0].loglik - fits[1].loglik) < 1e-7 * abs(fits[0].loglik))
  }

  /// Components that lose their volume in a direction end a start, they do not break the arithmetic.
  @Test(arguments: CovarianceModels.all.map { $0.name })
  func flatComponents(name: String) throws {
    var stream = RandomStream(seed: 8)
    var points: [[Double]] = (0..<60).map { _ in
      var words = stream.draw()
      return [words.normal(), words.normal(), words.normal()]
    }
    // Twelve rows on a line, and three equal ones.
    points += (0..<12).map { [5 + Double($0), 5 + 2 * Double($0), 3] } + Array(repeating: [-9, 4, 4], count: 3)
    let rows = try Rows(try Matrix(rows: points))
    let labels = try Vector(points.indices.map { $0 < 60 ? 1 : $0 < 72 ? 2 : 3 })
    for start in [nil, EM.Start.labels(labels)] {
      do {
        let fit = try Self.fit(rows, try Self.family(name, rows, k: 3), start: start, EMOptions(seed: 3))
        #expect(fit.loglik.isFinite && fit.trace.allSatisfy(\.isFinite))
        for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-10 * abs(a)) }
      } catch let failure as Failure {
        #expect(failure.kind == .degenerate && !failure.message.isEmpty)
      }
    }
  }

  @Test func aliases() {
    let names = ["spherical", "diagonal", "tied", "full"].map { CovarianceModels.named($0)?.name }
    #expect(names == ["VII", "VVI", "EEE", "VVV"] && CovarianceModels.named("VVX") == nil)
    #expect(
      CovarianceModels.all.count == 14 && CovarianceModels.all.allSatisfy { CovarianceModels.named($0.name) == $0 })
  }

  // MARK: Support

  static func data(_ name: String) throws -> (Rows, labels: [Double]) {
    let row = try #require(Reference.rows("covariance_shapes_data").first { $0.cells[0] == name })
    let (d, labels) = (Int(row[1]), row.numbers(2))
    let elements = try Vector(row.numbers(3))
    return (try Rows(Matrix(elements.storage, rows: labels.count, columns: d)), labels)
  }

  static func family(_ name: String, _ rows: Rows, k: Int) throws -> any ComponentFamily {
    func make<C: CovarianceModel>(_ model: C.Type) throws -> any ComponentFamily {
      try MultivariateNormalFamily<C>(rows, k: k)
    }
    guard let model = CovarianceModels.named(name) else { throw Failure(.argument, name) }
    return try make(model)
  }

  static func fit(
    _ rows: Rows, _ family: any ComponentFamily, start: EM.Start? = nil, _ options: EMOptions
  ) throws -> Fit {
    func run<F: ComponentFamily>(_ family: F) throws -> Fit { try EM.fit(rows, family, start: start, options) }
    return try run(family)
  }

  private static func constrained(_ model: any CovarianceModel.Type, _ matrices: [[Double]]) throws -> [[Double]] {
    func run<C: CovarianceModel>(_ model: C.Type) throws -> [[Double]] {
      let d = Int(Double(matrices[0].count).squareRoot())
      var held = matrices.map { C.Shape.covariance(from: $0, d) }
      try C.constrain(&held, shares: [0.2, 0.5, 0.3], after: held)
      return held.map { C.Shape.matrix($0, d) }
    }
    return try run(model)
  }
}
