"""Writes glyphs.npz: 3,120 capital letters of 16x16 pixels, 120 of each, by OpenCV's outline fonts.

Each letter has one of four fonts, upright or slanted, and is turned, sheared, scaled and moved at random,
under noise. Pixels have sixteen levels, so that the file is small.
"""

import pathlib

import cv2
import numpy

SIDE, COPIES = 16, 120
LARGE = 64
FONTS = [
    cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
]


def glyph(letter: str, random: numpy.random.Generator) -> numpy.ndarray:
    canvas = numpy.zeros((LARGE, LARGE), numpy.uint8)
    font, thickness = int(random.choice(FONTS)), int(random.integers(2, 6))
    (width, height), _ = cv2.getTextSize(letter, font, 1.5, thickness)
    place = ((LARGE - width) // 2, (LARGE + height) // 2)
    cv2.putText(canvas, letter, place, font, 1.5, 255, thickness, cv2.LINE_AA)
    angle = numpy.radians(random.uniform(-25, 25))
    shear, scale = random.uniform(-0.3, 0.3), random.uniform(0.75, 1.1, 2)
    turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
    matrix = turn @ numpy.array([[1, shear], [0, 1]]) @ numpy.diag(scale)
    middle = numpy.array([LARGE / 2, LARGE / 2])
    offset = middle - matrix @ middle + random.uniform(-6, 6, 2)
    warped = cv2.warpAffine(canvas, numpy.column_stack([matrix, offset]), (LARGE, LARGE))
    small = cv2.resize(warped, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(float)
    noisy = small + random.normal(0, 40, small.shape)
    return (numpy.clip(noisy, 0, 255) // 16 * 16).astype(numpy.uint8)


def main() -> None:
    random = numpy.random.default_rng(1)
    letters = [chr(ord("A") + index) for index in range(26)] * COPIES
    images = numpy.stack([glyph(letter, random) for letter in letters])
    codes = numpy.array([ord(letter) - ord("A") for letter in letters], numpy.uint8)
    target = pathlib.Path(__file__).with_name("glyphs.npz")
    numpy.savez_compressed(target, image=images, letter=codes)


if __name__ == "__main__":
    main()
