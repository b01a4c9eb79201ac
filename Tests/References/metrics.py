"""Makes metrics.json: metrics of fixed predictions, by scikit-learn."""
import json
import pathlib

import numpy as np
from scipy.special import softmax
from sklearn import metrics

random = np.random.default_rng(3)


def classification(count, classes, absent=()):
    labels = random.integers(0, classes, count)
    for label in absent:
        labels[labels == label] = 0
    logits = random.normal(size=(count, classes)).astype(np.float32).round(1)
    logits[np.arange(count), labels] += 1
    probabilities = softmax(logits.astype(np.float64), axis=1)
    predictions = logits.argmax(1)
    expected = {
        "loss": metrics.log_loss(labels, probabilities, labels=range(classes)),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "balanced-accuracy": metrics.balanced_accuracy_score(labels, predictions),
        "macro-f1": metrics.f1_score(labels, predictions, average="macro"),
        "auroc": float(np.mean([
            metrics.roc_auc_score(labels == c, probabilities[:, c])
            for c in range(classes) if c not in absent])),
        "confusion": metrics.confusion_matrix(
            labels, predictions, labels=range(classes)).tolist(),
        "calibration-error": calibration_error(probabilities, labels),
    }
    if classes > 5:
        expected["top-5"] = metrics.top_k_accuracy_score(
            labels, logits, k=5, labels=range(classes))
    return {
        "logits": logits.flatten().tolist(), "labels": labels.tolist(), "classes": classes,
        "expected": expected}


def calibration_error(probabilities, labels):
    """Equation 3 of Guo et al. 2017 with 15 bins, open below and closed above."""
    confidence = probabilities.max(1)
    hits = probabilities.argmax(1) == labels
    error = 0.0
    for low, high in zip(np.linspace(0, 1, 16)[:-1], np.linspace(0, 1, 16)[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(hits[inside].mean() - confidence[inside].mean())
    return error


def regression(count):
    targets = random.normal(size=count).astype(np.float32)
    predictions = (targets + random.normal(size=count) * 0.3).astype(np.float32)
    return {
        "targets": targets.tolist(), "predictions": predictions.tolist(),
        "expected": {
            "loss": metrics.mean_squared_error(targets.astype(float), predictions.astype(float)),
            "mae": metrics.mean_absolute_error(targets.astype(float), predictions.astype(float)),
            "rmse": metrics.root_mean_squared_error(
                targets.astype(float), predictions.astype(float)),
            "r2": metrics.r2_score(targets.astype(float), predictions.astype(float)),
        }}


def several_values(count, width, constant=()):
    targets = random.normal(size=(count, width)).astype(np.float32) * [1, 10, 100][:width]
    targets[:, list(constant)] = 3
    predictions = targets + random.normal(size=(count, width)) * [0.3, 5, 20][:width]
    targets, predictions = targets.astype(np.float32), predictions.astype(np.float32)
    truth, own = targets.astype(float), predictions.astype(float)
    varying = [c for c in range(width) if c not in constant]
    return {
        "targets": targets.flatten().tolist(), "predictions": predictions.flatten().tolist(),
        "width": width,
        "expected": {
            "loss": metrics.mean_squared_error(truth, own),
            "mae": metrics.mean_absolute_error(truth, own),
            "rmse": metrics.root_mean_squared_error(truth, own),
            # Without the values whose truth is constant.
            "r2": metrics.r2_score(truth[:, varying], own[:, varying]),
        },
        "each r2": metrics.r2_score(truth, own, multioutput="raw_values").tolist(),
        "each mae": metrics.mean_absolute_error(truth, own, multioutput="raw_values").tolist()}


def labels(count, width, absent=()):
    truth = random.random((count, width)) < random.uniform(0.1, 0.6, width)
    truth[:, list(absent)] = False
    logits = (random.normal(size=(count, width)) - 0.5 + 1.5 * truth).astype(np.float32).round(1)
    logits[:, list(absent)] = -1
    logits[logits == 0] = 0.1
    given = logits > 0
    probabilities = 1 / (1 + np.exp(-logits.astype(np.float64)))
    present = [c for c in range(width) if c not in absent]
    return {
        "truth": truth.astype(int).flatten().tolist(), "logits": logits.flatten().tolist(),
        "width": width,
        "expected": {
            "loss": float(np.mean([
                metrics.log_loss(truth[:, c], probabilities[:, c], labels=[0, 1])
                for c in range(width)])),
            "subset-accuracy": metrics.accuracy_score(truth, given),
            "hamming-loss": metrics.hamming_loss(truth, given),
            "micro-f1": metrics.f1_score(truth, given, average="micro"),
            # Without the labels that neither occur nor are given.
            "macro-f1": metrics.f1_score(truth[:, present], given[:, present], average="macro"),
            "auroc": metrics.roc_auc_score(truth[:, present], logits[:, present]),
            "average-precision": metrics.average_precision_score(
                truth[:, present], logits[:, present], average="macro"),
        },
        "each f1": metrics.f1_score(truth, given, average=None, zero_division=0).tolist(),
        "each auroc": [
            None if c in absent else metrics.roc_auc_score(truth[:, c], logits[:, c])
            for c in range(width)],
        "each average-precision": [
            None if c in absent else metrics.average_precision_score(truth[:, c], logits[:, c])
            for c in range(width)]}


result = {
    "classification": [
        classification(40, 2), classification(60, 4), classification(80, 8),
        classification(50, 5, absent=(3,))],
    "regression": [regression(30)],
    "several values": [several_values(40, 3), several_values(25, 2, constant=(1,))],
    "labels": [labels(60, 4), labels(35, 3, absent=(1,))],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
