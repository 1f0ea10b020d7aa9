/// How far data lie from the mixture that was fitted to them, and how likely fits of that mixture's own draws are to lie as far:
/// the parametric bootstrap, since fitting draws a model towards its data.
///
/// W. Stute, W. González Manteiga, M. Presedo Quindimil, Bootstrap based goodness-of-fit tests, Metrika 40 (1993), 243–256,
/// doi:10.1007/BF02613687; the p-value is (1 + those as far)/(1 + replicates), A. C. Davison, D. V. Hinkley 1997, section 4.2.
package struct FitGoodness: Sendable {
  package enum Test: String, CaseIterable, Sendable {
    /// Kolmogorov and Smirnov: the largest distance between the distribution functions.
    case ks
    /// Anderson and Darling: the mean square of that distance, in which tails count more.
    case ad
  }

  package let statistic: Double
  package let pValue: Double
  /// Of the draws that could be fitted.
  package let replicates: Vector

  /// x: n (read) · refit: the fit of n numbers, from a start
  ///
  /// Throws `.argument` where the mixture is not of continuous numbers, `.degenerate` where most draws cannot be fitted.
  package init(
    _ x: Vector, _ model: any Mixture, _ test: Test, replicates count: Int, from stream: RandomStream,
    refit: @Sendable (Rows, any Mixture) throws(Failure) -> any Mixture
  ) throws(Failure) {
    guard let mixture = model as? UnivariateMixture else {
      throw Failure(.argument, "goodness is for fits of one column, this is of \(model.dimension)")
    }
    let own = try FitGoodness.distance(x, mixture, test)
    let values = try Parallel.map(count, chunk: 1) { (range) throws(Failure) -> Double? in
      var branch = stream
      branch.jump(UInt64(range.lowerBound) * UInt64(x.count))
      do throws(Failure) {
        let draws = try mixture.sample(x.count, from: &branch)
        let rows = try Rows(Matrix(draws.storage, offset: draws.offset, rows: draws.count, columns: 1))
        guard let again = try refit(rows, mixture) as? UnivariateMixture else { return nil }
        return try FitGoodness.distance(draws, again, test)
      } catch {
        guard error.endsOneStart else { throw error }
        return nil
      }
    }
    try Interruption.check()
    let found = values.compactMap { $0 }
    guard 2 * found.count >= count else {
      throw Failure(.degenerate, "only \(found.count) of \(count) samples of the model could be fitted")
    }
    (statistic, replicates) = (own, try Vector(found))
    pValue = Double(1 + found.count { $0 >= own }) / Double(1 + found.count)
  }

  private static func distance(_ x: Vector, _ model: UnivariateMixture, _ test: Test) throws(Failure) -> Double {
    switch test {
    case .ks: try KolmogorovSmirnov(x, against: model, .twoSided).statistic
    case .ad: try AndersonDarling(x, against: model).statistic
    }
  }
}
