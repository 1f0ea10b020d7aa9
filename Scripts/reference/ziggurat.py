"""Start of the tail and area of a layer for the 256 layers of Sources/Kernels/Random/Ziggurat.swift, as hexadecimal doubles.

The start is where the 255th layer above it ends at density 1, the curve's height at 0.
Run: python3 Scripts/reference/ziggurat.py
"""
import mpmath as mp

mp.mp.dps = 50


def solve(name, density, inverse, tail, guess):
    def area(start):
        return start * density(start) + tail(start)

    def overshoot(start):
        x, v = start, area(start)
        for _ in range(254):
            x = inverse(v / x + density(x))
        return v / x + density(x) - 1

    start = mp.findroot(overshoot, guess, solver="anderson", tol=1e-40)
    print(name, "start", float(start).hex(), mp.nstr(start, 20), "area", float(area(start)).hex(), mp.nstr(area(start), 20))


solve("normal", lambda x: mp.exp(-x * x / 2), lambda y: mp.sqrt(-2 * mp.log(y)),
      lambda r: mp.sqrt(mp.pi / 2) * mp.erfc(r / mp.sqrt(2)), (mp.mpf("3.65415288536"), mp.mpf("3.65415288537")))
solve("exponential", lambda x: mp.exp(-x), lambda y: -mp.log(y), lambda r: mp.exp(-r), (mp.mpf("7.69711747013"), mp.mpf("7.69711747014")))
