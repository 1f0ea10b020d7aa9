"""Reference values for the multinomial distribution, in 50 digits, rounded to 17: the textbook formula and enumeration.

Writes multinomial{,_sums}.tsv.
Run, in Scripts/reference: python3 -m distributions.multinomial
"""
import mpmath as mp

from tables import table


def multinomial_log(x, p):
    n = sum(x)
    if any(c > 0 and q == 0 for c, q in zip(x, p)):
        return -mp.inf
    total = mp.fsum(mp.mpf(q) for q in p)
    return mp.loggamma(n + 1) - mp.fsum(mp.loggamma(c + 1) for c in x) + mp.fsum(c * mp.log(mp.mpf(q) / total) for c, q in zip(x, p) if c)


def counts(n, d):
    if d == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in counts(n - first, d - 1):
            yield (first, *rest)


def multinomial_rows():
    for p, xs in [([0.2, 0.3, 0.5], [(0, 0, 0), (1, 2, 7), (10, 0, 0), (2, 3, 5), (200, 300, 500), (210, 290, 500), (0, 0, 1000)]),
                  ([0.6, 0.4], [(5, 5), (9, 1), (600000, 400000), (601000, 399000), (6 * 10**14, 4 * 10**14)]),
                  ([0.25, 0, 0.75], [(1, 0, 3), (1, 1, 2)]), ([1.0], [(7,)])]:
        for x in xs:
            with mp.workdps(80):
                yield " ".join(map(str, p)), " ".join(map(str, x)), multinomial_log(x, p)


def multinomial_sums():
    """Entropy, mode (the first of the most likely) and P(X <= x), by enumeration."""
    for n, p, x in [(10, [0.2, 0.3, 0.5], (3, 4, 6)), (7, [0.1, 0.2, 0.3, 0.4], (2, 2, 3, 3)), (30, [0.2, 0.3, 0.5], (5, 10, 16)),
                    (0, [0.5, 0.5], (0, 0)), (1, [0.7, 0.2, 0.1], (1, 0, 1)), (4, [0.25, 0.25, 0.25, 0.25], (2, 2, 2, 4))]:
        logs = {c: multinomial_log(c, p) for c in counts(n, len(p))}
        entropy = -mp.fsum(mp.exp(v) * v for v in logs.values())
        cdf = mp.fsum(mp.exp(v) for c, v in logs.items() if all(a <= b for a, b in zip(c, x)))
        yield str(n), " ".join(map(str, p)), " ".join(map(str, x)), entropy, cdf, max(logs.values())


table("multinomial", ["p", "x", "logpdf"], multinomial_rows())
table("multinomial_sums", ["trials", "p", "x", "entropy", "cdf", "logpdf of mode"], multinomial_sums())
