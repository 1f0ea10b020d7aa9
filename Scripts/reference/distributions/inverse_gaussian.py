"""Reference values for the inverse Gaussian distribution, in 50 digits, rounded to 17: the textbook formulas.

Writes inverse_gaussian{,_entropy}.tsv.
Run, in Scripts/reference: python3 -m distributions.inverse_gaussian
"""
import mpmath as mp

from tables import table


def inverse_gaussian(mu, lam, x):
    with mp.workdps(120):
        root = mp.sqrt(lam / x)
        a, b = root * (x / mu - 1), root * (x / mu + 1)
        tail = lambda z: mp.erfc(z / mp.sqrt(2)) / 2
        # For large b, exp(2 lambda / mu) P(Z > b) by itself overflows nothing here: mpmath's exponents are unbounded.
        second = mp.exp(2 * lam / mu) * tail(b)
        return tail(-a) + second, tail(a) - second


def inverse_gaussian_rows():
    for mu, lam in [(1, 1), (2, 0.3), (0.5, 40), (1e8, 1e8), (1e-8, 1e-8), (1, 1e-8), (1e8, 1e-8), (1, 1e6), (3, 1e8), (1e100, 1e101)]:
        mu, lam = mp.mpf(mu), mp.mpf(lam)
        # Where the tail of small values is exp(-q), the body, and where that of large values is.
        sd = mp.sqrt(mu**3 / lam)
        xs = [1 / (1 / mu + 2 * q / lam) for q in (700, 300, 30, 5)] + [mu * f for f in (mp.mpf("0.3"), mp.mpf("0.9"), 1, mp.mpf("1.2"), 3)]
        xs += [mu + t * sd / mp.sqrt(1 + sd / mu) for t in (-3, -1, 1, 3, 6)] + [mu + 2 * q * mu * mu / lam for q in (1, 30, 300, 650)]
        for x in sorted({float(x) for x in xs if x > 0}):
            x = mp.mpf(x)
            cdf, ccdf = inverse_gaussian(mu, lam, x)
            if cdf < mp.mpf("1e-320") or ccdf < mp.mpf("1e-320"):
                continue
            logpdf = mp.log(lam / (2 * mp.pi * x**3)) / 2 - lam * (x - mu) ** 2 / (2 * mu**2 * x)
            yield mu, lam, x, logpdf, mp.exp(logpdf), cdf, ccdf


def inverse_gaussian_entropies():
    for mu, lam in [(1, 1), (2, 0.3), (0.5, 40), (1, 1e-8), (3, 1e8), (1, 249), (1, 251)]:
        mu, lam = mp.mpf(mu), mp.mpf(lam)
        y = 2 * lam / mu
        yield mu, lam, mp.log(2 * mp.pi * mp.e * mu**3 / lam) / 2 - mp.mpf(3) / 2 * mp.exp(y) * mp.e1(y)


table("inverse_gaussian", ["mu", "lambda", "x", "logpdf", "pdf", "cdf", "ccdf"], inverse_gaussian_rows())
table("inverse_gaussian_entropy", ["mu", "lambda", "entropy"], inverse_gaussian_entropies())
