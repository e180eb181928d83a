"""How long understanding takes, as ratios to cutting the same texts with bare jieba, in one run of one process.

    python bench/understanding.py [--data FOLDER] [--rounds 7]

FOLDER is that of ``make evaluate``: its dev.csv is read, and a model trained on
its train.csv. Without it the messages of tests/nlp/gold are read, joined by
tens to the length of letters; what they say does not matter. ``jieba.lcut``,
the shipped words and the model take turns, so that what else the machine does
meets all of them, and the best round of each counts. All is measured in two
processes: with the extra ``fast`` where it is installed, and without.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tomllib
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

import jieba

from institutions.catalog import load_all
from nlp.category.classify import Classifier
from nlp.segment import Segmenter, normal
from nlp.training import train
from nlp.understand import understand
from nlp.when import times as when
from scripts.evaluation import process
from scripts.evaluation.figures import Figure, lines
from scripts.evaluation.given import Given, Letter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
EXTRA = ("rjieba", "ahocorasick_rs")
NOW = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
SHORT = "昨天下午"
MESSAGE = (
    "您好,我住和平路5号欢乐里小区3栋,昨天晚上十一点多楼下的烧烤店又在放音响,油烟也大,孩子睡不着,"
    "跟老板说了几次都没用,物业也不管。希望有关部门尽快来处理,我姓王,电话13800138000。谢谢您。"
)
SCORERS = ("shipped words, for a table", "shipped words, with reasons", "own model")
RATIOS = {"": (0.8, 0.8, 0.5), ", with fast": (4.0, None, 2.5)}
TIMES = ("understanding 100 characters, above cutting them", f"understanding {SHORT}", f"reading the time in {SHORT}")


def letters(data: Path | None) -> tuple[list[Letter], list[Letter]]:
    """Those to learn from, and those to read."""
    if data:
        given = Given(data)
        return given.letters("train.csv"), given.letters("dev.csv")
    told = [
        message
        for path in sorted((ROOT / "tests/nlp/gold").glob("*.toml"))
        for message in tomllib.loads(path.read_text(encoding="utf-8"))["message"]
    ]
    texts = [(told[at]["text"], "。".join(one["text"] for one in told[at : at + 10])) for at in range(len(told))]
    ours = [Letter(subject, detail, str(number % 7)) for number, (subject, detail) in enumerate(texts)]
    return ours, ours


def best(rounds: int, *works: Callable[[], object], repeat: int = 1) -> list[float]:
    """The seconds of each in its best round; they take turns, *repeat* times each."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, took, strict=True):
            began = thread_time()
            for _ in range(repeat):
                work()
            times.append((thread_time() - began) / repeat)
    return [min(times) for times in took]


def ratios(learnt: Sequence[Letter], read: Sequence[Letter], rounds: int) -> list[float]:
    """Of SCORERS: how many times bare jieba takes their time."""
    whole = [f"{one.subject}\n{one.detail}" for one in read]
    classifier = Classifier(load_all()["hotline"])
    model = train.train([train.Letter(*one) for one in learnt], seed=1, told=lambda *_: None)
    bare, *took = best(
        rounds,
        lambda: [jieba.lcut(text) for text in whole],
        lambda: [classifier.propose(one.detail, subject=one.subject, explain=False) for one in read],
        lambda: [classifier.propose(one.detail, subject=one.subject) for one in read],
        lambda: [model.propose(one.detail, subject=one.subject) for one in read],
    )
    return [bare / each for each in took]


def milliseconds(rounds: int) -> list[float]:
    """TIMES, in milliseconds."""
    hotline, cutter = load_all()["hotline"], Segmenter()
    cut, message, short, point = best(
        rounds,
        lambda: cutter.cut(normal(MESSAGE)),
        lambda: understand(MESSAGE, now=NOW, institution=hotline),
        lambda: understand(SHORT, now=NOW, institution=hotline),
        lambda: when.find(SHORT, NOW),
        repeat=100,
    )
    return [(message - cut) * 1000, short * 1000, point * 1000]


def cold() -> process.Used:
    """``jiesu classify TEXT``: the quickest of five starts, and the most memory of any."""
    program = Path(sys.executable).with_name("jiesu")
    starts = [process.run([program, "classify", MESSAGE], Path(os.devnull)) for _ in range(5)]
    return process.Used(
        min(one.seconds for one in starts), min(one.processor for one in starts), max(one.megabytes for one in starts)
    )


def apart(without: Sequence[str], arguments: Sequence[str]) -> dict[str, list[float]]:
    """What a process of its own measures that cannot import these."""
    program = f"import runpy, sys; sys.modules.update(dict.fromkeys({list(without)!r})); runpy.run_path({__file__!r}, run_name='__main__')"
    command = [sys.executable, "-c", program, "--measure", *arguments]
    told: dict[str, list[float]] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told


def main() -> None:
    reader = argparse.ArgumentParser(description="How long understanding takes.")
    reader.add_argument("--data", type=Path)
    reader.add_argument("--rounds", type=int, default=7)
    reader.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.measure:
        jieba.setLogLevel(logging.ERROR)
        learnt, read = letters(asked.data)
        print(json.dumps({"ratios": ratios(learnt, read, asked.rounds), "ms": milliseconds(asked.rounds)}))
        return
    passed = ["--rounds", str(asked.rounds), *(["--data", str(asked.data.resolve())] if asked.data else [])]
    figures = []
    n = len(letters(asked.data)[1])
    for name, targets in RATIOS.items():
        if name and not all(map(find_spec, EXTRA)):
            continue
        told = apart(() if name else EXTRA, passed)
        figures += [
            Figure(f"{what}{name}: bare jieba takes × as long", ratio, n, target)
            for what, ratio, target in zip(SCORERS, told["ratios"], targets, strict=True)
        ]
        figures += [
            Figure(f"{what}{name}, ms", taken, 1, target, most=True)
            for what, taken, target in zip(TIMES, told["ms"], (1.0, 0.2, 0.2), strict=True)
        ]
    started = cold()
    figures.append(Figure("jiesu classify from a cold start, s", started.seconds, 1, 1.5, most=True))
    figures.append(Figure("… of them s of a processor", started.processor, 1))
    figures.append(Figure("jiesu classify from a cold start, MB", started.megabytes, 1, 200.0, most=True))
    print("\n".join(lines(figures)))


if __name__ == "__main__":
    main()
