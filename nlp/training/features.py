"""What a trained model counts in a text: words, pairs of words, runs of characters; the subject apart.

A feature's name is its text: a word, two words with a blank between them, or
characters. Nothing is weighed here and nothing is learnt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from nlp import finder
from nlp.segment import UNDERSTOOD, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from nlp.segment import Segmenter

HEAD_CHARACTERS = 30
"""Where no subject was given, the beginning of the text stands for it: the matter tends to come first."""

DIGIT = re.compile("[1-9]")
"""Which number it is tells nothing: any digit is a 0, so that what stands beside it is seen."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feature in one part of a text; each is brought to length 1 by itself."""

    part: str  # subject, detail, whole (both)
    unit: str  # words, pairs, runs
    sizes: tuple[int, ...] = ()  # of the runs, in characters


KINDS = {
    "subject words": Kind("subject", "words"),
    "subject runs": Kind("subject", "runs", (1, 2)),
    "whole words": Kind("whole", "words"),
    "whole pairs": Kind("whole", "pairs"),
    "whole runs": Kind("whole", "runs", (2, 3)),
    "detail words": Kind("detail", "words"),
    "detail runs": Kind("detail", "runs", (2, 3)),
}
"""A long detail must not drown a short subject, nor many runs a few words: hence apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made ready for counting: each part as folded text, and cut into words and what stands between them."""

    texts: dict[str, str]
    cut: dict[str, list[str]]


def read(text: str, subject: str, segmenter: Segmenter) -> Reading:
    """Fold and cut both; of each the first 4,000 characters."""
    head, detail = _folded(subject), _folded(text)
    if not head:
        head = detail[:HEAD_CHARACTERS]
    first, rest = segmenter.cut(head), segmenter.cut(detail)
    return Reading(
        {"subject": head, "detail": detail, "whole": f"{head} {detail}"},
        {"subject": first, "detail": rest, "whole": first + rest},
    )


def features(reading: Reading, kind: Kind) -> list[str]:
    """Every feature of that kind, as often as it is there."""
    if kind.unit == "runs":
        return _runs(reading.texts[kind.part], kind.sizes)
    words = [word for word in reading.cut[kind.part] if word[0].isalnum()]
    return words if kind.unit == "words" else [f"{first} {second}" for first, second in pairwise(words)]


def finds(kind: Kind, known: Collection[str], *, quick: bool = True) -> Callable[[Reading], Counter[str]]:
    """What finds those features of that kind which are *known*, and how often each is there.

    ``quick=False`` keeps from using ahocorasick_rs where it is installed; what is found is the same.
    """
    if kind.unit == "runs" and kind.part != "subject" and quick and finder.QUICK:  # a subject is short
        find = finder.quick_finder(known)
        return lambda reading: Counter(find(reading.texts[kind.part]))
    if kind.unit == "words":  # what stands between words is no feature: it need not be left out first
        return lambda reading: Counter(filter(known.__contains__, reading.cut[kind.part]))
    return lambda reading: Counter(filter(known.__contains__, features(reading, kind)))


def _runs(text: str, sizes: tuple[int, ...]) -> list[str]:
    """All runs of characters of these sizes: each is the one a character shorter and the next."""
    found, grown = [], list(text)
    for size in range(1, max(sizes) + 1):
        if size > 1:
            grown = list(map(add, grown, text[size - 1 :]))
        if size in sizes:
            found += grown
    return found


def _folded(text: str) -> str:
    return DIGIT.sub("0", " ".join(normal(text[:UNDERSTOOD]).split())).lower()
