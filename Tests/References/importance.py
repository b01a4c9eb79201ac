"""Makes importance.json: permutation importance by scikit-learn 1.9.1 of a fixed linear model, with the very
permutations that it dealt the rows out by, so that the same numbers have to come of them."""
import json
import pathlib

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.inspection import permutation_importance

ROWS, REPEATS, SEED = 60, 4, 7
random = np.random.default_rng(3)
X = random.normal(size=(ROWS, 3)).astype(np.float32)
WEIGHTS = np.array([[1.5, -0.5, 0.0], [-1.0, 0.25, 0.5]], np.float32)
LABELS = (X @ np.array([1.0, 0.3, 0.1]) + random.normal(scale=0.5, size=ROWS) < 0).astype(int)
VALUES = (X @ np.array([2.0, -1.0, 0.0]) + random.normal(scale=0.3, size=ROWS)).astype(np.float32)


class Classifier(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict(self, X):
        return (X @ WEIGHTS.T).argmax(1)


class Regressor(RegressorMixin, BaseEstimator):
    def fit(self, X, y):
        self.is_fitted_ = True
        return self

    def predict(self, X):
        return X @ WEIGHTS[0]


def measured(model, y):
    found = permutation_importance(
        model.fit(X, y), X, y, n_repeats=REPEATS, random_state=np.random.RandomState(SEED))
    return {"importances": found.importances.tolist(), "means": found.importances_mean.tolist(),
            "deviations": found.importances_std.tolist(), "score": float(model.score(X, y))}


# What its `_calculate_permutation_scores` does for each column, from one seed for all: the values of each repeat are
# those of the one before, dealt out again.
seed = np.random.RandomState(SEED).randint(np.iinfo(np.int32).max + 1)
state = np.random.RandomState(seed)
shuffled, order, orders = np.arange(ROWS), np.arange(ROWS), []
for _ in range(REPEATS):
    state.shuffle(shuffled)
    order = order[shuffled]
    orders.append(order.tolist())

result = {
    "x": X.flatten().tolist(), "weights": WEIGHTS.flatten().tolist(), "labels": LABELS.tolist(),
    "values": VALUES.tolist(), "orders": orders, "classes": measured(Classifier(), LABELS),
    "numbers": measured(Regressor(), VALUES),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, sort_keys=True) + "\n")
