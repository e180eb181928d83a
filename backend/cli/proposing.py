"""What ``classify`` and ``evaluate`` share: who proposes, and a row's subject and detail."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from backend.cli import surroundings
from backend.cli.errors import WrongUse
from backend.settings import cache_folder
from nlp import segment
from nlp.training import model_file
from nlp.understand import CLASSIFIERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.facts import Proposal
    from nlp.training.model import Model


class Propose(Protocol):
    """As ``Classifier.propose`` and ``Model.propose``."""

    def __call__(self, text: str, *, subject: str = "") -> Proposal:
        """Propose the likely categories, best first."""


class Proposer(NamedTuple):
    """Who proposes, the categories that it knows, and whose they are."""

    propose: Propose
    names: frozenset[str]
    whose: str


def proposer(institution: str, model: str, *, explain: bool = True) -> Proposer:
    """The trained model in that file; without one, the institution's words, which may do without reasons.

    Raises: WrongUse.
    """
    if model and institution:
        raise WrongUse("--model and --institution exclude each other", "leave one of them out")
    prepare()
    if model:
        trained = _model(model)
        return Proposer(trained.propose, frozenset(trained.labels), model)
    home = surroundings.institution(institution)
    names = frozenset(category.name for category in home.categories)
    return Proposer(partial(CLASSIFIERS.of(home).propose, explain=explain), names, home.id)


def require_columns(columns: Sequence[str]) -> None:
    """Raises: WrongUse: a text has a subject and a detail, no more."""
    if len(columns) > 2:
        raise WrongUse(f"--text is given {len(columns)} times", "name one column, or the subject's and the detail's")


def divide(row: dict[str, str], columns: Sequence[str]) -> tuple[str, str]:
    """A row's subject and detail: with one column the subject is empty."""
    return (row[columns[0]], row[columns[1]]) if len(columns) == 2 else ("", row[columns[0]])


def prepare() -> None:
    """Have the dictionary ready, from where it was kept."""
    if (folder := cache_folder(os.environ)) is not None:
        segment.prepare(folder)


def _model(path: str) -> Model:
    try:
        return model_file.load(Path(path).read_bytes())
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror})", "name a file that jiesu train made") from error
    except model_file.NoModel as error:
        raise WrongUse(f"{path} is no model: {error.reason}", "train it again: jiesu train --help") from error
