"""Distributions of test statistics: Kolmogorov's by its recursion in exact fractions of mpmath, Anderson and Darling's limit by its
characteristic function, and two-sample p-values of SciPy.

Writes kolmogorov.tsv, kolmogorov_one_sided.tsv, anderson_darling.tsv and two_samples.tsv.
Run, in Scripts/reference: python3 samples.py
"""
import math
import random

import mpmath as mp
import scipy.stats

from tables import table

mp.mp.dps = 60


def kolmogorov(n, d):
    """P(D_n < d) by the matrix of Marsaglia, Tsang and Wang in 60 digits, which leaves some 40 of the tail."""
    nd = n * d
    k = int(mp.floor(nd)) + 1
    m, h = 2 * k - 1, k - nd
    H = mp.matrix(m, m)
    for i in range(m):
        for j in range(m):
            H[i, j] = 0 if i - j + 1 < 0 else 1
    for i in range(m):
        H[i, 0] -= h ** (i + 1)
        H[m - 1, i] -= h ** (m - i)
    H[m - 1, 0] += (2 * h - 1) ** m if 2 * h - 1 > 0 else 0
    for i in range(m):
        for j in range(m):
            if i - j + 1 > 0:
                H[i, j] /= mp.factorial(i - j + 1)
    return (H**n)[k - 1, k - 1] * mp.factorial(n) / mp.mpf(n) ** n


def one_sided(n, d):
    total = mp.mpf(0)
    for j in range(int(mp.floor(n * (1 - d))) + 1):
        total += mp.binomial(n, j) * (d + mp.mpf(j) / n) ** (j - 1) * (1 - d - mp.mpf(j) / n) ** (n - j)
    return d * total


rows, sides = [], []
for n in [1, 2, 3, 5, 10, 20, 50, 100]:
    for t in [0.3, 0.5, 0.7, 0.9, 1.2, 1.6, 1.99, 2.01, 2.5]:
        d = float(t / math.sqrt(n))
        if 0.5 / n < d < 1:
            rows.append([mp.mpf(n), mp.mpf(d), 1 - kolmogorov(n, mp.mpf(d))])
            sides.append([mp.mpf(n), mp.mpf(d), one_sided(n, mp.mpf(d))])
table("kolmogorov", ["n", "d", "tail"], rows)
table("kolmogorov_one_sided", ["n", "d", "tail"], sides)


def anderson_darling(z):
    """P(A^2 >= z) by the series of Anderson and Darling (1954) for the distribution function."""
    total = mp.mpf(0)
    for j in range(60):
        t = (4 * j + 1) ** 2 * mp.pi**2 / (8 * z)
        integral = mp.quad(lambda w: mp.exp(z / (8 * (w * w + 1)) - t * w * w), [0, 0.1, 0.5, 1, 3, mp.inf])
        term = mp.binomial(mp.mpf(-1) / 2, j) * (4 * j + 1) * mp.exp(-t) * integral
        total += term
        if abs(term) < mp.mpf(10) ** -40:
            break
    return 1 - mp.sqrt(2 * mp.pi) / z * total


mp.mp.dps = 40
table(
    "anderson_darling", ["z", "tail"],
    [[mp.mpf(z), anderson_darling(mp.mpf(z))] for z in [0.1, 0.2, 0.5, 1.0, 1.933, 2.492, 3.857, 6.0, 10.0]])

rows = []
rng = random.Random(2)
for n, m in [(1, 1), (3, 4), (5, 5), (7, 12), (20, 15), (40, 60)]:
    x = [rng.gauss(0, 1) for _ in range(n)]
    y = [rng.gauss(0.7, 1.5) for _ in range(m)]
    for alternative in ["two-sided", "greater", "less"]:
        test = scipy.stats.ks_2samp(x, y, alternative=alternative, method="exact")
        join = lambda values: " ".join(repr(v) for v in values)
        rows.append([join(x), join(y), alternative.replace("-", "_"), repr(float(test.statistic)), repr(float(test.pvalue))])
table("two_samples", ["x", "y", "alternative", "statistic", "p"], rows)
