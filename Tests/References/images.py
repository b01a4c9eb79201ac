# Image files and their pixels.
#
# OpenCV 5.0 decodes those of `decoded` (libjpeg-turbo and libpng). PNG is exact. JPEG is decoded with the
# accurate inverse DCT on both sides, but chroma is scaled up and converted by other code: 2 levels. Grey
# from colour is the BT.601 luma: 1 level.
#
# Pillow 13 writes and decodes those of `formats`, and lays what is transparent over a background; where it
# cannot write a kind of file, the bytes are put together here. 1 level; 3 for what is compressed with loss
# (JPEG, JPEG in TIFF, WebP), whose colours are converted by other code.
#
# `resampled` are pictures at other sizes by Pillow's BILINEAR filter, which widens as pictures shrink, as
# torchvision's does with antialias=True; from PNG 1 level, from JPEG (which we decode at a smaller scale)
# at least 44 dB.

import base64
import io
import json
import pathlib
import struct

import cv2
import numpy as np
from PIL import Image


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
decoded = [
    entry("colour", encoded(".png", bgr), "png"),
    entry("grey", encoded(".png", grey), "png"),
    entry("16 bits", encoded(".png", deep), "png"),
    entry("colour", encoded(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 95]), "jpeg"),
    entry("grey", encoded(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 95]), "jpeg"),
    entry("progressive", encoded(".jpg", bgr, progressive), "jpeg"),
]

# Every kind of file that a decoder takes. Its sides are odd, so that halves and padding are met with.
rows, columns = np.mgrid[0:13, 0:19]
small = np.stack(
    [13 * columns, 19 * rows, 128 + 100 * np.sin((rows - columns) / 5)], axis=2
).astype(np.uint8)
alpha = (255 * np.clip((columns + rows) / 20 - 0.2, 0, 1)).astype(np.uint8)
picture = Image.fromarray(small)
in_grey = picture.convert("L")
clear = Image.fromarray(np.dstack([small, alpha]))
indexed = picture.quantize(16)
bilevel = in_grey.point(lambda v: 255 * (v > 110)).convert("1", dither=Image.Dither.NONE)
grey16 = np.asarray(in_grey).astype(np.uint16) * 251 + 17
colour16 = small.astype(np.uint16) * 251 + 17


def saved(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def bmp(bits, rows, *, palette=b"", compression=0, fields=b"", height=13, core=False):
    size = 12 if core else 40
    start = 14 + size + len(fields) + len(palette)
    head = struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start)
    if core:
        head += struct.pack("<IHHHH", 12, 19, height, 1, bits)
    else:
        head += struct.pack(
            "<IiiHHIIiiII", 40, 19, height, 1, bits, compression, len(rows), 0, 0, 0, 0
        )
    return head + fields + palette + rows


def padded(row):
    return row + bytes(-len(row) % 4)


index = np.asarray(indexed)
table = np.array(indexed.getpalette("RGB")[: 16 * 3], np.uint8).reshape(-1, 3)
table = np.vstack([table, np.zeros((16 - len(table), 3), np.uint8)])
table4 = b"".join(bytes([b, g, r, 0]) for r, g, b in table)
table3 = b"".join(bytes([b, g, r]) for r, g, b in table)
nibbles = b"".join(
    padded(bytes((list(row) + [0])[i] << 4 | (list(row) + [0])[i + 1] for i in range(0, 19, 2)))
    for row in index[::-1]
)
table256 = table4 + bytes(4 * (256 - 16))


def runs8():
    out = b""
    for row in index[::-1]:
        row = [int(v) for v in row]
        # A run, then what is left as it is, padded to an even count.
        out += bytes([1, row[0], 0, 18]) + bytes(row[1:]) + b"\0\0"
    return out + b"\0\1"


def runs4():
    out = b""
    for row in index[::-1]:
        for value in row:
            out += bytes([1, int(value) << 4])
        out += b"\0\0"
    return out + b"\0\1"


fields565 = small.astype(np.uint16) >> [3, 2, 3]
packed = (fields565[..., 0] << 11 | fields565[..., 1] << 5 | fields565[..., 2]).astype(np.uint16)
wide = np.rint(fields565 * 255 / [31, 63, 31])
rows565 = b"".join(padded(row.astype("<u2").tobytes()) for row in packed[::-1])
masks565 = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
rows24 = b"".join(padded(row[:, ::-1].tobytes()) for row in small)


