"""x to the power y at hard and ordinary arguments, in 60 digits, rounded to the nearest double.

Writes Tests/KernelsTests/Reference/power.tsv: x, y and value as hexadecimal doubles.
Run: python3 Scripts/reference/power.py
"""
import random

import mpmath as mp

from tables import table

mp.mp.dps = 60
random.seed(3)

pairs = [(x, y) for x in (2.0, 3.0, 10.0, 0.1, 1.5, 1 + 2.0**-52, 1 - 2.0**-53, 0.7071067811865475, 1.4142135623730951)
         for y in (-1.0, 0.5, 3.0, -2.5, 1 / 3, 10.0, 100.0, -300.0)]
pairs += [(2.0**-1074, 0.5), (5e-310, 0.3), (1e-310, -0.9), (1.7976931348623157e308, 0.99), (1.7976931348623157e308, -1.0)]
pairs += [(1 + 2.0**-52, 3e18), (1 - 2.0**-53, 6e18), (1.0000001, 7e9), (0.9999999, 7.4e9)]
for _ in range(400):  # results of every size, subnormal ones included
    x = 2.0 ** random.uniform(-1022, 1023) if random.random() < 0.5 else random.uniform(0.5, 2)
    pairs.append((x, float(random.uniform(-1074, 1023) * mp.log(2) / mp.log(x))))
table("power", ["x", "y", "value"], ((float(x).hex(), y.hex(), float(mp.mpf(x) ** mp.mpf(y)).hex()) for x, y in pairs))
