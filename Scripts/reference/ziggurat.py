"""Start of the tail and area of a layer for the 1024 layers of Sources/Kernels/Random/Ziggurat.swift, as hexadecimal doubles.

The start is where the 1023rd layer above it ends at density 1, the curve's height at 0.
Run: python3 Scripts/reference/ziggurat.py
"""
import mpmath as mp

mp.mp.dps = 50
LAYERS = 1024


def solve(name, density, inverse, tail, low, high):
    def area(start):
        return start * density(start) + tail(start)

    def is_too_small(start):
        x, v = start, area(start)
        for _ in range(LAYERS - 2):
            height = v / x + density(x)
            if height >= 1:
                return True
            x = inverse(height)
        return v / x + density(x) > 1

    low, high = mp.mpf(low), mp.mpf(high)
    for _ in range(140):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_small(middle) else (low, middle)
    print(name, "start", float(low).hex(), mp.nstr(low, 20), "area", float(area(low)).hex(), mp.nstr(area(low), 20))


solve("normal", lambda x: mp.exp(-x * x / 2), lambda y: mp.sqrt(-2 * mp.log(y)), lambda r: mp.sqrt(mp.pi / 2) * mp.erfc(r / mp.sqrt(2)), 3, 5)
solve("exponential", lambda x: mp.exp(-x), lambda y: -mp.log(y), lambda r: mp.exp(-r), 6, 12)
