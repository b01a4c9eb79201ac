"""Non-local means of pictures with OpenCV: denoise.py FOLDER OUTPUT."""

import pathlib
import sys

import cv2
import numpy

cv2.setNumThreads(2)
files = sorted(pathlib.Path(sys.argv[1]).glob("*/*.png"))
results = [
    cv2.fastNlMeansDenoisingColored(cv2.imread(str(file)), None, 10, 10, 7, 21) for file in files
]
numpy.save(sys.argv[2], numpy.stack(results))
