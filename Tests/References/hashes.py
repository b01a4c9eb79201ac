# Hashes of pictures as the Python package imagehash 4.3.2 makes them, with Pillow 13.0 and SciPy 1.17; it is
# installed besides (`pip install imagehash==4.3.2`).
#
# Pillow resizes in whole numbers and so do we: bits are equal. SciPy's cosine transform rounds otherwise:
# a value next to the median may fall on its other side, 2 bits of 64.

import base64
import json
import pathlib

import imagehash
import numpy as np
from PIL import Image


def picture(random, height, width, channels):
    """Blurred noise with a gradient, such that frequencies of all kinds occur."""
    coarse = random.uniform(0, 255, (height // 6 + 2, width // 6 + 2, channels)).astype(np.uint8)
    planes = [
        np.asarray(Image.fromarray(coarse[:, :, plane]).resize((width, height), Image.BICUBIC))
        for plane in range(channels)
    ]
    image = np.stack(planes, axis=2).astype(float)
    image += np.linspace(-40, 40, width)[None, :, None] + random.normal(0, 8, image.shape)
    return np.clip(image, 0, 255).astype(np.uint8)


def case(random, height, width, channels):
    image = picture(random, height, width, channels)
    shown = Image.fromarray(image if channels == 3 else image[:, :, 0])
    return {
        "channels": channels,
        "height": height,
        "width": width,
        "planes": base64.b64encode(
            np.ascontiguousarray(image.transpose(2, 0, 1)).tobytes()
        ).decode(),
        "perceptual": str(imagehash.phash(shown)),
        "difference": str(imagehash.dhash(shown)),
        "average": str(imagehash.average_hash(shown)),
    }


random = np.random.default_rng(11)
shapes = [(32, 32, 1), (20, 24, 3), (57, 80, 3), (100, 41, 1), (8, 8, 3), (64, 32, 1)]
reference = [case(random, *shape) for shape in shapes]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
