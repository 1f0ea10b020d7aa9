"""Reference values for the geometric distribution, in 50 digits, rounded to 17: the textbook formulas.

Writes geometric.tsv.
Run, in Scripts/reference: python3 -m distributions.geometric
"""
import mpmath as mp

from tables import table


def geometric_rows():
    for p in [1e-300, 1e-8, 0.01, 0.25, 0.5, 0.999, 1 - 2.0**-30, 1]:
        exact = mp.mpf(p)
        with mp.workdps(400):
            q = 1 - exact
            for x in sorted({0, 1, 2, 10, 1000, int(0.1 / p), int(1 / p), int(30 / p), int(600 / p)}):
                if p == 1 and x > 1:
                    continue
                logpdf = mp.log(exact) + (x * mp.log(q) if x and q else 0) if q or not x else -mp.inf
                yield exact, mp.mpf(float(x)), *geometric_verbs(mp.mpf(float(x)), exact, q)


def geometric_verbs(x, p, q):
    if q == 0:
        logpdf = mp.mpf(0) if x == 0 else -mp.inf
        return logpdf, mp.exp(logpdf), mp.mpf(1), mp.mpf(0)
    logpdf = mp.log(p) + x * mp.log(q)
    return logpdf, mp.exp(logpdf), 1 - q ** (x + 1), q ** (x + 1)


table("geometric", ["p", "x", "logpdf", "pdf", "cdf", "ccdf"], geometric_rows())
