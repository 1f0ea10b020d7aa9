/// Where a function of one number is highest, from 0 on: a bracket by doubling steps, golden sections and parabolas through three
/// points (R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5), and at the end the zero of the
/// slope by five-point differences, which heights alone give to half the digits only.
enum LineMaximum {
  static func find(
    width: Double, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let start = try f(0)
    var (a, b, c) = (-width, 0.0, width)
    var (below, middle, above) = (try f(a), start, try f(c))
    for _ in 0..<60 where below > middle || above > middle {
      if above >= below {
        (a, below, b, middle) = (b, middle, c, above)
        c = b + 2 * (b - a)
        above = try f(c)
      } else {
        (c, above, b, middle) = (b, middle, a, below)
        a = b - 2 * (c - b)
        below = try f(a)
      }
    }
    let end = try polished(try brent(a, b, c, middle, f), f)
    return try f(end) >= start ? end : 0
  }

  private static func brent(
    _ low: Double, _ first: Double, _ high: Double, _ top: Double, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let golden = 0.381_966_011_250_105
    var (a, b, x, w, v) = (low, high, first, first, first)
    var (fx, fw, fv, step, last) = (top, top, top, 0.0, 0.0)
    for _ in 0..<100 {
      let (middle, least) = (0.5 * (a + b), 1e-9 * abs(x) + 1e-9)
      if abs(x - middle) <= 2 * least - 0.5 * (b - a) { break }
      var isParabola = false
      if abs(last) > least {
        let (r, q0) = ((x - w) * (fx - fv), (x - v) * (fx - fw))
        let (p0, q1) = ((x - v) * q0 - (x - w) * r, 2 * (q0 - r))
        let (p, q) = q1 > 0 ? (-p0, q1) : (p0, -q1)
        if abs(p) < abs(0.5 * q * last), p > q * (a - x), p < q * (b - x) {
          (last, step, isParabola) = (step, p / q, true)
        }
      }
      if !isParabola {
        last = x < middle ? b - x : a - x
        step = golden * last
      }
      let u = x + (abs(step) >= least ? step : step > 0 ? least : -least)
      let fu = try f(u)
      if fu >= fx {
        if u < x { b = x } else { a = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu >= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu >= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return x
  }

  /// Newton's method, while its steps shrink.
  private static func polished(_ start: Double, _ f: (Double) throws(Failure) -> Double) throws(Failure) -> Double {
    var (x, last) = (start, Double.infinity)
    for _ in 0..<8 {
      let h = 1e-3
      let (a, b, here, c, d) = (try f(x - 2 * h), try f(x - h), try f(x), try f(x + h), try f(x + 2 * h))
      let slope = ((a - d) + 8 * (c - b)) / (12 * h)
      let bend = ((a + d) - 16 * (b + c) + 30 * here) / (12 * h * h)
      guard bend > 0, slope.isFinite else { break }
      let step = slope / bend
      guard abs(step) < 0.5 * last, abs(step) < 1e-3 else { break }
      (x, last) = (x + step, abs(step))
      if last < 1e-14 { break }
    }
    return x
  }
}
