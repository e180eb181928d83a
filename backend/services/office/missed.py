"""A notice that did not arrive: the same on another channel of the same person, else a task for whoever has the case.

Each is looked after once for each time it fails. Where its person writes again it
goes out by itself, and the task is over; so it is when somebody has phoned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import planning, rights
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases import casework
from backend.services.cases.casework import Empty
from backend.services.cases.changing import save
from backend.services.cases.ringing import ring
from backend.services.office.desk import OnlyLooks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

KINDS = ("status", "survey", "message", "campaign")
"""What is looked after; a reminder that was missed is over."""
MOST = 200
"""Notices of one round."""
TOLD, COPY, TASK = "told", "copy", "task"
HOW = ("phone", "letter", "visit", "needless")
"""How somebody told the citizen instead."""
LONGEST = 300
"""Characters of a note."""


class TooMuch(Exception):
    """A note is too long, or says a way that there is not."""


def waiting(work: UnitOfWork) -> list[int]:
    """The notices that failed since somebody looked."""
    return work.missed.fresh(KINDS, limit=MOST)


def look_after(work: UnitOfWork, institutions: Institutions, notice: int, *, at: datetime) -> str:
    """``told`` elsewhere already, a ``copy`` goes to another channel, or it is a ``task``; empty: nothing is to be done."""
    number = work.outbox.case_of(notice)
    row = work.outbox.rows([notice]).get(notice)
    if number is None or row is None or row.state != "undelivered":
        return ""
    case = work.cases.get(number, lock=True)
    bound = work.missed.bound(row)
    done, person = planning.instead(row.person, bound)
    if done == TOLD:
        work.missed.look_after(row, at=at, how="elsewhere")
        return done
    if person is not None and row.kind != "campaign":
        copy = work.outbox.queue(
            person,
            number=number,
            kind=row.kind,
            text=row.text,
            choices=row.choices,
            at=at,
            fields=row.fields,
        )
        work.missed.look_after(row, at=at, instead=copy, how="elsewhere")
        case.note(Event(at, SYSTEM, "notice", {"instead": notice, "channel": work.people.get(person).channel}))
    else:
        _make_task(work, institutions[case.institution], case, row, at=at)
    save(work, institutions[case.institution], case)
    return done


def _make_task(work: UnitOfWork, institution: Institution, case: Case, row: Row, *, at: datetime) -> None:
    """On record, and an alert: one for each case, however many of its notices fail."""
    if not work.missed.waits(case.number):
        ring(work, institution, case, "undelivered", {"notice": row.id, "of": row.kind}, at=at)
    case.note(Event(at, SYSTEM, "notice", {"undelivered": row.id, "of": row.kind}))
    work.missed.look_after(row, at=at)


def settle(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    notice: int,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Somebody has told the citizen in another way; False: it needs nobody any more.

    Raises: NoSuchCase, NotYours, OnlyLooks, Empty, TooMuch.
    """
    if not rights.may(by, "say"):
        raise OnlyLooks(by.name)
    case = casework.opened(work, number, by=by, lock=True)
    how, note = given.get("how", ""), given.get("note", "").strip()
    if how not in HOW or len(note) > LONGEST:
        raise TooMuch
    if not note:
        raise Empty("note")
    row = next((row for row in work.outbox.of_case(number) if row.id == notice), None)
    if row is None or row.state not in {"undelivered", "uncertain"} or work.missed.settled([notice]):
        return False
    work.missed.settle(row, by=by.name, how=how, note=note, at=at)
    case.note(Event(at, by.name, "notice", {"settled": notice, "how": how}, {"note": note}))
    save(work, institutions[case.institution], case)
    return True
