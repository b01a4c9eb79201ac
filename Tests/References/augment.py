# What the steps of augmentations make of images, by Torchvision 0.29.2 and Torch 2.15, which are to be
# installed besides: its functional transforms of floating-point images from 0 to 1.
#
# Both compute in float32 in another order: results agree to 2e-6, and to 2e-5 where an image is resampled,
# because places between pixels are rounded differently. Equalised images agree but where rounding puts a
# value into the neighbouring one of 256 levels; these images have none.

import json
import pathlib

import torch
import torchvision.transforms.v2.functional as F
from torchvision.transforms import InterpolationMode

STEPS = {
    "brightness": (F.adjust_brightness, [0.4, 1.7]),
    "contrast": (F.adjust_contrast, [0.3, 1.6]),
    "saturation": (F.adjust_saturation, [0.0, 0.4, 2.2]),
    "hue": (F.adjust_hue, [-0.4, 0.1, 0.5]),
    "sharpness": (F.adjust_sharpness, [0.2, 1.9]),
    "posterize": (F.posterize, [2, 5]),
    "solarize": (F.solarize, [0.0, 0.6, 1.0]),
    "autocontrast": (lambda x, _: F.autocontrast(x), [0]),
    "equalize": (lambda x, _: F.equalize(x), [0]),
    "rotate": (lambda x, v: F.rotate(x, v, InterpolationMode.BILINEAR), [-33.0, 20.0, 90.0]),
    "rotate-nearest": (lambda x, v: F.rotate(x, v, InterpolationMode.NEAREST), [90.0, 180.0]),
    # Twice as large about the middle, as a resized crop of the middle quarter of an even image.
    "enlarge": (
        lambda x, _: F.resized_crop(
            x, x.shape[1] // 4, x.shape[2] // 4, x.shape[1] // 2, x.shape[2] // 2, list(x.shape[1:])
        ),
        [0],
    ),
    "whole": (lambda x, _: F.resized_crop(x, 0, 0, x.shape[1], x.shape[2], list(x.shape[1:])), [0]),
}


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def main():
    torch.manual_seed(5)
    document = {"images": {}}
    for name, channels in [("color", 3), ("grey", 1)]:
        image = (torch.rand(channels, 8, 12) * 255).round()
        image[:, 2:5, 3:7] = 40
        unit = image / 255
        results = []
        for step, (function, amounts) in STEPS.items():
            for amount in amounts:
                results.append(
                    {"step": step, "amount": amount, "values": numbers(function(unit, amount))}
                )
        document["images"][name] = {
            "shape": list(image.shape), "bytes": [int(v) for v in image.flatten()],
            "results": results,
        }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(document, separators=(",", ":"), sort_keys=True) + "\n")


main()
