"""Conversations that ended without a case: where each stopped, why, and what can still be done for its citizen.

What somebody told before they agreed to anything is nobody's to read: of such
a conversation only the question at which it stopped is known. What was
deleted (refused, cancelled, forgotten) is in the funnel's counts alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.services.office.desk import OnlyLooks
from backend.services.privacy import sheltering
from backend.services.talks import handover, takeover
from backend.store.listening import Mark
from dialogs.conversation import Conversation, Draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from backend.domain.case import Actor
    from backend.store.listening import Left
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

SILENCE = timedelta(hours=24)
"""Whoever has said nothing for so long has left: as the funnel counts."""
PUT_BY = "put_by"
"""The step of a conversation whose time was over: which question was open then, nobody knows any more."""
WHYS = ("unwilling", "tiresome", "unclear", "answered", "elsewhere", "idle")
"""Why it ended, as whoever reads it thinks."""
MOST, LINES = 100, 60
LEFT = "left"
"""Why a person has the chat: they wrote first."""
KEPT = timedelta(days=30)
"""Marks of so long are counted on the page."""


class NotEnded(Exception):
    """There is no such conversation (any more): it went on, was filed or deleted."""


class NotReachable(Exception):
    """They cannot be written to: they never agreed, took it back, or left the chat for good."""


class BadWhy(Exception):
    """That is none of ``WHYS``."""


@dataclass(frozen=True, slots=True)
class Which:
    """Names one of them."""

    institution: str
    person: int
    begun: str


@dataclass(frozen=True, slots=True)
class Ended:
    """One of them. Words and proposal only of who has agreed, and of what this reader may see."""

    person: Person
    institution: str
    begun: str  # ISO time of its first message
    step: str
    since: datetime
    agreed: bool
    words: str  # the citizen's last
    proposal: Mapping[str, Any] | None
    who: tuple[Mapping[str, Any], ...]
    mark: Mark | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one institution: where conversations stand still now, and why those reviewed in the last weeks ended."""

    steps: dict[str, int]
    whys: dict[str, int]


def listed(
    work: UnitOfWork, institutions: Institutions, institution: str, *, by: Actor, at: datetime
) -> tuple[list[Ended], Sums]:
    """The newest ones of that institution, and their counts. Raises: OnlyLooks."""
    _reviews(by, institution)
    rows = work.listening.left(institution=institution, before=at - SILENCE, limit=MOST)
    marks = work.listening.marks([row.person for row in rows]) if rows else {}
    found = [one for row in rows if (one := _ended(work, institutions[institution], row, marks, by=by)) is not None]
    steps: dict[str, int] = {}
    for one in found:
        steps[one.step] = steps.get(one.step, 0) + 1
    whys: dict[str, int] = {}
    for (_, why), n in work.listening.marked(institution, since=(at - KEPT).date()).items():
        whys[why] = whys.get(why, 0) + n
    return found, Sums(steps, whys)


def mark(work: UnitOfWork, institutions: Institutions, which: Which, why: str, *, by: Actor, at: datetime) -> None:
    """Somebody has looked at it, and says why it ended. Raises: OnlyLooks, NotEnded, BadWhy."""
    if why not in WHYS:
        raise BadWhy(why)
    one = _one(work, institutions, which, by=by, at=at)
    day = one.since.astimezone(ZoneInfo(institutions[one.institution].timezone)).date()
    work.listening.mark(Mark(which.person, which.institution, which.begun, one.step, day, why, by.name, at))


def follow(work: UnitOfWork, institutions: Institutions, which: Which, *, by: Actor, at: datetime) -> int:
    """Take the chat of who agreed and left, to ask what is missing; the id of the chat to go on with.

    Raises: OnlyLooks, NotEnded, NotReachable, NotHere.
    """
    one = _one(work, institutions, which, by=by, at=at)
    work.people.lock_known(one.person.id)  # then look again: they may have written meanwhile
    one = _one(work, institutions, which, by=by, at=at)
    if not one.reachable:
        raise NotReachable
    home = institutions[which.institution]
    due = handover.after(home, home.handover.wait, at)
    asked = work.handovers.ask(one.person.id, home.id, kind=handover.PERSON, reason=LEFT, number=None, at=at, due=due)
    takeover.take(work, institutions, asked.id, by=by, at=at)
    return asked.id


def _reviews(by: Actor, institution: str) -> None:
    if not rights.may(by, "sample") or by.institution not in {None, institution}:
        raise OnlyLooks(by.name)


def _one(work: UnitOfWork, institutions: Institutions, which: Which, *, by: Actor, at: datetime) -> Ended:
    if which.institution not in institutions:
        raise NotEnded
    found, _ = listed(work, institutions, which.institution, by=by, at=at)
    one = next((one for one in found if (one.person.id, one.begun) == (which.person, which.begun)), None)
    if one is None:
        raise NotEnded
    return one


def _ended(
    work: UnitOfWork, institution: Institution, row: Left, marks: Mapping[tuple[int, str, str], Mark], *, by: Actor
) -> Ended | None:
    """None: it goes on with a person, is a danger, or nothing is told in it."""
    now = Conversation.from_json(row.state)
    draft, step = _stopped(now)
    if draft is None or not draft.begun or now.hand or now.alarm is not None:
        return None
    person = work.people.get(row.person)
    agreed = now.consented and not now.silent
    bare = Ended(
        person, row.institution, draft.begun, step, row.updated_at, agreed, "", None, (),
        marks.get((row.person, row.institution, draft.begun)), agreed and not person.gone,
    )  # fmt: skip
    if not agreed or not _may_read(institution, draft, by):
        return bare
    since = datetime.fromisoformat(draft.begun)
    lines = sheltering.chat(work, work.journal.talk(row.person, limit=LINES), row.person, by=by)
    said = [line for line in lines if line.who == "citizen" and line.at >= since]
    last = next((line.text for line in reversed(said) if line.text), "") or str(draft.values.get("what") or "")
    return replace(bare, words=last, proposal=draft.proposal, who=tuple(takeover.known_as(work, person, now)))


def _stopped(now: Conversation) -> tuple[Draft | None, str]:
    """What was being told, and the question that stood open."""
    if now.draft.values and now.walk.at:
        return now.draft, now.walk.at
    return (now.shelf[-1].draft, PUT_BY) if now.shelf else (None, "")


def _may_read(institution: Institution, draft: Draft, by: Actor) -> bool:
    """What would be a sealed case is its confidants' to read."""
    first = next(iter((draft.proposal or {}).get("top", ())), None)
    return by.confidant or not institution.seals(first["category_id"] if first else "")
