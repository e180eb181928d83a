"""Whether what was learnt may be used: it must not get worse in any class on cases that it never saw.

Pure. Which cases those are is decided by their numbers alone, so that nobody
can choose them; the backend freezes the first of them, with their categories,
when there are enough, and keeps the list.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.category.learning import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nlp.category.classify import Classifier
    from nlp.category.learning import Example

ONE_IN = 5
ENOUGH = 30
"""Cases to check with; with fewer, that nothing got worse says nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Of *n* cases of one category, how many were proposed right."""

    right: int
    n: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both models on the same cases, by category id."""

    before: Mapping[str, Figure]
    after: Mapping[str, Figure]

    @property
    def cases(self) -> int:
        """How many were looked at."""
        return sum(figure.n for figure in self.before.values())

    @property
    def enough(self) -> bool:
        """Whether that is enough to say anything."""
        return self.cases >= ENOUGH

    @property
    def worse(self) -> tuple[str, ...]:
        """The categories that lose."""
        return tuple(key for key, was in self.before.items() if self.after[key].right < was.right)

    @property
    def passes(self) -> bool:
        """It may be used: there is enough to say so, and no category loses, so that all together lose nothing."""
        return self.enough and not self.worse


def held_out(number: str) -> bool:
    """Whether the case with that number is kept for checking; nothing is ever learnt from it."""
    return hashlib.sha256(number.encode()).digest()[0] % ONE_IN == 0


def measure(classifier: Classifier, examples: Iterable[Example]) -> dict[str, Figure]:
    """How many of each category it proposes right, by category id."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for example in examples:
        every[example.category] += 1
        right[example.category] += best(classifier, example) == example.category
    return {key: Figure(right[key], every[key]) for key in sorted(every)}


def no_worse(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> Verdict:
    """Compare two measurements of the same cases. Raises: OtherCases: they are not."""
    if {key: figure.n for key, figure in before.items()} != {key: figure.n for key, figure in after.items()}:
        raise OtherCases
    return Verdict(before, after)


class OtherCases(ValueError):
    """Two models were measured on different cases."""

    def __init__(self) -> None:
        super().__init__("the two measurements are of different cases")
