"""Writes wine.csv: the UCI wine table with planted defects, which cleaning has to repair.

The measurements are those of scikit-learn's package, to the letter. Planted are missing values
(empty cells, and '?' as some instruments write it) and rows that were entered twice.
"""

import importlib.resources
import pathlib
import random

SEED = 178
EMPTY_SHARE = 0.08
UNKNOWN_SHARE = 0.01
REPEATED_ROWS = 6

COLUMNS = [
    "alcohol",
    "malic_acid",
    "ash",
    "alcalinity_of_ash",
    "magnesium",
    "total_phenols",
    "flavanoids",
    "nonflavanoid_phenols",
    "proanthocyanins",
    "color_intensity",
    "hue",
    "od280_od315",
    "proline",
    "cultivar",
]
CULTIVARS = ["barolo", "grignolino", "barbera"]


def main() -> None:
    source = importlib.resources.files("sklearn.datasets.data").joinpath("wine_data.csv")
    rows = [line.split(",") for line in source.read_text("ascii").splitlines()[1:]]
    for row in rows:
        row[-1] = CULTIVARS[int(row[-1])]

    generator = random.Random(SEED)
    generator.shuffle(rows)
    cells = [(row, column) for row in rows for column in range(len(COLUMNS) - 1)]
    empty = round(EMPTY_SHARE * len(cells))
    unknown = round(UNKNOWN_SHARE * len(cells))
    for index, (row, column) in enumerate(generator.sample(cells, empty + unknown)):
        row[column] = "" if index < empty else "?"
    for row in generator.sample(rows, REPEATED_ROWS):
        rows.insert(generator.randrange(len(rows) + 1), row)

    lines = [",".join(row) for row in [COLUMNS, *rows]]
    target = pathlib.Path(__file__).with_name("wine.csv")
    target.write_text("\n".join([*lines, ""]), encoding="ascii")


if __name__ == "__main__":
    main()