def tiff(bits, samples, photometric, tiles, tile=16, extra=()):
    """Little-endian, in tiles of tile x tile that are not compressed."""
    tags = [
        (256, 4, [19]), (257, 4, [13]), (258, 3, [bits] * samples), (259, 3, [1]),
        (262, 3, [photometric]), (277, 3, [samples]), (322, 3, [tile]), (323, 3, [tile]),
        (324, 4, [0] * len(tiles)), (325, 4, [len(data) for data in tiles]), *extra,
    ]
    place = 8 + 2 + 12 * len(tags) + 4
    entries, behind = b"", b""
    sizes = {3: ("H", 2), 4: ("I", 4)}
    offsets_at = place + sum(
        len(v) * sizes[t][1] for tag, t, v in tags if len(v) * sizes[t][1] > 4
    )
    offsets = [offsets_at + sum(len(data) for data in tiles[:i]) for i in range(len(tiles))]
    for tag, kind, values in tags:
        values = offsets if tag == 324 else values
        code, size = sizes[kind]
        data = struct.pack(f"<{len(values)}{code}", *values)
        if len(data) > 4:
            entries += struct.pack("<HHII", tag, kind, len(values), place + len(behind))
            behind += data
        else:
            entries += struct.pack("<HHI", tag, kind, len(values)) + data.ljust(4, b"\0")
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    return head + entries + bytes(4) + behind + b"".join(tiles)


