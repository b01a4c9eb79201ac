# What the clean stage computes, by other implementations: pandas 3.1 (filling, interpolating, moving
# windows), NumPy 2.4 and SciPy 1.17 (bounds of outliers, splines, Savitzky-Golay), scikit-learn 1.9
# (imputing, class weights), OpenCV 5.0 (denoising and resampling).
#
# Tables are float32 on our side and float64 here: relative tolerance 1e-6, for polynomials 1e-5. Images are
# bytes; OpenCV rounds differently from version to version: 1 level, 2 for the bilateral filter.

import base64
import json
import pathlib

import cv2
import numpy as np
import pandas as pd
from scipy import interpolate, signal, stats
from sklearn.impute import SimpleImputer
from sklearn.utils.class_weight import compute_class_weight


def plain(values):
    return [None if np.isnan(value) else float(value) for value in values]


def table(random):
    column = np.round(random.normal(10, 3, 40), 2)
    column[random.choice(40, 9, replace=False)] = np.nan
    column[[0, 39]] = np.nan
    column[5] = 80.0
    column[[11, 12]] = 9.5
    series = pd.Series(column)
    present = column[~np.isnan(column)]
    low, high = np.quantile(present, [0.25, 0.75])
    scale = stats.median_abs_deviation(present, scale="normal")
    median = np.median(present)
    return {
        "input": plain(column),
        "mean": plain(series.fillna(series.mean())),
        "median": plain(series.fillna(series.median())),
        "mode": plain(series.fillna(series.mode()[0])),
        "forward": plain(series.ffill()),
        "backward": plain(series.bfill()),
        "linear": plain(series.interpolate(limit_direction="both")),
        "nearest": plain(nearest(column)),
        "spline": plain(spline(column, "not-a-knot")),
        "natural-spline": plain(spline(column, "natural")),
        "groups": [int(place % 3) for place in range(len(column))],
        "grouped-forward": plain(series.groupby(np.arange(40) % 3).ffill()),
        "grouped-linear": plain(
            series.groupby(np.arange(40) % 3).transform(
                lambda group: group.interpolate(limit_direction="both")
            )
        ),
        "z-score": [present.mean() - 3 * present.std(), present.mean() + 3 * present.std()],
        "iqr": [low - 1.5 * (high - low), high + 1.5 * (high - low)],
        "mad": [median - 3.5 * scale, median + 3.5 * scale],
    }


def nearest(column):
    """The nearest known value, the earlier of two."""
    known = np.flatnonzero(~np.isnan(column))
    chosen = interpolate.interp1d(
        known, column[known], kind="nearest", bounds_error=False,
        fill_value=(column[known[0]], column[known[-1]]),
    )
    return chosen(np.arange(len(column)))


def spline(column, ends):
    """SciPy's spline between the known values, the nearest of them beyond."""
    known = np.flatnonzero(~np.isnan(column))
    curve = interpolate.CubicSpline(known, column[known], bc_type=ends)
    return curve(np.clip(np.arange(len(column)), known[0], known[-1]))


def short_splines():
    """Few known values, where splines are parabolas, lines and constants."""
    cases = []
    for known in ([1.0], [1.0, 4.0], [1.0, 4.0, -2.0], [1.0, 4.0, -2.0, 3.5]):
        column = np.full(2 * len(known) + 2, np.nan)
        places = np.array([1, 2, 5, 6])[: len(known)]
        column[places] = known
        case = {"input": plain(column)}
        for name, ends in (("spline", "not-a-knot"), ("natural-spline", "natural")):
            filled = np.full(len(column), known[0]) if len(known) == 1 else spline(column, ends)
            case[name] = plain(filled)
        cases.append(case)
    return cases


def picture_gaps(random):
    """A picture with missing pixels, filled along its lines and columns, the mean of both."""
    image = np.round(random.uniform(0, 16, (6, 5)), 1)
    image[random.random((6, 5)) < 0.3] = np.nan
    frame = pd.DataFrame(image)
    result = {"input": plain(image.ravel()), "height": 6, "width": 5}
    # pandas has no linear interpolation in one call for both directions.
    across = frame.interpolate(axis=1, limit_direction="both")
    down = frame.interpolate(axis=0, limit_direction="both")
    result["linear"] = plain(((across + down) / 2).to_numpy().ravel())
    return result


