"""Reference values for the beta, F, t and skew-normal distributions, in 50 digits: from the textbook formulas, the incomplete
beta function by its series of positive terms, tails of the skew-normal distribution by the integral that T. Owen gave.

Run: python3 Scripts/reference/beta_kin.py
"""
from tables import mp, table


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta_tails(a, b, x, y):
    """I_x(a, b) and 1 - I_x(a, b), y = 1 - x."""
    if (a + b) * x > a and y < mp.mpf("0.9") or x > mp.mpf("0.999") and y * (a + b) < 10**6:
        return beta_tails(b, a, y, x)[::-1]
    # Digits enough for what is left of 1.
    for digits in (45, 100, 420):
        near = series(a, b, x, y, digits)
        with mp.workdps(digits):
            rest = 1 - near
        if rest > mp.mpf(10) ** (22 - digits):
            break
    return near, rest


def series(a, b, x, y, digits):
    """x^a y^b / (a B(a, b)) times the sum of (a + b)_k / (a + 1)_k x^k."""
    with mp.workdps(digits):
        if min(x, y) > mp.mpf(10) ** -30:
            y = 1 - x if x < y else y
            x = 1 - y
        total = term = mp.mpf(1)
        k = 0
        while term > total * mp.mpf(10) ** (8 - digits) or (a + b + k) * x > a + 1 + k:
            term *= (a + b + k) / (a + 1 + k) * x
            total += term
            k += 1
        return mp.exp(a * mp.log(x) + b * mp.log(y) - log_beta(a, b) - mp.log(a)) * total


shapes = [(1e-8, 1e-8), (1e-8, 1), (1e-8, 1e8), (1e-8, 3.5), (1e-3, 0.2), (0.5, 0.5), (0.3, 40), (1, 1), (1, 3), (1.5, 1), (2, 3), (0.7, 1e8),
          (7.25, 2.5), (30, 4000), (4000, 1e8), (100.5, 250), (1e4, 3e3), (1e8, 1.5), (1e6, 2e6), (1e8, 1e8), (3, 1e8), (1e8, 1e-8)]


def beta_rows():
    for a, b in shapes:
        exact = mp.mpf(a), mp.mpf(b)
        n = a + b
        mean, sd = a / n, (a * b / n / n / (n + 1)) ** 0.5
        xs = [5e-324, 1e-310, 1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.1, 0.3, 0.5, 0.77, 0.9, 0.99, 1 - 1e-6, 1 - 2.0**-53]
        xs += [mean + z * sd for z in (-30, -8, -3, -1, -1e-3, 0, 0.5, 2, 6, 12, 33)] + [mean / 3, mean / 2.1, mean / 2]
        for x in sorted({x for x in xs if 0 < x < 1}):
            x = mp.mpf(x)
            with mp.workdps(400):
                y = 1 - x
            with mp.workdps(70):
                logpdf = (exact[0] - 1) * mp.log(x) + (exact[1] - 1) * mp.log(y) - log_beta(*exact)
                tails = (mp.nan, mp.nan)
                if logpdf + mp.log(x) + mp.log(y) < -800:
                    tails = (mp.mpf(0), mp.mpf(1)) if x < mean else (mp.mpf(1), mp.mpf(0))
                elif n < 1e7 or not 1e-4 < x < 0.9:  # else the series is too long
                    tails = beta_tails(*exact, x, y)
                yield *exact, x, logpdf, mp.exp(logpdf), *tails


def beta_moments():
    for a, b in shapes:
        a, b = mp.mpf(a), mp.mpf(b)
        n = a + b
        entropy = log_beta(a, b) - (a - 1) * mp.psi(0, a) - (b - 1) * mp.psi(0, b) + (n - 2) * mp.psi(0, n)
        yield a, b, a / n, a * b / n**2 / (n + 1), entropy


