"""How alarming a text sounds: characters and their neighbours, each with a weight, summed.

The rules of ``hazards``, ``threats`` and ``clues`` know words; people in danger
find others. So here every character and every pair of neighbours that our own
invented lists of dangers and look-alikes (``tests/nlp``) hold weighs for or
against a danger, and for one kind of it. ``scripts/alarming.py`` fits the
weights; no text that anybody sent took part. A weight is a share of evidence
in hundredths of a logit, so the sum can be explained: the stretch that weighs
most is what made the text alarming.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

FILE = Path(__file__).parents[1] / "words" / "alarming.txt"
Gram = str | tuple[str, ...]
KINDS = ("fire", "gas", "self_harm", "crime", "traffic", "medical", "trapped")

TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[^a-z]")
MARKS, DIGITS, LATIN = (
    re.compile(r"(?:(?!')[\W_])+|'(?![a-z])|(?<![a-z])'"),
    re.compile(r"[0-9]+"),
    re.compile(r"[a-z]"),
)
NO_WORD = re.compile(r"[\W_]+")
HAN = re.compile(r"[\u4e00-\u9fff]")
BREAK, NUMBER = "·", "0"
"""What stands for blanks and marks, and for a number."""

PART = 60
"""Characters of a part at most, unless a sentence is longer: what the weights were fitted to is as short."""

SENTENCE = re.compile(rf"[^。!?;\n]{{1,{PART}}}[。!?;\n]*")


@dataclass(frozen=True, slots=True)
class Weights:
    """For each token and pair of neighbours what it weighs, in hundredths of a logit."""

    whether: dict[Gram, int]  # for a danger
    which: dict[Gram, tuple[int, ...]]  # for its kinds, in the order of ``KINDS``
    bias: int
    kinds: tuple[int, ...]
    grams: frozenset[Gram]
    joined: dict[str, int]  # those for a danger, pairs written together: quicker for a text whose tokens are characters


def grams(text: str) -> set[Gram]:
    """Tokens, and pairs of neighbours with a break at both ends. *text* in ``segment.normal`` form."""
    tokens = _tokens(text)
    if not tokens:
        return set()
    found: set[Gram] = {*tokens}
    found.update(zip([BREAK, *tokens], [*tokens, BREAK], strict=True))
    return found - {BREAK}


def weight(text: str) -> int:
    """Hundredths of a logit; above 0: rather a danger than not. Linear. *text* in ``segment.normal`` form.

    A text without Chinese weighs nothing: the lists hold too little English to tell.
    """
    if HAN.search(text) is None:
        return 0
    weights, plain = known(), _plain(text)
    if LATIN.search(plain):
        return weights.bias + sum(map(weights.whether.__getitem__, grams(text) & weights.grams))
    said = {*plain, *map(add, BREAK + plain, plain + BREAK)} - {BREAK}
    return weights.bias + sum(filter(None, map(weights.joined.get, said)))


def kind(text: str) -> str:
    """Of which kind a danger is, supposing that *text* tells of one."""
    weights = known()
    rows = [row for gram in grams(text) if (row := weights.which.get(gram))]
    sums = [bias + sum(row[at] for row in rows) for at, bias in enumerate(weights.kinds)]
    return KINDS[max(range(len(KINDS)), key=sums.__getitem__)]


def heaviest(text: str) -> tuple[int, int]:
    """Where the stretch begins and ends that speaks most for a danger; the words to name as the reason."""
    of = known().whether.get
    best, begun, mass, start, end = 0, 0, 0, 0, len(text)
    last = BREAK
    for at, token in enumerate(text.lower()):
        mass, begun = (0, at) if mass <= 0 else (mass, begun)
        mass += of(token, 0) + of((last, token), 0)
        last = token
        if mass > best:
            best, start, end = mass, begun, at + 1
    return start, end


def parts(text: str) -> list[tuple[int, int]]:
    """Bounds of parts as long as a short message: whole sentences where they fit."""
    bounds: list[tuple[int, int]] = []
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        if bounds and end - bounds[-1][0] <= PART:
            start = bounds.pop()[0]
        bounds.append((start, end))
    return bounds


@cache
def known() -> Weights:
    """The weights as shipped, read once."""
    whether: dict[Gram, int] = {}
    which: dict[Gram, tuple[int, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, first, *others = line.split("\t")
        tokens = tuple(name.split(" "))
        gram = tokens if len(tokens) > 1 else name
        whether[gram], which[gram] = int(first), tuple(map(int, others))
    bias, kinds = whether.pop(""), which.pop("")
    joined = {"".join(gram): mass for gram, mass in whether.items() if all(len(token) == 1 for token in gram)}
    return Weights(whether, which, bias, kinds, frozenset(whether), joined)


def _plain(text: str) -> str:
    small = text.lower()
    marks = MARKS if "'" in small else NO_WORD  # far quicker
    return DIGITS.sub(NUMBER, marks.sub(BREAK, small)).strip(BREAK)


def _tokens(text: str) -> list[str]:
    plain = _plain(text)
    return TOKEN.findall(plain) if LATIN.search(plain) else list(plain)
