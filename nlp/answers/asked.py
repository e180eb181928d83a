"""The points that a citizen wants an answer to: their questions and what they ask for, each where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.answers.reading import MOST
from nlp.answers.signs import ASKS_FOR, DEMANDS, QUESTIONS, RHETORIC, WHETHER
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.answers.heard import Heard
    from nlp.answers.signs import Point

CLAUSE = re.compile(r"(?:[^。!?;,\n.]|\.(?!\s|$)|,(?=\d))+[。!?;,\n.]*")
ENDS = re.compile(r"[。!?;\n.]")
EDGE = " ,。!?;:、.\n\t"
QUESTION = re.compile(
    r"[?]|[吗么呢]\W*$|请问|想问|问[一下问]|咨询|了解|知道|告诉|不知|求解|疑问"
    r"|^\W*(?:那么?|到底|究竟|现在|还有|另外|以及|和|并|第?[一二三四\d][、.是]?|我们?|以后|大概|具体|一般)*"
    r"(?:什么|啥|何时|几时|多久|多少|哪|为什么|为啥|为何|凭什么|怎么办|怎样才|如何|谁|能不能|能否|可否|可不可以|是否|是不是|有没有|要不要|需不需要|怎么(?!样))"
    r"|^\W*(?:when|how|why|who|which|what|where|can|could|may|is|are|does|do|will|should)\b",
    re.IGNORECASE,
)
"""A clause that asks; 多少 and 什么时候 in the middle of a story ask nothing."""
TOLD = re.compile(r"^[^,]{0,2}[了过]|^(?:没有|不(?:到|了|上|成))")
FAR = 2
"""Clauses behind 要求 that still belong to it."""
LONGEST = 80
"""Characters of a question; what is longer tells a story."""
AT_MOST = 12
"""Points of one citizen that are looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One point."""

    of: str  # what, request
    start: int
    end: int
    text: str  # normal form
    point: Point | None  # None: yes or no, looked for by its words
    demand: bool = False


def points(heard: Heard) -> list[Asked]:
    """Questions and demands of both texts in order; the same demand counts once."""
    found: list[Asked] = []
    for of, raw in (("what", heard.what), ("request", heard.request)):
        plain = normal(raw[:MOST])
        for one in (*_questions(of, plain, consults=heard.kind == "consult"), *_demands(of, plain)):
            again = any(one.point is other.point and (one.demand or one.text == other.text) for other in found)
            if not again or (one.point is None and one.text not in {other.text for other in found}):
                found.append(one)
    return found[:AT_MOST]


def _questions(of: str, plain: str, *, consults: bool) -> Iterator[Asked]:
    for match in CLAUSE.finditer(plain):
        clause = match[0].strip(EDGE.replace("?", ""))
        if not clause or len(clause) > LONGEST or RHETORIC.search(clause) or not (consults or QUESTION.search(clause)):
            continue
        kinds = [kind for kind in QUESTIONS if kind.asked.search(clause)]
        whether = not kinds and WHETHER.search(clause) and not any(row.asked.search(clause) for row in DEMANDS)
        among: list[Point | None] = [*kinds] if kinds else [None] if whether else []
        for kind in among:
            start = match.start() + match[0].index(clause)
            yield Asked(of, start, start + len(clause), clause.strip(EDGE), kind)


def _demands(of: str, plain: str) -> Iterator[Asked]:
    left = FAR if of == "request" else 0
    for match in CLAUSE.finditer(plain):
        clause = match[0]
        if asks := ASKS_FOR.search(clause):
            left = FAR + 1
        if left:
            begins = asks.start() if asks and of == "what" else 0
            for row in DEMANDS:
                if (said := row.asked.search(clause, begins)) and not _denied(clause, *said.span()):
                    bare = clause.strip(EDGE)
                    start = match.start() + clause.index(bare)
                    yield Asked(of, start, start + len(bare), bare, row, demand=True)
        left = FAR if of == "request" else 0 if ENDS.search(clause) else max(0, left - 1)


def _denied(clause: str, start: int, end: int) -> bool:
    """没有人清理, 拒绝退款, 维修了: told, not asked for."""
    before = clause[max(0, start - 6) : start]
    if TOLD.match(clause[end:]):
        return True
    return re.search(r"(?:没有?|不(?!仅|但)|未|拒绝?|无人|拖着|refus\w* to ?)[^,]{0,3}$", before) is not None
