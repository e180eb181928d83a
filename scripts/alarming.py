"""Fits nlp/words/alarming.txt to our own lists of dangers and look-alikes. Run it when a list has grown.

``python -m scripts.alarming [--check]``. With ``--check`` nothing is written:
ten times, a tenth of the texts is judged by weights that did not see it. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from nlp.danger.alarming import FILE, HAN, KINDS, grams
from nlp.segment import normal

TESTS = Path(__file__).resolve().parents[1] / "tests" / "nlp"
STORIES = TESTS.parents[1] / "backend" / "demo" / "stories"
FIELD, FIELDS = re.compile(r"{\w+}"), {"{place}": "幸福里", "{when}": "昨天", "{money}": "五百元"}
"""What a story leaves open, and what stands there here."""

EMERGENCY = re.compile("冒烟|焦味|火星|煤气味|燃气味|电线杆倒|一辆车陷进|掉了一截|同学肚子疼")
"""Words of the few stories that do tell of danger."""

LEAST, FREEDOM = 2, 3.0
"""Texts that must hold a gram; how far weights may go (the C of scikit-learn)."""

FOLDS = 10


def lists() -> tuple[list[tuple[str, str]], list[str]]:
    """Dangers with their kind, and texts that tell of none: look-alikes and everyday messages."""
    dangers, harmless = [], []
    for name in ("danger.toml", "danger_more.toml"):
        read = tomllib.loads((TESTS / name).read_text(encoding="utf-8"))
        dangers += [(row["text"], row["kind"]) for row in read["danger"]]
        harmless += [row["text"] for row in read["harmless"]]
    fresh = tomllib.loads((TESTS / "danger_fresh.toml").read_text(encoding="utf-8"))
    dangers += [(text, row["kinds"][0]) for row in fresh["danger"] for text in row["texts"]]
    harmless += [text for row in fresh["harmless"] for text in row["texts"]]
    harmless += stories()
    seen = [(text, kind) for text, kind in dangers if HAN.search(text)]
    return seen, [text for text in harmless + everyday() if HAN.search(text)]


def everyday() -> list[str]:
    """The gold's messages that are no emergency."""
    rows = (
        row
        for path in sorted((TESTS / "gold").glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["message"]
    )
    return [row["text"] for row in rows if "emergency" not in {row.get("grade"), *row.get("or_grade", [])}]


def stories() -> list[str]:
    """What the citizens of the example city bring, each complaint alone and told at length; those in danger left out."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(STORIES.glob("*.toml"))]
    rows = [row for one in read for row in one.get("story", [])]
    told = [text for row in rows for say in row["say"] for text in (say, ",".join((say, *row["more"], row["wish"])))]
    filled = [FIELD.sub(lambda field: FIELDS.get(field[0], "三"), text) for text in told]
    return [text for text in filled if not EMERGENCY.search(text)]


def model(*, balanced: bool = False) -> Pipeline:
    """What is fitted: whether a text holds a gram, a weight for each."""
    count = CountVectorizer(analyzer=_names, binary=True, min_df=LEAST)
    return make_pipeline(
        count, LogisticRegression(C=FREEDOM, max_iter=5000, class_weight="balanced" if balanced else None)
    )


def write() -> None:
    """Fit and write the weights: first whether there is danger, then, among dangers, its kind."""
    dangers, harmless = lists()
    whether = model().fit([text for text, _ in dangers] + harmless, [True] * len(dangers) + [False] * len(harmless))
    which = model(balanced=True).fit(*map(list, zip(*dangers, strict=True)))
    order = [list(which.classes_).index(kind) for kind in KINDS]
    rows = {name: (weight, [0] * len(KINDS)) for name, weight in _weights(whether, 0)}
    for at, column in enumerate(order):
        for name, weight in _weights(which, column):
            rows.setdefault(name, (0, [0] * len(KINDS)))[1][at] = weight
    lines = ["\t".join(map(str, (name, weight, *kinds))) for name, (weight, kinds) in sorted(rows.items())]
    FILE.write_text("\n".join([*lines, ""]), encoding="utf-8")


def check() -> str:
    """Shares of dangers seen and of look-alikes taken for one, each text judged by weights that did not see it."""
    dangers, harmless = lists()
    texts, is_danger = [t for t, _ in dangers] + harmless, np.array([True] * len(dangers) + [False] * len(harmless))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    weights = cross_val_predict(model(), texts, is_danger, cv=folds, method="decision_function")
    return f"seen {(weights[is_danger] > 0).mean():.3f} of {len(dangers)}, false {(weights[~is_danger] > 0).mean():.3f} of {len(harmless)}"


def _names(text: str) -> list[str]:
    return [gram if isinstance(gram, str) else " ".join(gram) for gram in grams(normal(text))]


def _weights(fitted: Pipeline, row: int) -> list[tuple[str, int]]:
    count, regression = fitted
    numbers: Any = np.rint(100 * regression.coef_[row]).astype(int)
    bias = ("", int(np.rint(100 * regression.intercept_[row])))
    return [bias, *((name, int(number)) for name, number in zip(count.get_feature_names_out(), numbers, strict=True))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        print(check())
    else:
        write()
