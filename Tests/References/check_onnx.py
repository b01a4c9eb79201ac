"""Checks an ONNX file with onnx and runs it in ONNX Runtime.

Usage: check_onnx.py MODEL CASE

CASE is JSON: {"inputs": {name: {"type": "float32", "shape": [...], "values": [...]}}}. Prints the first
output as a JSON list after the full check and strict shape inference have passed.
"""

import json
import sys

import numpy
import onnx
import onnxruntime


def main(path, case):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    inputs = {
        name: numpy.array(array["values"], array["type"]).reshape(array["shape"])
        for name, array in json.load(open(case))["inputs"].items()
    }
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    json.dump(session.run(None, inputs)[0].ravel().tolist(), sys.stdout)


main(*sys.argv[1:])
