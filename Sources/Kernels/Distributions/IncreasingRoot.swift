/// The x between `below` and `above` where an increasing function is 0: Newton's steps from a guess, with a halving of the bracket
/// wherever they leave it or do not shrink. Ends where a step is within `tolerance`.
///
/// f: its value, which may be infinite, and its slope
func increasingRoot(
  from below: Double, to above: Double, near guess: Double, tolerance: Double,
  _ f: (Double) -> (value: Double, slope: Double)
) -> Double {
  var (below, above) = (below, above)
  var x = guess > below && guess < above ? guess : below / 2 + above / 2
  var last = Double.infinity
  for _ in 0..<400 {
    let (value, slope) = f(x)
    if value == 0 { return x }
    if value < 0 { below = x } else { above = x }
    let newton = x - value / slope
    let isGood = newton > below && newton < above && abs(newton - x) <= last / 2
    let next = isGood ? newton : below / 2 + above / 2
    last = abs(next - x)
    x = next
    if last <= tolerance || above - below <= tolerance { break }
  }
  return x
}
