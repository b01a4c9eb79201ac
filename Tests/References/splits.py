"""Makes splits.json: how scikit-learn deals out groups with their classes, and rows in order of time."""
import json
import pathlib

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold, TimeSeriesSplit

random = np.random.default_rng(5)


def groups(count, classes, folds, largest):
    rows, codes = [], []
    for group in range(count):
        shares = random.dirichlet(np.full(classes, 0.5))
        size = int(random.integers(1, largest))
        rows += random.choice(classes, size, p=shares).tolist()
        codes += [group] * size
    rows, codes = np.array(rows), np.array(codes)
    fold_of = np.zeros(count, int)
    splitter = StratifiedGroupKFold(folds)
    for fold, (_, test) in enumerate(splitter.split(rows, rows, codes)):
        fold_of[np.unique(codes[test])] = fold
    return {
        "classes": rows.tolist(), "groups": codes.tolist(), "folds": folds,
        "fold of group": fold_of.tolist()}


def ordered(count, folds):
    tests = []
    for train, test in TimeSeriesSplit(folds).split(np.zeros(count)):
        tests.append([int(train[-1]) + 1, int(test[0]), int(test[-1]) + 1])
    return {"count": count, "folds": folds, "bounds": tests}


result = {
    "groups": [groups(40, 3, 5, 30), groups(100, 6, 4, 60), groups(25, 2, 3, 100)],
    # Where rows do not come out even scikit-learn puts those that are left into the first block, and
    # Anneal one each into the first blocks.
    "ordered": [ordered(60, 5), ordered(24, 3)],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
