/// Probabilities of a distribution over finitely many integers, added up by the ratio of neighbours.
///
/// mean: of the distribution · start: P(k) · ratio: P(k + 1)/P(k), decreasing where `isUnimodal`: then a sum may end where its
/// terms have become small. NaN after an interrupt: there may be 10⁷ terms.
func summedTails(
  at x: Double, from low: Double, to high: Double, mean: Double, isUnimodal: Bool, start: (Double) -> Double,
  ratio: (Double) -> Double
) -> (lower: Double, upper: Double) {
  // After this, 10⁷ terms would not count.
  let rest = isUnimodal ? 1e-24 : 0
  var poll = InterruptionPoll()
  func lower() -> Double {
    var (k, term) = (x, start(x))
    var sum = CompensatedSum<Double>()
    while k >= low, term > rest * sum.value {
      if poll.isDue() { return .nan }
      sum.add(term)
      if k > low { term /= ratio(k - 1) }
      k -= 1
    }
    return min(1, sum.value)
  }
  func upper() -> Double {
    var (k, term) = (x + 1, start(x + 1))
    var sum = CompensatedSum<Double>()
    while k <= high, term > rest * sum.value {
      if poll.isDue() { return .nan }
      sum.add(term)
      term *= ratio(k)
      k += 1
    }
    return min(1, sum.value)
  }
  // The side away from the mean is the smaller one, but for very skew distributions.
  if x < mean {
    let sum = lower()
    return (sum, sum > 0.5 ? upper() : 1 - sum)
  }
  let sum = upper()
  return (sum > 0.5 ? lower() : 1 - sum, sum)
}
