"""Reference values for the multivariate families, in 50 digits, rounded to 17: from the textbook formulas; fits by Newton's
method on the likelihood equations in 50 digits, for mvt by iterated weighted means.

Writes the tables of mvt, dirichlet, wishart, inverse_wishart and von_mises_fisher in Tests/KernelsTests/Reference.
Run: python3 Scripts/reference/multivariate.py
"""
import random

from tables import mp, table

random.seed(5)


def numbers(values):
    return " ".join(repr(float(v)) for v in values)


def elements(m):
    """Column after column."""
    return numbers(m[i, j] for j in range(m.cols) for i in range(m.rows))


def doubles(m):
    return mp.matrix([[mp.mpf(float(m[i, j])) for j in range(m.cols)] for i in range(m.rows)])


def trace(m):
    return mp.fsum(m[i, i] for i in range(m.rows))


# Multivariate t

def t_log(x, df, mu, scale):
    d = len(mu)
    y = mp.matrix([mp.mpf(a) - mp.mpf(b) for a, b in zip(x, mu)])
    s = mp.matrix([[mp.mpf(c) for c in row] for row in scale])
    square = (y.T * mp.lu_solve(s, y))[0]
    df = mp.mpf(df)
    return (mp.loggamma((df + d) / 2) - mp.loggamma(df / 2) - mp.log(df * mp.pi) * d / 2 - mp.log(mp.det(s)) / 2
            - (df + d) / 2 * mp.log1p(square / df))


def t_rows():
    cases = [([1, -2], [[4, 1.2], [1.2, 0.5]]), ([0, 1, 2], [[2, 0.5, 0.1], [0.5, 1, -0.3], [0.1, -0.3, 3]]), ([0.5], [[2.25]])]
    for df in [1e-8, 0.3, 1, 2.5, 30, 1e4, 1e8]:
        for mu, scale in cases:
            for shift in [0, 1e-5, 0.5, 3, 1e3, 1e200]:
                x = [float(m + shift * (-1) ** i) for i, m in enumerate(mu)]
                with mp.workdps(90):
                    yield mp.mpf(df), numbers(mu), numbers(c for row in scale for c in row), numbers(x), t_log(x, df, mu, scale)


def t_entropies():
    for df in [1e-8, 0.5, 3, 100, 1e8]:
        for d in [1, 2, 10]:
            with mp.workdps(90):
                v = mp.mpf(df)
                yield v, str(d), (mp.loggamma(v / 2) - mp.loggamma((v + d) / 2) + mp.log(v * mp.pi) * d / 2
                                  + (v + d) / 2 * (mp.digamma((v + d) / 2) - mp.digamma(v / 2)))


def t_cdf(t, df):
    z = df / (df + t * t)
    tail = mp.betainc(df / 2, mp.mpf(1) / 2, 0, z, regularized=True) / 2
    return tail if t < 0 else 1 - tail


def t_bivariate():
    """The conditional distribution of the second number is t with one degree of freedom more."""
    for df, r, h, k in [(1, 0.5, 0, 0), (3, -0.7, 1, 0.5), (0.5, 0.3, -2, 4), (10, 0.9, -1, -1.5), (10, 0.9, -6, -5), (200, 0.2, 1, -2),
                        (4, -0.5, -8, 3), (1e4, 0.6, -3, -2), (5, 0.999, 1, 1.01)]:
        with mp.workdps(25):
            v, rho = mp.mpf(df), mp.mpf(r)
            c = mp.gamma((v + 1) / 2) / mp.gamma(v / 2) / mp.sqrt(v * mp.pi)

            def inner(theta):
                t = mp.sqrt(v) * mp.tan(theta)
                spread = mp.sqrt((1 - rho**2) * (v + t * t) / (v + 1))
                return c * mp.sqrt(v) * abs(mp.cos(theta)) ** (v - 1) * t_cdf((k - rho * t) / spread, v + 1)
            end = mp.atan(mp.mpf(h) / mp.sqrt(v))
            width = 1 / mp.sqrt(v + 1)
            points = sorted({p for p in [-mp.pi / 2, end] + [end - width * 2**i for i in range(-4, 5)]
                             + [s * width * i for s in (-1, 1) for i in range(12)]
                             + [mp.atan(mp.mpf(k) / rho / mp.sqrt(v)) + width * s * mp.mpf(2)**-i for s in (-1, 1) for i in range(9)]
                             if -mp.pi / 2 <= p <= end})
            yield v, rho, mp.mpf(h), mp.mpf(k), mp.quad(inner, points)


