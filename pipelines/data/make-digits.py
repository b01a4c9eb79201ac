"""Writes digits.csv.gz: 1,797 handwritten digits of 8x8 pixels, from scikit-learn's package."""

import gzip
import importlib.resources
import pathlib

SIDE = 8


def main() -> None:
    packed = importlib.resources.files("sklearn.datasets.data").joinpath("digits.csv.gz")
    rows = gzip.decompress(packed.read_bytes()).decode("ascii").splitlines()
    pixels = [f"pixel_{row}_{column}" for row in range(SIDE) for column in range(SIDE)]
    text = "\n".join([",".join([*pixels, "digit"]), *rows, ""])
    target = pathlib.Path(__file__).with_name("digits.csv.gz")
    # No time stamp, so that the same rows are the same bytes.
    target.write_bytes(gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
