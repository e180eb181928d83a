"""What a handler has to fill in of words to begin an answer with, and whether anything of it was left.

A reply's text has its blanks in 【】 or [ ], or as dots. An answer that still has one would tell the citizen nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.domain.refusals import BadField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from institutions.model import Institution

BRACKETS = re.compile(r"【[^【】]{0,60}】|\[[^\[\]]{0,60}\]")
EMPTY = re.compile(r"【\s*】|\[\s*\]")
DOTTED = re.compile(r"[^：:。；，\n]{1,30}[：:][ \t]*(?:…|\.\.\.)+[ \t]*$|^[ \t]*…+[ \t]*$", re.MULTILINE)
"""查到的情况：……, or a line of dots."""
AROUND = re.compile(r"[^…{}\n]{0,6}…+[^…{}\n]{0,6}")
"""Dots of a reply with the words beside them: 原因是……"""
TOLD = ("answer", "note")
UNKNOWN = ("【时间】", "【地点】", "[time]", "[place]")
"""What a reply has where the case does not know it."""


def check(wanted: str, given: Mapping[str, str], institution: Institution) -> None:
    """Raises: BadField: the citizen would be told words with a blank in them."""
    for key in TOLD:
        if blank := unfilled(given.get(key, ""), institution):
            told = f"“{blank}”还没有填，请补上再提交。"
            raise BadField(wanted, key, f"still has the blank {blank!r}", told)


def unfilled(text: str, institution: Institution) -> str:
    """The first blank in it; empty: none. Brackets that no reply of the institution has are the handler's own."""
    if found := EMPTY.search(text) or DOTTED.search(text):
        return found[0].strip()
    return next((one for one in _blanks(institution) if one in text), "")


def _blanks(institution: Institution) -> Iterator[str]:
    """Those of its replies, and what stands there for facts that a case lacks."""
    yield from UNKNOWN
    for reply in institution.casework.replies:
        for words in (reply.text, reply.text_en):
            yield from BRACKETS.findall(words)
            yield from (one.strip() for one in AROUND.findall(words) if one.strip(" …"))
