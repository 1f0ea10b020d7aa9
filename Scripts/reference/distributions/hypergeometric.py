"""Reference values for the hypergeometric and beta-binomial distributions, in 50 digits, rounded to 17: the textbook formulas and their sums.

Writes {hypergeometric,beta_binomial,beta_binomial_fit}.tsv.
Run, in Scripts/reference: python3 -m distributions.hypergeometric
"""
import mpmath as mp

from tables import table


def log_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def finite_tails(log_probability, x, low, high):
    """P(X <= x) and P(X > x) from all terms."""
    with mp.workdps(40):
        lower = mp.fsum(mp.exp(log_probability(k)) for k in range(low, x + 1))
        upper = mp.fsum(mp.exp(log_probability(k)) for k in range(x + 1, high + 1))
    return lower, upper


def hypergeometric_rows():
    for N, K, n in [(10, 3, 4), (50, 5, 10), (20, 17, 12), (9, 9, 4), (1000, 400, 300), (1000, 999, 999), (10**6, 40, 3 * 10**5),
                    (10**9, 3 * 10**8, 10**6), (10**12, 4 * 10**11, 9 * 10**11), (10**12, 10**6, 10**6)]:
        low, high = max(0, n + K - N), min(n, K)
        mean = n * K / N
        sd = (mean * (1 - K / N) * (N - n) / (N - 1)) ** 0.5
        xs = {low, high} | {int(mean + t * sd) for t in (-25, -6, -2, 0, 1, 3, 8, 30)}
        for x in sorted(x for x in xs if low <= x <= high):
            with mp.workdps(80):
                log_probability = lambda k: log_choose(mp.mpf(K), mp.mpf(k)) + log_choose(mp.mpf(N - K), mp.mpf(n - k)) - log_choose(mp.mpf(N), mp.mpf(n))
                logpdf = log_probability(x)
                tails = finite_tails(log_probability, x, low, high) if high - low <= 400 else (mp.nan, mp.nan)
                yield mp.mpf(N), mp.mpf(K), mp.mpf(n), mp.mpf(x), logpdf, mp.exp(logpdf), *tails


def beta_binomial_rows():
    for n, a, b in [(1, 2, 3), (10, 2, 3), (10, 0.5, 0.5), (10, 1e-8, 1e-8), (10, 1e-8, 1e8), (12, 34.1, 31.6), (300, 400, 20), (300, 0.01, 2),
                    (200, 1e8, 2e8), (10**6, 3.5, 7.25), (10**7, 0.5, 1e4)]:
        a, b = mp.mpf(a), mp.mpf(b)
        mean = n * a / (a + b)
        sd = mp.sqrt(mean * b / (a + b) * (a + b + n) / (a + b + 1))
        xs = {0, 1, n} | {int(mean + t * sd) for t in (-6, -2, 0, 1, 3, 8)}
        for x in sorted(x for x in xs if 0 <= x <= n):
            with mp.workdps(80):
                log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
                log_probability = lambda k: log_choose(mp.mpf(n), mp.mpf(k)) + log_beta(k + a, n - k + b) - log_beta(a, b)
                logpdf = log_probability(x)
                tails = finite_tails(log_probability, x, 0, n) if n <= 400 else (mp.nan, mp.nan)
                yield mp.mpf(n), a, b, mp.mpf(x), logpdf, mp.exp(logpdf), *tails


table("hypergeometric", ["population", "successes", "draws", "x", "logpdf", "pdf", "cdf", "ccdf"], hypergeometric_rows())
table("beta_binomial", ["trials", "a", "b", "x", "logpdf", "pdf", "cdf", "ccdf"], beta_binomial_rows())


def beta_binomial_fits():
    """Where the score is zero."""
    for counts in [[3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]]:
        n = len(counts) - 1

        def score(a, b):
            by_sum = sum(counts) * (mp.psi(0, a + b) - mp.psi(0, n + a + b))
            by_a = mp.fsum(c * (mp.psi(0, x + a) - mp.psi(0, a)) for x, c in enumerate(counts))
            by_b = mp.fsum(c * (mp.psi(0, n - x + b) - mp.psi(0, b)) for x, c in enumerate(counts))
            return by_a + by_sum, by_b + by_sum

        a, b = mp.findroot(score, (34, 31))
        log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
        loglik = mp.fsum(c * (log_choose(mp.mpf(n), mp.mpf(x)) + log_beta(x + a, n - x + b) - log_beta(a, b)) for x, c in enumerate(counts))
        yield " ".join(map(str, counts)), a, b, loglik


table("beta_binomial_fit", ["counts", "a", "b", "loglik"], beta_binomial_fits())
