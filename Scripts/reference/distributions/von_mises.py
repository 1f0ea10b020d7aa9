"""Reference values for the von Mises distribution, in 50 digits, rounded to 17: the textbook formulas and quadrature; fits are roots of the score.

Writes von_mises{,_moments,_fit}.tsv.
Run, in Scripts/reference: python3 -m distributions.von_mises
"""
import mpmath as mp

from tables import table


def von_mises_tail(kappa, t):
    """P(X > t), t >= 0, over panels that shrink towards t."""
    if t >= mp.pi:
        return mp.mpf(0)
    scale = min(mp.pi - t, 1 / mp.sqrt(1 + kappa), 1 / (1 + kappa * abs(mp.sin(t))))
    points = [t + scale * k for k in range(0, 140, 2) if t + scale * k < mp.pi] + [mp.pi]
    shift = mp.quad(lambda x: mp.exp(kappa * (mp.cos(x) - mp.cos(t))), points)
    return shift * mp.exp(kappa * mp.cos(t)) / (2 * mp.pi * mp.besseli(0, kappa))


def von_mises_rows():
    for kappa in [0, 1e-8, 0.5, 3, 19.9, 20.1, 700, 1e6, 1e8]:
        kappa = mp.mpf(kappa)
        for z in [0, 1e-8, 0.3, 1, 2.9, 6, 20]:
            for sign in (-1, 1):
                x = mp.mpf(float(sign * mp.mpf(z) / mp.sqrt(1 + kappa)))
                if abs(x) > mp.pi:
                    continue
                logpdf = kappa * mp.cos(x) - mp.log(2 * mp.pi * mp.besseli(0, kappa))
                with mp.workdps(25):
                    tail = von_mises_tail(kappa, abs(x))
                yield kappa, x, logpdf, mp.exp(logpdf), *((tail, 1 - tail) if x < 0 else (1 - tail, tail))


def von_mises_moments():
    for kappa in [0, 1e-8, 0.5, 3, 19.9, 20.1, 700, 1e6]:
        kappa = mp.mpf(kappa)
        zeroth, first = mp.besseli(0, kappa), mp.besseli(1, kappa)
        scale = 1 / mp.sqrt(1 + kappa)
        with mp.workdps(25):
            points = [scale * k for k in range(0, 24) if scale * k < mp.pi] + ([mp.pi] if 24 * scale > mp.pi else [])
            variance = mp.quad(lambda t: t * t * mp.exp(kappa * (mp.cos(t) - 1)), points) * mp.exp(kappa) / (mp.pi * zeroth)
        yield kappa, variance, mp.log(2 * mp.pi * zeroth) - kappa * first / zeroth


def von_mises_fits():
    for x, w in [([0.5, 1.2, -0.3, 3, 6, 0.9], [1, 2, 1, 0.5, 1, 3]), ([-3.1, 3.1, 3.0, -2.9], [1, 1, 1, 1]), ([0.1, 0.101, 0.1003], [1, 1, 2]),
                 ([0, 2, 4.1], [1, 1, 1])]:
        total = mp.fsum(mp.mpf(u) for u in w)
        c = mp.fsum(u * mp.cos(mp.mpf(v)) for v, u in zip(x, w)) / total
        s = mp.fsum(u * mp.sin(mp.mpf(v)) for v, u in zip(x, w)) / total
        length = mp.sqrt(c * c + s * s)
        f = lambda t: mp.besseli(1, mp.exp(t)) / mp.besseli(0, mp.exp(t)) - length
        kappa = mp.exp(mp.findroot(f, (mp.log(1e-3), mp.log(1e9)), solver="anderson", tol=1e-40, maxsteps=500))
        yield " ".join(map(str, x)), " ".join(map(str, w)), mp.atan2(s, c), kappa


table("von_mises", ["kappa", "x", "logpdf", "pdf", "cdf", "ccdf"], von_mises_rows())
table("von_mises_moments", ["kappa", "variance", "entropy"], von_mises_moments())
table("von_mises_fit", ["x", "weights", "mu", "kappa"], von_mises_fits())