def tiles_of(image, tile=16):
    high = -(-image.shape[0] // tile) * tile
    across = -(-image.shape[1] // tile) * tile
    full = np.zeros((high, across) + image.shape[2:], image.dtype)
    full[: image.shape[0], : image.shape[1]] = image
    return [
        full[y : y + tile, x : x + tile].tobytes()
        for y in range(0, high, tile)
        for x in range(0, across, tile)
    ]


def over_white(image):
    image = image.convert("RGBA")
    back = Image.new("RGBA", image.size, "white")
    back.alpha_composite(image)
    return np.asarray(back.convert("RGB"))


formats = []


def add(kind, name, data, pixels=None, tolerance=1, deep=None):
    if pixels is None:
        image = Image.open(io.BytesIO(data))
        pixels = over_white(image)
    item = {
        "kind": kind, "name": name, "file": text(data), "rgb": planes(np.asarray(pixels, np.uint8)),
        "tolerance": tolerance,
    }
    if deep is not None:
        item["deep"] = planes(deep)
    formats.append(item)


inks = picture.convert("CMYK")
add("jpeg", "4:2:0", saved(picture, "JPEG", quality=90, subsampling=2), tolerance=3)
add("jpeg", "4:2:2", saved(picture, "JPEG", quality=90, subsampling=1), tolerance=3)
add("jpeg", "4:4:4", saved(picture, "JPEG", quality=90, subsampling=0), tolerance=3)
add("jpeg", "progressive", saved(picture, "JPEG", progressive=True), tolerance=3)
add("jpeg", "RGB", saved(picture, "JPEG", quality=90, keep_rgb=True), tolerance=3)
ink_file = saved(inks, "JPEG", quality=95)
add(
    "jpeg", "CMYK of Adobe", ink_file,
    np.asarray(Image.open(io.BytesIO(ink_file)).convert("RGB")), tolerance=3,
)
add("png", "transparent", saved(clear, "PNG"))
add("png", "grey and transparent", saved(clear.convert("LA"), "PNG"))
add("png", "palette with a clear colour", saved(indexed, "PNG", transparency=3))
add("png", "bilevel", saved(bilevel, "PNG"))
add("png", "grey of 16 bits", cv2.imencode(".png", grey16)[1].tobytes(),
    np.dstack([(grey16.astype(np.uint32) * 255 + 32767) // 65535] * 3), deep=grey16)
add("png", "colour of 16 bits", cv2.imencode(".png", colour16[..., ::-1])[1].tobytes(),
    (colour16.astype(np.uint32) * 255 + 32767) // 65535, deep=colour16)
add("webp", "lossy", saved(picture, "WEBP", quality=90), tolerance=3)
add("webp", "lossless", saved(picture, "WEBP", lossless=True))
add("webp", "lossless and transparent", saved(clear, "WEBP", lossless=True, exact=True))
add("webp", "lossy and transparent", saved(clear, "WEBP", quality=90), tolerance=3)
add("webp", "animated", saved(
    clear, "WEBP", save_all=True, lossless=True, exact=True, append_images=[picture.convert("RGBA")]))
add("bmp", "24 bits", saved(picture, "BMP"))
add("bmp", "8 bits of grey", saved(in_grey, "BMP"))
add("bmp", "8 bits of a palette", saved(indexed, "BMP"))
add("bmp", "1 bit", saved(bilevel, "BMP"))
add("bmp", "32 bits with alpha", saved(clear, "BMP"), small)
add("bmp", "4 bits", bmp(4, nibbles, palette=table4))
add("bmp", "4 bits of OS/2", bmp(4, nibbles, palette=table3, core=True))
add("bmp", "8 bits in runs", bmp(8, runs8(), palette=table256, compression=1))
add("bmp", "4 bits in runs", bmp(4, runs4(), palette=table4, compression=2), table[index])
add("bmp", "16 bits in fields", bmp(16, rows565, compression=3, fields=masks565), wide)
add("bmp", "24 bits from the top", bmp(24, rows24, height=-13))
add("tiff", "strips", saved(picture, "TIFF"))
add("tiff", "LZW", saved(picture, "TIFF", compression="tiff_lzw"))
add("tiff", "Deflate and transparent", saved(clear, "TIFF", compression="tiff_adobe_deflate"),
    over_white(clear))
add("tiff", "packed bits of grey", saved(in_grey, "TIFF", compression="packbits"))
add("tiff", "palette", saved(indexed, "TIFF"))
add("tiff", "fax", saved(bilevel, "TIFF", compression="group4"))
add("tiff", "JPEG", saved(picture, "TIFF", compression="jpeg", quality=95), tolerance=4)
add("tiff", "CMYK", saved(inks, "TIFF"), np.asarray(inks.convert("RGB")))
add("tiff", "several pages", saved(picture, "TIFF", save_all=True, append_images=[in_grey]))
add("tiff", "tiles", tiff(8, 3, 2, tiles_of(small)), small)
add("tiff", "grey of 16 bits", saved(Image.fromarray(grey16), "TIFF"),
    np.dstack([(grey16.astype(np.uint32) * 255 + 32767) // 65535] * 3), deep=grey16)
add("tiff", "tiles of 16 bits", tiff(16, 3, 2, tiles_of(colour16.astype("<u2"))),
    (colour16.astype(np.uint32) * 255 + 32767) // 65535, deep=colour16)
add("tiff", "white is zero", tiff(8, 1, 0, tiles_of(np.asarray(in_grey))), 255 - np.dstack(
    [np.asarray(in_grey)] * 3))

# The same picture with its orientation in each format that can tell one.
exif = Image.Exif()
exif[0x0112] = 6
turned = [
    {"kind": "webp", "file": text(saved(picture, "WEBP", lossless=True, exif=exif))},
    {"kind": "jpeg", "file": text(saved(picture, "JPEG", quality=95, subsampling=0, exif=exif))},
    {"kind": "png", "file": text(saved(picture, "PNG", exif=exif))},
    {"kind": "tiff", "file": text(saved(picture, "TIFF", tiffinfo={274: 6}))},
]
upright = planes(np.rot90(small, -1))

# A photograph-like picture: texture, a gradient, edges and noise.
generator = np.random.default_rng(11)
high, across = 192, 288
frequency = np.hypot(np.fft.fftfreq(high)[:, None], np.fft.rfftfreq(across)[None, :])
frequency = np.maximum(frequency, 1 / across)
fields = []
for _ in range(3):
    spectrum = generator.normal(size=frequency.shape) + 1j * generator.normal(size=frequency.shape)
    field = np.fft.irfft2(spectrum / frequency**1.4, s=(high, across))
    fields.append(field / field.std())
rows, columns = np.mgrid[0:high, 0:across]
photo = 120 + 35 * np.stack([fields[0], 0.8 * fields[0] + 0.3 * fields[1], 0.7 * fields[0] + 0.4 * fields[2]], 2)
photo += (0.2 * (columns - 100))[..., None]
photo[(rows - 90) ** 2 + (columns - 180) ** 2 < 1600] = [200, 60, 40]
photo += generator.normal(size=photo.shape) * 2
photo = Image.fromarray(np.clip(photo, 0, 255).astype(np.uint8))
cut = photo.crop((0, 0, 90, 60))

resampled = []


def resample(name, image, data, height, width, fit):
    scale = max(height / image.height, width / image.width)
    half = (width / scale / 2, height / scale / 2) if fit == "cover" else (image.width / 2, image.height / 2)
    middle = (image.width / 2, image.height / 2)
    box = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
    opened = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    result = opened.resize((width, height), Image.Resampling.BILINEAR, box=box)
    resampled.append({
        "name": name, "file": data, "height": height, "width": width, "fit": fit,
        "rgb": planes(np.asarray(result)),
    })


lossless = text(saved(cut, "PNG"))
for height, width, fit in [
    (20, 30, "stretch"), (24, 24, "cover"), (7, 11, "stretch"), (60, 40, "cover"),
    (90, 135, "stretch"), (75, 33, "cover"), (1, 1, "stretch"),
]:
    resample("png", cut, lossless, height, width, fit)
lossy = text(saved(photo, "JPEG", quality=90, subsampling=2))
for height, width, fit in [(24, 24, "cover"), (48, 72, "stretch"), (80, 80, "cover"), (150, 150, "cover")]:
    resample("jpeg", photo, lossy, height, width, fit)

reference = {
    "decoded": decoded, "formats": formats, "turned": turned, "upright": upright,
    "resampled": resampled,
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
