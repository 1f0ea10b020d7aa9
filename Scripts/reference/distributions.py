"""Reference values for the distributions, in 50 digits, rounded to 17: from the textbook formulas, with sums where a series is
exact and quadrature where there is no closed form.

Writes Tests/KernelsTests/Reference/{normal,binomial,mvnormal,multinomial,poisson,geometric,negative_binomial,hypergeometric,beta_binomial}*.tsv.
Run: python3 Scripts/reference/distributions.py
"""
import itertools
import pathlib

import mpmath as mp

mp.mp.dps = 50
folder = pathlib.Path(__file__).parents[2] / "Tests/KernelsTests/Reference"


def table(name, header, rows):
    with (folder / f"{name}.tsv").open("w") as file:
        file.write("\t".join(header) + "\n")
        for row in rows:
            file.write("\t".join(x if isinstance(x, str) else cell(x) for x in row) + "\n")


def cell(x):
    return repr(float(x)) if mp.isfinite(x) else str(float(x))


# Normal

def normal_rows():
    for mu, sigma in [(0, 1), (2.5, 0.3), (-1e10, 1e-5), (0, 1e-300), (1e300, 1e299), (54.6, 5.87)]:
        mu, sigma = mp.mpf(mu), mp.mpf(sigma)
        for z in [-38, -20, -8.3, -5, -2, -1, -0.1, 0, 1e-8, 0.3, 0.67, 1.5, 3, 4.7, 6, 9, 15, 26.5, 37.5, 39, 1e5]:
            x = mp.mpf(float(mu + sigma * mp.mpf(z)))
            t = (x - mu) / sigma
            logpdf = -t * t / 2 - mp.log(sigma) - mp.log(2 * mp.pi) / 2
            yield mu, sigma, x, logpdf, mp.exp(logpdf), mp.ncdf(t), mp.ncdf(-t)


def normal_quantile_rows():
    def quantile(p):
        return -mp.sqrt(2) * mp.erfinv(1 - 2 * p) if p > mp.mpf("1e-15") else tail_quantile(p)

    def tail_quantile(p):
        guess = -mp.sqrt(-2 * mp.log(p * mp.sqrt(-4 * mp.pi * mp.log(p))))
        with mp.workdps(400):
            return mp.findroot(lambda z: mp.log(mp.erfc(-z / mp.sqrt(2)) / 2) - mp.log(p), guess)

    ps = [5e-324, 1e-320, 1e-308, 1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-16, 1e-12, 1.4e-11, 1e-8, 1e-5, 0.001, 0.025, 0.0749]
    ps += [0.0751, 0.1, 0.25, 0.4, 0.4999999, 0.5, 0.5000001, 0.6, 0.9, 0.925, 0.926, 0.975, 0.999, 1 - 2.0**-30, 1 - 2.0**-53]
    for p in ps:
        yield mp.mpf(0), mp.mpf(1), mp.mpf(p), quantile(mp.mpf(p))
    for p in [0.001, 0.3, 0.99]:
        yield mp.mpf(-5), mp.mpf(0.25), mp.mpf(p), -5 + quantile(mp.mpf(p)) / 4


table("normal", ["mu", "sigma", "x", "logpdf", "pdf", "cdf", "ccdf"], normal_rows())
table("normal_quantile", ["mu", "sigma", "p", "quantile"], normal_quantile_rows())

# Binomial

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

# Multivariate normal

def mvnormal_rows():
    cases = {
        "plane": ([1, -2], [[4, 1.2], [1.2, 0.5]]),
        "narrow": ([0, 0], [[1, 0.9999999], [0.9999999, 1]]),
        "geyser": ([4.29, 79.97], [[0.17, 0.94], [0.94, 36.0]]),
        "space": ([0, 1, 2], [[2, 0.5, 0.1], [0.5, 1, -0.3], [0.1, -0.3, 3]]),
        "scales": ([0, 0, 0], [[1e-20, 0, 0], [0, 1, 0.5e10], [0, 0.5e10, 1e20]]),
    }
    for name, (mu, cov) in cases.items():
        exact, centre = mp.matrix([[mp.mpf(c) for c in row] for row in cov]), mp.matrix([mp.mpf(m) for m in mu])
        for shift in [0, 0.5, -1, 3, 20]:
            x = mp.matrix([mp.mpf(float(centre[i] + shift * (-1) ** i * mp.sqrt(exact[i, i]))) for i in range(len(mu))])
            d = x - centre
            square = (d.T * mp.lu_solve(exact, d))[0]
            logpdf = -square / 2 - mp.log(mp.det(exact)) / 2 - len(mu) * mp.log(2 * mp.pi) / 2
            yield name, *[str(len(mu))], *([*x] + [mp.mpf(0)] * (3 - len(mu))), logpdf


def bivariate_rows():
    """P(X < h, Y < k) for correlation r: Sheppard's integral of the conditional distribution."""
    for r in [-0.999999, -0.95, -0.5, 0, 0.3, 0.8, 0.99, 0.9999999]:
        for h, k in [(0, 0), (1, -0.5), (-3, -2), (2.5, 4), (-10, -9), (-1, 1), (-8, 8.0001), (5, -6), (-30, -2)]:
            rho, s = mp.mpf(r), mp.sqrt(1 - mp.mpf(r) ** 2)
            with mp.workdps(40):
                log_f = lambda x: -x * x / 2 + mp.log(mp.ncdf((k - rho * x) / s))
                grid = [mp.mpf(h) - 45 * mp.mpf(i) / 4000 for i in range(4001)]
                top = max(grid, key=log_f)
                # Panels shrink towards the peak and towards where the conditional probability jumps.
                points = {mp.mpf(h), mp.mpf(h) - 45, top}
                for centre in [top, mp.mpf(h)] + ([mp.mpf(k) / rho] if r else []):
                    points |= {centre + sign * mp.mpf(2) ** -i for sign in (-1, 1) for i in range(-5, 14)}
                points = sorted(p for p in points if h - 45 <= p <= h)
                value = mp.quad(lambda x: mp.exp(log_f(x) - log_f(top)), points) * mp.exp(log_f(top)) / mp.sqrt(2 * mp.pi)
            yield mp.mpf(h), mp.mpf(k), rho, value


def factor_rows():
    """P(X < x) where X_i = l_i T + sqrt(1 - l_i^2) E_i: a single integral, whatever the dimension."""
    for loadings, x in [([0.5] * 3, [0, 0, 0]), ([0.9, 0.3, -0.5], [1, 0.5, 2]), ([0.7] * 5, [0, 0, 0, 0, 0]),
                        ([0.2, 0.4, 0.6, 0.8, 0.95], [-1, 0, 1, 0.5, -0.5]), ([0.6] * 8, [1.5] * 8), ([0.3] * 20, [2] * 20)]:
        f = lambda t: mp.npdf(t) * mp.fprod(mp.ncdf((b - mp.mpf(l) * t) / mp.sqrt(1 - mp.mpf(l) ** 2)) for l, b in zip(loadings, x))
        value = mp.quad(f, [-12, -6, -3, -1, 0, 1, 3, 6, 12])
        yield " ".join(map(str, loadings)), " ".join(map(str, x)), value


table("mvnormal", ["case", "d", "x1", "x2", "x3", "logpdf"], mvnormal_rows())
table("mvnormal_bivariate", ["h", "k", "r", "cdf"], bivariate_rows())
table("mvnormal_factor", ["loadings", "x", "cdf"], factor_rows())

# Multinomial

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

# Families over integers. Cumulative sums are of textbook probabilities in 50 digits, or regularised integrals where sums are long.

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
