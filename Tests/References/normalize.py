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
            random.standard_t(2, 30),
        ],
        axis=1,
    ).astype(np.float32)
    rows[3, 1] = np.nan
    rows[27, 2:] = 0
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
    robust = preprocessing.RobustScaler
    scalers["robust"] = robust()
    scalers["{robust: {quantiles: [10%, 95%]}}"] = robust(quantile_range=(10, 95))
    scalers["{robust: {center: false}}"] = robust(with_centering=False)
    scalers["{robust: {scale: false}}"] = robust(with_scaling=False)
    results = {}
    for name, scaler in scalers.items():
        results[name] = plain(scaler.fit(train.astype(np.float64)).transform(exact))
    # Some columns by norms of their rows, or of the training column; the others stay.
    some = exact[:, 2:]
    norms = {
        "l1": preprocessing.normalize(some, "l1"),
        "l2": preprocessing.normalize(some, "l2"),
        "{l2: {per: channel}}": some / np.linalg.norm(some[: len(train)], axis=0),
        "{max-abs: {per: sample}}": preprocessing.normalize(some, "max"),
    }
    for name, values in norms.items():
        results[name] = plain(np.hstack([exact[:, :2], values]))
    mean, deviation = np.array([1000, 3, 4, 0, 1]), np.array([2, 0.5, 1, 10, 3])
    results["constants"] = plain((exact - mean) / deviation)
    document = {"rows": plain(rows), "train": len(train), "results": results}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(document, indent=1) + "\n")


main()
