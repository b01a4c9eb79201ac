"""Writes shapes/: small noisy pictures of five coloured shapes, a folder for each shape.

Size, colours, place, angle and noise vary; a third of the files are PNG, the others JPEG.
"""

import math
import pathlib
import random
import shutil

import numpy
from PIL import Image, ImageDraw

SEED = 5
IMAGES_PER_SHAPE = 300
SMALLEST, LARGEST = 32, 48
OVERSAMPLING = 8
CONTRAST = 90
NOISE = 14
PNG_LEVELS = 16
JPEG_QUALITY = 82


def ring(corners: int, radii: list[float]) -> list[tuple[float, float]]:
    """Corners at equal angles around the origin, at radii that repeat."""
    turns = [2 * math.pi * corner / corners for corner in range(corners)]
    return [
        (radii[corner % len(radii)] * math.cos(turn), radii[corner % len(radii)] * math.sin(turn))
        for corner, turn in enumerate(turns)
    ]


# Outlines in the unit circle.
SHAPES = {
    "circle": ring(64, [0.85]),
    "cross": [
        (0.9 * x, 0.9 * y)
        for x, y in [(0.3, 1), (0.3, 0.3), (1, 0.3), (1, -0.3), (0.3, -0.3), (0.3, -1)]
        + [(-0.3, -1), (-0.3, -0.3), (-1, -0.3), (-1, 0.3), (-0.3, 0.3), (-0.3, 1)]
    ],
    "square": ring(4, [1.0]),
    "star": ring(10, [1.0, 0.42]),
    "triangle": ring(3, [1.0]),
}


def colours(generator: random.Random) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two colours that differ enough to be told apart."""
    while True:
        pair = [tuple(generator.randrange(20, 236) for _ in range(3)) for _ in range(2)]
        if sum(abs(a - b) for a, b in zip(*pair)) >= CONTRAST * 2:
            return pair[0], pair[1]


def mask(outline: list[tuple[float, float]], size: tuple[int, int], generator: random.Random):
    """How much of each pixel the shape covers, from 0 to 1."""
    width, height = (OVERSAMPLING * side for side in size)
    radius = min(width, height) * generator.uniform(0.26, 0.42)
    angle = generator.uniform(0, 2 * math.pi)
    left, top = generator.uniform(radius, width - radius), generator.uniform(radius, height - radius)
    cosine, sine = math.cos(angle), math.sin(angle)
    points = [
        (round(left + radius * (x * cosine - y * sine)), round(top + radius * (x * sine + y * cosine)))
        for x, y in outline
    ]
    canvas = Image.new("L", (width, height))
    ImageDraw.Draw(canvas).polygon(points, fill=255)
    return numpy.asarray(canvas.resize(size, Image.Resampling.BOX), dtype=numpy.float64) / 255


def picture(outline: list[tuple[float, float]], generator: random.Random, noise) -> Image.Image:
    size = (generator.randint(SMALLEST, LARGEST), generator.randint(SMALLEST, LARGEST))
    foreground, background = (numpy.array(colour) for colour in colours(generator))
    covered = mask(outline, size, generator)[:, :, None]
    shade = generator.uniform(0.75, 1) + numpy.linspace(0, 0.25, size[0])[None, :, None]
    image = (covered * foreground + (1 - covered) * background) * shade
    image += noise.normal(0, NOISE, (size[1], size[0], 1))
    return Image.fromarray(numpy.clip(numpy.rint(image), 0, 255).astype(numpy.uint8))


def main() -> None:
    folder = pathlib.Path(__file__).with_name("shapes")
    shutil.rmtree(folder, ignore_errors=True)
    generator, noise = random.Random(SEED), numpy.random.Generator(numpy.random.PCG64(SEED))
    for shape, outline in SHAPES.items():
        (folder / shape).mkdir(parents=True)
        for index in range(IMAGES_PER_SHAPE):
            image = picture(outline, generator, noise)
            if index % 3 == 0:
                # Fewer levels make small files of what noise would otherwise keep large.
                image = image.point(lambda value: value // PNG_LEVELS * PNG_LEVELS)
                image.save(folder / shape / f"{index:03}.png", optimize=True)
            else:
                image.save(folder / shape / f"{index:03}.jpg", quality=JPEG_QUALITY)


if __name__ == "__main__":
    main()
