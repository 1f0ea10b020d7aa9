"""Reference values for the Pareto distribution, in 50 digits, rounded to 17: the textbook formulas.

Writes pareto.tsv.
Run, in Scripts/reference: python3 -m distributions.pareto
"""
import mpmath as mp

from tables import table


def pareto_rows():
    for shape, minimum in [(1, 1), (2.5, 3), (1e-8, 1e-8), (1e8, 1e8), (0.01, 1e-300), (3, 1e300), (1e8, 1e-8), (40, 0.7)]:
        a, m = mp.mpf(shape), mp.mpf(minimum)
        for p in [0, 1e-17, 1e-5, 0.1, 0.5, 0.9, 1 - 1e-9, mp.mpf(10) ** -30, mp.mpf(10) ** -300]:
            tail = p if 0 < p < mp.mpf(10) ** -29 else 1 - mp.mpf(p)
            x = m * mp.exp(-mp.log(tail) / a)
            if x > mp.mpf("1.7e308"):
                continue
            x = max(mp.mpf(float(x)), m)
            t = a * mp.log(x / m)
            logpdf = mp.log(a) - t - mp.log(x)
            yield a, m, x, logpdf, mp.exp(logpdf), -mp.expm1(-t), mp.exp(-t)


table("pareto", ["shape", "minimum", "x", "logpdf", "pdf", "cdf", "ccdf"], pareto_rows())
