# Tables of typed columns as pyarrow 26 writes them, and objects on lines as Python's json does.
#
# What is read is exactly what was written: the tolerance is nothing but 32 bits for numbers.

import base64
import datetime
import decimal
import gzip
import io
import json
import pathlib

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq


def text(data):
    return base64.b64encode(bytes(data)).decode()


count = 7
days = [datetime.date(2020, 1, 30) + datetime.timedelta(days=k) for k in range(count)]
times = [datetime.datetime(1969, 12, 31, 23, 59, 58, 250000) + datetime.timedelta(hours=7 * k)
         for k in range(count)]
lists = pa.FixedSizeListArray.from_arrays(pa.array([0.5 * k for k in range(3 * count)]), 3)
tensor = pa.FixedShapeTensorArray.from_storage(
    pa.fixed_shape_tensor(pa.uint8(), [2, 2]),
    pa.FixedSizeListArray.from_arrays(pa.array(range(4 * count), pa.uint8()), 4))
columns = {
    "whole": pa.array([1, None, -3, 4, 5, 6, 7], pa.int16()),
    "big": pa.array([2**40 + k for k in range(count)], pa.uint64()),
    "half": pa.array([0.5, 1.5, None, 2, 3, 4, 5], pa.float16()),
    "real": pa.array([0.25, float("nan"), None, 1e30, -1, 0, 2]),
    "money": pa.array([decimal.Decimal(k * 25).scaleb(-2) for k in range(count)],
                      pa.decimal128(8, 2)),
    "flag": pa.array([True, False, None, True, True, False, False]),
    "word": pa.array(["owl", None, "ibis", "owl", "", "été", "owl"]),
    "code": pa.array(["007", "1", "007", "2", "1", "1", "2"]),
    "kind": pa.array(["a", "b", None, "a", "b", "c", "a"]).dictionary_encode(),
    "day": pa.array(days),
    "time": pa.array(times, pa.timestamp("ms")),
    "utc": pa.array(times, pa.timestamp("us", tz="UTC")),
    "clock": pa.array([datetime.time(0, 0, k) for k in range(count)]),
    "vector": lists,
    "pixels": tensor,
    "inner": pa.array([{"a": k, "b": {"c": str(k % 2)}} for k in range(count)]),
    "photo": pa.array([{"bytes": bytes([k, 0, 255]), "path": f"{k}.png"} for k in range(count - 1)]
                      + [{"bytes": None, "path": "last.png"}],
                      pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
    "bag": pa.array([[1, 2], [], None, [3], [4], [5], [6]]),
}
table = pa.table(columns)
simple = table.drop(["half", "bag"])


def parquet(table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def ipc(table, new, **options):
    out = io.BytesIO()
    with new(out, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=3)
    return out.getvalue()


def feather(table):
    out = io.BytesIO()
    pa.feather.write_feather(table, out, compression="zstd")
    return out.getvalue()


lines = [
    {"a": 1, "b": "x", "inner": {"c": True, "d": None}, "list": [1, 2]},
    {"b": "y\u00e9\n\"\\\U0001f600", "a": 2.5, "list": [3]},
    {},
    {"a": None, "b": "", "late": "z", "inner": {"c": False}},
    {"a": float("nan"), "b": "x"},
    {"a": float("inf"), "b": "x"},
]
jsonl = "\n".join(json.dumps(line) for line in lines[:3]) + "\n\n  \n" + "\r\n".join(
    json.dumps(line, ensure_ascii=False) for line in lines[3:])
files = {
    "all.parquet": parquet(table, row_group_size=4, compression="snappy"),
    "zstd.parquet": parquet(simple, compression="zstd", data_page_version="2.0"),
    "file.arrow": ipc(simple, pa.ipc.new_file),
    "lz4.arrow": ipc(simple, pa.ipc.new_file, compression="lz4"),
    "stream.arrows": ipc(simple, pa.ipc.new_stream, compression="zstd"),
    "two.feather": feather(simple),
    "lines.jsonl": jsonl.encode(),
    "lines.jsonl.gz": gzip.compress(jsonl.encode(), mtime=0),
    "lines.jsonl.zst": pa.Codec("zstd").compress(jsonl.encode(), asbytes=True),
}
# So small that they can be cut at every byte.
small = pa.table({"a": pa.array([1, None, 3], pa.int32()), "t": pa.array(["x", "yé", None]),
                  "k": pa.array(["p", "q", "p"]).dictionary_encode()})
csv = "a,b\n1,é\n,\"x, \"\"y\"\"\"\n3,z\n".encode()
files |= {
    "small.parquet": parquet(small, compression="zstd", store_schema=False),
    "small.arrow": ipc(small.drop(["k"]), pa.ipc.new_file, compression="zstd"),
    "small.arrows": ipc(small, pa.ipc.new_stream),
    "small.csv": csv,
    "small.csv.gz": gzip.compress(csv, mtime=0),
    "small.csv.zst": pa.Codec("zstd").compress(csv, asbytes=True),
}
result = {"files": {name: text(data) for name, data in files.items()}}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, sort_keys=True, indent=1) + "\n")
