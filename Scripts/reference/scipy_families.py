"""Log-densities and tails of every family by SciPy at 1,000 random pairs of parameters and argument, or 250.

What SciPy says is kept only where mpmath's 50 digits agree to 1e-12 (of the logarithm of the density, with an absolute 1e-12
near zero) and 1e-11 (of the smaller tail): SciPy is often less exact in the tails. Columns: parameters, x, logpdf, cdf, ccdf; the
larger tail is left out. Parameters and arguments have few digits, so that tables stay small.

Writes scipy_<family>.tsv.
Run, in Scripts/reference: python3 scipy_families.py [family ...]
"""
import sys

import mpmath as mp
import numpy as np
from scipy import stats

from tables import table

mp.mp.dps = 50
# Fewer where mpmath is slow.
pairs = {"binomial": 250, "beta_binomial": 250, "skew_normal": 250}


def short(x, digits=4):
    return float(f"{x:.{digits}g}")


def log_uniform(low, high):
    return lambda rng: short(10 ** rng.uniform(np.log10(low), np.log10(high)))


def uniform(low, high):
    return lambda rng: short(rng.uniform(low, high))


def integer(low, high):
    return lambda rng: float(int(10 ** rng.uniform(np.log10(low), np.log10(high))))


def lower_gamma(a, x):
    return mp.gammainc(a, 0, x, regularized=True), mp.gammainc(a, x, mp.inf, regularized=True)


def normal_tails(z):
    return mp.ncdf(z), mp.ncdf(-z)


def beta_tails(a, b, x):
    """I_x(a, b) and what is left, by the continued fraction (DLMF 8.17.22) on the side where it converges fast."""
    if x > (a + 1) / (a + b + 2):
        return beta_tails(b, a, 1 - x)[::-1]
    value, c, d, m = mp.mpf(1), mp.mpf(1), mp.mpf(0), 0
    while True:
        k = m // 2
        step = 1 if m == 0 else k * (b - k) * x / ((a + m - 1) * (a + m)) if m % 2 == 0 else -(a + k) * (a + b + k) * x / ((a + m - 1) * (a + m))
        d, c = 1 / (1 + step * d), 1 + step / c
        value, m = value * c * d, m + 1
        if m > 2 and abs(c * d - 1) < mp.eps:
            break
    lower = (value - 1) * mp.exp(a * mp.log(x) + b * mp.log(1 - x) - log_beta(a, b)) / a
    return lower, 1 - lower


def log_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def summed(log_p, x, low, high):
    """Tails of a distribution over integers, by the shorter sum or all of a few terms."""
    lower = mp.fsum(mp.exp(log_p(mp.mpf(k))) for k in range(int(low), int(x) + 1))
    if high is None:
        return lower, 1 - lower
    return lower, mp.fsum(mp.exp(log_p(mp.mpf(k))) for k in range(int(x) + 1, int(high) + 1))


def von_mises_tails(x, mu, kappa):
    """By the Fourier series, whose coefficients come from the recurrence of Bessel functions downwards."""
    t, n = x - mu, int(60 + 3 * kappa)
    bessel = [mp.mpf(0)] * (n + 2)
    bessel[n] = mp.mpf(10) ** -100
    for j in range(n, 0, -1):
        bessel[j - 1] = bessel[j + 1] + 2 * j / kappa * bessel[j]
    swing = mp.fsum(bessel[j] / bessel[0] * mp.sin(j * t) / j for j in range(1, n + 1)) / mp.pi + t / (2 * mp.pi)
    return mp.mpf(1) / 2 + swing, mp.mpf(1) / 2 - swing


def inverse_gaussian_tails(x, mu, lam):
    root = mp.sqrt(lam / x)
    a, b = root * (x / mu - 1), root * (x / mu + 1)
    second = mp.exp(2 * lam / mu) * mp.ncdf(-b)
    return mp.ncdf(a) + second, mp.ncdf(-a) - second


def triangular_tails(x, a, b, c):
    lower = (x - a) ** 2 / ((b - a) * (c - a)) if x < c else 1 - (b - x) ** 2 / ((b - a) * (b - c))
    return lower, 1 - lower


def cauchy_tails(z):
    lower = mp.atan2(1, -z) / mp.pi
    return lower, mp.atan2(1, z) / mp.pi


