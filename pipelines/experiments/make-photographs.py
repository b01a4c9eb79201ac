"""Writes photographs/: grey crops of two photographs, as they are and under two kinds of noise.

The photographs are those of scikit-learn's package; README.md names their authors and licence.
"""

import pathlib
import shutil

import numpy
from PIL import Image
from sklearn.datasets import load_sample_image

SEED = 25
SIDE = 224
SIGMA = 25
SPOILT = 0.1
PHOTOGRAPHS = ["china", "flower"]


def crops(image: numpy.ndarray) -> list[numpy.ndarray]:
    """The middles of the left and the right half, grey."""
    height, width = image.shape[:2]
    grey = numpy.asarray(Image.fromarray(image).convert("L"))
    top = (height - SIDE) // 2
    return [grey[top : top + SIDE, left : left + SIDE] for left in (
        (width // 2 - SIDE) // 2, width // 2 + (width // 2 - SIDE) // 2)]


def gaussian(random: numpy.random.Generator, image: numpy.ndarray) -> numpy.ndarray:
    noisy = image + random.normal(0, SIGMA, image.shape)
    return numpy.clip(numpy.rint(noisy), 0, 255).astype(numpy.uint8)


def salt_and_pepper(random: numpy.random.Generator, image: numpy.ndarray) -> numpy.ndarray:
    """A tenth of the pixels black or white."""
    noisy = image.copy()
    spoilt = random.random(image.shape) < SPOILT
    noisy[spoilt] = numpy.where(random.random(spoilt.sum()) < 0.5, 0, 255)
    return noisy


def main() -> None:
    folder = pathlib.Path(__file__).with_name("photographs")
    shutil.rmtree(folder, ignore_errors=True)
    random = numpy.random.default_rng(SEED)
    for name in PHOTOGRAPHS:
        for number, crop in enumerate(crops(load_sample_image(f"{name}.jpg"))):
            versions = {
                "clean": crop,
                "gaussian-25": gaussian(random, crop),
                "salt-and-pepper": salt_and_pepper(random, crop),
            }
            for version, image in versions.items():
                path = folder / version / name / f"{number}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                Image.fromarray(image).save(path, optimize=True)


if __name__ == "__main__":
    main()
