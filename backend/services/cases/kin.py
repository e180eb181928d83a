"""What a case is beside: its citizen's other cases, and cases like it that were answered. Reads alone, of a bounded number.

Whose cases two are is told to who may know the citizen of both, once they say
why, and to nobody else: else a case told in confidence is known by its company.
Of who stays anonymous nothing is put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.domain.lifecycle import PAUSING, Status
from backend.services.cases import finding, view
from backend.services.privacy.masking import STARS
from backend.services.privacy.veiling import secrets_of, veiled
from backend.store.search import Wanted
from nlp import indexing
from nlp.segment import frequency, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

SHOWN = 5
LOOKED = 20
"""Newest cases that are read of each citizen, each phone number and each word: with WORDS of them no more than 160."""
WITHIN = 200
"""Newest cases that say a word, of whatever status and department, among which those are looked for."""
WORDS = 6
"""Words of a case, its rarest, by which others are looked for."""
COMPARED = 20
"""Words of it that others are compared by."""
READ = 400
"""Characters of a story that are read: who writes more says the same again."""
ALL_WORDS = 6e7
"""Words in the language's counts, from which it is known how rare one is."""
ANSWERED = tuple(status.value for status in (Status.ANSWERED, Status.VISITING_BACK, Status.CLOSED, Status.ARCHIVED))
SAME_MATTER, SAME_CATEGORY, OTHER = 1.0, 0.8, 0.4
"""What the words in common count for, by where both cases belong."""
LEAST, FEWEST = 0.15, 2
"""The share of the words' weight, and the words, that two cases must have in common."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A case like this one; ``unseen``: what tells who joined it in confidence, for this reader."""

    case: Case
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """The citizen's other cases, newest first; those like it that were answered, the likest first."""

    own: tuple[Case, ...] = ()
    answered: tuple[Answered, ...] = ()


def of(work: UnitOfWork, institutions: Institutions, case: Case, *, by: Actor, at: datetime) -> Kin:
    """What this reader may know of them, up to SHOWN of each."""
    alike = _alike(work, case, by=by)
    histories = work.cases.histories([one.number for one in alike])
    answered = [Answered(one, view.unseen(by, histories.get(one.number, []))) for one in alike]
    return Kin(tuple(_own(work, institutions, case, by=by, at=at)), tuple(answered))


def _own(work: UnitOfWork, institutions: Institutions, case: Case, *, by: Actor, at: datetime) -> list[Case]:
    """By the chat that filed them; and by the phone, where this reader could have searched for it."""
    if not _knows(by, case, institutions):
        return []
    found = [] if case.person is None else work.search.of_person(case.person, scope=scope.of(by), limit=LOOKED)
    phone = finding.key_of(case).phone
    if phone and view.finds(by, case):
        told, _ = work.search.find(Wanted(phone=phone), scope=scope.of(by), paused=PAUSING, now=at, limit=LOOKED)
        found += [one for one in told if view.finds(by, one)]
    others = {one.number: one for one in found if one.number != case.number and _knows(by, one, institutions)}
    return sorted(others.values(), key=lambda one: (one.filed_at, one.number), reverse=True)[:SHOWN]


def _knows(by: Actor, case: Case, institutions: Institutions) -> bool:
    """Whether this reader may know whose case it is; who stays anonymous is known to nobody."""
    home, who = institutions.get(case.institution), case.facts.get("who") or {}
    if home is None or not who or who.get("anonymous"):
        return False
    return rights.sees(by, case) and rights.unmasks(by, case, home)


def _alike(work: UnitOfWork, case: Case, *, by: Actor) -> list[Case]:
    words = _words(case)
    found: dict[str, Case] = {}
    for word in list(words)[:WORDS]:
        newest = work.search.lately(
            word, institution=case.institution, statuses=ANSWERED, scope=scope.of(by), within=WITHIN, limit=LOOKED
        )
        found |= {one.number: one for one in newest}
    found.pop(case.number, None)
    scored = [
        (score, one.filed_at, one)
        for one in found.values()
        if one.answer.strip() and rights.sees(by, one) and (score := _score(words, case, one)) >= LEAST
    ]
    scored.sort(key=lambda each: (each[0], each[1], each[2].number), reverse=True)
    return [one for _, _, one in scored[:SHOWN]]


def _score(words: Mapping[str, float], case: Case, other: Case) -> float:
    """From 0, nothing in common, to 1."""
    told = normal(_told(other)).lower()
    shared = [weight for word, weight in words.items() if word in told]
    if len(shared) < min(FEWEST, len(words)):
        return 0.0
    return sum(shared) / sum(words.values()) * _nearness(case, other)


def _nearness(case: Case, other: Case) -> float:
    if case.category_id != other.category_id:
        return OTHER
    return SAME_MATTER if case.matter_id == other.matter_id else SAME_CATEGORY


def _words(case: Case) -> dict[str, float]:
    """The words of what happened, neither who says it nor where it was, the rarest first, each with its weight."""
    told = veiled(_told(case), secrets_of(case.facts.get("who") or {})).replace(STARS, " ")
    for name in sorted(_places(case), key=len, reverse=True):
        told = told.replace(name, " ")
    rare = {word: log(ALL_WORDS / (1 + frequency(word))) for word in indexing.asked(told) if len(word) > 1}
    return dict(sorted(rare.items(), key=lambda pair: (-pair[1], pair[0]))[:COMPARED])


def _told(case: Case) -> str:
    return str(case.facts.get("what") or "")[:READ]


def _places(case: Case) -> Iterator[str]:
    where = case.facts.get("where") or {}
    for told in (where.get("text"), *(where.get("pieces") or {}).values()):
        if isinstance(told, str) and len(told) > 1:
            yield told
