"""Writes few-labels-N-PART.csv.gz: handwritten digits of which a hundred have labels that may be used.

Six draws of which rows are which: 100 `labelled`, ten of each digit, 500 in the `test`, and the `rest`.
Files of the rest hold labels too, for a teacher that knows them; whoever reads them without the column
`digit` has rows without labels.
"""

import gzip
import pathlib

import numpy

DRAWS = 6
PER_DIGIT, TEST = 10, 500


def main() -> None:
    folder = pathlib.Path(__file__).parent
    text = gzip.decompress((folder.parent / "data" / "digits.csv.gz").read_bytes()).decode("ascii")
    header, *rows = text.splitlines()
    digits = numpy.array([int(row.rsplit(",", 1)[1]) for row in rows])
    for draw in range(1, DRAWS + 1):
        order = numpy.random.default_rng(draw).permutation(len(rows))
        test, others = order[:TEST], order[TEST:]
        labelled = numpy.concatenate([others[digits[others] == digit][:PER_DIGIT] for digit in range(10)])
        rest = others[~numpy.isin(others, labelled)]
        for name, part in [("labelled", labelled), ("rest", rest), ("test", test)]:
            lines = [header, *(rows[row] for row in part), ""]
            # No time stamp, so that the same rows are the same bytes.
            packed = gzip.compress("\n".join(lines).encode("ascii"), compresslevel=9, mtime=0)
            (folder / f"few-labels-{draw}-{name}.csv.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
