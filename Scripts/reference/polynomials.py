"""Coefficients of the polynomials in Sources/Kernels/Elementary, lowest degree first, as hexadecimal doubles.

Chebyshev interpolation in 60 digits, then the coefficients are rounded; the error printed is that of the rounded polynomial.
Run: python3 Scripts/reference/polynomials.py
"""
import mpmath as mp

mp.mp.dps = 60


def fit(name, f, low, high, degree, weight=lambda x: 1):
    """The polynomial through f at the Chebyshev points of low...high, and the largest weight * error."""
    centre, half = (mp.mpf(low) + high) / 2, (mp.mpf(high) - low) / 2
    nodes = [centre + half * mp.cos(mp.pi * (2 * i + 1) / (2 * degree + 2)) for i in range(degree + 1)]
    vandermonde = mp.matrix(degree + 1, degree + 1)
    for i, x in enumerate(nodes):
        for j in range(degree + 1):
            vandermonde[i, j] = x**j
    solution = mp.lu_solve(vandermonde, mp.matrix([f(x) for x in nodes]))
    coefficients = [float(c) for c in solution]
    error = max(
        abs(weight(x) * (mp.polyval([mp.mpf(c) for c in reversed(coefficients)], x) - f(x)))
        for x in (low + (high - low) * mp.mpf(i) / 997 for i in range(998))
    )
    print(f"{name}, degree {degree}, error {mp.nstr(error, 3)} = 2^{mp.nstr(mp.log(error, 2), 4)}")
    for c in coefficients:
        print(f"  {c.hex()}  {c!r}")


# exp r = 1 + r + r^2 q(r)
fit("exponential", lambda r: (mp.expm1(r) - r) / r**2 if abs(r) > 1e-20 else mp.mpf(1) / 2, -0.3467, 0.3467, 10, lambda r: r**2)
# log((1 + s) / (1 - s)) = 2 s + s z p(z), z = s^2
fit("logarithm", lambda z: ((mp.log1p(mp.sqrt(z)) - mp.log1p(-mp.sqrt(z))) / mp.sqrt(z) - 2) / z if z else mp.mpf(2) / 3,
    mp.mpf(0), mp.mpf("0.02945"), 6, lambda z: z / 2)
high = mp.mpf(int(mp.log(2) * 2**41)) / 2**41
print("log 2 high", float(high).hex(), "low", float(mp.log(2) - high).hex(), "1 / log 2", float(1 / mp.log(2)).hex())

# log((1 + v) / (1 - v)) = 2 v + v z p(z), z = v^2 up to 1/9
fit("deviance", lambda z: ((mp.log1p(mp.sqrt(z)) - mp.log1p(-mp.sqrt(z))) / mp.sqrt(z) - 2) / z if z else mp.mpf(2) / 3,
    mp.mpf(0), mp.mpf(1) / 9 + mp.mpf("0.0001"), 11, lambda z: z / 2)
print("log n! - log(sqrt(2 pi n) (n / e)^n), n = 1...15")
for n in range(1, 16):
    print(" ", float(mp.loggamma(n + 1) - (mp.log(2 * mp.pi * n) / 2 + n * mp.log(n) - n)).hex())

# P(Z > z) = exp(-z^2 / 2) c p(t) / (z + c), t = (z - c) / (z + c), for z from 0 to infinity
c = mp.mpf(5.3)


def scaled_tail(t):
    if t == 1:
        return 1 / mp.sqrt(2 * mp.pi) / c
    z = c * (1 + t) / (1 - t)
    return mp.erfc(z / mp.sqrt(2)) / 2 * mp.exp(z * z / 2) * (z + c) / c


fit("normal tail", scaled_tail, mp.mpf(-1), mp.mpf(1), 24, lambda t: 1 / scaled_tail(t))

# Gamma functions as polynomials in t = (x - c) / (x + c), which takes x from 0 to infinity to -1 to 1.


def gamma_fit(name, f, c, low, high, degree, limit=None):
    """f between low and high; `limit` is its value at infinity. Moved by 1e-25, no point meets a removable singularity."""
    def at(t):
        return f(c * (1 + t) / (1 - t) + mp.mpf("1e-25")) if 1 - t > 1e-25 else limit

    ends = [(x - c) / (x + c) if x != mp.inf else mp.mpf(1) for x in (mp.mpf(low), mp.mpf(high))]
    fit(name, at, *ends, degree, lambda t: 1 / at(t))


root = mp.findroot(mp.digamma, 1.46)
print("root of digamma", float(root).hex(), "and", float(root - float(root)).hex())
gamma_fit("log gamma(x) / ((x - 1) (x - 2))", lambda x: mp.loggamma(x) / ((x - 1) * (x - 2)), 2, 1, 4, 20)
gamma_fit("digamma(x) / (x - root)", lambda x: mp.digamma(x) / (x - root), 2, 1, 4, 22)
gamma_fit("x (log gamma(x) - log(sqrt(2 pi / x) (x / e)^x))",
          lambda x: x * (mp.loggamma(x) - mp.log(2 * mp.pi) / 2 - (x - mp.mpf(1) / 2) * mp.log(x) + x),
          1, 1, mp.inf, 20, mp.mpf(1) / 12)
gamma_fit("x (log x - digamma(x))", lambda x: x * (mp.log(x) - mp.digamma(x)), 1, 1, mp.inf, 20, mp.mpf(1) / 2)
gamma_fit("x trigamma(x)", lambda x: x * mp.polygamma(1, x), 1, 1, mp.inf, 24, mp.mpf(1))

# atan t = t + t z p(z), z = t^2 up to tan(pi / 8)^2
fit("arctangent", lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z if z else -mp.mpf(1) / 3, mp.mpf(0), mp.mpf("0.17158"), 11,
    lambda z: z)
# sin y = y + y z p(z) and cos y = 1 - z / 2 + z^2 q(z), z = y^2 up to (pi / 4)^2
fit("sine", lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z if z else -mp.mpf(1) / 6, mp.mpf(0), mp.mpf("0.61686"), 6, lambda z: z)
fit("cosine", lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2 if z > 1e-20 else mp.mpf(1) / 24, mp.mpf(0), mp.mpf("0.61686"), 5,
    lambda z: z**2)

# Temme's expansion of the incomplete gamma functions: c_k(eta) = sum of d[k][n] eta^n (DLMF 8.12.11), from lambda - 1 = sum of
# alpha[n] eta^n and the coefficients g of the gamma function's asymptotic series.
alpha = [mp.mpf(0), mp.mpf(1)]
for n in range(2, 40):  # mu mu' = eta (1 + mu)
    alpha.append(alpha[n - 1] / (n + 1) - mp.fsum(alpha[i] * alpha[n + 1 - i] for i in range(2, n)) / 2)
g = [mp.mpf(1), mp.mpf(1) / 12, mp.mpf(1) / 288, -mp.mpf(139) / 51840]
d = [[-mp.mpf(1) / 3] + [(n + 2) * alpha[n + 2] for n in range(1, 38)]]
for k in range(1, 4):
    d.append([(-1) ** k * g[k] * d[0][n] + (n + 2) * d[k - 1][n + 2] for n in range(len(d[k - 1]) - 2)])
for k, terms in enumerate([16, 12, 8, 4]):
    print(f"c_{k}")
    for c in d[k][:terms]:
        print(f"  {float(c).hex()}")
