/// Fits of many models to the same rows, and which of them a criterion prefers.
package struct ModelSelection: Sendable {
  /// A model that may be chosen.
  package struct Candidate: Sendable {
    package let k: Int
    /// As a user says it: `normal`, `normal + uniform`.
    package let family: String
    /// Of multivariate normals.
    package let covariance: String?
    /// Throws where the rows are not this family's.
    let fit: @Sendable (EMOptions) throws(Failure) -> Fit

    package init(
      k: Int, family: String, covariance: String?, fit: @escaping @Sendable (EMOptions) throws(Failure) -> Fit
    ) {
      (self.k, self.family, self.covariance, self.fit) = (k, family, covariance, fit)
    }
  }

  /// What came of one.
  package struct Entry: Sendable {
    package let candidate: Candidate
    package let fit: Fit
    /// Of the criterion.
    package let value: Double
  }

  package let criterion: InformationCriterion
  /// Best first.
  package let entries: [Entry]
  /// What could not be estimated, and why.
  package let skipped: [(candidate: Candidate, reason: String)]

  package var best: Fit { entries[0].fit }

  /// All candidates, several at a time. Each draws its starts from the same stream: for one k, all begin from the same partitions of
  /// the rows. Fits that stopped before they converged compete too, and say so.
  ///
  /// Throws `.degenerate` where none can be estimated, with the reason of the first.
  package init(
    _ candidates: [Candidate], by criterion: InformationCriterion, _ options: EMOptions
  ) throws(Failure) {
    guard !candidates.isEmpty else { throw Failure(.argument, "there is nothing to choose from") }
    let results = try Parallel.map(candidates.count, chunk: 1) { (range) throws(Failure) in
      try ModelSelection.result(of: candidates[range.lowerBound], options)
    }
    try Interruption.check()
    var (entries, skipped) = ([Entry](), [(candidate: Candidate, reason: String)]())
    for (candidate, result) in zip(candidates, results) {
      switch result {
      case .success(let fit): entries.append(Entry(candidate: candidate, fit: fit, value: criterion.value(of: fit)))
      case .failure(let failure): skipped.append((candidate, failure.message))
      }
    }
    guard !entries.isEmpty else {
      throw Failure(.degenerate, "none of \(candidates.count) models can be estimated; the first: \(skipped[0].reason)")
    }
    self.criterion = criterion
    // What is equal stays in the order of the candidates.
    self.entries = entries.enumerated().sorted { ($0.element.value, $0.offset) < ($1.element.value, $1.offset) }
      .map(\.element)
    self.skipped = skipped
  }

  private static func result(
    of candidate: Candidate, _ options: EMOptions
  ) throws(Failure) -> Result<Fit, Failure> {
    do throws(Failure) { return .success(try candidate.fit(options)) } catch {
      guard error.endsOneStart || error.kind == .singular else { throw error }
      return .failure(error)
    }
  }
}
