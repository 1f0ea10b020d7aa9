"""exp, expm1, log and log1p at hard and ordinary arguments, in 60 digits, rounded to the nearest double.

Writes Tests/KernelsTests/Reference/elementary.tsv: function, argument and value, the numbers as hexadecimal doubles.
Run: python3 Scripts/reference/elementary.py
"""
import random

import mpmath as mp

from tables import table

mp.mp.dps = 60
random.seed(1)

tiny = [2.0**-1074, 2.0**-1022, 1e-300, 2.0**-60, 2.0**-54, 2.0**-53, 1e-10, 1e-5, 0.01, 0.1]
near = [0.25, 0.3465735902799726, 0.34657359027997264, 0.34657359027997270, 0.5, 0.6931471805599453, 1.0, 1.0397207708399179]
arguments = {
    "exp": [s * x for x in tiny + near for s in (1, -1)]
    + [709.0, 709.782712893384, -708.0, -708.4, -715.0, -740.0, -744.4, -745.1, -745.13]
    + [random.uniform(-745, 709) for _ in range(20)],
    "log": tiny + near + [0.7071067811865475, 0.7071067811865476, 1.4142135623730951, 1 - 2.0**-53, 1 + 2.0**-52]
    + [1.4142135623730950, 2.0, 10.0, 1e300, 1.7976931348623157e308, 3 * 2.0**-1074, 1e-310]
    + [mp.e ** random.uniform(-745, 709) for _ in range(20)],
}
arguments["expm1"] = [x for x in arguments["exp"] if x > -100] + [-36.5, -37.5, -38.0, 36.0, 37.5, 53.0, 100.0]
arguments["log1p"] = [s * x for x in tiny + near for s in (1, -1) if s * x > -1] + [-1 + 2.0**-53, -0.9, 3.0, 1e15, 1e16, 1e300] + [
    random.uniform(-1, 3) for _ in range(20)
]
functions = {"exp": mp.exp, "log": mp.log, "expm1": mp.expm1, "log1p": mp.log1p}
table("elementary", ["function", "x", "value"],
      ((name, x.hex(), float(functions[name](mp.mpf(x))).hex())
       for name, xs in arguments.items() for x in sorted({float(x) for x in xs})))

# Functions of counts: log n!, its Stirling error, and the deviance x log(x / m) + m - x with m = trials * p.
counts = [0, 1, 2, 3, 10, 15, 16, 17, 20, 21, 50, 100, 1000, 10**6, 10**9, 2**53]
triples = [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (1, 1000, 0.9), (500, 1000, 0.5), (501, 1000, 0.5), (700, 1000, 0.35)]
triples += [(705, 1000, 0.35), (2, 10**6, 1e-6), (300000, 10**6, 0.3), (299123, 10**6, 0.3), (10**9, 2**53, 0.1)]
triples += [(900719925474111, 2**53, 0.1), (900720925474111, 2**53, 0.1), (30, 100, 1e-300), (5, 2**53, 1e-15)]


def count_rows():
    for n in counts:
        yield "logFactorial", str(n), "", "", float(mp.loggamma(n + 1)).hex()
        if n:
            error = mp.loggamma(n + 1) - (mp.log(2 * mp.pi * n) / 2 + n * mp.log(n) - n)
            yield "stirlingError", str(n), "", "", float(error).hex()
    for x, trials, p in triples:
        m = trials * mp.mpf(p)
        value = (x * mp.log(x / m) if x else 0) + m - x
        yield "deviance", str(x), str(trials), repr(p), float(value).hex()


table("counts", ["function", "x", "trials", "p", "value"], count_rows())

# log gamma and its derivatives, near 0, at the zeros and beyond.
arguments = [5e-324, 1e-310, 1e-300, 1e-20, 1e-8, 0.01, 0.3, 0.5, 0.999, 1 - 2.0**-53, 1.0, 1 + 2.0**-52, 1.1, 1.4616321449683622]
arguments += [1.4616321449683625, 1.5, 1.9, 2 - 2.0**-52, 2.0, 2 + 2.0**-51, 2.5, 3.0, 3.9999, 4.0, 5.5, 10.0, 33.3, 1e3, 1e6, 1e8, 1e15]
arguments += [1e18, 1e100, 1e300] + [mp.e ** random.uniform(-5, 12) for _ in range(60)] + [random.uniform(0.2, 4.5) for _ in range(60)]
functions = {
    "logGamma": mp.loggamma, "digamma": lambda x: mp.psi(0, x), "trigamma": lambda x: mp.psi(1, x),
    "stirlingRemainder": lambda x: mp.loggamma(x) - mp.log(2 * mp.pi) / 2 - (x - mp.mpf(1) / 2) * mp.log(x) + x,
    "logMinusDigamma": lambda x: mp.log(x) - mp.psi(0, x),
}


def gamma_rows():
    for name, f in functions.items():
        for x in sorted({float(x) for x in arguments}):
            if x >= 1 and x < 1e20 or "Remainder" not in name and "Minus" not in name:
                with mp.workdps(90 if x < 1e200 else 400):
                    value = float(f(mp.mpf(x))) if x > 1e-300 or name == "logGamma" else float(1 / mp.mpf(x) ** (1 if name == "digamma" else 2)) * (-1 if name == "digamma" else 1)
                yield name, x.hex(), value.hex()


table("gamma_functions", ["function", "x", "value"], gamma_rows())
