"""Weighted maximum-likelihood fits of the beta, F and t distributions: where the gradient of the log-likelihood is
zero, in 40 digits, from the best of several searches by SciPy.

Run: python3 Scripts/reference/beta_kin_fits.py
"""
import numpy as np
from scipy import optimize, stats
from tables import mp, table

mp.mp.dps = 40


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta(x, a, b):
    return (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - log_beta(a, b)


def f(x, d1, d2):
    return d1 / 2 * mp.log(d1 / d2) + (d1 / 2 - 1) * mp.log(x) - (d1 + d2) / 2 * mp.log1p(d1 * x / d2) - log_beta(d1 / 2, d2 / 2)


def t(x, df, mu, sigma):
    z = (x - mu) / sigma
    return mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(mp.pi * df) / 2 - mp.log(sigma) - (df + 1) / 2 * mp.log1p(z * z / df)


def fit(density, x, w, starts, positive):
    """The parameters at the maximum; `positive` ones are searched by their logarithms."""
    exact = [mp.mpf(v) for v in x]

    def value(theta):
        parameters = [mp.exp(v) if p else mp.mpf(v) for v, p in zip(theta, positive)]
        return mp.fsum(mp.mpf(u) * density(v, *parameters) for v, u in zip(exact, w) if u)

    found = {beta: stats.beta.logpdf, f: stats.f.logpdf, t: stats.t.logpdf}[density]

    def search(theta):
        return -np.dot(w, found(np.array(x), *[np.exp(v) if p else v for v, p in zip(theta, positive)]))

    best = min((optimize.minimize(search, [np.log(v) if p else v for v, p in zip(start, positive)], method="Nelder-Mead",
                                  options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000}) for start in starts), key=lambda r: r.fun)
    d = len(positive)

    def slopes(*theta):
        h = mp.mpf(10) ** -12
        shifted = lambda i, s: value([v + (s * h if j == i else 0) for j, v in enumerate(theta)])
        return [(8 * (shifted(i, 1) - shifted(i, -1)) - (shifted(i, 2) - shifted(i, -2))) / (12 * h) for i in range(d)]

    root = mp.findroot(slopes, [mp.mpf(v) for v in best.x], tol=1e-18)
    return [mp.exp(v) if p else v for v, p in zip(root, positive)]


proportions = [0.12, 0.55, 0.31, 0.9, 0.47, 0.66, 0.05, 0.38]
heavy = [1.2, -0.5, 3.3, 2.1, 0.4, 17.9, 1.7, -6.2, 1.4, 2.6]
weights = [1, 2, 0.5, 1, 1, 3, 0.25, 1, 0, 2, 1.5, 1]


def rows():
    cases = [("beta", beta, proportions, [(1, 1), (3, 3)], (1, 1)), ("beta", beta, [0.5 - 1e-5, 0.5 + 3e-5, 0.50001], [(1e9, 1e9)], (1, 1)),
             ("beta", beta, [1e-9, 1 - 1e-12, 1e-30], [(0.1, 0.1)], (1, 1)), ("f", f, [0.01, 3, 200, 0.5, 1.1], [(1, 1)], (1, 1)), ("t", t, heavy, [(2, 1, 1), (5, 1, 2)], (1, 0, 1))]
    for name, density, x, starts, positive in cases:
        for w in ([1] * len(x), weights[:len(x)]):
            try:
                found = fit(density, x, w, starts, positive)
            except Exception as error:
                print(name, x, w, error)
                continue
            print(name, [float(v) for v in found])
            yield name, " ".join(map(repr, x)), " ".join(map(repr, w)), " ".join(repr(float(v)) for v in found)


table("beta_kin_fit", ["family", "x", "weights", "parameters"], rows())