def f_rows():
    for d1, d2 in [(1e-8, 1e-8), (1e-8, 5), (0.1, 1), (1, 1), (2, 3), (1.5, 1e8), (5, 2), (12, 40.5), (300, 7), (1e4, 1e4), (1e8, 1e8), (1e8, 1e-8),
                   (1e8, 3), (8000, 1e8)]:
        a, b = mp.mpf(d1) / 2, mp.mpf(d2) / 2
        sd = (2 / d1 + 2 / d2) ** 0.5
        xs = [5e-324, 1e-310, 1e-300, 1e-100, 1e-20, 1e-3, 0.1, 0.5, 0.99, 1, 1 + 1e-9, 1.5, 4, 30, 1e4, 1e20, 1e150, 1e300]
        xs += [2.718281828459045 ** (z * sd) for z in (-30, -8, -3, -1, -1e-3, 0.5, 2, 6, 12, 33) if abs(z * sd) < 300]
        for x in sorted(set(xs)):
            x = mp.mpf(x)
            with mp.workdps(70):
                D = d1 * x + d2
                u, v = d1 * x / D, d2 / D
                logpdf = a * mp.log(u) + b * mp.log(v) - log_beta(a, b) - mp.log(x)
                tails = (mp.nan, mp.nan)
                if logpdf + mp.log(x) < -800:
                    tails = (mp.mpf(0), mp.mpf(1)) if x < 1 else (mp.mpf(1), mp.mpf(0))
                elif a + b < 10**7 or not 1e-4 < u < 0.9:  # else the series is too long
                    tails = beta_tails(a, b, u, v)
                yield mp.mpf(d1), mp.mpf(d2), x, logpdf, mp.exp(logpdf), *tails


def f_moments():
    for d1, d2 in [(1e-8, 5), (0.1, 4.5), (2, 3), (5, 12.5), (300, 7), (1e8, 1e8), (1.5, 1e8), (1e8, 5)]:
        d1, d2 = mp.mpf(d1), mp.mpf(d2)
        a, b = d1 / 2, d2 / 2
        mean = d2 / (d2 - 2)
        variance = 2 * d2**2 * (d1 + d2 - 2) / (d1 * (d2 - 2) ** 2 * (d2 - 4)) if d2 > 4 else mp.inf
        entropy = mp.log(d2 / d1) + log_beta(a, b) + (1 - a) * mp.psi(0, a) - (1 + b) * mp.psi(0, b) + (a + b) * mp.psi(0, a + b)
        yield d1, d2, mean, variance, entropy


dfs = [1e-8, 1e-3, 0.1, 0.5, 1, 1.7, 2, 3, 4.5, 10, 33, 200, 1e4, 1e6, 1e8]


def t_rows():
    for df in dfs:
        nu = mp.mpf(df)
        for z in [0, 1e-310, 1e-200, 1e-20, 1e-8, 1e-3, 0.1, 0.6, 1, 1.0001, 1.7, 1.75, 3, 8, 20, 37, 100, 1e4, 1e8, 1e20, 1e100, 1e150, 1e300]:
            z = mp.mpf(z)
            with mp.workdps(70):
                logpdf = mp.loggamma((nu + 1) / 2) - mp.loggamma(nu / 2) - mp.log(mp.pi * nu) / 2 - (nu + 1) / 2 * mp.log1p(z * z / nu)
                beyond = mp.mpf(1) if z == 0 else None
                if z and (df < 1000 or z < 100):
                    beyond = beta_tails(mp.mpf(1) / 2, nu / 2, z * z / (nu + z * z), nu / (nu + z * z))[1]
                lower = mp.nan if beyond is None else beyond / 2
                yield nu, -z, logpdf, mp.exp(logpdf), lower, 1 - lower


def t_moments():
    for df in dfs:
        nu = mp.mpf(df)
        with mp.workdps(70):
            entropy = (nu + 1) / 2 * (mp.psi(0, (nu + 1) / 2) - mp.psi(0, nu / 2)) + mp.log(nu) / 2 + log_beta(nu / 2, mp.mpf(1) / 2)
        yield nu, (nu / (nu - 2) if df > 2 else mp.inf if df > 1 else mp.nan), entropy


