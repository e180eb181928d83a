"""The weights of a model, and how they are added up: those of a feature for all labels as one whole number.

In such a number each label has its place; adding numbers adds the weights of
every label, as long as no sum outgrows its place, and costs little more than
adding one. Everything is exact, so the order in which features were found
does not matter. What a feature is, is features.py's.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from math import log, sqrt
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from nlp.segment import UNDERSTOOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RARITY_STEP = 1 / 4096
"""How exactly the rarity of a feature is kept."""

ONE = 1 << 16
OFTEN = (0, *(round(ONE * (1.0 + log(count))) for count in range(1, 2 * UNDERSTOOD + 2)))
"""How much a feature counts that is there so often, in ONEths."""

SQUARE = tuple(round(often * often / ONE) for often in OFTEN)
"""How much it adds to the square of the length, times the square of its rarity; in ONEths."""

MIDDLE, HALF = 1 << 15, 1 << 63
"""Added to a weight (-32,767 to 32,767), and to a place when it is read: neither holds negative numbers."""

PLACE = 8
"""Bytes: 32 bits for rarity² (16 for a weight), 17 for a feature that is there once, 14 for how many a text holds."""

AHEAD = 64
"""Labels up to which all numbers may be made ahead: 10 ms and 1 MB for 10,000 features of 7 labels."""

KEPT = 32 * 1024 * 1024
"""Bytes of numbers that are kept where each is made when asked for, which takes as long as adding a hundred."""


@dataclass(frozen=True, slots=True)
class Block:
    """The known features of one kind; ``weights`` holds a column for each label, in steps of ``step``."""

    kind: str  # a key of features.KINDS
    index: Mapping[str, int]
    words: bytes  # for each feature 1 where people know it as a word, so that it may be told as a reason
    rarity: array[float]  # inverse document frequency, in whole RARITY_STEPs; already part of the weights
    weights: tuple[array[int], ...]
    step: float


class Sum(NamedTuple):
    """What features of one block add up to: for each label, and the square of their length; both as whole numbers."""

    weights: list[int]
    square: int


class Packed(dict[str, int]):
    """For each feature of *blocks* its number: for each block a place for each label's weight and one for rarity².

    Numbers are made when asked for; all of them ahead where that is wanted and they are not too many.
    """

    def __init__(self, blocks: Sequence[Block], *, ahead: bool, kept: int = KEPT) -> None:
        super().__init__()
        self._blocks, self._kept = blocks, kept
        self._wide = len(blocks[0].weights) + 1
        self._places = Struct(f"<{self._wide * len(blocks)}Q")
        self._halves = int.from_bytes(self._places.pack(*[HALF] * (self._wide * len(blocks))), "little")
        self.whole = ahead and len(blocks[0].weights) <= AHEAD
        if self.whole:
            for at, block in enumerate(blocks):
                for name, number in zip(block.index, _numbers(block, 0, len(block.index)), strict=True):
                    self[name] = self.get(name, 0) + (number << self._shift(at))

    def __missing__(self, name: str) -> int:
        if len(self) * self._places.size >= self._kept:
            self.clear()
        rows = [(at, block, block.index.get(name)) for at, block in enumerate(self._blocks)]
        numbers = [next(_numbers(block, row, row + 1)) << self._shift(at) for at, block, row in rows if row is not None]
        self[name] = sum(numbers)
        return self[name]

    def add_up(self, counts: Mapping[str, int]) -> list[Sum]:
        """For each block the sum over all features, there as often as *counts* says."""
        total = sum(map(self.__getitem__, counts))
        weights, squares = ONE * total, ONE * total
        often: dict[int, int] = {}
        for name, count in [each for each in counts.items() if each[1] > 1]:
            often[count] = often.get(count, 0) + self[name]
        for count, number in often.items():
            weights += (OFTEN[count] - ONE) * number
            squares += (SQUARE[count] - ONE) * number
        return self._sums(weights, squares)

    def add_more(self, counts: Mapping[str, int], before: Mapping[str, int]) -> list[Sum]:
        """For each block what is to be added to the sum of *before*, when *counts* is there as well."""
        weights = squares = 0
        for name, count in counts.items():
            number, first = self[name], before.get(name, 0)
            weights += (OFTEN[first + count] - OFTEN[first]) * number
            squares += (SQUARE[first + count] - SQUARE[first]) * number
        return self._sums(weights, squares)

    def _sums(self, weights: int, squares: int) -> list[Sum]:
        read = self._places.unpack((weights + self._halves).to_bytes(self._places.size, "little"))
        lengths, last = squares + self._halves, self._wide - 1
        return [
            Sum(
                [one - HALF for one in read[at : at + last]],
                (lengths >> 8 * PLACE * (at + last) & 2 * HALF - 1) - HALF,
            )
            for at in range(0, len(read), self._wide)
        ]

    def _shift(self, at: int) -> int:
        return 8 * PLACE * self._wide * at


def finish(block: Block, parts: Sequence[Sum]) -> tuple[list[float], float]:
    """What all *parts* of a text say for each label, brought to length 1; and what brings how often × weight there."""
    weights = (
        parts[0].weights if len(parts) == 1 else list(map(sum, zip(*(part.weights for part in parts), strict=True)))
    )
    square = sum(part.square for part in parts)
    factor = block.step / (sqrt(square * ONE) * RARITY_STEP) if square else 0.0  # ONEths by ONEths
    return [each * factor for each in weights], factor


def _numbers(block: Block, start: int, end: int) -> Iterator[int]:
    """The numbers of these rows: columns are laid into rows of places, and each row read as one number."""
    wide = len(block.weights) + 1
    places = array("Q", bytes(PLACE * wide * (end - start)))
    for at, column in enumerate(block.weights):
        places[at::wide] = array("Q", map(MIDDLE.__add__, column[start:end]))
    squares = {rarity: round(rarity / RARITY_STEP) ** 2 for rarity in set(block.rarity[start:end])}
    places[wide - 1 :: wide] = array("Q", map(squares.__getitem__, block.rarity[start:end]))
    if sys.byteorder == "big":
        places.byteswap()
    lifted = sum(MIDDLE << 8 * PLACE * at for at in range(wide - 1))
    for (row,) in Struct(f"{PLACE * wide}s").iter_unpack(places):
        yield int.from_bytes(row, "little") - lifted
