"""The alarms of the desk: what rises, who looked at it, what they said of it; and places that came back.

Rights: ``topics`` reads, ``dispatch`` says something. Cases are those that the
reader sees; counts are of all that are not sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.services.cases import acts, visitback
from backend.services.cases.casework import opened
from backend.services.cases.likeness import rough
from backend.services.office.desk import OnlyLooks
from backend.services.privacy.veiling import secrets_of, veiled
from backend.store.rises import RiseAct
from nlp.topics.hot import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.rises import Again, Alarm
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

BACK = timedelta(days=30)
"""So long an alarm that has ended is shown, and a place that came back."""
SHOWN, CASES = 100, 50
LONGEST = 500
"""Characters of a note."""
LOOKED, NOTED, ONE, NONE = "looked", "noted", "one", "none"


class NoSuchAlarm(Exception):
    """There is none of that number, or none that this person may see."""

    def __init__(self, id: int) -> None:  # noqa: A002 - a row's id
        super().__init__(f"there is no alarm {id}")
        self.id = id


class BadNote(Exception):
    """A reason is missing, or a note has more than LONGEST characters. ``key``: empty or long."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the note is {key}")
        self.key = key


@dataclass(frozen=True, slots=True)
class Told:
    """One alarm with what was done about it; ``so_far``: cases since it began, until it ended."""

    alarm: Alarm
    acts: tuple[RiseAct, ...]
    so_far: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The same with its newest cases."""

    told: Told
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """Places that came back, the newest case of each first, and by district how many cases of all did."""

    rows: tuple[Again, ...]
    cases: Mapping[str, Case]  # the newest ones, by number
    rates: tuple[tuple[str, int, int], ...]


def listed(work: UnitOfWork, *, by: Actor, at: datetime) -> list[Told]:
    """Those on first, then those that ended lately, newest first. Raises: OnlyLooks."""
    _reads(by)
    found = work.rises.lately(by.institution, since=at - BACK, limit=SHOWN)
    done = work.rises.acts([alarm.id for alarm in found])
    told = [_told(work, alarm, done, at=at) for alarm in found]
    return sorted(told, key=lambda one: one.alarm.ended_at is not None)


def whole(work: UnitOfWork, id: int, *, by: Actor, at: datetime) -> Whole:  # noqa: A002 - as above
    """One alarm. Raises: OnlyLooks, NoSuchAlarm."""
    alarm = _alarm(work, id, by=by)
    numbers = work.hours.numbers(
        alarm.institution, alarm.category, alarm.place, since=alarm.since, until=alarm.ended_at or at, limit=CASES
    )
    cases = tuple(case for number in numbers if rights.sees(by, case := work.cases.get(number)))
    return Whole(_told(work, alarm, work.rises.acts([id]), at=at), cases)


def look(work: UnitOfWork, id: int, *, by: Actor, at: datetime) -> None:  # noqa: A002 - as above
    """This person has looked at it; noted once. Raises: OnlyLooks, NoSuchAlarm."""
    _alarm(work, id, by=by)
    if not any(act.by == by.name for act in work.rises.acts([id])):
        work.rises.note(RiseAct(id, at, by.name, LOOKED, ""))


def say(work: UnitOfWork, id: int, what: str, note: str, *, by: Actor, at: datetime) -> None:  # noqa: A002 - as above
    """Noted, one incident, or not one matter; the last needs a reason. The same twice in a row is once.

    Raises: OnlyLooks, NoSuchAlarm, BadNote: too long, no reason, or *what* is none of them.
    """
    _alarm(work, id, by=by)
    _says(by)
    note = note.strip()
    if what not in {NOTED, ONE, NONE} or (what == NONE and not note):
        raise BadNote("empty")
    if len(note) > LONGEST:
        raise BadNote("long")
    last = next((act for act in reversed(work.rises.acts([id])) if act.what != LOOKED), None)
    if last is not None and (last.by, last.what, last.note) == (by.name, what, note):
        return
    work.rises.note(RiseAct(id, at, by.name, what, note))
    if what in {ONE, NONE}:
        work.rises.judge(id, what)


def join(work: UnitOfWork, institutions: Institutions, parent: str, child: str, *, by: Actor, at: datetime) -> Case:
    """Handle one more case with the parent, in a unit of its own. Raises: as acts.do."""
    _says(by)
    visitback.lock_person(work, child)
    opened(work, child, by=by)
    return acts.do(work, institutions, parent, "batch", {"cases": child}, by=by, at=at)


def returned(work: UnitOfWork, *, by: Actor, at: datetime) -> Returned:
    """The places that came back lately. Raises: OnlyLooks."""
    _reads(by)
    seen, since = scope.of(by), at - BACK
    rows = work.rises.backs(seen, by.institution, since=since, limit=SHOWN)
    cases = {one.number: work.cases.get(one.number) for one in rows}
    return Returned(tuple(rows), cases, tuple(work.rises.back_rates(seen, by.institution, since=since)))


def marks(work: UnitOfWork, number: str, *, by: Actor) -> list[Again]:
    """What is marked on a case: its place came back, or it is the coming back; both cases this person sees."""
    return work.rises.marks(number, scope.of(by))


def place(case: Case) -> str:
    """Where it is, no closer than an estate or a street; else its district, empty where none is told."""
    where = case.facts.get("where") or {}
    return rough(where) or str((where.get("pieces") or {}).get("district") or "")


def stories(whole: Whole) -> tuple[Message, ...]:
    """What its cases tell, masked."""
    return tuple(
        Message(case.number, case.filed_at, _masked(case), voice=str(case.person or case.number))
        for case in reversed(whole.cases)
    )


def places(whole: Whole) -> tuple[str, ...]:
    """Where they are, no closer than an estate or a street."""
    return tuple(rough(case.facts.get("where") or {}) for case in whole.cases)


def may_say(by: Actor) -> bool:
    """Whether this person may say what an alarm is."""
    return rights.may(by, "dispatch")


def _masked(case: Case) -> str:
    return veiled(str(case.facts.get("what") or ""), secrets_of(case.facts.get("who") or {}))


def _told(work: UnitOfWork, alarm: Alarm, done: list[RiseAct], *, at: datetime) -> Told:
    so_far = work.hours.tally(
        alarm.institution, alarm.category, alarm.place, since=alarm.since, until=alarm.ended_at or at
    )
    return Told(alarm, tuple(act for act in done if act.rise == alarm.id), so_far)


def _alarm(work: UnitOfWork, id: int, *, by: Actor) -> Alarm:  # noqa: A002 - as above
    _reads(by)
    alarm = work.rises.get(id)
    if alarm is None or by.institution not in {None, alarm.institution}:
        raise NoSuchAlarm(id)
    return alarm


def _reads(by: Actor) -> None:
    if not rights.may(by, "topics"):
        raise OnlyLooks(by.name)


def _says(by: Actor) -> None:
    if not may_say(by):
        raise OnlyLooks(by.name)
