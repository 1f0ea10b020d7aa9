"""Reference values for the triangular distribution, in 50 digits, rounded to 17: the textbook formulas; fits by bisection for every peak.

Writes triangular{,_fit}.tsv.
Run, in Scripts/reference: python3 -m distributions.triangular
"""
import mpmath as mp

from tables import table


def triangular_rows():
    for a, b, c in [(0, 1, 0.3), (-2, 5, -2), (1, 4, 4), (1e8, 1e8 + 1, 1e8 + 0.25), (-1e300, 1e300, 1e299), (0, 1, 1e-8), (-1e-300, 3e-300, 0)]:
        a, b, c = mp.mpf(a), mp.mpf(b), mp.mpf(c)
        for p in [0, 1e-300, 1e-12, 0.1, 0.3, 0.5, 0.77, 0.999, 1 - 1e-9, 1]:
            x = mp.mpf(float(a + (b - a) * mp.mpf(p)))
            low, high = (x - a) / (b - a), (b - x) / (b - a)
            pdf = 2 / (b - a) * (1 if x == c else (x - a) / (c - a) if x < c else (b - x) / (b - c))
            cdf = low * (x - a) / (c - a) if x < c else 1 - (high * (b - x) / (b - c) if b > c else 0)
            ccdf = high * (b - x) / (b - c) if x > c else 1 - (low * (x - a) / (c - a) if c > a else 0)
            yield a, b, c, x, mp.log(pdf) if pdf else -mp.inf, pdf, cdf, ccdf


def triangular_fit(x, w):
    """The best of all peaks; for each, with s = c - a, t = b - c and d the distances to the left: sum w d / (s - d) = W s / (s + t), and
    the same to the right. The share s / (s + t) is found by bisection, the sides for it too."""
    total, best = mp.fsum(w), None

    def bisect(f, low, high):
        for _ in range(130):
            middle = (low + high) / 2
            low, high = (middle, high) if f(middle) > 0 else (low, middle)
        return (low + high) / 2

    for c in sorted(set(x)):
        left = [(c - v, u) for v, u in zip(x, w) if v < c]
        right = [(v - c, u) for v, u in zip(x, w) if v > c]

        def side(points, share):
            if not points:
                return mp.mpf(0)
            furthest = max(d for d, _ in points)
            return bisect(lambda s: mp.fsum(u * d / (s - d) for d, u in points) - total * share, furthest, furthest * mp.mpf(10) ** 4)

        share = mp.mpf(0) if not left else mp.mpf(1) if not right else bisect(
            lambda p: (lambda s, t: s / (s + t) - p)(side(left, p), side(right, 1 - p)), mp.mpf("0.001"), mp.mpf("0.999"))
        s, t = side(left, share), side(right, 1 - share)
        value = -total * mp.log(s + t) + mp.fsum(u * mp.log(1 - d / s) for d, u in left) + mp.fsum(u * mp.log(1 - d / t) for d, u in right)
        if best is None or value > best[0]:
            best = value, c - s, c + t, c
    return best[1:]


def triangular_fits():
    for x, w in [([1.2, -0.5, 3.3, 2.1, 0.4, 7.9, 1.7], [1, 2, 1, 0.5, 1, 1, 3]), ([1, 2, 3, 4, 10], [1, 1, 1, 1, 1]), ([0, 1], [1, 3]),
                 ([2, 2.5, 3, 3.2, 3.3, 3.35, 3.5, 4, 5, 1], [1, 1, 2, 1, 1, 1, 1, 1, 1, 0.5]),
                 ([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9], [1] * 15)]:
        with mp.workdps(40):
            fit = triangular_fit([mp.mpf(v) for v in x], [mp.mpf(u) for u in w])
        yield " ".join(map(str, x)), " ".join(map(str, w)), *fit


table("triangular", ["a", "b", "c", "x", "logpdf", "pdf", "cdf", "ccdf"], triangular_rows())
table("triangular_fit", ["x", "weights", "a", "b", "c"], triangular_fits())
