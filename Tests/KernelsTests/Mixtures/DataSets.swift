import Foundation
import Kernels

/// The data sets that come with the program, and the fits that tests ask for most.
enum DataSets {
  static func column(_ file: String, _ columns: [Int]) throws -> Matrix {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Sources/Workbench/Data/\(file).csv"), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    return try Matrix(rows: rows.map { row in columns.compactMap { Double(row[$0]) } })
  }

  static func eruptions() throws -> Rows { try Rows(try column("faithful", [0])) }
  static func waiting() throws -> Rows { try Rows(try column("faithful", [1])) }
  static func faithful() throws -> Rows { try Rows(try column("faithful", [0, 1])) }
  static func iris() throws -> Rows { try Rows(try column("iris", [0, 1, 2, 3])) }

  static func rows(_ x: [Double]) throws -> Rows { try Rows(try Matrix(rows: x.map { [$0] })) }

  /// n draws of a mixture of normals, the same for the same seed.
  static func normals(_ n: Int, _ parts: [(weight: Double, mu: Double, sigma: Double)], seed: UInt64) throws -> [Double]
  {
    let mixture = try UnivariateMixture(
      weights: parts.map(\.weight), components: try parts.map { try Normal(mu: $0.mu, sigma: $0.sigma) })
    var stream = RandomStream(seed: seed)
    return (0..<n).map { _ in
      var words = stream.draw()
      return mixture.sample(&words)
    }
  }
}

extension EMOptions {
  init(seed: UInt64, accelerates: Bool = true) {
    self.init()
    self.stream = RandomStream(seed: seed)
    self.accelerates = accelerates
  }
}

extension Fit {
  var normals: [Normal] { model.components.compactMap { $0 as? Normal } }
  var binomials: [Binomial] { model.components.compactMap { $0 as? Binomial } }
}
