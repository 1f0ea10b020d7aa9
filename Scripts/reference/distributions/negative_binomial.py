"""Reference values for the negative binomial distribution, in 50 digits, rounded to 17: the textbook formula and its sums.

Writes negative_binomial{,_entropy,_fit}.tsv.
Run, in Scripts/reference: python3 -m distributions.negative_binomial
"""
import mpmath as mp

from tables import table


def log_negative_binomial(x, r, p):
    return mp.loggamma(x + r) - mp.loggamma(r) - mp.loggamma(x + 1) + r * mp.log(p) + x * mp.log(1 - p)


def negative_binomial_rows():
    for r, p in [(1e-8, 0.5), (1e-8, 1e-8), (0.01, 0.3), (0.7, 1e-4), (1, 0.25), (2.5, 0.3), (2.5, 0.999), (10, 0.5), (15.5, 0.9),
                 (300.25, 0.02), (1e4, 0.5), (1e6, 0.01), (1e8, 0.7), (1e8, 1 - 2.0**-40), (3.5, 1e-8)]:
        with mp.workdps(80):
            size, exact = mp.mpf(r), mp.mpf(p)
            mean = r * (1 - p) / p
            sd = (mean / p) ** 0.5
            xs = {0, 1, 2, 5, 17, 40} | {int(mean + t * sd) for t in (-20, -6, -2, -0.5, 0, 0.5, 1, 4, 15)}
            for x in sorted(x for x in xs if x >= 0):
                logpdf = log_negative_binomial(mp.mpf(x), size, exact)
                yield size, exact, mp.mpf(x), logpdf, mp.exp(logpdf), *negative_binomial_tails(x, size, exact, mean)


def negative_binomial_tails(x, r, p, mean):
    """P(X <= x) and P(X > x), NaN where the sum would be too long."""
    with mp.workdps(40):
        if x < mean or x < 2000:
            if x > 300000:
                return tail_by_decay(x, r, p)
            total, term = mp.mpf(0), mp.exp(log_negative_binomial(mp.mpf(x), r, p))
            k = x
            while k >= 0 and term > total * mp.mpf(10) ** -35:
                total, term = total + term, term * k / ((k - 1 + r) * (1 - p)) if k else 0
                k -= 1
            if 1 - total > mp.mpf(10) ** -5:
                return total, 1 - total
        upper, k = mp.mpf(0), x + 1
        term, steps = mp.exp(log_negative_binomial(mp.mpf(k), r, p)), 0
        while term > upper * mp.mpf(10) ** -35:
            upper += term
            term *= (k + r) * (1 - p) / (k + 1)
            k += 1
            steps += 1
            if steps > 300000:
                return mp.nan, mp.nan
        return 1 - upper, upper


def tail_by_decay(x, r, p):
    total, term, k, steps = mp.mpf(0), mp.exp(log_negative_binomial(mp.mpf(x), r, p)), x, 0
    while k >= 0 and term > total * mp.mpf(10) ** -35:
        total, term = total + term, term * k / ((k - 1 + r) * (1 - p))
        k, steps = k - 1, steps + 1
        if steps > 300000:
            return mp.nan, mp.nan
    return total, 1 - total


def negative_binomial_entropy_rows():
    for r, p in [(1e-8, 0.5), (0.01, 0.3), (1, 0.25), (2.5, 0.3), (15.5, 0.9), (300.25, 0.2), (0.7, 0.01)]:
        with mp.workdps(30):
            size, exact, total, x = mp.mpf(r), mp.mpf(p), mp.mpf(0), 0
            mean = r * (1 - p) / p
            while True:
                v = log_negative_binomial(mp.mpf(x), size, exact)
                total -= mp.exp(v) * v
                if x > mean and -mp.exp(v) * v * (x + 1) < total * mp.mpf(10) ** -20:
                    break
                x += 1
            yield size, exact, total


table("negative_binomial", ["size", "p", "x", "logpdf", "pdf", "cdf", "ccdf"], negative_binomial_rows())
table("negative_binomial_entropy", ["size", "p", "entropy"], negative_binomial_entropy_rows())


def negative_binomial_fits():
    """Where the derivative by the size is zero; the mean is that of the data."""
    for counts in [[70, 38, 17, 10, 9, 3, 2, 1]]:
        total = sum(counts)
        mean = mp.fsum(x * c for x, c in enumerate(counts)) / total
        score = lambda r: mp.fsum(c * (mp.psi(0, x + r) - mp.psi(0, r)) for x, c in enumerate(counts)) - total * mp.log1p(mean / r)
        yield " ".join(map(str, counts)), mp.findroot(score, 1), mean


table("negative_binomial_fit", ["counts", "size", "mean"], negative_binomial_fits())