def t_factor():
    """P(X <= x) with X_i = (l_i T + sqrt(1 - l_i^2) E_i)/S: a double integral, whatever the dimension; by Gauss and Legendre's rule
    of 400 points each way in floating point."""
    import numpy as np
    from scipy import special
    nodes, weights = np.polynomial.legendre.leggauss(400)
    for df, loadings, x in [(3, [0.5] * 3, [0, 1, 2]), (1, [0.9, 0.3, -0.5], [1, 0.5, 2]), (8, [0.7] * 5, [0.5] * 5), (25, [0.6] * 8, [1.5] * 8),
                            (5, [0.5] * 3, [-3, -2, -1])]:
        t, s = 10 * nodes[:, None], 3 * (nodes[None, :] + 1)
        logs = np.log(2) + df / 2 * np.log(df / 2) - special.gammaln(df / 2) + (df - 1) * np.log(s) - df * s * s / 2 - t * t / 2
        value = np.exp(logs) / np.sqrt(2 * np.pi)
        for l, b in zip(loadings, x):
            value = value * special.ndtr((s * b - l * t) / np.sqrt(1 - l * l))
        yield mp.mpf(df), numbers(loadings), numbers(x), mp.mpf(float(30 * weights @ value @ weights))


def t_fits():
    for n, d, df in [(60, 1, 3), (80, 2, 4), (100, 3, 2)]:
        rows, weights = [], []
        for i in range(n):
            s = (random.gammavariate(df / 2, 2 / df)) ** -0.5
            z = [random.gauss(0, 1) for _ in range(d)]
            rows.append([float(j + s * (z[j] + (0.5 * z[j - 1] if j else 0))) for j in range(d)])
            weights.append(float(random.choice([1, 1, 2, 0.5])))
        yield str(d), numbers(c for row in rows for c in row), numbers(weights), *t_optimum(rows, weights)


def t_optimum(rows, weights):
    """Plain EM in floating point for mu and scale for a given df, golden section for the likelihood of df, by numpy, to 1e-7."""
    import numpy as np
    from scipy import optimize, special
    x, w = np.array(rows), np.array(weights)
    d = x.shape[1]

    def inner(df):
        mu, s = np.average(x, axis=0, weights=w), np.cov(x.T, aweights=w).reshape(d, d)
        for _ in range(4000):
            y = x - mu
            q = np.einsum("ij,ij->i", y @ np.linalg.inv(s), y)
            u = w * (df + d) / (df + q)
            new = u @ x / u.sum()
            y = x - new
            t = (u[:, None] * y).T @ y / w.sum()
            done = np.abs(new - mu).max() + np.abs(t - s).max() < 1e-14
            mu, s = new, t
            if done:
                break
        y = x - mu
        q = np.einsum("ij,ij->i", y @ np.linalg.inv(s), y)
        logs = (special.gammaln((df + d) / 2) - special.gammaln(df / 2) - d / 2 * np.log(df * np.pi) - np.linalg.slogdet(s)[1] / 2
                - (df + d) / 2 * np.log1p(q / df))
        return mu, s, w @ logs
    best = optimize.minimize_scalar(lambda v: -inner(np.exp(v))[2], bounds=(-1, 5), method="bounded", options={"xatol": 1e-9})
    mu, s, value = inner(np.exp(best.x))
    return mp.mpf(float(np.exp(best.x))), numbers(mu), numbers(s.T.ravel()), mp.mpf(float(value))


table("mvt", ["df", "mu", "scale", "x", "logpdf"], t_rows())
table("mvt_entropy", ["df", "d", "entropy of scale 1"], t_entropies())

# Dirichlet

def dirichlet_log(x, alpha):
    a = [mp.mpf(v) for v in alpha]
    return mp.loggamma(mp.fsum(a)) - mp.fsum(map(mp.loggamma, a)) + mp.fsum((b - 1) * mp.log(mp.mpf(v)) for b, v in zip(a, x))


