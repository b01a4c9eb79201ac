# Small Parquet and Arrow files that inflate to, or claim, far more than anybody has memory for, as pyarrow 26
# writes them, some with a length written over. What is read of them is nothing: they have no values here.

import base64
import io
import json
import pathlib
import struct

import pyarrow as pa
import pyarrow.parquet as pq


def text(data):
    return base64.b64encode(bytes(data)).decode()


def parquet(table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", compression_level=19, store_schema=False,
                   write_statistics=False, **options)
    return out.getvalue()


def ipc(table, new=pa.ipc.new_file, **options):
    out = io.BytesIO()
    with new(out, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)
    return out.getvalue()


def varint(number):
    """A number as Thrift's compact protocol has it."""
    number <<= 1
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def lying(data, new):
    """The file with the uncompressed length of its first page written over by one of as many bytes."""
    # The page's kind and then this length are the first fields of its header, which the file begins with.
    assert data[4:7] == b"\x15\x00\x15"
    end = next(place for place in range(7, 17) if data[place] < 0x80) + 1
    assert len(varint(new)) == end - 7
    return data[:7] + varint(new) + data[end:]


def buffer(data, old, new):
    """The file with the length before its last compressed buffer written over."""
    old, new = struct.pack("<q", old), struct.pack("<q", new)
    # What stands there last is before the buffer itself.
    place = data.rindex(old)
    return data[:place] + new + data[place + 8:]


def everywhere(data, old, new):
    """The file with a length of arrays written over."""
    old, new = struct.pack("<q", old), struct.pack("<q", new)
    assert old in data
    return data.replace(old, new)


mebi = 1 << 20
large = pa.table({"t": pa.array(["x" * (192 * mebi)])})
page = parquet(large, use_dictionary=False, data_page_size=1 << 30)
# A million rows with the same text of a mebibyte: a dictionary of one entry, and runs of its number.
repeated = pa.table({"t": pa.DictionaryArray.from_arrays(
    pa.array([0] * (1 << 20), pa.int32()), pa.array(["x" * mebi])), "n": pa.array([1.0] * (1 << 20))})
numbers = pa.table({"n": pa.array([0.5] * 4096)})
packed = ipc(numbers, compression="zstd")
files = {
    "text.parquet": page,
    "longer.parquet": lying(page, (1 << 31) - 1),
    "shorter.parquet": lying(page, 128 * mebi),
    "repeated.parquet": parquet(repeated, dictionary_pagesize_limit=1 << 30),
    "longer.arrow": buffer(packed, 4096 * 8, 1 << 40),
    "gibibytes.arrow": buffer(packed, 4096 * 8, 3 << 30),
    "negative.arrow": buffer(packed, 4096 * 8, -7),
    "repeated.arrow": ipc(pa.table({"t": pa.DictionaryArray.from_arrays(
        pa.array([0] * (1 << 18), pa.int8()), pa.array(["x" * mebi]))}), compression="zstd"),
    "nothing.arrow": everywhere(ipc(pa.table({"z": pa.nulls(1234567)})), 1234567, 1 << 40),
    "zeros.arrow": ipc(pa.table({"n": pa.array([0.0] * (1 << 24))}), compression="zstd"),
}
result = {"files": {name: text(data) for name, data in files.items()}}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, sort_keys=True, indent=1) + "\n")
