"""Reference values for the binomial distribution, in 50 digits, rounded to 17: the textbook formula and its sums.

Writes binomial{,_entropy}.tsv.
Run, in Scripts/reference: python3 -m distributions.binomial
"""
import mpmath as mp

from tables import table


def log_binomial(n, x, p):
    if p == 0 or p == 1:
        return mp.mpf(0) if x == n * p else -mp.inf
    return mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1) + x * mp.log(p) + (n - x) * mp.log(1 - p)


def tail(n, x, p, step):
    """The sum of the probabilities of x, x + step, ..., to 25 digits."""
    if p in (0, 1) or not 0 <= x <= n:
        return mp.fsum(mp.exp(log_binomial(n, k, p)) for k in (range(x, n + 1) if step > 0 else range(0, x + 1)))
    total, term, odds = mp.mpf(0), mp.exp(log_binomial(n, x, p)), p / (1 - p)
    while 0 <= x <= n and term > total * mp.mpf(10) ** -25:
        total += term
        term *= (n - x) * odds / (x + 1) if step > 0 else x / (odds * (n - x + 1))
        x += step
    return total


def binomial_rows():
    for n, p in [(0, 0.3), (1, 0.5), (10, 0.3), (10, 0.6), (7, 0), (7, 1), (100, 0.8), (100, 0.35), (1000, 1e-3), (1000, 1e-300),
                 (10**6, 0.3), (10**6, 1e-6), (10**8, 0.5), (10**9, 0.3), (10**15, 0.1), (2**53 - 1, 1e-15)]:
        sd = (n * p * (1 - p)) ** 0.5
        xs = {0, n} if n <= 1000 else set()
        xs |= {int(n * p + t * sd) for t in (-30, -8, -3, -1, 0, 1, 2.5, 6, 12, 35)} | {int(n * p), int(n * p) + 1}
        for x in sorted(x for x in xs if 0 <= x <= n):
            exact = mp.mpf(p)
            logpdf = log_binomial(mp.mpf(n), mp.mpf(x), exact) if n < 10**12 else deep(n, x, exact)
            if n > 10**9:
                cdf = ccdf = mp.nan
            else:
                cdf, ccdf = tail(n, x, exact, -1), tail(n, x + 1, exact, 1)
            yield mp.mpf(n), exact, mp.mpf(x), logpdf, mp.exp(logpdf), cdf, ccdf


def deep(n, x, p):
    with mp.workdps(90):
        return log_binomial(mp.mpf(n), mp.mpf(x), p)


def binomial_entropy_rows():
    for n, p in [(1, 0.5), (1, 0.1), (10, 0.3), (100, 0.8), (1000, 0.001), (10**4, 0.25), (10**6, 0.4), (10**7, 0.4)]:
        exact, sd = mp.mpf(p), (n * p * (1 - p)) ** 0.5
        low, high = max(0, int(n * p - 14 * sd - 40)), min(n, int(n * p + 14 * sd + 40))
        with mp.workdps(30):
            logs, value = [], log_binomial(mp.mpf(n), mp.mpf(low), exact)
            total, term, odds = mp.mpf(0), mp.exp(value), exact / (1 - exact)
            for x in range(low, high + 1):
                total -= term * mp.log(term)
                term *= (n - x) * odds / (x + 1)
        yield mp.mpf(n), exact, total


table("binomial", ["trials", "p", "x", "logpdf", "pdf", "cdf", "ccdf"], binomial_rows())
table("binomial_entropy", ["trials", "p", "entropy"], binomial_entropy_rows())
