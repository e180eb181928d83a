"""Questions about the office itself, found among what a citizen tells: when it opens, whether names are kept secret.

A clause is such a question only if hardly anything is left of it without the
words that ask ("几点上班"); "食堂几点开门" is a matter, and so is whatever tells of
somebody else. Pure and linear; what is answered is the dialog's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from institutions.words import said
from nlp.questions.likeness import nearest
from nlp.questions.wordings import DEICTIC, ENGLISH_FILLER, FILLER, INTERROGATIVE, PLEA, STATUS, TOPICS
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from institutions.model import Institution

CLAUSE = re.compile(r"(?:[^。！？!?;；，,\n…~～.]|\.(?!\s))+[。！？!?;；，,\n…~～.]*")
JOINTS = "，,;；、"
"""What joins a question to what stands before it, and is nothing without it."""
LONGEST = 32  # characters of a question about us in Chinese; what is longer tells something
LONGEST_LATIN = 70
ROOM, ROOM_LATIN = 0, 5  # characters that may be left over
NAMED = 12  # characters that may say which case is meant
MOST = 16  # clauses of a message that are looked at, its first and its last
ENOUGH = 2.0  # what the words of an institution's own question must weigh
ALSO_PLEAS = frozenset({"confidential", "trace"})
"""Topics that are also asked for without a question: "请帮我保密", "我怕被报复"."""
MEANS_OTHERS = frozenset({"handler", "useful", "who"})
"""Topics that beside a story are a reproach to somebody else: "到底谁负责"."""
SUFFIX = frozenset({"scope"})
"""Topics that may end a clause which tells the matter: "水停了两天了你们管不管"."""
STATUS_ID = "status"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where it stands; ``about``: the words in it that may say which case is meant."""

    topic: str
    start: int
    end: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A message: the questions about the office in it, and the rest, its characters where they were."""

    asked: tuple[Asked, ...]
    rest: str


def parted(text: str, institution: Institution) -> Parts:
    """What of *text* asks about the office, and what tells something else."""
    plain = normal(text).casefold()
    asked: list[Asked] = []
    if len(plain) == len(text):
        if whole := _whole(plain, institution):
            return Parts((whole,), "")
        asked = [one for start, end in _clauses(plain) if (one := _question(plain[start:end], start, institution))]
    left = _without(text, asked).rest
    if not tells(left):
        return Parts(tuple(asked), "")
    return _without(text, tuple(one for one in asked if one.topic not in MEANS_OTHERS))


def _whole(plain: str, institution: Institution) -> Asked | None:
    """A short message of several clauses that is one question as the institution has it: "停水了，多久能修好"."""
    if len(plain) > LONGEST or len(CLAUSE.findall(plain)) == 1:
        return None
    own = nearest(plain, institution.faq)
    return Asked(own, 0, len(plain)) if own else None


def tells(rest: str) -> bool:
    """Whether what is left of a message without its questions tells anything."""
    plain = normal(rest).casefold()
    return bool(re.search(r"\w", ENGLISH_FILLER.sub("", FILLER.sub("", plain))))


def _without(text: str, asked: Sequence[Asked]) -> Parts:
    """The rest with blanks where these stood."""
    rest = text
    for one in asked:
        before = rest[: one.start]
        bare = before.rstrip(f" {JOINTS}") if not rest[one.end :].strip() else before
        rest = bare.ljust(one.end) + rest[one.end :]
    return Parts(tuple(asked), rest)


def _clauses(plain: str) -> Iterator[tuple[int, int]]:
    """Where the clauses stand that could be a question; the ends of a long message only."""
    spans = [match.span() for match in CLAUSE.finditer(plain)]
    if len(spans) > MOST:
        spans = spans[: MOST // 2] + spans[-MOST // 2 :]
    yield from (span for span in spans if span[1] - span[0] <= LONGEST_LATIN)


def _question(clause: str, start: int, institution: Institution) -> Asked | None:
    latin = clause.isascii()
    if not latin and len(clause) > LONGEST:
        return None
    end = start + len(clause)
    asks = INTERROGATIVE.search(clause) is not None
    if own := _own(clause, institution, asks=asks):
        return Asked(own, start, end)
    if not asks and not PLEA.search(clause):
        return None
    for topic, pattern in TOPICS.items():
        found = pattern.search(clause)
        if found is None or not (asks or topic in ALSO_PLEAS):
            continue
        left = _left(clause[: found.start()] + clause[found.end() :], latin=latin)
        if len(left) <= (ROOM_LATIN if latin else ROOM):
            return Asked(topic, start, end)
        if topic in SUFFIX and not clause[found.end() :].strip("。！？!?吗呢呀啊~ "):
            return Asked(topic, start + found.start(), end)
    if asks and (found := STATUS.search(clause)):
        left = _left(DEICTIC.sub("", clause[: found.start()] + clause[found.end() :]), latin=latin)
        if len(left) <= NAMED:
            deictic = bool(DEICTIC.search(clause))
            return Asked(STATUS_ID, start, end, left or ("*" if deictic else ""))
    return None


def _own(clause: str, institution: Institution, *, asks: bool) -> str:
    """The institution's own question that this is, or ``""``: put as its file has it, or asking with its words."""
    if (written := nearest(clause, institution.faq)) or not asks:
        return written
    weighed = [(sum(said(row.words, clause).values()), row.id) for row in institution.faq]
    weight, key = max(weighed, default=(0.0, ""), key=lambda pair: pair[0])
    return key if weight >= ENOUGH else ""


def _left(words: str, *, latin: bool) -> str:
    """What is left without the words that only ask, and without punctuation."""
    bare = ENGLISH_FILLER.sub(" ", words) if latin else FILLER.sub("", words)
    return "".join(c for c in bare if c.isalnum())
