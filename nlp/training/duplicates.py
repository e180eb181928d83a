"""Which texts are nearly the same: letters sent twice, or copied by many.

By the smallest hashes of their runs of characters (a bottom-k sketch: the
share of equal ones estimates how much of two texts is the same). Near-linear.
What speaks of the same thing in other words is not meant here.
"""

from __future__ import annotations

import re
from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RUN, KEPT = 6, 24
"""Characters in a run; hashes kept of each text."""

SAME = 0.5
"""Share of equal hashes from which two texts are held to be the same."""

MANY = 200
"""A run that so many texts hold is a form's own phrase and shows nothing; it keeps the work linear too."""

NO_LETTER = re.compile(r"\W+")


def groups(texts: Sequence[str]) -> list[int]:
    """For each text the number of its group: that of the first text which is nearly the same, perhaps by others."""
    parents = list(range(len(texts)))
    holders: dict[int, list[int]] = {}
    lengths: list[int] = []
    for index, text in enumerate(texts):
        sketch = _sketch(text)
        lengths.append(len(sketch))
        shared = Counter(other for run in sketch for other in holders.get(run, ()))
        for other, count in shared.items():
            if count >= SAME * max(len(sketch), lengths[other]):
                _join(parents, index, other)
        for run in sketch:
            known = holders.setdefault(run, [])
            if len(known) < MANY:
                known.append(index)
    return [_root(parents, index) for index in range(len(texts))]


def folds(groups: Sequence[int], count: int, order: Iterable[int]) -> list[int]:
    """For each text its fold; a group is in one. *order* is a permutation of all numbers of texts."""
    fold: dict[int, int] = {}
    for index in order:
        fold.setdefault(groups[index], len(fold) % count)
    return [fold[group] for group in groups]


def _sketch(text: str) -> list[int]:
    bare = NO_LETTER.sub("", text)
    return nsmallest(KEPT, {crc32(bare[at : at + RUN].encode()) for at in range(max(1, len(bare) - RUN + 1))})


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
