"""Reference values for the normal distribution, in 50 digits, rounded to 17: mpmath's error function and its roots.

Writes normal{,_quantile}.tsv.
Run, in Scripts/reference: python3 -m distributions.normal
"""
import mpmath as mp

from tables import table


def normal_rows():
    for mu, sigma in [(0, 1), (2.5, 0.3), (-1e10, 1e-5), (0, 1e-300), (1e300, 1e299), (54.6, 5.87), (3, 1e-8), (-1e8, 1e8)]:
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
