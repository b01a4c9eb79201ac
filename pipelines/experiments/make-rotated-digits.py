"""Writes rotated-digits-N.csv.gz: handwritten digits that stand upright but for those of the test.

Each test digit is turned by 20 degrees to one side or the other, about its middle, with linear interpolation
and rounded to whole grey levels. Each of the five files draws other test digits.
"""

import gzip
import pathlib

import numpy
from scipy import ndimage

FILES = 5
TEST, VALIDATION = 360, 180
DEGREES = 20
SIDE, LEVELS = 8, 16


def turned(pixels: numpy.ndarray, degrees: float) -> numpy.ndarray:
    image = ndimage.rotate(pixels.reshape(SIDE, SIDE), degrees, reshape=False, order=1)
    return image.round().clip(0, LEVELS).astype(int).ravel()


def main() -> None:
    folder = pathlib.Path(__file__).parent
    text = gzip.decompress((folder.parent / "data" / "digits.csv.gz").read_bytes()).decode("ascii")
    header, *rows = text.splitlines()
    names = header.split(",")
    for number in range(1, FILES + 1):
        lines = drawn(names, rows, numpy.random.default_rng(number))
        # No time stamp, so that the same rows are the same bytes.
        packed = gzip.compress(("\n".join([*lines, ""])).encode("ascii"), compresslevel=9, mtime=0)
        (folder / f"rotated-digits-{number}.csv.gz").write_bytes(packed)


def drawn(names: list[str], rows: list[str], random: numpy.random.Generator) -> list[str]:
    digit = names.index("digit")
    lines = [",".join([*(name for name in names if name != "digit"), "digit", "split"])]
    for place, row in enumerate(random.permutation(len(rows))):
        cells = [int(cell) for cell in rows[row].split(",")]
        label = cells.pop(digit)
        split = "train"
        if place < TEST:
            split = "test"
            cells = turned(numpy.array(cells), DEGREES if place % 2 else -DEGREES)
        elif place < TEST + VALIDATION:
            split = "validation"
        lines.append(",".join([*map(str, cells), str(label), split]))
    return lines


main()
