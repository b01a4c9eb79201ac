"""Writes incomplete-digits-N.csv.gz: handwritten digits of which a part of the training values is missing.

A fifth of all values of the training rows is missing: of each training row but every fourth, which stays
complete, 4 of 15 pixels at random. The other rows are complete, so that every way to treat what is
missing is measured on the same rows. Each of the five files is drawn anew.
"""

import gzip
import pathlib

import numpy

FILES = 5
TRAINING, VALIDATION = 600, 200
COMPLETE = 4
MISSING = 4 / 15


def main() -> None:
    folder = pathlib.Path(__file__).parent
    text = gzip.decompress((folder.parent / "data" / "digits.csv.gz").read_bytes()).decode("ascii")
    header, *rows = text.splitlines()
    for number in range(1, FILES + 1):
        lines = drawn(header, rows, numpy.random.default_rng(number))
        # No time stamp, so that the same rows are the same bytes.
        packed = gzip.compress(("\n".join([*lines, ""])).encode("ascii"), compresslevel=9, mtime=0)
        (folder / f"incomplete-digits-{number}.csv.gz").write_bytes(packed)


def drawn(header: str, rows: list[str], random: numpy.random.Generator) -> list[str]:
    lines = [header + ",split"]
    for place, number in enumerate(random.permutation(len(rows))):
        *pixels, digit = rows[number].split(",")
        split = "test"
        if place < TRAINING:
            split = "train"
            if place % COMPLETE:
                missing = random.random(len(pixels)) < MISSING
                pixels = ["" if gone else pixel for pixel, gone in zip(pixels, missing)]
        elif place < TRAINING + VALIDATION:
            split = "validation"
        lines.append(",".join([*pixels, digit, split]))
    return lines


if __name__ == "__main__":
    main()