def series(random):
    """A noisy series under moving windows and polynomials."""
    values = np.round(np.sin(np.arange(30) / 4) * 10 + random.normal(0, 1, 30), 2)
    frame = pd.Series(values)
    result = {
        "input": plain(values),
        "moving-mean": plain(frame.rolling(5, center=True, min_periods=1).mean()),
        "moving-median": plain(frame.rolling(5, center=True, min_periods=1).median()),
        "past-mean": plain(frame.rolling(4, min_periods=1).mean()),
        "past-median": plain(frame.rolling(4, min_periods=1).median()),
    }
    for mode in ("interp", "mirror", "nearest", "wrap", "constant"):
        result["savitzky-golay " + mode] = plain(signal.savgol_filter(values, 7, 3, mode=mode))
    result["savitzky-golay 11 4"] = plain(signal.savgol_filter(values, 11, 4))
    return result


def learnt():
    """scikit-learn's imputation of columns and weights of classes."""
    train = np.array([[1.0, np.nan, 7], [2, 5, -999], [np.nan, 6, 7], [4, 6, 9]])
    test = np.array([[np.nan, np.nan, -999.0]])
    result = {"train": [plain(row) for row in train], "test": [plain(row) for row in test]}
    for strategy in ("mean", "median", "most_frequent"):
        imputer = SimpleImputer(strategy=strategy, add_indicator=True).fit(train)
        result[strategy] = [plain(row) for row in imputer.transform(np.vstack([train, test]))]
    marked = np.where(train == -999, np.nan, train)
    result["sentinel-mean"] = plain(np.nanmean(marked, axis=0))
    labels = np.array(list("aaaabbc"))
    weights = compute_class_weight("balanced", classes=np.unique(labels), y=labels)
    result["class-weights"] = dict(zip("abc", map(float, weights)))
    return result


def planes(image):
    image = image if image.ndim == 3 else image[:, :, None]
    return base64.b64encode(np.ascontiguousarray(image.transpose(2, 0, 1)).tobytes()).decode()


def picture(random, channels):
    rows, columns = np.mgrid[0:20, 0:24]
    smooth = 120 + 80 * np.sin(rows / 4) * np.cos(columns / 5)
    image = np.repeat(smooth[:, :, None], channels, axis=2) + random.normal(0, 20, (20, 24, channels))
    image = np.clip(image, 0, 255).astype(np.uint8)
    return image if channels == 3 else image[:, :, 0]


def non_local_means(image):
    if image.ndim == 2:
        return cv2.fastNlMeansDenoising(image, None, 10, 7, 21)
    swapped = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    return cv2.cvtColor(cv2.fastNlMeansDenoisingColored(swapped, None, 10, 10, 7, 21), cv2.COLOR_BGR2RGB)


def images(random):
    results = []
    for channels in (1, 3):
        image = picture(random, channels)
        results.append(
            {
                "channels": channels,
                "height": 20,
                "width": 24,
                "input": planes(image),
                "median": planes(cv2.medianBlur(image, 3)),
                "mean": planes(cv2.blur(image, (3, 3))),
                "gaussian": planes(cv2.GaussianBlur(image, (5, 5), 1.0)),
                "bilateral": planes(cv2.bilateralFilter(image, 5, 30.0, 2.0)),
                "non-local-means": planes(non_local_means(image)),
                "half": planes(cv2.resize(image, (12, 10), interpolation=cv2.INTER_AREA)),
                "double": planes(cv2.resize(image, (48, 40), interpolation=cv2.INTER_LINEAR)),
            }
        )
    return results


random = np.random.default_rng(5)
reference = {"table": table(random), "images": images(random)}
reference["short-splines"] = short_splines()
reference["picture"] = picture_gaps(random)
reference["series"] = series(random)
reference["learnt"] = learnt()
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
