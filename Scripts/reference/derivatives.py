"""First and second derivatives of log-densities by their argument and parameters, in 60 digits of mpmath, rounded to 17.

Writes derivatives.tsv: family, parameters, x, gradient and Hessian (row after row) by (x, parameters), or for counts by
(parameters), and polygamma.tsv.
Run, in Scripts/reference: python3 derivatives.py
"""
import random

import mpmath as mp

from tables import table

mp.mp.dps = 60
log, lg = mp.log, mp.loggamma


def lbeta(a, b):
    return lg(a) + lg(b) - lg(a + b)


def normal(z):
    return -z * z / 2 - log(mp.sqrt(2 * mp.pi))


densities = {
    "normal": lambda x, m, s: normal((x - m) / s) - log(s),
    "lognormal": lambda x, m, s: normal((log(x) - m) / s) - log(s * x),
    "half_normal": lambda x, s: normal(x / s) + log(2) - log(s),
    "skew_normal": lambda x, l, s, a: log(2) + normal((x - l) / s) + log(mp.ncdf(a * (x - l) / s)) - log(s),
    "t": lambda x, v, m, s: lg((v + 1) / 2) - lg(v / 2) - log(v * mp.pi) / 2 - log(s)
    - (v + 1) / 2 * log(1 + ((x - m) / s) ** 2 / v),
    "cauchy": lambda x, m, s: -log(mp.pi * s * (1 + ((x - m) / s) ** 2)),
    "laplace": lambda x, m, s: -abs(x - m) / s - log(2 * s),
    "logistic": lambda x, m, s: -(x - m) / s - log(s) - 2 * log(1 + mp.exp(-(x - m) / s)),
    "gumbel": lambda x, m, s: -(x - m) / s - mp.exp(-(x - m) / s) - log(s),
    "von_mises": lambda x, m, k: k * mp.cos(x - m) - log(2 * mp.pi * mp.besseli(0, k)),
    "exponential": lambda x, r: log(r) - r * x,
    "gamma": lambda x, a, b: a * log(b) + (a - 1) * log(x) - b * x - lg(a),
    "inverse_gamma": lambda x, a, b: a * log(b) - (a + 1) * log(x) - b / x - lg(a),
    "chi_squared": lambda x, k: (k / 2 - 1) * log(x) - x / 2 - k / 2 * log(2) - lg(k / 2),
    "f": lambda x, a, b: a / 2 * log(a / b) + (a / 2 - 1) * log(x) - (a + b) / 2 * log(1 + a * x / b) - lbeta(a / 2, b / 2),
    "weibull": lambda x, k, s: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k,
    "pareto": lambda x, a, m: log(a) + a * log(m) - (a + 1) * log(x),
    "inverse_gaussian": lambda x, m, l: log(l / (2 * mp.pi * x**3)) / 2 - l * (x - m) ** 2 / (2 * m * m * x),
    "uniform": lambda x, a, b: -log(b - a),
    "triangular": lambda x, a, b, c: log(2 * (x - a) / ((b - a) * (c - a)))
    if x < c
    else log(2 * (b - x) / ((b - a) * (b - c))),
    "beta": lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - lbeta(a, b),
    "bernoulli": lambda x, p: x * log(p) + (1 - x) * log(1 - p),
    "poisson": lambda x, l: x * log(l) - l - lg(x + 1),
    "geometric": lambda x, p: log(p) + x * log(1 - p),
    "negative_binomial": lambda x, r, p: lg(x + r) - lg(r) - lg(x + 1) + r * log(p) + x * log(1 - p),
}

real, positive, fraction = (lambda r: r.uniform(-3, 3)), (lambda r: 10 ** r.uniform(-1, 1.3)), (lambda r: r.uniform(0.05, 0.95))
count = lambda r: float(r.randint(0, 12))
ranges = {
    "normal": (real, positive), "lognormal": (real, positive), "half_normal": (positive,), "skew_normal": (real, positive, real),
    "t": (positive, real, positive), "cauchy": (real, positive), "laplace": (real, positive), "logistic": (real, positive),
    "gumbel": (real, positive), "von_mises": (real, positive), "exponential": (positive,), "gamma": (positive, positive),
    "inverse_gamma": (positive, positive), "chi_squared": (positive,), "f": (positive, positive),
    "weibull": (positive, positive), "pareto": (positive, positive), "inverse_gaussian": (positive, positive),
    "uniform": (real, real), "triangular": (real, real, real), "beta": (positive, positive), "bernoulli": (fraction,),
    "poisson": (positive,), "geometric": (fraction,), "negative_binomial": (positive, fraction),
}
counts = {"bernoulli", "poisson", "geometric", "negative_binomial"}
on_line = {"normal", "skew_normal", "t", "cauchy", "laplace", "logistic", "gumbel"}


def case(name, r):
    p = [draw(r) for draw in ranges[name]]
    if name in on_line:
        return r.uniform(-5, 5), p
    if name == "von_mises":
        return p[0] + r.uniform(-3, 3), p
    if name == "uniform":
        p = sorted(p)
        return r.uniform(*p), p
    if name == "triangular":
        a, c, b = sorted(p)
        return r.uniform(a, b), [a, b, c]
    if name == "pareto":
        return p[1] * (1 + positive(r)), p
    if name == "beta":
        return fraction(r), p
    if name == "bernoulli":
        return float(r.randint(0, 1)), p
    return (count(r) if name in counts else positive(r)), p


def derivatives(f, at):
    """Central differences of 60 digits: steps of 1e-15 leave 1e-30 of the value."""
    n = len(at)
    unit = lambda i: [1 if j == i else 0 for j in range(n)]
    gradient = [mp.diff(f, tuple(at), tuple(unit(i))) for i in range(n)]
    hessian = [
        mp.diff(f, tuple(at), tuple(a + b for a, b in zip(unit(i), unit(j)))) for i in range(n) for j in range(n)
    ]
    return gradient, hessian


rows = []
rng = random.Random(1)
for name, density in densities.items():
    for _ in range(8):
        x, p = case(name, rng)
        exact = [mp.mpf(v) for v in p]
        if name in counts:
            gradient, hessian = derivatives(lambda *q: density(mp.mpf(x), *q), exact)
        else:
            gradient, hessian = derivatives(density, [mp.mpf(x), *exact])
        join = lambda values: " ".join(repr(float(v)) for v in values)
        rows.append([name, join(p), repr(x), join(gradient), join(hessian)])
table("derivatives", ["family", "parameters", "x", "gradient", "hessian"], rows)

rows = []
for n in range(2, 9):
    for x in [1e-3, 0.1, 0.7, 1.0, 1.5, 2.25, 5.0, 12.5, 30.0, 1e3, 1e8]:
        rows.append([mp.mpf(n), mp.mpf(x), mp.polygamma(n, mp.mpf(x))])
table("polygamma", ["n", "x", "value"], rows)
