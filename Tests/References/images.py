# Image files and their pixels, by OpenCV 5.0 (libjpeg-turbo and libpng).
#
# PNG is exact, but for 16 bits, which OpenCV cuts to 8 and we round: 1 level. JPEG is decoded with
# the accurate inverse DCT on both sides, but chroma is scaled up and converted by another version:
# 2 levels. Grey from colour is the BT.601 luma: 1 level.

import base64
import json
import pathlib

import cv2
import numpy as np


def text(data):
    return base64.b64encode(bytes(data)).decode()


def planes(image):
    image = image if image.ndim == 3 else image[:, :, None]
    return text(np.ascontiguousarray(image.transpose(2, 0, 1)).tobytes())


rows, columns = np.mgrid[0:24, 0:32]
rgb = np.stack([8 * columns % 256, 10 * rows, 128 + 60 * np.sin((rows + columns) / 6)], axis=2)
rgb = rgb.astype(np.uint8)
bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
alpha = np.dstack([bgr, np.full(grey.shape, 77, np.uint8)])
deep = (grey.astype(np.uint16) << 8) | 0x55


def encoded(ending, image, options=()):
    return text(cv2.imencode(ending, image, list(options))[1])


def entry(name, data, kind):
    decoded = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)
    in_grey = cv2.cvtColor(decoded, cv2.COLOR_BGR2GRAY)
    return {
        "name": name,
        "kind": kind,
        "file": data,
        "height": 24,
        "width": 32,
        "rgb": planes(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)),
        "grey": planes(in_grey),
    }


progressive = [cv2.IMWRITE_JPEG_QUALITY, 95, cv2.IMWRITE_JPEG_PROGRESSIVE, 1]
reference = [
    entry("colour", encoded(".png", bgr), "png"),
    entry("grey", encoded(".png", grey), "png"),
    entry("transparent", encoded(".png", alpha), "png"),
    entry("16 bits", encoded(".png", deep), "png"),
    entry("colour", encoded(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 95]), "jpeg"),
    entry("grey", encoded(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 95]), "jpeg"),
    entry("progressive", encoded(".jpg", bgr, progressive), "jpeg"),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
