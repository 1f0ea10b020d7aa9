"""Reference values for fits with one parameter held: roots of the weighted score, in 50 digits.

Writes Tests/KernelsTests/Reference/held_fit.tsv.   usage: python3 Scripts/reference/held_fits.py
"""
import mpmath as mp

from tables import table

numbers = [mp.mpf(x) for x in ("0.5", "1.25", "3.5", "2", "0.75", "6.5", "1.75")]
counts = [mp.mpf(x) for x in (0, 3, 1, 7, 2, 4, 3)]
weights = [mp.mpf(x) for x in ("1", "2", "1", "0.5", "1", "1", "3")]
log, exp, lgamma = mp.log, mp.exp, mp.loggamma


def beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


densities = {
    "normal": lambda x, m, s: -((x - m) / s) ** 2 / 2 - log(s),
    "lognormal": lambda x, m, s: -((log(x) - m) / s) ** 2 / 2 - log(s),
    "gamma": lambda x, a, b: a * log(b) + a * log(x) - b * x - lgamma(a),
    "inverse_gamma": lambda x, a, b: a * log(b) - a * log(x) - b / x - lgamma(a),
    "weibull": lambda x, k, s: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k,
    "logistic": lambda x, m, s: -(x - m) / s - 2 * log(1 + exp(-(x - m) / s)) - log(s),
    "cauchy": lambda x, m, s: -log(1 + ((x - m) / s) ** 2) - log(s),
    "gumbel": lambda x, m, s: -(x - m) / s - exp(-(x - m) / s) - log(s),
    "inverse_gaussian": lambda x, m, l: log(l) / 2 - l * (x - m) ** 2 / (2 * m**2 * x),
    "von_mises": lambda x, m, k: k * mp.cos(x - m) - log(mp.besseli(0, k)),
    "negative_binomial": lambda x, r, p: lgamma(x + r) - lgamma(r) + r * log(p) + x * log(1 - p),
    "beta_binomial": lambda x, a, b: beta(x + a, 10 - x + b) - beta(a, b),
}

# Family, what is held, at which value, what is searched, from where.
problems = [
    ("normal", "mu", 2, "sigma", 2), ("normal", "sigma", 3, "mu", 2),
    ("lognormal", "mu", 1, "sigma", 1), ("lognormal", "sigma", 2, "mu", 1),
    ("gamma", "shape", 3, "rate", 1.5), ("gamma", "rate", 0.5, "shape", 1),
    ("inverse_gamma", "shape", 3, "scale", 3), ("inverse_gamma", "scale", 0.5, "shape", 1),
    ("weibull", "shape", 2, "scale", 2), ("weibull", "scale", 1, "shape", 1),
    ("logistic", "location", 1, "scale", 1), ("logistic", "scale", 2, "location", 2),
    ("cauchy", "location", 2.5, "scale", 1), ("cauchy", "scale", 2, "location", 2),
    ("gumbel", "location", 1, "scale", 1), ("gumbel", "scale", 2, "location", 1),
    ("inverse_gaussian", "mu", 3, "lambda", 2), ("inverse_gaussian", "lambda", 3, "mu", 2),
    ("von_mises", "mu", 1, "kappa", 0.5), ("von_mises", "kappa", 2, "mu", 1.5),
    ("negative_binomial", "size", 2, "p", 0.4), ("negative_binomial", "p", 0.25, "size", 1),
    ("beta_binomial", "a", 2, "b", 4), ("beta_binomial", "b", 3, "a", 1),
]


def rows():
    for family, held, value, wanted, start in problems:
        # Angles reach to 2π.
        data = counts if "binomial" in family else [min(x, 6) for x in numbers] if family == "von_mises" else numbers
        order = {"normal": ["mu", "sigma"], "lognormal": ["mu", "sigma"], "gamma": ["shape", "rate"],
                 "inverse_gamma": ["shape", "scale"], "weibull": ["shape", "scale"],
                 "inverse_gaussian": ["mu", "lambda"], "von_mises": ["mu", "kappa"],
                 "negative_binomial": ["size", "p"], "beta_binomial": ["a", "b"]}.get(family, ["location", "scale"])
        assert {held, wanted} == set(order)

        def loglik(u):
            both = {held: mp.mpf(value), wanted: u}
            return mp.fsum(w * densities[family](x, *(both[p] for p in order)) for x, w in zip(data, weights))

        yield family, held, mp.mpf(value), wanted, mp.findroot(lambda u: mp.diff(loglik, u), mp.mpf(start), tol=1e-40)


table("held_fit", ["family", "held", "at", "parameter", "value"], rows())
