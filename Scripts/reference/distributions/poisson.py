"""Reference values for the Poisson distribution, in 50 digits, rounded to 17: the textbook formula and its sums.

Writes poisson{,_entropy}.tsv.
Run, in Scripts/reference: python3 -m distributions.poisson
"""
import mpmath as mp

from tables import table


def log_poisson(x, l):
    return x * mp.log(l) - l - mp.loggamma(x + 1)


def poisson_rows():
    for l in [1e-8, 0.3, 1, 4.2, 9.99, 10, 123.4, 1e4, 1e6, 1e8]:
        rate, sd = mp.mpf(l), l**0.5
        xs = {0, 1, 2, 7} | {int(l + t * sd) for t in (-30, -8, -2, 0, 1, 3, 7, 12, 35)} | {int(l) + 1}
        for x in sorted(x for x in xs if x >= 0):
            with mp.workdps(70):
                logpdf = log_poisson(mp.mpf(x), rate)
            yield rate, mp.mpf(x), logpdf, mp.exp(logpdf), *poisson_tails(x, rate)


def poisson_tails(x, rate):
    """P(X <= x) and P(X > x): the shorter sum by its terms, the other as what is left."""
    lower, upper = mp.mpf(0), mp.mpf(0)
    with mp.workdps(40):
        if x < rate:
            term, k = mp.exp(log_poisson(mp.mpf(x), rate)), mp.mpf(x)
            while k >= 0 and term > lower * mp.mpf(10) ** -30:
                lower, term, k = lower + term, term * k / rate, k - 1
            return lower, 1 - lower
        term, k = mp.exp(log_poisson(mp.mpf(x + 1), rate)), mp.mpf(x + 1)
        while term > upper * mp.mpf(10) ** -30:
            upper, k = upper + term, k + 1
            term = term * rate / k
        return 1 - upper, upper


def poisson_entropy_rows():
    for l in [1e-8, 0.3, 1, 4.2, 123.4, 9999, 10001, 1e5]:
        with mp.workdps(30):
            rate = mp.mpf(l)
            low, high = max(0, int(l - 14 * l**0.5 - 40)), int(l + 14 * l**0.5 + 60)
            yield rate, -mp.fsum(mp.exp(v) * v for v in (log_poisson(mp.mpf(x), rate) for x in range(low, high + 1)))


table("poisson", ["lambda", "x", "logpdf", "pdf", "cdf", "ccdf"], poisson_rows())
table("poisson_entropy", ["lambda", "entropy"], poisson_entropy_rows())
