"""A city's own classifier, fitted on its own cases: the same linear scoring as the shipped words, with reasons.

What it counts is features.py's, how the weights come about train.py's, how
they lie in a file model_file.py's. Using a model needs nothing but Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from math import exp
from operator import and_
from typing import TYPE_CHECKING, Any

from nlp.facts import Candidate, Proposal, Reason
from nlp.segment import QUICK_FROM, Segmenter, frequency
from nlp.training.bags import Told, bags
from nlp.training.features import KINDS, read
from nlp.training.packed import OFTEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.training.bags import Bag
    from nlp.training.packed import Block

SHOWN = 5
REASONS, RUNNER_UP_REASONS = 5, 3
LEAST_SAID = 0.0005
"""A word that says less is no reason: it would be told with the weight 0."""

FAINT, TOLD_OF = 0.005, 30
"""Words with less of their kind's highest weight for a label are no reasons for it. For how many labels they are kept."""

SHORT = 60
"""Characters of subject and detail together below which a text is held to be a short one."""


Telling = dict[str, tuple[tuple[int, int], ...]]
"""For a word in which blocks it is, and what it weighs there for one label."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Makes scores shares that can be believed. The least shares of the first for which nobody need be asked."""

    sharpness: float
    decided: float
    decided_short: float  # for texts below SHORT characters


class Model:
    """Proposes labels of the training file for a text; they are categories without departments."""

    def __init__(
        self,
        labels: tuple[str, ...],
        blocks: tuple[Block, ...],
        bias: tuple[float, ...],
        calibration: Calibration,
        history: Mapping[str, Any],
        *,
        quick: bool = True,
    ) -> None:
        self.labels, self.blocks, self.bias = labels, blocks, bias
        self.calibration = calibration
        self.history = history  # how it was trained and what was measured then: for people, not for scoring
        self._segmenter = Segmenter(quick=quick)
        self._quick, self._read, self._prepared = quick, 0, False
        self._bags = tuple(bags(blocks, ahead=False, quick=False))
        self._tellers = _tellers(blocks)
        self._telling: dict[int, Telling] = {}

    def propose(self, text: str, *, subject: str = "") -> Proposal:
        """The likely labels of *text*, best first; the first 4,000 characters are read.

        Where nothing known is said, nothing is decided and the confidence is 0.
        """
        reading = read(text, subject, self._segmenter)
        told = Told(self.blocks, self._ready(len(text)), reading)
        shares = self._shares(told)
        order = sorted(range(len(shares)), key=lambda label: (-shares[label], label))
        known = any(told.factors)
        short = len(subject) + len(text) < SHORT
        enough = self.calibration.decided_short if short else self.calibration.decided
        return Proposal(
            top=tuple(self._candidate(label, shares[label]) for label in order[:SHOWN]),
            why=self._reasons(told, order) if known else (),
            confidence=shares[order[0]] if known else 0.0,
            decided=known and shares[order[0]] >= enough,
        )

    def _ready(self, more: int) -> tuple[Bag, ...]:
        """What finds and adds up; the quick way once it has paid to build it."""
        self._read += more
        if self._read > QUICK_FROM and not self._prepared:
            self._prepared = True
            self._bags = tuple(bags(self.blocks, ahead=True, quick=self._quick))
        return self._bags

    def _shares(self, told: Told) -> list[float]:
        scores = list(map(sum, zip(self.bias, *told.scores, strict=True)))
        highest = max(scores)
        raised = [exp(self.calibration.sharpness * (score - highest)) for score in scores]
        whole = sum(raised)
        return [one / whole for one in raised]

    def _candidate(self, label: int, share: float) -> Candidate:
        name = self.labels[label]
        return Candidate(
            category=name,
            category_id=name,
            matter=None,
            matter_id=None,
            department=None,
            department_id=None,
            score=share,
        )

    def _reasons(self, told: Told, order: list[int]) -> tuple[Reason, ...]:
        """The words that said most for the first, then for the runner-up, each with all that it says anywhere."""
        reasons: list[Reason] = []
        for label, most in zip(order, (REASONS, RUNNER_UP_REASONS), strict=False):
            said = self._said(told, label).items()
            best = sorted((-strength, word) for word, strength in said if strength > LEAST_SAID)[:most]
            reasons += [Reason(word, self.labels[label], round(-strength, 3)) for strength, word in best]
        return tuple(reasons)

    def _said(self, told: Told, label: int) -> dict[str, float]:
        """What each word of the text that may be a reason for that label says for it."""
        if label not in self._telling:
            if len(self._telling) >= TOLD_OF:
                self._telling.clear()
            self._telling[label] = _telling(self.blocks, self._tellers, label)
        telling, counts, factors = self._telling[label], told.counts, told.factors
        words = set().union(*[filter(telling.__contains__, counts[number]) for number in self._tellers])
        said = {}
        for word in words:
            strength = 0.0
            for number, weight in telling[word]:
                strength += OFTEN[counts[number].get(word, 0)] * weight * factors[number]
            said[word] = strength
        return said


def _tellers(blocks: Sequence[Block]) -> Sequence[int]:
    """The blocks whose features may be told as reasons: words, and of them those of the whole text if they are counted."""
    words = [number for number, block in enumerate(blocks) if KINDS[block.kind].unit == "words"]
    return [number for number in words if KINDS[blocks[number].kind].part == "whole"] or words or range(len(blocks))


def _telling(blocks: Sequence[Block], tellers: Sequence[int], label: int) -> Telling:
    """The words that may be reasons for that label: a look at a thousand instead of at all."""
    words: set[str] = set()
    for block in map(blocks.__getitem__, tellers):
        column = block.weights[label]
        least = max(1, round(FAINT * max(column, default=0)))
        words.update(compress(block.index, map(and_, block.words, map(least.__le__, column))))
    return {
        word: tuple(
            (at, block.weights[label][row])
            for at, block in enumerate(blocks)
            if (row := block.index.get(word)) is not None
        )
        for word in words
    }


def readable(kind: str, name: str) -> bool:
    """Whether people know that feature as a word (or two): a run of characters may be any piece of text."""
    return len(name) > 1 and (KINDS[kind].unit != "runs" or frequency(name) > 0)
