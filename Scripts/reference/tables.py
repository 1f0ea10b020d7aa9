"""Writes tables of reference values to Tests/KernelsTests/Reference: a header, then rows of cells between tabs."""
import pathlib

import mpmath as mp

mp.mp.dps = 50
folder = pathlib.Path(__file__).parents[2] / "Tests/KernelsTests/Reference"


def table(name, header, rows):
    """Written when all rows are there: a script that fails leaves the table as it was."""
    lines = ["\t".join(x if isinstance(x, str) else cell(x) for x in row) for row in [header, *rows]]
    (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n")


def cell(x):
    """A number rounded to the nearest double."""
    return repr(float(x)) if mp.isfinite(x) else str(float(x))
