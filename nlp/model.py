"""A city's own classifier, fitted on its own cases: the same linear scoring as the shipped words, with reasons.

What it counts is features.py's, how the weights come about train.py's, how
they lie in a file model_file.py's. Using a model needs nothing but Python.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import exp, log, sqrt
from operator import mul
from typing import TYPE_CHECKING, Any

from nlp.facts import Candidate, Proposal, Reason
from nlp.features import KINDS, features, read
from nlp.segment import UNDERSTOOD, Segmenter, frequency

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping

SHOWN = 5
REASONS, RUNNER_UP_REASONS = 5, 3
LEAST_SAID = 0.0005
"""A word that says less is no reason: it would be told with the weight 0."""

OFTEN = (0.0, *(1.0 + log(count) for count in range(1, 2 * UNDERSTOOD + 2)))
"""How much a feature counts that is there so often."""

SHORT = 60
"""Characters of subject and detail together below which a text is held to be a short one."""


RARITY_STEP = 1 / 4096
"""How exactly the rarity of a feature is kept."""


@dataclass(frozen=True, slots=True)
class Block:
    """The known features of one kind; ``weights`` holds a column for each label, in steps of ``step``."""

    kind: str  # a key of features.KINDS
    index: Mapping[str, int]
    words: bytes  # for each feature 1 where people know it as a word, so that it may be told as a reason
    rarity: array[float]  # inverse document frequency, in whole RARITY_STEPs; already part of the weights
    weights: tuple[array[int], ...]
    step: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Makes scores shares that can be believed. The least shares of the first for which nobody need be asked."""

    sharpness: float
    decided: float
    decided_short: float  # for texts below SHORT characters


class Told:
    """What one block found in a text: rows of its features, and how much each counts after bringing to length 1."""

    def __init__(self, block: Block, found: list[str]) -> None:
        self.block = block
        counts = Counter(found)
        self.names = list(filter(block.index.__contains__, counts))
        self.rows = list(map(block.index.__getitem__, self.names))
        often = [OFTEN[counts[name]] for name in self.names]
        weighed = list(map(mul, often, map(block.rarity.__getitem__, self.rows)))
        length = sqrt(sum(map(mul, weighed, weighed)))
        self.values = [value / length for value in often]

    def score(self, label: int) -> float:
        """What they say for that label."""
        column = self.block.weights[label]
        return self.block.step * sum(map(mul, map(column.__getitem__, self.rows), self.values), 0.0)

    def words(self) -> list[tuple[str, int, float]]:
        """Those that may be told as reasons."""
        known = self.block.words
        return [each for each in zip(self.names, self.rows, self.values, strict=True) if known[each[1]]]


class Model:
    """Proposes labels of the training file for a text; they are categories without departments."""

    def __init__(
        self,
        labels: tuple[str, ...],
        blocks: tuple[Block, ...],
        bias: tuple[float, ...],
        calibration: Calibration,
        history: Mapping[str, Any],
    ) -> None:
        self.labels, self.blocks, self.bias = labels, blocks, bias
        self.calibration = calibration
        self.history = history  # how it was trained and what was measured then: for people, not for scoring
        self._segmenter = Segmenter()

    def propose(self, text: str, *, subject: str = "") -> Proposal:
        """The likely labels of *text*, best first; the first 4,000 characters are read.

        Where nothing known is said, nothing is decided and the confidence is 0.
        """
        reading = read(text, subject, self._segmenter)
        told = [Told(block, features(reading, KINDS[block.kind])) for block in self.blocks]
        shares = self._shares(told)
        order = sorted(range(len(shares)), key=lambda label: (-shares[label], label))
        known = any(one.rows for one in told)
        short = len(subject) + len(text) < SHORT
        enough = self.calibration.decided_short if short else self.calibration.decided
        return Proposal(
            top=tuple(self._candidate(label, shares[label]) for label in order[:SHOWN]),
            why=self._reasons(told, order) if known else (),
            confidence=shares[order[0]] if known else 0.0,
            decided=known and shares[order[0]] >= enough,
        )

    def _shares(self, told: list[Told]) -> list[float]:
        scores = [bias + sum(one.score(label) for one in told) for label, bias in enumerate(self.bias)]
        highest = max(scores)
        raised = [exp(self.calibration.sharpness * (score - highest)) for score in scores]
        return [one / sum(raised) for one in raised]

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

    def _reasons(self, told: list[Told], order: list[int]) -> tuple[Reason, ...]:
        """The words that said most for the first, then for the runner-up, each with all that it says anywhere."""
        words = [(one.block, one.words()) for one in told]
        reasons: list[Reason] = []
        for label, most in zip(order, (REASONS, RUNNER_UP_REASONS), strict=False):
            said: dict[str, float] = {}
            for block, found in words:
                column, step = block.weights[label], block.step
                for name, row, value in found:
                    said[name] = said.get(name, 0.0) + column[row] * value * step
            best = sorted((-strength, word) for word, strength in said.items() if strength > LEAST_SAID)[:most]
            reasons += [Reason(word, self.labels[label], round(-strength, 3)) for strength, word in best]
        return tuple(reasons)


def readable(kind: str, name: str) -> bool:
    """Whether people know that feature as a word (or two): a run of characters may be any piece of text."""
    return len(name) > 1 and (KINDS[kind].unit != "runs" or frequency(name) > 0)
