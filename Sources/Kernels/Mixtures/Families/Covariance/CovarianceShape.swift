/// One covariance as a pass over the rows wants it: how it is held, what whitens a row by it, and which moments suffice for it.
///
/// A whitened row's squared length ‖L⁻¹(x − μ)‖², cov = L·Lᵀ, grows column by column; so what the first columns say of a
/// log-density bounds it from above.
package protocol CovarianceShape: Codable, Sendable {
  /// Numbers in a covariance.
  static func count(_ d: Int) -> Int
  /// Numbers in the moments of one component, first moments at the beginning.
  static func momentCount(_ d: Int) -> Int
  /// Doubles that `lower` and `accumulate` need besides a block.
  static func workspace(_ d: Int) -> Int
  /// How many columns to look at before far components are left aside; d for all.
  static func leadingColumns(_ d: Int) -> Int

  /// Of all rows.
  static func pooled(_ rows: Rows) throws(Failure) -> [Double]
  /// matrix: d × d → what this shape holds of it
  static func covariance(from matrix: [Double], _ d: Int) -> [Double]
  /// → d × d
  static func matrix(_ covariance: [Double], _ d: Int) -> [Double]
  /// moments: of one component about a point near its mean, divided by Σ r
  static func covariance(moments: ArraySlice<Double>, _ d: Int) -> [Double]
  /// sds: of the columns, d → for each number of a covariance, the size of a change that matters
  static func units(_ sds: [Double]) -> [Double]
  /// Whether columns that are linear combinations of others make every covariance singular.
  static var needsIndependentColumns: Bool { get }

  /// component: whose it is, for the error, where the covariance has no inverse
  init(_ covariance: [Double], sds: [Double], component: Int) throws(Collapse)
  /// The log-density at the mean.
  var peak: Double { get }
  /// rows: groups of eight, as in a block (read) · columns: some, from an even number to an even number or the end · bounds:
  /// `top`, or what they are where that is nil, less half the squares that these columns add to the length (written)
  func lower(
    _ bounds: UnsafeMutablePointer<Double>, from top: Double?, _ rows: UnsafePointer<Double>, groups: Int,
    about centre: UnsafePointer<Double>, columns: Range<Int>)
  /// responsibilities: 256 × k (read) · centres: k of d and zeros up to `stride` · sums: k times the moments of a component
  /// (added to)
  static func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about centres: [[Double]],
    to sums: UnsafeMutablePointer<Double>)
}

/// From one row to the next where columns lie side by side: d and some zeros, an odd number of cache lines, so that rows do not
/// displace each other in cache.
func rowStride(_ d: Int) -> Int { ((d + 7) / 8 | 1) * 8 }

extension Collapse {
  static func flat(_ component: Int?, column c: Int) -> Collapse {
    Collapse(
      component: component, reason: "has collapsed: it has no spread in column \(c + 1)",
      advice: "a smaller k, covariance = \"tied\", or more restarts")
  }
}

extension [Double] {
  /// The first column whose variance is below 1e-18 of the data's.
  func flatColumn(_ sds: [Double]) -> Int? { sds.indices.first { !(self[$0] > 1e-18 * sds[$0] * sds[$0]) } }
}
