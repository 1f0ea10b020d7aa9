/// ∫ f from a to b, by Gauss and Kronrod's rule of 7 and 15 points, halving intervals until the two agree to `tolerance` of the
/// whole or an interval has been halved 40 times.
///
/// R. Piessens et al., QUADPACK, 1983, routine QK15; the rule's points and weights are from there.
func integral(from a: Double, to b: Double, tolerance: Double, _ f: (Double) -> Double) -> Double {
  guard b > a else { return 0 }
  let whole = abs(gaussKronrod(a, b, f).value)
  func refine(_ a: Double, _ b: Double, _ depth: Int) -> Double {
    let (value, error) = gaussKronrod(a, b, f)
    let middle = a + (b - a) / 2
    if error <= tolerance * max(whole, abs(value)) || depth == 0 || middle <= a || middle >= b { return value }
    return refine(a, middle, depth - 1) + refine(middle, b, depth - 1)
  }
  return refine(a, b, 40)
}

private func gaussKronrod(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> (value: Double, error: Double) {
  let (centre, half) = (a + (b - a) / 2, (b - a) / 2)
  let middle = f(centre)
  var (kronrod, gauss) = (middle * kronrodCentre, middle * gaussCentre)
  for (i, (node, weight)) in kronrodRule.enumerated() {
    let pair = f(centre - half * node) + f(centre + half * node)
    kronrod += weight * pair
    // Every other node is one of Gauss's.
    if i % 2 == 1 { gauss += gaussWeights[i / 2] * pair }
  }
  return (kronrod * half, abs(kronrod - gauss) * half)
}

private let kronrodRule: [(node: Double, weight: Double)] = [
  (0.991455371120812639206854697526329, 0.022935322010529224963732008058970),
  (0.949107912342758524526189684047851, 0.063092092629978553290700663189204),
  (0.864864423359769072789712788640926, 0.104790010322250183839876322541518),
  (0.741531185599394439863864773280788, 0.140653259715525918745189590510238),
  (0.586087235467691130294144691258159, 0.169004726639267902826583426598550),
  (0.405845151377397166906606412076961, 0.190350578064785409913256402421014),
  (0.207784955007898467600689403773245, 0.204432940075298892414161999234649),
]
private let kronrodCentre = 0.209482141084727828012999174891714
private let gaussWeights = [
  0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975,
]
private let gaussCentre = 0.417959183673469387755102040816327