def dirichlet_rows():
    for alpha in [[1, 1, 1], [0.5, 2, 7.5], [1e-8, 2e-8, 0.5], [1e8, 2e8, 3e8], [0.001, 1000, 30], [4, 0.3], [1e-3] * 5]:
        total = sum(alpha)
        for kind in range(4):
            if kind == 0:
                x = [a / total for a in alpha]
            elif kind == 1:
                x = [a / total * (1 + random.gauss(0, 1) / (1 + a) ** 0.5 * 0.3) for a in alpha]
            elif kind == 2:
                x = [1.0] * len(alpha)
            else:
                x = [1e-12] * (len(alpha) - 1) + [1]
            x = [abs(v) / sum(map(abs, x)) for v in x]
            with mp.workdps(80):
                yield numbers(alpha), numbers(x), dirichlet_log(x, alpha)


def dirichlet_entropies():
    for alpha in [[1, 1, 1], [0.5, 2, 7.5], [1e-8, 2e-8], [1e8, 2e8, 3e8], [0.001, 1000, 30]]:
        with mp.workdps(80):
            a = [mp.mpf(v) for v in alpha]
            t = mp.fsum(a)
            yield numbers(alpha), (mp.fsum(map(mp.loggamma, a)) - mp.loggamma(t) + (t - len(a)) * mp.digamma(t)
                                   - mp.fsum((v - 1) * mp.digamma(v) for v in a))


def dirichlet_fits():
    for alpha in [[2, 3, 5], [0.2, 0.5, 0.1, 0.4], [300, 200], [1e5, 2e5, 3e5]]:
        rows, weights = [], []
        for _ in range(12):
            g = [random.gammavariate(a, 1) + 1e-12 for a in alpha]
            rows.append([float(v / sum(g)) for v in g])
            weights.append(float(random.choice([1, 2, 3])))
        total = mp.fsum(map(mp.mpf, weights))
        logs = [mp.fsum(w * mp.log(mp.mpf(r[j])) for w, r in zip(weights, rows)) / total for j in range(len(alpha))]
        f = lambda *a: [mp.digamma(v) - mp.digamma(mp.fsum(a)) - l for v, l in zip(a, logs)]
        import numpy as np
        from scipy import special
        a = np.array(alpha, float)
        for _ in range(20000):
            y = special.digamma(a.sum()) + np.array([float(l) for l in logs])
            b = np.where(y > -2.2, np.exp(y) + 0.5, -1 / (y + 0.5772))
            for _ in range(8):
                b -= (special.digamma(b) - y) / special.polygamma(1, b)
            done = np.abs(b / a - 1).max() < 1e-13
            a = b
            if done:
                break
        solution = mp.findroot(f, [mp.mpf(float(v)) for v in a], tol=1e-60, maxsteps=60)
        yield str(len(alpha)), numbers(c for r in rows for c in r), numbers(weights), numbers(solution)


table("dirichlet", ["alpha", "x", "logpdf"], dirichlet_rows())
table("dirichlet_entropy", ["alpha", "entropy"], dirichlet_entropies())
table("dirichlet_fit", ["d", "rows", "weights", "alpha"], dirichlet_fits())

# Wishart and inverse Wishart

def log_gamma(a, d):
    return mp.log(mp.pi) * d * (d - 1) / 4 + mp.fsum(mp.loggamma(a - mp.mpf(j) / 2) for j in range(d))


def wishart_log(x, df, v):
    d = v.rows
    return ((df - d - 1) / 2 * mp.log(mp.det(x)) - trace(mp.inverse(v) * x) / 2 - df * d / 2 * mp.log(2) - df / 2 * mp.log(mp.det(v))
            - log_gamma(df / 2, d))


def inverse_wishart_log(x, df, v):
    d = v.rows
    return (df / 2 * mp.log(mp.det(v)) - (df + d + 1) / 2 * mp.log(mp.det(x)) - trace(v * mp.inverse(x)) / 2 - df * d / 2 * mp.log(2)
            - log_gamma(df / 2, d))


scales = [mp.matrix([[2.5]]), mp.matrix([[4, 1.25], [1.25, 0.5]]), mp.matrix([[2, 0.5, 0.125], [0.5, 1, -0.25], [0.125, -0.25, 3]])]


