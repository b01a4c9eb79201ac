# Files of arrays as NumPy 2.4, safetensors 0.8 and gzip write them, and the values in them.
#
# What is read is exactly what was written: the tolerance is nothing.

import base64
import gzip
import io
import json
import pathlib
import struct

import ml_dtypes
import numpy as np
import safetensors.numpy


def text(data):
    return base64.b64encode(bytes(data)).decode()


def npy(array):
    out = io.BytesIO()
    np.save(out, array, allow_pickle=True)
    return out.getvalue()


def archive(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def values(array):
    return [str(v) if array.dtype.kind in "US" else float(v) for v in array.ravel(order="C")]


def case(name, array, data=None):
    if array.dtype.kind == "S":
        shown = [v.decode() for v in array.ravel()]
    else:
        shown = values(array)
    return {
        "name": name,
        "file": text(npy(array) if data is None else data),
        "shape": list(array.shape),
        "values": shown,
    }


numbers = {
    "?": [1, 0, 1, 1, 0, 0],
    "u1": [0, 1, 127, 128, 254, 255],
    "i1": [0, 1, 127, -128, -2, -1],
    "u2": [0, 1, 258, 32768, 65534, 65535],
    "i2": [0, 1, 258, -32768, -2, -1],
    "u4": [0, 1, 66051, 1 << 24, 5, 6],
    "i4": [0, 1, 66051, -(1 << 24), -2, -1],
    "u8": [0, 1, 66051, 1 << 24, 5, 6],
    "i8": [0, 1, 66051, -(1 << 24), -2, -1],
    "f2": [0, -0.5, 1.5, 65504, 2**-24, -3],
    "f4": [0, -0.5, 1.5, 2.0**100, 2.0**-149, -3],
    "f8": [0, -0.5, 1.5, 2.0**100, 2.0**-100, -3],
}
cases = []
for kind, row in numbers.items():
    for order in "<>":
        if np.dtype(kind).itemsize == 1 and order == ">":
            continue
        array = np.array(row).astype(order + kind).reshape(3, 2)
        cases.append(case(f"{order}{kind}", array))
    cases.append(case(f"{kind} in Fortran order", np.asfortranarray(np.array(row, kind).reshape(3, 2))))
cube = np.arange(48, dtype="<i4").reshape(4, 2, 3, 2)
cases.append(case("four axes", cube))
cases.append(case("four axes in Fortran order", np.asfortranarray(cube)))
cases.append(case("a vector", np.arange(5, dtype="<f4")))
cases.append(case("texts", np.array(["owl", "", "ibis", "é€😀", " fox "])))
cases.append(case("texts big-endian", np.array(["owl", "ibis"]).astype(">U4")))
cases.append(case("bytes", np.array([b"owl", b"", b"ibis"])))
out = io.BytesIO()
np.lib.format.write_array(out, np.arange(4.0), version=(2, 0))
cases.append(case("version 2", np.arange(4.0), out.getvalue()))

random = np.random.default_rng(7)
x = random.integers(0, 256, (10, 4, 4), dtype=np.uint8)
y = np.arange(10) % 3
rows = random.normal(size=(10, 3)).astype("f4")
words = np.array(["a", "b"] * 5)
objects = np.empty(10, object)
objects[:] = [{"a": 1}] * 10


def idx(array):
    code = {"uint8": 8, "int8": 9, "int16": 11, "int32": 12, "float32": 13, "float64": 14}
    head = struct.pack(">BBBB", 0, 0, code[array.dtype.name], array.ndim)
    head += b"".join(struct.pack(">I", n) for n in array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


files = {
    "plain.npz": archive(np.savez, x=x, y=y, rows=rows, words=words),
    "packed.npz": archive(np.savez_compressed, x=x, y=y, rows=rows, words=words),
    "fortran.npz": archive(np.savez_compressed, x=np.asfortranarray(rows), y=y),
    "objects.npz": archive(np.savez, x=x, y=y, extra=objects),
    "keras.npz": archive(
        np.savez, x_train=x[:6], y_train=y[:6], x_test=x[6:], y_test=y[6:]),
    "records.npy": npy(np.zeros(3, [("a", "f4"), ("b", "i4")])),
    "objects.npy": npy(objects),
    "complex.npy": npy(np.zeros(3, "c8")),
    "times.npy": npy(np.zeros(3, "M8[D]")),
    "images-idx3-ubyte": idx(x),
    "labels-idx1-ubyte": idx(y.astype(np.uint8)),
    "images-idx3-ubyte.gz": gzip.compress(idx(x), mtime=0),
    "labels-idx1-ubyte.gz": gzip.compress(idx(y.astype(np.uint8)), mtime=0),
    "doubles.idx": idx(rows.astype("f8")),
    "shorts.idx": idx((100 * rows).astype("i2")),
    "all.safetensors": safetensors.numpy.save({
        "rows": rows,
        "half": rows.astype("f2"),
        "brain": rows.astype(ml_dtypes.bfloat16),
        "wide": rows.astype("f8"),
        "y": y,
        "flag": y == 1,
        "pixels": x,
        "short": (100 * rows).astype("i2"),
        "big": y.astype("u8"),
    }),
}
result = {
    "arrays": cases,
    "files": {name: text(data) for name, data in files.items()},
    "x": text(x.tobytes()),
    "y": y.tolist(),
    "rows": [float(v) for v in rows.ravel()],
    "half": [float(v) for v in rows.astype("f2").ravel()],
    "brain": [float(v) for v in rows.astype(ml_dtypes.bfloat16).astype("f4").ravel()],
    "shorts": [float(v) for v in (100 * rows).astype("i2").ravel()],
    "words": words.tolist(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, sort_keys=True, indent=1, ensure_ascii=False) + "\n")
