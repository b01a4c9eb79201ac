"""Writes multimodal/: rows of a glyph, a beep, a sentence, two numbers and a category.

The kind of a row is one of eight. Its glyph, a ring or a cross, halves them; so does its beep, low or
high; and so does what two of three of its sentence, numbers and category say. None of them is enough.
"""

import csv
import math
import pathlib
import random
import shutil
import wave

import numpy
from PIL import Image, ImageDraw

SEED = 9
ROWS = 600
SIDE = 16
RATE = 8000
SAMPLES = 1000
OVERSAMPLING = 8

GOOD = ["lovely", "bright", "gentle", "superb", "warm", "splendid", "cheerful", "calm"]
BAD = ["dreadful", "gloomy", "harsh", "awful", "bitter", "dismal", "grim", "rough"]
PLACES = ["harbour", "valley", "market", "garden", "station", "river", "tower", "bridge"]
FRAMES = [
    "A {word}, {word2} {place}",
    "The {place} looked {word} and {word2}.",
    "What a {word}, {word2} {place}!",
]
COLOURS = {True: ["red", "orange", "yellow"], False: ["blue", "green", "violet"]}


def glyph(is_ring: bool, generator: random.Random, noise) -> Image.Image:
    side = SIDE * OVERSAMPLING
    radius = side * generator.uniform(0.22, 0.34)
    x, y = (generator.uniform(radius + 8, side - radius - 8) for _ in range(2))
    width = round(side * generator.uniform(0.07, 0.1))
    canvas = Image.new("L", (side, side))
    draw = ImageDraw.Draw(canvas)
    if is_ring:
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], outline=255, width=width)
    else:
        turn = generator.uniform(0, math.pi)
        for angle in (turn, turn + math.pi / 2):
            across, down = radius * math.cos(angle), radius * math.sin(angle)
            draw.line([x - across, y - down, x + across, y + down], fill=255, width=width)
    covered = numpy.asarray(canvas.resize((SIDE, SIDE), Image.Resampling.BOX), numpy.float64) / 255
    ground, ink = generator.uniform(20, 90), generator.uniform(160, 240)
    image = ground + covered * (ink - ground) + noise.normal(0, 10, covered.shape)
    # Fewer levels make small files.
    return Image.fromarray((numpy.clip(image, 0, 255) // 8 * 8).astype(numpy.uint8))


def beep(is_high: bool, generator: random.Random, noise) -> bytes:
    pitch = generator.uniform(1100, 1700) if is_high else generator.uniform(350, 700)
    time = numpy.arange(SAMPLES) / RATE
    fade = numpy.minimum(1, numpy.minimum(time, time[::-1]) / 0.01)
    tone = numpy.sin(2 * math.pi * pitch * time + generator.uniform(0, 6)) * fade
    samples = generator.uniform(0.2, 0.7) * tone + noise.normal(0, 0.03, SAMPLES)
    return (numpy.clip(samples, -1, 1) * 127 + 128).astype(numpy.uint8).tobytes()


def sentence(is_good: bool, generator: random.Random) -> str:
    word, word2 = generator.sample(GOOD if is_good else BAD, 2)
    return generator.choice(FRAMES).format(
        word=word, word2=word2, place=generator.choice(PLACES)
    )


def numbers(is_high: bool, generator: random.Random) -> tuple[float, float]:
    """Two numbers whose sum is clearly above or below 10."""
    total = 10 + (1 if is_high else -1) * generator.uniform(2, 6)
    first = generator.uniform(0, 10)
    return round(first, 2), round(total - first, 2)


def main() -> None:
    folder = pathlib.Path(__file__).with_name("multimodal")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("glyphs", "beeps"):
        (folder / name).mkdir(parents=True)
    generator, noise = random.Random(SEED), numpy.random.Generator(numpy.random.PCG64(SEED))
    with open(folder / "rows.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["glyph", "beep", "note", "width", "depth", "colour", "kind"])
        for row in range(ROWS):
            is_ring, is_high, *says = (generator.random() < 0.5 for _ in range(5))
            glyph(is_ring, generator, noise).save(
                folder / "glyphs" / f"{row:03}.png", optimize=True
            )
            with wave.open(str(folder / "beeps" / f"{row:03}.wav"), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(1)
                sound.setframerate(RATE)
                sound.writeframes(beep(is_high, generator, noise))
            kind = "abcdefgh"[4 * is_ring + 2 * is_high + (sum(says) >= 2)]
            rows.writerow(
                [f"{row:03}.png", f"{row:03}.wav", sentence(says[0], generator)]
                + [*numbers(says[1], generator), generator.choice(COLOURS[says[2]]), kind]
            )


if __name__ == "__main__":
    main()