def nearby(m, reach):
    """m + reach * sqrt(m) * noise * sqrt(m), rounded."""
    d = m.rows
    l = mp.cholesky(m)
    e = mp.eye(d)
    for i in range(d):
        for j in range(i + 1):
            e[i, j] += reach * random.uniform(-1, 1)
            e[j, i] = e[i, j]
    return doubles(l * e * l.T)


def symmetric(m):
    for i in range(m.rows):
        for j in range(i):
            m[i, j] = m[j, i]
    return m


def wishart_rows():
    for v in scales:
        d = v.rows
        for df in [d - 1 + 1e-8, d - 0.5, d + 0.5, d + 4, 100, 1e8]:
            df = float(df)
            for reach in [0, min(0.4, 3 / df**0.5), 0.4]:
                for far in [1, 1e-3, 1e3]:
                    w = symmetric(nearby(doubles(v * df * far), reach))
                    i = symmetric(nearby(doubles(v / df * far), reach))
                    with mp.workdps(90):
                        yield (str(d), mp.mpf(df), elements(v), elements(w), wishart_log(w, mp.mpf(df), v), elements(i),
                               inverse_wishart_log(i, mp.mpf(df), v))


def wishart_entropies():
    for v in scales:
        d = v.rows
        for df in [d - 1 + 1e-6, d + 0.5, 100, 1e8]:
            with mp.workdps(90):
                df = mp.mpf(float(df))
                c = log_gamma(df / 2, d) + df * d / 2
                psi = mp.fsum(mp.digamma((df - j) / 2) for j in range(d))
                det = mp.log(mp.det(v))
                entropy = (mp.mpf(d + 1) / 2 * det + mp.mpf(d * (d + 1)) / 2 * mp.log(2) + c - (df - d - 1) / 2 * psi)
                inverse = c + mp.mpf(d + 1) / 2 * (det - d * mp.log(2)) - (df + d + 1) / 2 * psi
                yield str(d), df, elements(v), entropy, inverse


def wishart_fits():
    for d, n, df in [(1, 5, 4), (2, 8, 6), (3, 10, 3), (2, 6, 1e6)]:
        xs, weights = [], [float(random.choice([1, 2, 3])) for _ in range(n)]
        for _ in range(n):
            b = mp.zeros(d)
            for i in range(d):
                b[i, i] = mp.sqrt(2 * random.gammavariate((df - i) / 2, 1))
                for j in range(i):
                    b[i, j] = random.gauss(0, 1)
            l = mp.cholesky(scales[d - 1])
            xs.append(symmetric(doubles(l * b * b.T * l.T)))
        total = mp.fsum(map(mp.mpf, weights))
        mean = sum((w * x for w, x in zip(weights, xs)), mp.zeros(d)) / total
        gap = mp.log(mp.det(mean)) - mp.fsum(w * mp.log(mp.det(x)) for w, x in zip(weights, xs)) / total
        f = lambda v: mp.fsum(mp.log(v / 2) - mp.digamma((v - j) / 2) for j in range(d)) - gap
        lo, hi = mp.mpf(d - 1) + mp.mpf(10) ** -9, mp.mpf(10) ** 12
        for _ in range(400):
            middle = mp.sqrt(lo * hi) if lo > 0 and hi > 4 * lo else (lo + hi) / 2
            lo, hi = (middle, hi) if f(middle) > 0 else (lo, middle)
        yield str(d), ";".join(elements(x) for x in xs), numbers(weights), lo, elements(mean / lo)


table("wishart", ["d", "df", "scale", "x", "wishart", "y", "inverse wishart"], wishart_rows())
table("wishart_entropy", ["d", "df", "scale", "wishart", "inverse wishart"], wishart_entropies())
table("wishart_fit", ["d", "matrices", "weights", "df", "scale"], wishart_fits())

# Von Mises-Fisher

def log_bessel(nu, k):
    """log of exp(-k)·k^-nu·I_nu(k)."""
    if k == 0:
        return -nu * mp.log(2) - mp.loggamma(nu + 1)
    if k < 5000:
        return mp.log(mp.hyp0f1(nu + 1, k * k / 4)) - k - nu * mp.log(2) - mp.loggamma(nu + 1)
    return mp.log(bessel_sum(nu, k)) - mp.log(2 * mp.pi * k) / 2 - nu * mp.log(k)


