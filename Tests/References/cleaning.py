# What the clean stage computes, by other implementations: pandas 3.1 (filling and interpolating),
# NumPy 2.4 and SciPy 1.17 (bounds of outliers), OpenCV 5.0 (denoising and resampling).
#
# Tables are float32 on our side and float64 here: relative tolerance 1e-6. Images are bytes; OpenCV
# rounds differently from version to version: 1 level, 2 for the bilateral filter.

import base64
import json
import pathlib

import cv2
import numpy as np
import pandas as pd
from scipy import stats


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
        "z-score": [present.mean() - 3 * present.std(), present.mean() + 3 * present.std()],
        "iqr": [low - 1.5 * (high - low), high + 1.5 * (high - low)],
        "mad": [median - 3.5 * scale, median + 3.5 * scale],
    }


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
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
