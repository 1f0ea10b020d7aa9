"""Reference values for mixtures of normals, in 50 digits, rounded to 17: sums, roots and quadrature of the definitions.

Writes Tests/KernelsTests/Reference/mixture{,_quantile,_moments}.tsv.
Run: python3 Scripts/reference/mixtures.py
"""
import mpmath as mp

from tables import table

# Weights, means and standard deviations. Tests name a mixture by its number.
mixtures = [
    ([0.36, 0.64], [54.6, 80.1], [5.87, 5.87]),
    ([0.25, 0.25, 0.5], [-3, 0, 1e3], [0.5, 2, 10]),
    ([0.001, 0.999], [0, 0], [100, 1]),
    ([0.5, 0.5], [-1, 1], [0.9, 0.9]),
]


def parts(m):
    return [tuple(mp.mpf(v) for v in part) for part in zip(*mixtures[m])]


def pdf(m, x):
    return mp.fsum(w * mp.npdf(x, mu, sigma) for w, mu, sigma in parts(m))


def cdf(m, x):
    return mp.fsum(w * mp.ncdf((x - mu) / sigma) for w, mu, sigma in parts(m))


def ccdf(m, x):
    return mp.fsum(w * mp.ncdf((mu - x) / sigma) for w, mu, sigma in parts(m))


def values():
    for m in range(len(mixtures)):
        for w, mu, sigma in parts(m):
            for z in [-30, -8, -2.5, -0.5, 0, 0.1, 1, 4, 9, 33]:
                x = mp.mpf(float(mu + sigma * mp.mpf(z)))
                p = pdf(m, x)
                yield mp.mpf(m), x, mp.log(p), p, cdf(m, x), ccdf(m, x)


def quantiles():
    for m in range(len(mixtures)):
        low = min(mu - 45 * sigma for w, mu, sigma in parts(m))
        high = max(mu + 45 * sigma for w, mu, sigma in parts(m))
        for p in [1e-300, 1e-20, 1e-5, 0.01, 0.25, 0.36, 0.5, 0.7, 0.9, 0.999, 0.9999999]:
            p = mp.mpf(float(p))
            yield mp.mpf(m), p, bisect(lambda x: cdf(m, x) - p, low, high)


def bisect(f, low, high):
    for _ in range(250):
        middle = (low + high) / 2
        low, high = (low, middle) if f(middle) >= 0 else (middle, high)
    return high


def moments():
    for m in range(len(mixtures)):
        mean = mp.fsum(w * mu for w, mu, sigma in parts(m))
        variance = mp.fsum(w * (sigma**2 + (mu - mean) ** 2) for w, mu, sigma in parts(m))
        cuts = sorted({mu + sigma * z for w, mu, sigma in parts(m) for z in [-40, -12, -6, -3, -1, 0, 1, 3, 6, 12, 40]})
        entropy = -mp.quad(lambda x: pdf(m, x) * mp.log(pdf(m, x)), cuts)
        # The highest point of a fine grid, then where the slope is zero.
        grid = mp.linspace(min(mu for w, mu, sigma in parts(m)), max(mu for w, mu, sigma in parts(m)), 4001)
        best = max(range(4001), key=lambda i: pdf(m, grid[i]))
        step = grid[1] - grid[0] if grid[1] > grid[0] else mp.mpf(1)

        def slope(x):
            return mp.fsum(w * mp.npdf(x, mu, sigma) * (mu - x) / sigma**2 for w, mu, sigma in parts(m))

        mode = bisect(lambda x: -slope(x), grid[best] - step, grid[best] + step)
        yield mp.mpf(m), mean, variance, entropy, mode


table("mixture", ["mixture", "x", "logpdf", "pdf", "cdf", "ccdf"], values())
table("mixture_quantile", ["mixture", "p", "quantile"], quantiles())
table("mixture_moments", ["mixture", "mean", "variance", "entropy", "mode"], moments())
