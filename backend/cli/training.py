"""``jiesu train`` and ``evaluate``: a model of a city's own cases, and how good proposals are on labelled texts."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import learning, tables
from backend.cli.errors import Refused, WrongUse
from backend.cli.plain import Commands
from backend.cli.progress import Progress
from backend.cli.proposing import divide, prepare, proposer, require_columns
from nlp.training import model_file
from nlp.training.evaluate import Evaluation, evaluate, judge

if TYPE_CHECKING:
    from types import ModuleType

    from nlp.training.train import Letter

commands = Commands()

MOST_TOLD = 10
"""Labels that nobody knows, by name."""

TEXT_HELP = "the column with the text; given twice: the subject, then the detail"
Csv = Annotated[str, typer.Option(metavar="FILE", help="labelled texts, one a row")]
Text = Annotated[list[str], typer.Option(metavar="COLUMN", help=TEXT_HELP)]
Label = Annotated[str, typer.Option(metavar="COLUMN", help="the column with the true category's name")]
Seed = Annotated[
    int, typer.Option(metavar="N", help="the same seed and files give the same result", min=0, max=2**31 - 1)
]


@commands.command()
def train(
    *,
    csv: Csv = "",
    text: Text = [],  # noqa: B006 - typer's way to say that it may be absent
    label: Label = "",
    out: Annotated[str, typer.Option(metavar="MODEL", help="where the model goes")] = "",
    dev: Annotated[str, typer.Option(metavar="FILE", help="labelled texts to measure on, never to learn from")] = "",
    unlabelled: Annotated[str, typer.Option(metavar="FILE", help="more texts, which tell how rare words are")] = "",
    seed: Seed = 1,
    institution: Annotated[
        str, typer.Option(metavar="ID", help="without --csv: whose cases; absent: those in the settings")
    ] = "",
    back: Annotated[bool, typer.Option("--back", help="without --csv: take the learnt words in use back")] = False,
) -> None:
    """Learn from the handlers' corrections now, as every night; or fit a classifier on a file.

    With --csv, --text, --label and --out: fit one that jiesu classify --model
    uses. The labels become the categories. Needs scikit-learn, which make
    install leaves out; without it this command says how to get it.
    """
    needed = {"--text": text, "--label": label, "--out": out}
    if not csv:
        if stray := [name for name, given in {**needed, "--dev": dev, "--unlabelled": unlabelled}.items() if given]:
            raise WrongUse(f"{stray[0]} needs --csv", "name the file with the labelled texts")
        (learning.roll_back if back else learning.learn)(institution)
        return
    if institution or back:
        raise WrongUse("--csv learns from a file, --institution and --back are about the store", "leave one out")
    if missing := [name for name, given in needed.items() if not given]:
        raise WrongUse(f"--csv needs {missing[0]}", "see jiesu train --help")
    _fit(csv, text, label, out=out, dev=dev, unlabelled=unlabelled, seed=seed)


def _fit(csv: str, text: list[str], label: str, *, out: str, dev: str, unlabelled: str, seed: int) -> None:
    training = _training()
    letters = _letters(csv, text, label, training)
    measured_on = _letters(dev, text, label, training) if dev else []
    more = [divide(row, text) for row in tables.read(unlabelled, text)] if unlabelled else []
    tables.require_place(out)
    prepare()
    progress = Progress()
    try:
        model = training.train(letters, unlabelled=more, seed=seed, told=progress)
    except training.Unfit as error:
        raise WrongUse(f"{csv}: {error}", "give it more labelled rows, or join that label with another") from error
    finally:
        progress.close()
    tables.save(out, model_file.dump(model))
    told: dict[str, Any] = {"out": out, "labels": list(model.labels), **model.history}
    if measured_on:
        judged = [judge(one.label, model.propose(one.detail, subject=one.subject)) for one in measured_on]
        told["dev"] = _rounded(asdict(evaluate(judged, seed=seed)))
    typer.echo(json.dumps(told, ensure_ascii=False))


@commands.command("evaluate")
def evaluate_command(
    *,
    csv: Csv,
    text: Text,
    label: Label,
    institution: Annotated[str, typer.Option(metavar="ID", help="whose words; absent: those in the settings")] = "",
    model: Annotated[str, typer.Option(metavar="MODEL", help="a trained model instead of an institution's words")] = "",
    seed: Seed = 1,
    as_json: Annotated[bool, typer.Option("--json", help="as one line of JSON")] = False,
) -> None:
    """Measure proposals on labelled texts: how many are right, and how sure one may be of that."""
    rows = tables.table(csv, [*text, label])
    require_columns(text)
    propose, names, whose = proposer(institution, model, explain=False)
    progress, judged = Progress(), []
    for number, row in enumerate(rows.rows):
        progress("proposing", number / len(rows.rows))
        subject, detail = divide(row, text)
        judged.append(judge(_label(row, label, csv, rows.lines[number]), propose(detail, subject=subject)))
    progress.close()
    if strange := sorted({one.label for one in judged} - names):
        told = ", ".join(strange[:MOST_TOLD]) + (" …" if len(strange) > MOST_TOLD else "")
        typer.echo(f"not among the categories of {whose}, so never right: {told}", err=True)
    measured = evaluate(judged, seed=seed)
    typer.echo(json.dumps(_rounded(asdict(measured)), ensure_ascii=False) if as_json else _shown(measured))


def _training() -> ModuleType:
    """It stands on libraries that only training needs. Raises: Refused: they are not installed."""
    try:
        return importlib.import_module("nlp.training.train")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"numpy", "scipy", "sklearn"}:
            raise
        how = f"install it: {sys.executable} -m pip install scikit-learn"
        raise Refused("training needs scikit-learn, which is not here", how) from error


def _letters(csv: str, text: list[str], label: str, training: ModuleType) -> list[Letter]:
    rows = tables.table(csv, [*text, label])
    require_columns(text)
    if not any(row[name].strip() for row in rows.rows for name in text):
        raise WrongUse(f"{csv} has no text in the column {', '.join(text)}", "name the column that holds it")
    return [
        training.Letter(*divide(row, text), _label(row, label, csv, line))
        for row, line in zip(rows.rows, rows.lines, strict=True)
    ]


def _label(row: dict[str, str], label: str, csv: str, line: int) -> str:
    if found := row[label].strip():
        return found
    raise WrongUse(
        f"{csv} line {line} has nothing in the column {label}", "write its label there, or leave the row out"
    )


def _rounded(told: Any) -> Any:
    """Figures with four digits, wherever they stand."""
    if isinstance(told, dict):
        return {key: _rounded(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_rounded(value) for value in told]
    return round(told, 4) if isinstance(told, float) else told


def _shown(measured: Evaluation) -> str:
    """The same as a table for people."""
    names = {
        "accuracy": "right",
        "macro_f1": "macro F1",
        "top3": "among the first three",
        "decided": "decided",
        "right_when_decided": "right when decided",
    }
    lines = [f"{measured.n} texts"]
    for key, name in names.items():
        low, high = measured.ci95[key]
        lines.append(f"{name:<22} {getattr(measured, key):.3f}  (95 %: {low:.3f} to {high:.3f})")
    lines.append("texts  precision  recall     F1")
    lines += [f"{c.n:5}      {c.precision:.3f}   {c.recall:.3f}  {c.f1:.3f}  {n}" for n, c in measured.classes.items()]
    return "\n".join(lines)
