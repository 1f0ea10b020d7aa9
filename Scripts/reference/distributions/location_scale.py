"""Reference values for the Laplace, logistic, Cauchy and Gumbel distributions, in 50 digits, rounded to 17: the textbook formulas; fits are roots of the score.

Writes {laplace,logistic,cauchy,gumbel}{,_quantile}.tsv, cauchy_far.tsv and location_scale_fit.tsv.
Run, in Scripts/reference: python3 -m distributions.location_scale
"""
import mpmath as mp

from tables import table


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
