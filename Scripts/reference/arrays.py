"""Statistics of hard and ordinary vectors: sums, means and variances from exact fractions, quantiles from NumPy.

Writes Tests/KernelsTests/Reference/arrays.tsv: statistic, its argument, value, and the data; numbers as hexadecimal doubles.
Run: python3 Scripts/reference/arrays.py
"""
import fractions
import math
import random

import mpmath as mp
import numpy as np

from tables import table

mp.mp.dps = 700  # enough for squares of the largest next to those of the smallest doubles
random.seed(2)


def sample(n, f):
    return [float(f(i)) for i in range(n)]


vectors = {
    "normal": sample(25, lambda i: random.gauss(3, 2)),
    "pair": [1.5, -2.25],
    "equal": [0.1] * 7,
    "shifted": sample(40, lambda i: 1e9 + random.random()),
    "far": [1e16 + 2 * i * i for i in range(9)],
    "cancelling": [1e16, 1.0, -1e16, 3.0, 1e-3, 7e15, -7e15],
    "wide": sample(60, lambda i: random.choice((1, -1)) * 10 ** random.uniform(-18, 18)),
    "huge": sample(11, lambda i: random.uniform(1, 9) * 1e300),
    "largest": [1.7e308, 1.7e308, 1.6e308],
    "tiny": sample(11, lambda i: random.uniform(1, 9) * 1e-300),
    "subnormal": [5e-324, 2e-323, 0.0, 1e-322],
    "long": sample(100, lambda i: random.expovariate(1)),
}


def rounded(x):
    """The nearest double, infinity beyond the largest."""
    return float(mp.mpf(x))


def root(x):
    return rounded(mp.sqrt(mp.mpf(x.numerator) / x.denominator))


def number(x):
    return rounded(mp.mpf(x.numerator) / x.denominator)



def statistics():
    for name, x in vectors.items():
        exact = [fractions.Fraction(v) for v in x]
        n = len(x)
        mean = sum(exact) / n
        squares = sum((v - mean) ** 2 for v in exact)
        rows = [
            ("sum", 0, number(sum(exact))),
            ("mean", 0, number(mean)),
            ("variance", 1, number(squares / (n - 1))),
            ("variance", 0, number(squares / n)),
            ("sd", 1, root(squares / (n - 1))),
            ("norm", 0, root(sum(v * v for v in exact))),
        ]
        if name == "largest":  # the sum itself is beyond the doubles
            rows = [row for row in rows if row[0] != "sum"]
        if name in ("normal", "pair", "equal", "long", "huge"):
            for p in (0, 0.025, 0.25, 1 / 3, 0.5, 0.9, 1):
                rows.append(("quantile", p, float(np.quantile(x, p, method="linear"))))
        for statistic, argument, value in rows:
            data = " ".join(v.hex() for v in x)
            yield statistic, str(argument), value.hex(), data


table("arrays", ["statistic", "argument", "value", "data"], statistics())
