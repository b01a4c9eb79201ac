"""Reads a table and writes it as Arrow IPC: read_table.py LIBRARY FILE OUTPUT."""

import sys

library, file, output = sys.argv[1:]
if library == "polars":
    import polars

    read = polars.read_csv if file.endswith(".csv") else polars.read_parquet
    read(file).write_ipc(output, compression="uncompressed")
else:
    import pandas

    if file.endswith(".csv"):
        # The faster of pandas' two readers.
        frame = pandas.read_csv(file, engine="pyarrow")
    else:
        frame = pandas.read_parquet(file, engine="pyarrow")
    frame.to_feather(output, compression="uncompressed")
