# What the normalise stage computes, by scikit-learn: fitted on the training rows, applied to all.
#
# Our data is float32: the inputs here are rounded to it, and results agree to 1e-6 of their size.

import json
import pathlib

import numpy as np
from sklearn import preprocessing


def table(random):
    rows = np.stack(
        [
            random.normal(1000, 0.5, 30),
            random.exponential(3, 30),
            np.full(30, 4.0),
            random.uniform(-1, 1, 30),
        ],
        axis=1,
    ).astype(np.float32)
    rows[3, 1] = rows[27, 3] = np.nan
    return rows


def plain(values):
    return [None if np.isnan(value) else float(value) for value in np.asarray(values).ravel()]


def main():
    rows = table(np.random.default_rng(11))
    train, exact = rows[:20], rows.astype(np.float64)
    scalers = {
        "{z-score: {}}": preprocessing.StandardScaler(),
        "{min-max: {}}": preprocessing.MinMaxScaler(),
        "{min-max: {range: [-1, 1]}}": preprocessing.MinMaxScaler((-1, 1)),
        "{min-max: {range: [-1, 1], out-of-range: clip}}": preprocessing.MinMaxScaler(
            (-1, 1), clip=True
        ),
        "max-abs": preprocessing.MaxAbsScaler(),
    }
    results = {}
    for name, scaler in scalers.items():
        results[name] = plain(scaler.fit(train.astype(np.float64)).transform(exact))
    document = {"rows": plain(rows), "train": len(train), "results": results}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(document, indent=1) + "\n")


main()
