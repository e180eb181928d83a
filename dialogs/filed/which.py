"""Which of one's own cases somebody means: by words of its matter or place ("路灯那个"), or by when it was told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.draft import asking
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialogs.events import Brief
    from nlp.facts import When

LATIN = re.compile(r"[a-z0-9]+")
LABEL = 12  # characters of a case's story on a button
ENOUGH = 0.5
"""So much of the words must stand in a case for it to be meant."""


def meant(words: str, cases: Sequence[Brief], when: When | None = None) -> tuple[Brief, ...]:
    """The cases that *words* may mean, the newest first; empty: none. Without words, and ``when``, all of them."""
    filed = [case for case in cases if when and when.start <= case.filed_at < when.end]
    grams = _grams(words)
    if not grams:
        return tuple(filed or cases)
    scored = [(_share(grams, case), case) for case in filed or cases]
    best = max((share for share, _ in scored), default=0.0)
    return tuple(case for share, case in scored if share == best) if best >= ENOUGH else tuple(filed)


def labels(cases: Sequence[Brief]) -> list[str]:
    """A button for each: what it is about, and the end of its number where that is not enough."""
    told = [asking.shorten(case.what, LABEL) or case.number for case in cases]
    return [
        label if told.count(label) == 1 else f"{label}（{case.number[-8:]}）"
        for case, label in zip(cases, told, strict=True)
    ]


def _share(grams: set[str], case: Brief) -> float:
    known = normal(f"{case.what} {case.where} {case.department} {case.number}").casefold()
    return sum(gram in known for gram in grams) / len(grams)


def _grams(words: str) -> set[str]:
    """The words of a text in letters, and its characters in Chinese two by two."""
    plain = normal(words).casefold()
    chinese = re.sub(r"[^\u3400-\u9fff]", " ", plain).split()
    pairs = {part[i : i + 2] for part in chinese for i in range(max(1, len(part) - 1))}
    return pairs | set(LATIN.findall(plain))
