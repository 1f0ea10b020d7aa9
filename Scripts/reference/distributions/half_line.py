"""Reference values for the families on the half line, in 50 digits, rounded to 17: the textbook formulas, with series for the incomplete gamma function.

Writes {exponential,lognormal,gamma,inverse_gamma,chi_squared,weibull,half_normal,moments}.tsv.
Run, in Scripts/reference: python3 -m distributions.half_line
"""
import mpmath as mp

from tables import table

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


gammas = [(1e-8, 1), (0.001, 2), (0.3, 1e8), (1, 1e-8), (1.5, 1), (2, 0.5), (8.25, 3), (50.5, 1), (1000, 7), (9999, 1), (10**4, 1), (31234.5, 3), (10**6, 1e-8),
          (10**8, 0.1), (10**10, 1)]


def gamma():
    half_line("gamma", gammas, lambda a, r: [y / r for y in gamma_places(a)] + [1e-310],
              lambda x, a, r: a * mp.log(r) + (a - 1) * mp.log(x) - r * x - mp.loggamma(a),
              lambda x, a, r: gamma_tails(a, r * x))


def inverse_gamma():
    half_line("inverse_gamma", gammas, lambda a, b: [b / y for y in gamma_places(a)] + [1e300],
              lambda x, a, b: a * mp.log(b) - (a + 1) * mp.log(x) - b / x - mp.loggamma(a),
              lambda x, a, b: gamma_tails(a, b / x)[::-1])


def chi_squared():
    half_line("chi_squared", [(1e-8,), (0.5,), (1,), (2,), (7,), (300,), (20001,), (2 * 10**8,)], lambda k: [2 * y for y in gamma_places(k / 2)],
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