def bessel_sum(nu, k):
    """The asymptotic series of sqrt(2 pi k) exp(-k) I_nu(k), in exact terms until they are below 1e-60."""
    term, total, j = mp.mpf(1), mp.mpf(1), 1
    while j < 4000:
        term *= -(4 * nu * nu - (2 * j - 1) ** 2) / (8 * k * j)
        total += term
        if abs(term) < mp.mpf(10) ** -60:
            return total
        j += 1
    raise ValueError("series")


def ratio(nu, k):
    return k * mp.exp(log_bessel(nu + 1, k) - log_bessel(nu, k)) if k else mp.mpf(0)


def bessel_rows():
    for d in [2, 3, 4, 10, 51, 52, 100, 1000]:
        nu = mp.mpf(d) / 2 - 1
        for k in [1e-8, 1e-3, 0.5, 3, 10, 24.9, 25.1, 60, 499, 4000, 1e5 if d < 100 else 1e6, 1e6 if d < 100 else 1e7, 1e8]:
            with mp.workdps(120):
                k = mp.mpf(k)
                a = ratio(nu, k)
                yield str(d), k, log_bessel(nu, k), a, 1 - a, 1 - a * a - (d - 1) / k * a


def fisher_rows():
    for d in [2, 3, 10, 200]:
        mu = [random.gauss(0, 1) for _ in range(d)]
        length = sum(m * m for m in mu) ** 0.5
        mu = [m / length for m in mu]
        for k in [0, 1e-8, 0.7, 30, 1e4, 1e8]:
            for reach in [0, 1 / (1 + k) ** 0.5, 0.3, 100]:
                x = [m + reach * random.gauss(0, 1) for m in mu]
                length = sum(v * v for v in x) ** 0.5
                x = [v / length for v in x]
                with mp.workdps(120):
                    m, y = [mp.mpf(v) for v in mu], [mp.mpf(v) for v in x]
                    lengths = mp.sqrt(mp.fsum(v * v for v in m)) * mp.sqrt(mp.fsum(v * v for v in y))
                    cosine = mp.fsum(p * q for p, q in zip(m, y)) / lengths
                    k = mp.mpf(k)
                    yield numbers(mu), k, numbers(x), -k * (1 - cosine) - log_bessel(mp.mpf(d) / 2 - 1, k) - mp.log(2 * mp.pi) * d / 2


def fisher_fits():
    for d, k in [(2, 3), (3, 1), (3, 1e6), (10, 50), (40, 5)]:
        mu = [1.0] + [0.0] * (d - 1)
        rows, weights = [], []
        for _ in range(15):
            x = [m + random.gauss(0, 1) / k**0.5 for m in mu]
            length = sum(v * v for v in x) ** 0.5
            rows.append([v / length for v in x])
            weights.append(float(random.choice([1, 2, 0])))
        with mp.workdps(60):
            total = mp.fsum(map(mp.mpf, weights))
            exact = [[mp.mpf(v) / mp.sqrt(mp.fsum(mp.mpf(c) ** 2 for c in r)) for v in r] for r in rows]
            mean = [mp.fsum(w * r[j] for w, r in zip(weights, exact)) / total for j in range(d)]
            length = mp.sqrt(mp.fsum(m * m for m in mean))
            lo, hi = mp.mpf(10) ** -10, mp.mpf(10) ** 9
            for _ in range(200):
                middle = mp.sqrt(lo * hi)
                lo, hi = (middle, hi) if ratio(mp.mpf(d) / 2 - 1, middle) < length else (lo, middle)
            yield str(d), numbers(c for r in rows for c in r), numbers(weights), numbers(m / length for m in mean), lo


table("modified_bessel", ["d", "x", "log scaled I", "ratio", "1 - ratio", "slope"], bessel_rows())
table("von_mises_fisher", ["mu", "kappa", "x", "logpdf"], fisher_rows())
table("von_mises_fisher_fit", ["d", "rows", "weights", "mu", "kappa"], fisher_fits())

# The slow ones of mvt

table("mvt_fit", ["d", "rows", "weights", "df", "mu", "scale", "loglik"], t_fits())
table("mvt_bivariate", ["df", "r", "h", "k", "cdf"], t_bivariate())
table("mvt_factor", ["df", "loadings", "x", "cdf"], t_factor())