def owen(h, alpha):
    """P(X < -h) of the skew-normal distribution, h >= 0, alpha > 0: (1/pi) int_alpha^inf exp(-h^2 (1 + s^2)/2)/(1 + s^2) ds."""
    if h == 0:
        return mp.atan(1 / alpha) / mp.pi
    # Of s = alpha + u; panels shrink towards u = 0.
    width = min(1 / (h * h * alpha), 1 / h, max(1, alpha)) if h * h * alpha else 1 / h
    f = lambda u: mp.exp(-h * h * (alpha * u + u * u / 2)) / (1 + (alpha + u) ** 2)
    edge = mp.mpf(0)
    points = [mp.mpf(0)]
    step = width
    while h * h * (alpha * points[-1] + points[-1] ** 2 / 2) < 100:
        points.append(points[-1] + step)
        step *= mp.mpf("1.5")
    return mp.quad(f, points) * mp.exp(-h * h * (1 + alpha * alpha) / 2) / mp.pi


def skew_normal_rows():
    for shape in [0, 1e-8, 0.3, -2.5, 8, -1e6]:
        alpha = abs(mp.mpf(shape))
        scales = [1] + ([float(1 / alpha)] if alpha > 5 else [])
        zs = {s * z for s in scales for z in (-36, -8, -3, -1, -0.3, -1e-8, 0, 0.01, 0.3, 1, 2, 8.5, 37)}
        for z in sorted(zs):
            z = mp.mpf(z)
            with mp.workdps(25):
                if alpha == 0:
                    lower, upper = mp.ncdf(z), mp.ncdf(-z)
                elif z <= 0:
                    lower = owen(-z, alpha)
                    upper = 1 - lower
                else:
                    upper = 2 * mp.ncdf(-z) - owen(z, alpha)
                    lower = 1 - upper
                tail = mp.ncdf(alpha * z) if alpha * z > -1e6 else mp.mpf(0)
                logpdf = mp.log(2) - z * z / 2 - mp.log(2 * mp.pi) / 2 + (mp.log(tail) if tail else log_tail(-alpha * z))
                if shape < 0:
                    yield mp.mpf(shape), -z, logpdf, mp.exp(logpdf), upper, lower
                else:
                    yield mp.mpf(shape), z, logpdf, mp.exp(logpdf), lower, upper


def log_tail(v):
    """log P(Z > v), v large."""
    return -v * v / 2 - mp.log(v * mp.sqrt(2 * mp.pi)) + mp.log1p(-1 / v**2 + 3 / v**4)


def skew_normal_moments():
    for shape in [0, 0.3, -2.5, 8, 1e3]:
        alpha = mp.mpf(shape)
        delta = alpha / mp.sqrt(1 + alpha**2)
        with mp.workdps(22):
            def k(z):
                p, q = 2 * mp.ncdf(alpha * z), 2 * mp.ncdf(-alpha * z)
                return mp.npdf(z) * (p * mp.log(p) + (q * mp.log(q) if q else 0))
            points = sorted({mp.mpf(p) for p in (0, 0.5, 1, 2, 4, 7, 11)} | {p / abs(alpha) for p in (0.5, 1, 2, 4, 8, 16) if abs(alpha) > 1.6})
            entropy = mp.mpf(1) / 2 + mp.log(2 * mp.pi) / 2 - mp.quad(k, points)
            mode = mp.mpf(0)
            if shape:
                f = lambda z: z - abs(alpha) * mp.npdf(alpha * z) / mp.ncdf(abs(alpha) * z)
                mode = mp.sign(alpha) * mp.findroot(f, (mp.mpf(0), mp.mpf(1)), solver="anderson", tol=1e-36)
        yield alpha, delta * mp.sqrt(2 / mp.pi), 1 - 2 * delta**2 / mp.pi, mode, entropy


table("beta", ["a", "b", "x", "logpdf", "pdf", "cdf", "ccdf"], beta_rows())
table("beta_moments", ["a", "b", "mean", "variance", "entropy"], beta_moments())
table("f", ["d1", "d2", "x", "logpdf", "pdf", "cdf", "ccdf"], f_rows())
table("f_moments", ["d1", "d2", "mean", "variance", "entropy"], f_moments())
table("t", ["df", "z", "logpdf", "pdf", "cdf", "ccdf"], t_rows())
table("t_moments", ["df", "variance", "entropy"], t_moments())
table("skew_normal", ["alpha", "z", "logpdf", "pdf", "cdf", "ccdf"], skew_normal_rows())
table("skew_normal_moments", ["alpha", "mean", "variance", "mode", "entropy"], skew_normal_moments())
