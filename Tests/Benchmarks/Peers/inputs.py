"""Makes the inputs of the data benchmarks: inputs.py KIND FOLDER. The same bytes each time."""

import pathlib
import sys

import numpy

CATEGORIES = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]


def table(rows: int):
    """A million rows of 22 columns: 16 numbers with gaps, 3 categories, 2 whole numbers, a class."""
    import polars

    random = numpy.random.default_rng(1)
    columns = {}
    for index in range(16):
        values = random.standard_normal(rows) * 10 ** (index % 4)
        column = polars.Series(f"x{index}", values).round(4)
        if index % 4 == 0:
            column = column.scatter(random.choice(rows, rows // 100, replace=False), None)
        columns[f"x{index}"] = column
    for index in range(3):
        columns[f"c{index}"] = numpy.array(CATEGORIES)[random.integers(0, 8, rows)]
    columns["n0"] = random.integers(0, 100, rows)
    columns["n1"] = random.integers(0, 1_000_000, rows)
    columns["kind"] = numpy.array(["a", "b", "c"])[random.integers(0, 3, rows)]
    return polars.DataFrame(columns)


def photos(folder: pathlib.Path, count: int, width: int, height: int) -> None:
    """JPEG files of the detail that photographs have, in four class folders."""
    import cv2

    random = numpy.random.default_rng(2)
    for index in range(count):
        if index % 16 == 0:
            # Noise at every scale, each twice as strong as the next finer one.
            picture = numpy.full((height, width, 3), 128.0, numpy.float32)
            for level in range(2, 8):
                small = random.standard_normal(
                    (height // 2**level + 2, width // 2**level + 2, 3)).astype(numpy.float32)
                picture += cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC) * 2**level / 2
            picture += random.standard_normal(picture.shape).astype(numpy.float32) * 2
        place = folder / f"class{index % 4}"
        place.mkdir(parents=True, exist_ok=True)
        shifted = numpy.roll(picture, index % 16 * 37, axis=1).clip(0, 255).astype(numpy.uint8)
        cv2.imwrite(str(place / f"{index:05}.jpg"), shifted, [cv2.IMWRITE_JPEG_QUALITY, 88])


def pictures(folder: pathlib.Path, count: int, size: int, split: bool) -> None:
    """PNG files in two class folders, with noise of sigma 25."""
    import cv2

    random = numpy.random.default_rng(3)
    for index in range(count):
        small = random.uniform(0, 255, (size // 8, size // 8, 3)).astype(numpy.float32)
        picture = cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC)
        picture += random.standard_normal(picture.shape).astype(numpy.float32) * 25
        place = folder / f"class{index % 2}"
        place.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(place / f"{index:05}.png"), picture.clip(0, 255).astype(numpy.uint8))


def learning(rows: int):
    """26 numbers and a class of three that a small network finds."""
    import polars

    random = numpy.random.default_rng(4)
    x = random.standard_normal((rows, 26)).astype(numpy.float32)
    hidden = numpy.tanh(x @ random.standard_normal((26, 26)).astype(numpy.float32) / 5)
    y = (hidden[:, :3] + 0.3 * random.standard_normal((rows, 3))).argmax(1)
    columns = {f"x{index}": x[:, index] for index in range(26)}
    return polars.DataFrame({**columns, "y": numpy.array(["a", "b", "c"])[y]})


def main() -> None:
    kind, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    match kind:
        case "tables":
            frame = table(1_000_000)
            frame.write_csv(folder / "table.csv")
            frame.write_parquet(folder / "table.parquet")
        case "photos":
            photos(folder / "small", 1600, 640, 427)
        case "large-photos":
            photos(folder / "large", 200, 3000, 2000)
        case "pictures":
            pictures(folder / "noisy", 64, 256, False)
            pictures(folder / "augment-32", 4096, 32, True)
            pictures(folder / "augment-224", 512, 224, True)
        case "learning":
            learning(1_000_000).write_csv(folder / "learning.csv")


main()
