"""Reference values for the multivariate normal distribution, in 50 digits, rounded to 17: the textbook formula; probabilities by quadrature.

Writes mvnormal{,_bivariate,_factor}.tsv.
Run, in Scripts/reference: python3 -m distributions.multivariate_normal
"""
import mpmath as mp

from tables import table


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
