"""Reference values for the distributions, in 50 digits, rounded to 17: from the textbook formulas, with sums where a series is
exact and quadrature where there is no closed form.

Writes the tables of the distributions in Tests/KernelsTests/Reference.
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

# Families on the half line. Columns: parameters, x, logpdf, pdf, cdf, ccdf. Arguments are doubles, chosen by `places`.

places = [1e-300, 1e-100, 1e-20, 1e-8, 0.001, 0.1, 0.5, 0.9, 0.99, 1 + 1e-9, 1.1, 1.7, 3, 8, 25, 90, 600]


def half_line(name, parameters, xs, log_density, tails):
    rows = []
    for values in parameters:
        exact = [mp.mpf(v) for v in values]
        for x in sorted({float(x) for x in xs(*exact)}):
            if 0 < x < 1e308:
                logpdf = log_density(mp.mpf(x), *exact)
                rows.append([*exact, mp.mpf(x), logpdf, mp.exp(logpdf), *tails(mp.mpf(x), *exact)])
    table(name, [f"p{i + 1}" for i in range(len(parameters[0]))] + ["x", "logpdf", "pdf", "cdf", "ccdf"], rows)


def lower_sum(a, y):
    """P(a, y) by y^a e^-y / gamma(a)."""
    total = term = 1 / a
    n = 0
    while term > total * mp.eps:
        n += 1
        term *= y / (a + n)
        total += term
    return total


def gamma_tails(a, y):
    """P(a, y) and Q(a, y): for large integers a by their sums, whose terms are all positive."""
    if a < 10**4:
        with mp.workdps(330):
            lower = lower_sum(a, y) * mp.exp(a * mp.log(y) - y - mp.loggamma(a))
            return lower, 1 - lower
    base = mp.exp(a * mp.log(y) - y - mp.loggamma(a))
    if y < a:
        lower = lower_sum(a, y) * base
        return lower, 1 - lower
    upper = term = 1 / y
    n = 0
    while term > upper * mp.mpf(10) ** -30 and n < a:
        n += 1
        term *= (a - n) / y
        upper += term
    return lower_sum(a, y) * base, upper * base


def gamma_places(a):
    if a > 20:
        return [a + z * mp.sqrt(a) for z in (-25, -8, -3, -1, -1e-4, 0, 0.01, 1, 4, 12, 30) if a + z * mp.sqrt(a) > 0] + [a / 1000]
    return [mp.mpf(p) for p in places]


def exponential():
    half_line("exponential", [(1,), (1e-8,), (1e8,), (0.3,)], lambda r: [p / r for p in places + [1e-310, 744]],
              lambda x, r: mp.log(r) - r * x, lambda x, r: (-mp.expm1(-r * x), mp.exp(-r * x)))


def lognormal():
    zs = [-38, -20, -6, -2, -0.5, -1e-6, 0.1, 1, 3, 9, 30, 38]
    half_line("lognormal", [(0, 1), (2, 0.3), (-20, 0.01), (600, 0.01), (1, 1e-5), (5, 50), (-1, 1e8)],
              lambda m, s: [mp.exp(m + s * z) for z in zs if abs(m + s * z) < 709] + [5e-324, 1e-310, 1e300],
              lambda x, m, s: -((mp.log(x) - m) / s) ** 2 / 2 - mp.log(s * x) - mp.log(2 * mp.pi) / 2,
              lambda x, m, s: (mp.ncdf((mp.log(x) - m) / s), mp.ncdf((m - mp.log(x)) / s)))


gammas = [(1e-8, 1), (0.001, 2), (0.3, 1e8), (1, 1e-8), (1.5, 1), (2, 0.5), (8.25, 3), (50.5, 1), (1000, 7), (10**6, 1e-8), (10**8, 0.1)]


def gamma():
    half_line("gamma", gammas, lambda a, r: [y / r for y in gamma_places(a)] + [1e-310],
              lambda x, a, r: a * mp.log(r) + (a - 1) * mp.log(x) - r * x - mp.loggamma(a),
              lambda x, a, r: gamma_tails(a, r * x))


def inverse_gamma():
    half_line("inverse_gamma", gammas, lambda a, b: [b / y for y in gamma_places(a)] + [1e300],
              lambda x, a, b: a * mp.log(b) - (a + 1) * mp.log(x) - b / x - mp.loggamma(a),
              lambda x, a, b: gamma_tails(a, b / x)[::-1])


def chi_squared():
    half_line("chi_squared", [(1e-8,), (0.5,), (1,), (2,), (7,), (300,), (2 * 10**8,)], lambda k: [2 * y for y in gamma_places(k / 2)],
              lambda x, k: (k / 2 - 1) * mp.log(x) - x / 2 - k / 2 * mp.log(2) - mp.loggamma(k / 2),
              lambda x, k: gamma_tails(k / 2, x / 2))


def weibull():
    ts = [1e-300, 1e-30, 1e-8, 0.01, 0.3, 1, 1.5, 6, 40, 300, 740]
    half_line("weibull", [(1e-8, 1), (0.01, 1), (0.5, 1e8), (1, 2), (2, 1e-8), (3.6, 0.7), (300, 5), (1e8, 1e8)],
              lambda k, s: [s * mp.exp(mp.log(t) / k) for t in ts if abs(mp.log(t) / k) < 650] + [1e-310, s / 3],
              lambda x, k, s: mp.log(k / s) + (k - 1) * mp.log(x / s) - (x / s) ** k,
              lambda x, k, s: (-mp.expm1(-((x / s) ** k)), mp.exp(-((x / s) ** k))))


def half_normal():
    half_line("half_normal", [(1,), (1e-8,), (1e8,), (2.5,)], lambda s: [s * z for z in [1e-310, 1e-100, 1e-8, 0.01, 0.4, 1, 2, 5, 9, 30, 37.5]],
              lambda x, s: mp.log(2 / mp.pi) / 2 - mp.log(s) - (x / s) ** 2 / 2,
              lambda x, s: (mp.erf(x / s / mp.sqrt(2)), mp.erfc(x / s / mp.sqrt(2))))


for write in [exponential, lognormal, gamma, inverse_gamma, chi_squared, weibull, half_normal]:
    write()


def moments():
    """Mean, variance and entropy, from the closed forms."""
    for r in [1e-8, 3.0]:
        yield "exponential", str(r), 1 / mp.mpf(r), 1 / mp.mpf(r) ** 2, 1 - mp.log(mp.mpf(r))
    for m, s in [(0, 1), (-3, 0.01), (2, 1e-8)]:
        v = mp.mpf(s) ** 2
        mean = mp.exp(m + v / 2)
        yield "lognormal", f"{m} {s}", mean, mean**2 * mp.expm1(v), m + mp.log(2 * mp.pi * mp.e * v) / 2
    for a, r in [(1e-8, 1), (0.3, 4), (1, 1), (2.5, 0.1), (40, 2), (1e8, 3)]:
        a, r = mp.mpf(a), mp.mpf(r)
        entropy = a + mp.loggamma(a) - a * mp.psi(0, a)
        yield "gamma", f"{a} {r}", a / r, a / r**2, entropy + mp.psi(0, a) - mp.log(r)
        yield "chi_squared", f"{2 * a}", 2 * a, 4 * a, entropy + mp.psi(0, a) + mp.log(2)
        mean = r / (a - 1) if a > 1 else mp.inf
        variance = mean**2 / (a - 2) if a > 2 else mp.inf if a > 1 else mp.nan
        yield "inverse_gamma", f"{a} {r}", mean, variance, entropy - mp.psi(0, a) + mp.log(r)
    for k, s in [(0.1, 1), (1, 3), (1.7, 1e-8), (50, 1), (199, 2), (201, 2), (1e4, 2), (1e8, 1)]:
        k, s = mp.mpf(k), mp.mpf(s)
        mean, square = mp.gamma(1 + 1 / k), mp.gamma(1 + 2 / k)
        yield "weibull", f"{k} {s}", s * mean, s**2 * (square - mean**2), mp.euler * (1 - 1 / k) + mp.log(s / k) + 1
    yield "half_normal", "2.5", 2.5 * mp.sqrt(2 / mp.pi), 6.25 * (1 - 2 / mp.pi), mp.log(mp.pi * mp.e * 6.25 / 2) / 2


table("moments", ["family", "parameters", "mean", "variance", "entropy"], moments())


# Location and scale: Laplace, logistic, Cauchy, Gumbel

def laplace(z):
    tail = mp.exp(-abs(z)) / 2
    return -abs(z) - mp.log(2), *((tail, 1 - tail) if z < 0 else (1 - tail, tail))


def logistic(z):
    return -z - 2 * mp.log(1 + mp.exp(-z)), 1 / (1 + mp.exp(-z)), 1 / (1 + mp.exp(z))


def cauchy(z):
    def tail(z):
        return mp.atan(1 / z) / mp.pi if z > 0 else mp.mpf(1) / 2 + mp.atan(-z) / mp.pi
    return -mp.log(mp.pi * (1 + z * z)), tail(-z), tail(z)


def gumbel(z):
    return -z - mp.exp(-z), mp.exp(-mp.exp(-z)), -mp.expm1(-mp.exp(-z))


def location_scale_rows(standard, zs):
    for location, scale in [(0, 1), (2.5, 0.3), (-1e10, 1e-5), (0, 1e-300), (1e300, 1e299), (-3, 1e-8), (5, 1e8)]:
        location, scale = mp.mpf(location), mp.mpf(scale)
        for z in zs:
            x = mp.mpf(float(location + scale * mp.mpf(z)))
            logpdf, cdf, ccdf = standard((x - location) / scale)
            logpdf -= mp.log(scale)
            yield location, scale, x, logpdf, mp.exp(logpdf), cdf, ccdf


def location_scale_quantile_rows(quantile):
    ps = [5e-324, 1e-310, 1e-300, 1e-100, 1e-17, 1e-8, 0.001, 0.1, 0.2499, 0.25, 0.3, 0.36787944117144233, 0.4999999, 0.5,
          0.5000001, 0.6, 0.75, 0.7501, 0.9, 0.999, 1 - 2.0**-30, 1 - 2.0**-53]
    for p in ps:
        yield mp.mpf(0), mp.mpf(1), mp.mpf(p), quantile(mp.mpf(p))
    for p in [0.001, 0.3, 0.99]:
        yield mp.mpf(-5), mp.mpf(0.25), mp.mpf(p), -5 + quantile(mp.mpf(p)) / 4


def cauchy_quantile(p):
    return -1 / mp.tan(mp.pi * p) if p < mp.mpf(1) / 4 else mp.tan(mp.pi * (p - mp.mpf(1) / 2))


wide = [-740, -600, -100, -38, -8.3, -2, -1, -0.9, -0.1, 0, 1e-8, 0.3, 0.67, 1.5, 3, 9, 37.5, 200, 650, 744]
for name, standard, quantile, zs in [
    ("laplace", laplace, lambda p: mp.log(2 * p) if 2 * p < 1 else -mp.log(2 * (1 - p)), wide),
    ("logistic", logistic, lambda p: mp.log(p / (1 - p)), wide),
    ("cauchy", cauchy, cauchy_quantile, wide + [2.4, 2.5, -1e5, 1e7, 1e9, -1e15]),
    ("gumbel", gumbel, lambda p: -mp.log(-mp.log(p)), [-6.5, -5, -4.2] + wide[4:]),
]:
    table(name, ["location", "scale", "x", "logpdf", "pdf", "cdf", "ccdf"], location_scale_rows(standard, zs))
    table(f"{name}_quantile", ["location", "scale", "p", "quantile"], location_scale_quantile_rows(quantile))
table("cauchy_far", ["x", "logpdf", "pdf", "cdf", "ccdf"],
      ((x, (v := cauchy(x))[0], mp.exp(v[0]), v[1], v[2]) for x in map(mp.mpf, [1e100, -1e153, 1e160, 1e300, -1e308])))

# Pareto

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

# Inverse Gaussian

def inverse_gaussian(mu, lam, x):
    with mp.workdps(120):
        root = mp.sqrt(lam / x)
        a, b = root * (x / mu - 1), root * (x / mu + 1)
        tail = lambda z: mp.erfc(z / mp.sqrt(2)) / 2
        # For large b, exp(2 lambda / mu) P(Z > b) by itself overflows nothing here: mpmath's exponents are unbounded.
        second = mp.exp(2 * lam / mu) * tail(b)
        return tail(-a) + second, tail(a) - second


def inverse_gaussian_rows():
    for mu, lam in [(1, 1), (2, 0.3), (0.5, 40), (1e8, 1e8), (1e-8, 1e-8), (1, 1e-8), (1e8, 1e-8), (1, 1e6), (3, 1e8), (1e100, 1e101)]:
        mu, lam = mp.mpf(mu), mp.mpf(lam)
        # Where the tail of small values is exp(-q), the body, and where that of large values is.
        sd = mp.sqrt(mu**3 / lam)
        xs = [1 / (1 / mu + 2 * q / lam) for q in (700, 300, 30, 5)] + [mu * f for f in (mp.mpf("0.3"), mp.mpf("0.9"), 1, mp.mpf("1.2"), 3)]
        xs += [mu + t * sd / mp.sqrt(1 + sd / mu) for t in (-3, -1, 1, 3, 6)] + [mu + 2 * q * mu * mu / lam for q in (1, 30, 300, 650)]
        for x in sorted({float(x) for x in xs if x > 0}):
            x = mp.mpf(x)
            cdf, ccdf = inverse_gaussian(mu, lam, x)
            if cdf < mp.mpf("1e-320") or ccdf < mp.mpf("1e-320"):
                continue
            logpdf = mp.log(lam / (2 * mp.pi * x**3)) / 2 - lam * (x - mu) ** 2 / (2 * mu**2 * x)
            yield mu, lam, x, logpdf, mp.exp(logpdf), cdf, ccdf


def inverse_gaussian_entropies():
    for mu, lam in [(1, 1), (2, 0.3), (0.5, 40), (1, 1e-8), (3, 1e8), (1, 249), (1, 251)]:
        mu, lam = mp.mpf(mu), mp.mpf(lam)
        y = 2 * lam / mu
        yield mu, lam, mp.log(2 * mp.pi * mp.e * mu**3 / lam) / 2 - mp.mpf(3) / 2 * mp.exp(y) * mp.e1(y)


table("inverse_gaussian", ["mu", "lambda", "x", "logpdf", "pdf", "cdf", "ccdf"], inverse_gaussian_rows())
table("inverse_gaussian_entropy", ["mu", "lambda", "entropy"], inverse_gaussian_entropies())

# Weighted maximum likelihood: the score's root

def location_scale_fits():
    x = [mp.mpf(str(v)) for v in (1.2, -0.5, 3.3, 2.1, 0.4, 7.9, 1.7, 1.2)]
    w = [1, 2, 1, mp.mpf("0.5"), 1, 1, 3, 0]
    logs = {
        "logistic": lambda z: logistic(z)[0],
        "cauchy": lambda z: cauchy(z)[0],
        "gumbel": lambda z: gumbel(z)[0],
    }
    for name, log_f in logs.items():
        mean = lambda m, s: mp.fsum(b * (log_f((a - m) / s) - mp.log(s)) for a, b in zip(x, w))
        score = lambda m, s: (mp.diff(mean, (m, s), (1, 0)), mp.diff(mean, (m, s), (0, 1)))
        with mp.workdps(40):
            root = mp.findroot(score, (mp.mpf("1.4"), mp.mpf("0.9")))
        yield name, root[0], root[1]


table("location_scale_fit", ["family", "location", "scale"], location_scale_fits())

# Triangular

def triangular_rows():
    for a, b, c in [(0, 1, 0.3), (-2, 5, -2), (1, 4, 4), (1e8, 1e8 + 1, 1e8 + 0.25), (-1e300, 1e300, 1e299), (0, 1, 1e-8), (-1e-300, 3e-300, 0)]:
        a, b, c = mp.mpf(a), mp.mpf(b), mp.mpf(c)
        for p in [0, 1e-300, 1e-12, 0.1, 0.3, 0.5, 0.77, 0.999, 1 - 1e-9, 1]:
            x = mp.mpf(float(a + (b - a) * mp.mpf(p)))
            low, high = (x - a) / (b - a), (b - x) / (b - a)
            pdf = 2 / (b - a) * (1 if x == c else (x - a) / (c - a) if x < c else (b - x) / (b - c))
            cdf = low * (x - a) / (c - a) if x < c else 1 - (high * (b - x) / (b - c) if b > c else 0)
            ccdf = high * (b - x) / (b - c) if x > c else 1 - (low * (x - a) / (c - a) if c > a else 0)
            yield a, b, c, x, mp.log(pdf) if pdf else -mp.inf, pdf, cdf, ccdf


def triangular_fit(x, w):
    """The best of all peaks; for each, with s = c - a, t = b - c and d the distances to the left: sum w d / (s - d) = W s / (s + t), and
    the same to the right. The share s / (s + t) is found by bisection, the sides for it too."""
    total, best = mp.fsum(w), None

    def bisect(f, low, high):
        for _ in range(130):
            middle = (low + high) / 2
            low, high = (middle, high) if f(middle) > 0 else (low, middle)
        return (low + high) / 2

    for c in sorted(set(x)):
        left = [(c - v, u) for v, u in zip(x, w) if v < c]
        right = [(v - c, u) for v, u in zip(x, w) if v > c]

        def side(points, share):
            if not points:
                return mp.mpf(0)
            furthest = max(d for d, _ in points)
            return bisect(lambda s: mp.fsum(u * d / (s - d) for d, u in points) - total * share, furthest, furthest * mp.mpf(10) ** 4)

        share = mp.mpf(0) if not left else mp.mpf(1) if not right else bisect(
            lambda p: (lambda s, t: s / (s + t) - p)(side(left, p), side(right, 1 - p)), mp.mpf("0.001"), mp.mpf("0.999"))
        s, t = side(left, share), side(right, 1 - share)
        value = -total * mp.log(s + t) + mp.fsum(u * mp.log(1 - d / s) for d, u in left) + mp.fsum(u * mp.log(1 - d / t) for d, u in right)
        if best is None or value > best[0]:
            best = value, c - s, c + t, c
    return best[1:]


def triangular_fits():
    for x, w in [([1.2, -0.5, 3.3, 2.1, 0.4, 7.9, 1.7], [1, 2, 1, 0.5, 1, 1, 3]), ([1, 2, 3, 4, 10], [1, 1, 1, 1, 1]), ([0, 1], [1, 3]),
                 ([2, 2.5, 3, 3.2, 3.3, 3.35, 3.5, 4, 5, 1], [1, 1, 2, 1, 1, 1, 1, 1, 1, 0.5]),
                 ([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9], [1] * 15)]:
        with mp.workdps(40):
            fit = triangular_fit([mp.mpf(v) for v in x], [mp.mpf(u) for u in w])
        yield " ".join(map(str, x)), " ".join(map(str, w)), *fit


table("triangular", ["a", "b", "c", "x", "logpdf", "pdf", "cdf", "ccdf"], triangular_rows())
table("triangular_fit", ["x", "weights", "a", "b", "c"], triangular_fits())

# Von Mises

def von_mises_tail(kappa, t):
    """P(X > t), t >= 0, over panels that shrink towards t."""
    if t >= mp.pi:
        return mp.mpf(0)
    scale = min(mp.pi - t, 1 / mp.sqrt(1 + kappa), 1 / (1 + kappa * abs(mp.sin(t))))
    points = [t + scale * k for k in range(0, 140, 2) if t + scale * k < mp.pi] + [mp.pi]
    shift = mp.quad(lambda x: mp.exp(kappa * (mp.cos(x) - mp.cos(t))), points)
    return shift * mp.exp(kappa * mp.cos(t)) / (2 * mp.pi * mp.besseli(0, kappa))


def von_mises_rows():
    for kappa in [0, 1e-8, 0.5, 3, 19.9, 20.1, 700, 1e6, 1e8]:
        kappa = mp.mpf(kappa)
        for z in [0, 1e-8, 0.3, 1, 2.9, 6, 20]:
            for sign in (-1, 1):
                x = mp.mpf(float(sign * mp.mpf(z) / mp.sqrt(1 + kappa)))
                if abs(x) > mp.pi:
                    continue
                logpdf = kappa * mp.cos(x) - mp.log(2 * mp.pi * mp.besseli(0, kappa))
                with mp.workdps(25):
                    tail = von_mises_tail(kappa, abs(x))
                yield kappa, x, logpdf, mp.exp(logpdf), *((tail, 1 - tail) if x < 0 else (1 - tail, tail))


def von_mises_moments():
    for kappa in [0, 1e-8, 0.5, 3, 19.9, 20.1, 700, 1e6]:
        kappa = mp.mpf(kappa)
        zeroth, first = mp.besseli(0, kappa), mp.besseli(1, kappa)
        scale = 1 / mp.sqrt(1 + kappa)
        with mp.workdps(25):
            points = [scale * k for k in range(0, 24) if scale * k < mp.pi] + ([mp.pi] if 24 * scale > mp.pi else [])
            variance = mp.quad(lambda t: t * t * mp.exp(kappa * (mp.cos(t) - 1)), points) * mp.exp(kappa) / (mp.pi * zeroth)
        yield kappa, variance, mp.log(2 * mp.pi * zeroth) - kappa * first / zeroth


def von_mises_fits():
    for x, w in [([0.5, 1.2, -0.3, 3, 6, 0.9], [1, 2, 1, 0.5, 1, 3]), ([-3.1, 3.1, 3.0, -2.9], [1, 1, 1, 1]), ([0.1, 0.101, 0.1003], [1, 1, 2]),
                 ([0, 2, 4.1], [1, 1, 1])]:
        total = mp.fsum(mp.mpf(u) for u in w)
        c = mp.fsum(u * mp.cos(mp.mpf(v)) for v, u in zip(x, w)) / total
        s = mp.fsum(u * mp.sin(mp.mpf(v)) for v, u in zip(x, w)) / total
        length = mp.sqrt(c * c + s * s)
        f = lambda t: mp.besseli(1, mp.exp(t)) / mp.besseli(0, mp.exp(t)) - length
        kappa = mp.exp(mp.findroot(f, (mp.log(1e-3), mp.log(1e9)), solver="anderson", tol=1e-40, maxsteps=500))
        yield " ".join(map(str, x)), " ".join(map(str, w)), mp.atan2(s, c), kappa


table("von_mises", ["kappa", "x", "logpdf", "pdf", "cdf", "ccdf"], von_mises_rows())
table("von_mises_moments", ["kappa", "variance", "entropy"], von_mises_moments())
table("von_mises_fit", ["x", "weights", "mu", "kappa"], von_mises_fits())


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
