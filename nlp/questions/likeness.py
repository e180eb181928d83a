"""Whether a clause is, but for a word or two, a question that an institution has written down (``Faq.asks``).

Compared are the pairs of neighbouring characters. How alike is alike enough is
fixed for all institutions; what a question is about, its ``words`` know.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from institutions.guidance import Faq

ALIKE = 0.75
"""Twice the pairs that both have, of all that they have. Two of three words the same give about 0.6."""
FEWEST = 3  # pairs: of "多久" one cannot tell what it asks
ROOM = (2 - ALIKE) / ALIKE
"""How many times the pairs of the shorter the longer may have and still be alike."""
POLITE = re.compile(
    r"^(?:(?:你好|您好|请问|麻烦|打扰|那么?|还有|对了|另外|顺便)?(?:我?想?(?:问|了解|咨询|打听)(?:一下|下|问|个)?|请教)?)"
)
TAIL = re.compile(r"[啊呀吧呢嘛吗么哦呗的了]+$")
PAIR = 2


def nearest(clause: str, rows: Iterable[Faq]) -> str:
    """The id of the question that *clause*, in normal form and small letters, is nearly the same as, or ``""``."""
    said = pairs(clause)
    if len(said) < FEWEST:
        return ""
    most, found = 0.0, ""
    for row in rows:
        for asked in _pairs_of(row.asks):
            if len(asked) > ROOM * len(said) or len(said) > ROOM * len(asked):
                continue
            share = 2 * len(said & asked) / (len(said) + len(asked))
            if share >= ALIKE and share > most:
                most, found = share, row.id
    return found


def pairs(clause: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without what is said out of politeness and without punctuation."""
    bare = "".join(c for c in clause if c.isalnum())
    bare = TAIL.sub("", POLITE.sub("", bare)) or bare
    return frozenset(bare[at : at + PAIR] for at in range(len(bare) - 1))


@lru_cache(maxsize=2048)
def _pairs_of(asks: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(pairs(normal(one).casefold()) for one in asks)