def t_tails(z, df):
    tail = beta_tails(df / 2, mp.mpf(1) / 2, df / (df + z * z))[0] / 2 if z else mp.mpf(1) / 2
    return (tail, 1 - tail) if z < 0 else (1 - tail, tail)


def skew_normal_tails(z, alpha):
    """With Owen's T, by quadrature."""
    steps = mp.linspace(0, alpha, 9)
    t = mp.quad(lambda x: mp.exp(-z * z * (1 + x * x) / 2) / (1 + x * x), steps) / (2 * mp.pi)
    return mp.ncdf(z) - 2 * t, mp.ncdf(-z) + 2 * t


scale, location = log_uniform(1e-3, 1e3), uniform(-10, 10)

# A family: random parameters, SciPy's distribution, and mpmath's log-density and tails. A new one is an entry here.
continuous = {
    "normal": ([location, scale], lambda m, s: stats.norm(m, s), lambda x, m, s: -((x - m) / s) ** 2 / 2 - mp.log(s * mp.sqrt(2 * mp.pi)),
               lambda x, m, s: normal_tails((x - m) / s)),
    "exponential": ([scale], lambda r: stats.expon(scale=1 / r), lambda x, r: mp.log(r) - r * x, lambda x, r: (-mp.expm1(-r * x), mp.exp(-r * x))),
    "lognormal": ([location, log_uniform(0.01, 10)], lambda m, s: stats.lognorm(s, scale=np.exp(m)),
                  lambda x, m, s: -((mp.log(x) - m) / s) ** 2 / 2 - mp.log(x * s * mp.sqrt(2 * mp.pi)), lambda x, m, s: normal_tails((mp.log(x) - m) / s)),
    "gamma": ([log_uniform(0.05, 1e3), scale], lambda a, r: stats.gamma(a, scale=1 / r),
              lambda x, a, r: a * mp.log(r) + (a - 1) * mp.log(x) - r * x - mp.loggamma(a), lambda x, a, r: lower_gamma(a, r * x)),
    "inverse_gamma": ([log_uniform(0.05, 1e3), scale], lambda a, b: stats.invgamma(a, scale=b),
                      lambda x, a, b: a * mp.log(b) - (a + 1) * mp.log(x) - b / x - mp.loggamma(a), lambda x, a, b: lower_gamma(a, b / x)[::-1]),
    "chi_squared": ([log_uniform(0.1, 1e3)], lambda k: stats.chi2(k), lambda x, k: (k / 2 - 1) * mp.log(x) - x / 2 - k / 2 * mp.log(2) - mp.loggamma(k / 2),
                    lambda x, k: lower_gamma(k / 2, x / 2)),
    "weibull": ([log_uniform(0.05, 100), scale], lambda k, s: stats.weibull_min(k, scale=s),
                lambda x, k, s: mp.log(k / s) + (k - 1) * mp.log(x / s) - (x / s) ** k, lambda x, k, s: (-mp.expm1(-((x / s) ** k)), mp.exp(-((x / s) ** k)))),
    "half_normal": ([scale], lambda s: stats.halfnorm(scale=s), lambda x, s: mp.log(2 / mp.pi) / 2 - mp.log(s) - (x / s) ** 2 / 2,
                    lambda x, s: (mp.erf(x / s / mp.sqrt(2)), mp.erfc(x / s / mp.sqrt(2)))),
    "uniform": ([uniform(-10, 0), uniform(1, 10)], lambda a, b: stats.uniform(a, b - a), lambda x, a, b: -mp.log(b - a),
                lambda x, a, b: ((x - a) / (b - a), (b - x) / (b - a))),
    "laplace": ([location, scale], lambda m, s: stats.laplace(m, s), lambda x, m, s: -abs(x - m) / s - mp.log(2 * s),
                lambda x, m, s: (lambda t: (t, 1 - t) if x < m else (1 - t, t))(mp.exp(-abs(x - m) / s) / 2)),
    "logistic": ([location, scale], lambda m, s: stats.logistic(m, s), lambda x, m, s: -(x - m) / s - 2 * mp.log(1 + mp.exp(-(x - m) / s)) - mp.log(s),
                 lambda x, m, s: (1 / (1 + mp.exp(-(x - m) / s)), 1 / (1 + mp.exp((x - m) / s)))),
    "cauchy": ([location, scale], lambda m, s: stats.cauchy(m, s), lambda x, m, s: -mp.log(mp.pi * s * (1 + ((x - m) / s) ** 2)),
               lambda x, m, s: cauchy_tails((x - m) / s)),
    "gumbel": ([location, scale], lambda m, s: stats.gumbel_r(m, s), lambda x, m, s: -(x - m) / s - mp.exp(-(x - m) / s) - mp.log(s),
               lambda x, m, s: (mp.exp(-mp.exp(-(x - m) / s)), -mp.expm1(-mp.exp(-(x - m) / s)))),
    "pareto": ([log_uniform(0.05, 1e3), scale], lambda a, m: stats.pareto(a, scale=m), lambda x, a, m: mp.log(a) + a * mp.log(m) - (a + 1) * mp.log(x),
               lambda x, a, m: (1 - (m / x) ** a, (m / x) ** a)),
    "triangular": ([uniform(-10, 0), uniform(5, 10), uniform(0, 5)], lambda a, b, c: stats.triang((c - a) / (b - a), a, b - a),
                   lambda x, a, b, c: mp.log(2 / (b - a) * ((x - a) / (c - a) if x < c else (b - x) / (b - c))), triangular_tails),
    "inverse_gaussian": ([log_uniform(0.1, 10), log_uniform(0.1, 100)], lambda m, l: stats.invgauss(m / l, scale=l),
                         lambda x, m, l: mp.log(l / (2 * mp.pi * x**3)) / 2 - l * (x - m) ** 2 / (2 * m**2 * x), inverse_gaussian_tails),
    "beta": ([log_uniform(0.05, 1e3), log_uniform(0.05, 1e3)], lambda a, b: stats.beta(a, b),
             lambda x, a, b: (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - log_beta(a, b), lambda x, a, b: beta_tails(a, b, x)),
    "f": ([log_uniform(0.1, 1e3), log_uniform(0.1, 1e3)], lambda d, e: stats.f(d, e),
          lambda x, d, e: d / 2 * mp.log(d * x / (d * x + e)) + e / 2 * mp.log(e / (d * x + e)) - mp.log(x) - log_beta(d / 2, e / 2),
          lambda x, d, e: beta_tails(d / 2, e / 2, d * x / (d * x + e))),
    "t": ([log_uniform(0.1, 1e3), location, scale], lambda n, m, s: stats.t(n, m, s),
          lambda x, n, m, s: -(n + 1) / 2 * mp.log(1 + ((x - m) / s) ** 2 / n) - mp.log(n) / 2 - log_beta(n / 2, mp.mpf(1) / 2) - mp.log(s),
          lambda x, n, m, s: t_tails((x - m) / s, n)),
    "skew_normal": ([location, scale, uniform(-20, 20)], lambda m, s, a: stats.skewnorm(a, m, s),
                    lambda x, m, s, a: -((x - m) / s) ** 2 / 2 + mp.log(2 * mp.ncdf(a * (x - m) / s)) - mp.log(s * mp.sqrt(2 * mp.pi)),
                    lambda x, m, s, a: skew_normal_tails((x - m) / s, a)),
    "von_mises": ([uniform(-3, 3), log_uniform(0.01, 100)], lambda m, k: stats.vonmises(k, m), lambda x, m, k: k * mp.cos(x - m) - mp.log(2 * mp.pi * mp.besseli(0, k)),
                  von_mises_tails),
}
share = lambda rng: short(10 ** rng.uniform(-4, -0.01))
discrete = {
    "bernoulli": ([share], lambda p: stats.bernoulli(p), lambda x, p: mp.log(p if x else 1 - p), lambda x, p: (1 - p, p) if x < 1 else (mp.mpf(1), mp.mpf(0))),
    "binomial": ([integer(1, 1e4), share], lambda n, p: stats.binom(n, p), lambda x, n, p: log_choose(n, x) + x * mp.log(p) + (n - x) * mp.log(1 - p),
                 lambda x, n, p: beta_tails(n - x, x + 1, 1 - p) if x < n else (mp.mpf(1), mp.mpf(0))),
    "poisson": ([log_uniform(0.01, 1e3)], lambda l: stats.poisson(l), lambda x, l: x * mp.log(l) - l - mp.loggamma(x + 1), lambda x, l: lower_gamma(x + 1, l)[::-1]),
    "geometric": ([share], lambda p: stats.geom(p, -1), lambda x, p: mp.log(p) + x * mp.log(1 - p), lambda x, p: (1 - (1 - p) ** (x + 1), (1 - p) ** (x + 1))),
    "negative_binomial": ([log_uniform(0.05, 100), lambda rng: short(10 ** rng.uniform(-2, -0.01))], lambda r, p: stats.nbinom(r, p),
                          lambda x, r, p: mp.loggamma(x + r) - mp.loggamma(r) - mp.loggamma(x + 1) + r * mp.log(p) + x * mp.log(1 - p),
                          lambda x, r, p: beta_tails(r, x + 1, p)),
    "discrete_uniform": ([lambda rng: float(rng.integers(-50, 0)), integer(1, 1e4)], lambda a, b: stats.randint(int(a), int(b) + 1), lambda x, a, b: -mp.log(b - a + 1),
                         lambda x, a, b: ((x - a + 1) / (b - a + 1), (b - x) / (b - a + 1))),
    "hypergeometric": ([integer(100, 1e4), integer(1, 100), integer(1, 100)], lambda N, K, n: stats.hypergeom(int(N), int(K), int(n)),
                       lambda x, N, K, n: log_choose(K, x) + log_choose(N - K, n - x) - log_choose(N, n),
                       lambda x, N, K, n: summed(lambda k: log_choose(K, k) + log_choose(N - K, n - k) - log_choose(N, n), x, max(0, n + K - N), min(n, K))),
    "beta_binomial": ([integer(1, 100), log_uniform(0.05, 100), log_uniform(0.05, 100)], lambda n, a, b: stats.betabinom(int(n), a, b),
                      lambda x, n, a, b: log_choose(n, x) + log_beta(x + a, n - x + b) - log_beta(a, b),
                      lambda x, n, a, b: summed(lambda k: log_choose(n, k) + log_beta(k + a, n - k + b) - log_beta(a, b), x, 0, n)),
}


def draw(rng, d):
    """A quantile of either tail or of the body."""
    p = 10 ** rng.uniform(-12, 0) / 2 if rng.random() < 0.6 else rng.uniform(0, 1)
    return d.ppf(p) if rng.random() < 0.5 else d.isf(p)


def close(got, wanted, relative, absolute=0.0):
    return abs(got - wanted) <= max(relative * abs(wanted), absolute)


def rows(name, parameters, distribution, log_density, tails, is_discrete):
    rng = np.random.default_rng(list(name.encode()))
    kept = tried = 0
    while kept < pairs.get(name, 1000):
        tried += 1
        values = [p(rng) for p in parameters]
        d = distribution(*values)
        x = draw(rng, d)
        x = float(x) if is_discrete else short(x, 6)
        logpdf, cdf, ccdf = (float(f(x)) for f in (d.logpmf if is_discrete else d.logpdf, d.cdf, d.sf))
        if not np.isfinite(logpdf):
            continue
        exact = [mp.mpf(v) for v in values]
        lower, upper = tails(mp.mpf(x), *exact)
        is_good = close(logpdf, log_density(mp.mpf(x), *exact), 1e-12, 1e-12)
        # SciPy's von Mises goes on beyond a turn.
        is_good = is_good and 0 <= lower <= 1
        is_good = is_good and (close(cdf, lower, 1e-11) if lower <= upper else close(ccdf, upper, 1e-11))
        if is_good:
            kept += 1
            yield *(plain(v) for v in values), plain(x), repr(logpdf), repr(cdf) if lower <= upper else "", "" if lower <= upper else repr(ccdf)
    print(f"{name}: {tried - kept} of {tried} pairs left out", flush=True)


def plain(x):
    return repr(int(x)) if x == int(x) and abs(x) < 1e15 else repr(float(x))


def normal_rows():
    """Means, covariances and rows of one to four dimensions; numbers of a cell between spaces."""
    rng = np.random.default_rng(1)
    for _ in range(1000):
        d = int(rng.integers(1, 5))
        a = rng.normal(size=(d, d))
        cov = np.round(a @ a.T + 0.1 * np.eye(d), 3)
        mu, x = np.round(rng.normal(size=d), 3), np.round(rng.normal(size=d) * 3, 3)
        logpdf = float(stats.multivariate_normal(mu, cov).logpdf(x))
        exact = mp.matrix(cov.tolist())
        y = mp.matrix([mp.mpf(float(u)) - mp.mpf(float(v)) for u, v in zip(x, mu)])
        wanted = -(y.T * mp.lu_solve(exact, y))[0] / 2 - mp.log(mp.det(exact)) / 2 - d * mp.log(2 * mp.pi) / 2
        if close(logpdf, wanted, 1e-12, 1e-12):
            yield *(" ".join(map(plain, v)) for v in (mu, cov.ravel(), x)), repr(logpdf)


def multinomial_rows():
    rng = np.random.default_rng(2)
    for _ in range(1000):
        k, n = int(rng.integers(2, 7)), int(10 ** rng.uniform(0, 4))
        p = np.round(rng.dirichlet(np.ones(k)), 3)
        p[-1] = round(1 - p[:-1].sum(), 3)
        if p.min() <= 0:
            continue
        x = rng.multinomial(n, p / p.sum())
        logpdf = float(stats.multinomial(n, p).logpmf(x))
        total = mp.fsum(mp.mpf(v) for v in p)
        wanted = mp.loggamma(n + 1) + mp.fsum(int(c) * mp.log(mp.mpf(v) / total) - mp.loggamma(int(c) + 1) for c, v in zip(x, p))
        if close(logpdf, wanted, 1e-12, 1e-12):
            yield *(" ".join(map(plain, v)) for v in (p, x)), repr(logpdf)


def categorical_rows():
    """Probabilities in one cell; SciPy's is that of any finite table, whose sums are exact to rounding."""
    rng = np.random.default_rng(3)
    for _ in range(1000):
        k = int(rng.integers(1, 12))
        p = (rng.multinomial(1000 - k, rng.dirichlet(np.full(k, 0.7))) + 1) / 1000
        d, x = stats.rv_discrete(values=(np.arange(1, k + 1), p)), int(rng.integers(0, k + 2))
        yield " ".join(map(repr, map(float, p))), plain(x), repr(float(d.logpmf(x))), repr(float(d.cdf(x))), repr(float(d.sf(x)))


def point_rows():
    """A table of one value."""
    rng = np.random.default_rng(4)
    for _ in range(1000):
        value = int(rng.integers(-1000, 1000))
        d, x = stats.rv_discrete(values=([value], [1.0])), value + int(rng.integers(-2, 3))
        yield plain(value), plain(x), repr(float(d.logpmf(x))), repr(float(d.cdf(x))), repr(float(d.sf(x)))


def random_covariance(rng, d):
    a = rng.normal(size=(d, d))
    return np.round(a @ a.T + 0.5 * np.eye(d), 3)


def log_multigamma(d, a):
    return d * (d - 1) / mp.mpf(4) * mp.log(mp.pi) + mp.fsum(mp.loggamma(a - mp.mpf(j) / 2) for j in range(d))


def exact_matrix(m):
    return mp.matrix(np.asarray(m).tolist())


def trace_of_quotient(a, b):
    """tr(a⁻¹·b)."""
    return mp.fsum(mp.lu_solve(a, b[:, j])[j] for j in range(b.cols))


def mvt_case(rng, d):
    df, mu, cov = short(10 ** rng.uniform(-0.5, 2)), np.round(rng.normal(size=d), 3), random_covariance(rng, d)
    x = np.round(mu + rng.normal(size=d) * 10 ** rng.uniform(-1, 3), 3)
    y, v, s = exact_matrix(x) - exact_matrix(mu), mp.mpf(df), exact_matrix(cov)
    square = (y.T * mp.lu_solve(s, y))[0]
    wanted = mp.loggamma((v + d) / 2) - mp.loggamma(v / 2) - d * mp.log(v * mp.pi) / 2 - mp.log(mp.det(s)) / 2 - (v + d) / 2 * mp.log(1 + square / v)
    return ([df], mu, cov.ravel()), x, stats.multivariate_t(mu, cov, df).logpdf(x), wanted


def dirichlet_case(rng, d):
    alpha = np.array([short(10 ** rng.uniform(-1, 2)) for _ in range(d)])
    x = np.maximum(np.round(rng.dirichlet(alpha), 6), 1e-6)
    x[np.argmax(x)] += 1 - x.sum()
    wanted = mp.loggamma(mp.fsum(alpha)) - mp.fsum(map(mp.loggamma, alpha)) + mp.fsum((mp.mpf(a) - 1) * mp.log(mp.mpf(v)) for a, v in zip(alpha, x))
    return (alpha,), x, stats.dirichlet(alpha).logpdf(x), wanted


def von_mises_fisher_case(rng, d):
    kappa, mu = short(10 ** rng.uniform(-2, 2.5)), np.eye(d)[0]
    x = rng.normal(size=d)
    x /= np.linalg.norm(x)
    order, k = mp.mpf(d) / 2 - 1, mp.mpf(kappa)
    wanted = k * mp.mpf(float(x[0])) + order * mp.log(k) - mp.mpf(d) / 2 * mp.log(2 * mp.pi) - mp.log(mp.besseli(order, k))
    return (mu, [kappa]), x, stats.vonmises_fisher(mu, kappa).logpdf(x), wanted


def wishart_case(rng, d):
    df, scale = short(d + 10 ** rng.uniform(-0.5, 2)), random_covariance(rng, d)
    x = np.round(random_covariance(rng, d) * df, 3)
    v, s, m = mp.mpf(df), exact_matrix(scale), exact_matrix(x)
    wanted = (v - d - 1) / 2 * mp.log(mp.det(m)) - trace_of_quotient(s, m) / 2 - v * d / 2 * mp.log(2) - v / 2 * mp.log(mp.det(s)) - log_multigamma(d, v / 2)
    return ([df], scale.ravel()), x.ravel(), stats.wishart(df, scale).logpdf(x), wanted


def inverse_wishart_case(rng, d):
    df, scale = short(d + 10 ** rng.uniform(-0.5, 2)), random_covariance(rng, d)
    x = np.round(random_covariance(rng, d) / df, 5)
    v, s, m = mp.mpf(df), exact_matrix(scale), exact_matrix(x)
    wanted = v / 2 * mp.log(mp.det(s)) - (v + d + 1) / 2 * mp.log(mp.det(m)) - trace_of_quotient(m, s) / 2 - v * d / 2 * mp.log(2) - log_multigamma(d, v / 2)
    return ([df], scale.ravel()), x.ravel(), stats.invwishart(df, scale).logpdf(x), wanted


# Values in two to four dimensions: random parameters and a value, SciPy's log-density and mpmath's.
several = {"mvt": mvt_case, "dirichlet": dirichlet_case, "von_mises_fisher": von_mises_fisher_case, "wishart": wishart_case,
           "inverse_wishart": inverse_wishart_case}


def value_rows(name):
    """Numbers of a cell between spaces; parameters in one cell, between semicolons, matrices row by row."""
    rng = np.random.default_rng(list(name.encode()))
    kept = tried = 0
    while kept < 1000:
        tried += 1
        parameters, x, logpdf, wanted = several[name](rng, int(rng.integers(2, 5)))
        logpdf = float(np.squeeze(logpdf))
        if close(logpdf, wanted, 1e-12, 1e-12):
            kept += 1
            yield "; ".join(" ".join(map(plain, v)) for v in parameters), " ".join(map(plain, x)), repr(logpdf)
    print(f"{name}: {tried - kept} of {tried} pairs left out", flush=True)


if __name__ == "__main__":
    for name in several:
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            table(f"scipy_{name}", ["parameters", "x", "logpdf"], value_rows(name))
    for name, entry in (continuous | discrete).items():
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            header = [f"p{i + 1}" for i in range(len(entry[0]))] + ["x", "logpdf", "cdf", "ccdf"]
            table(f"scipy_{name}", header, rows(name, *entry, name in discrete))
    if len(sys.argv) == 1 or "mvnormal" in sys.argv[1:]:
        table("scipy_mvnormal", ["mu", "cov", "x", "logpdf"], normal_rows())
    if len(sys.argv) == 1 or "categorical" in sys.argv[1:]:
        table("scipy_categorical", ["p", "x", "logpdf", "cdf", "ccdf"], categorical_rows())
    if len(sys.argv) == 1 or "point" in sys.argv[1:]:
        table("scipy_point", ["value", "x", "logpdf", "cdf", "ccdf"], point_rows())
    if len(sys.argv) == 1 or "multinomial" in sys.argv[1:]:
        table("scipy_multinomial", ["p", "x", "logpdf"], multinomial_rows())
