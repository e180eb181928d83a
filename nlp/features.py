"""What a trained model counts in a text: words, pairs of words, runs of characters; the subject apart.

A feature's name is its text: a word, two words with a blank between them, or
characters. Nothing is weighed here and nothing is learnt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.segment import UNDERSTOOD, normal

if TYPE_CHECKING:
    from nlp.segment import Segmenter

HEAD_CHARACTERS = 30
"""Where no subject was given, the beginning of the text stands for it: the matter tends to come first."""

BLANK, DIGIT = re.compile(r"\s+"), re.compile("[0-9]")
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
    """A text made ready for counting: each part as folded text and as words."""

    texts: dict[str, str]
    words: dict[str, list[str]]


def read(text: str, subject: str, segmenter: Segmenter) -> Reading:
    """Fold and cut both; of each the first 4,000 characters."""
    head, detail = _folded(subject), _folded(text)
    if not head:
        head = detail[:HEAD_CHARACTERS]
    words = {
        "subject": [word for word in segmenter.cut(head) if word[0].isalnum()],
        "detail": [word for word in segmenter.cut(detail) if word[0].isalnum()],
    }
    return Reading(
        {"subject": head, "detail": detail, "whole": f"{head} {detail}"},
        words | {"whole": words["subject"] + words["detail"]},
    )


def features(reading: Reading, kind: Kind) -> list[str]:
    """Every feature of that kind, as often as it is there."""
    if kind.unit == "words":
        return reading.words[kind.part]
    if kind.unit == "pairs":
        words = reading.words[kind.part]
        return [f"{first} {second}" for first, second in pairwise(words)]
    text = reading.texts[kind.part]
    return [text[start : start + size] for size in kind.sizes for start in range(len(text) - size + 1)]


def _folded(text: str) -> str:
    return DIGIT.sub("0", BLANK.sub(" ", normal(text[:UNDERSTOOD]))).strip().lower()
