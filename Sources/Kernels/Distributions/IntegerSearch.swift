/// The smallest integer from `low` to `high` where `reached` is true, given that it stays true from there on and is true at
/// `high`. Steps grow from `guess` until they have passed it, then halve.
func firstInteger(from low: Double, to high: Double, near guess: Double, _ reached: (Double) -> Bool) -> Double {
  // Not a number where the guess is none: then the search starts in the middle.
  let start = guess.isNaN ? (low / 2 + high / 2).rounded(.down) : min(high, max(low, guess.rounded(.down)))
  var (below, above, step) = (low - 1, high, 1.0)
  if reached(start) {
    above = start
    while above - step > below, reached(above - step) {
      above -= step
      step *= 2
    }
    below = max(below, above - step)
  } else {
    below = start
    while below + step < above, !reached(below + step) {
      below += step
      step *= 2
    }
    above = min(above, below + step)
  }
  while above - below > 1 {
    let middle = below + ((above - below) / 2).rounded(.down)
    // Beyond 2⁵³ neighbouring doubles are further apart than 1.
    if middle <= below || middle >= above { break }
    if reached(middle) { above = middle } else { below = middle }
  }
  return above
}
