"""Looks at who somebody is: asked for with a reason, on record, open for some hours, and told to the citizen who asks.

Names and numbers are masked for everybody until then. The reason is private:
it is read by those who answer for the office, and can be erased.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.domain import rights
from backend.domain.case import Event
from backend.services.cases import casework
from backend.services.cases.changing import save
from backend.services.office.desk import OnlyLooks
from dialogs.events import Look, LooksTold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from backend.domain.case import Actor, Case
    from backend.store.history import PastEvent
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

LASTS = timedelta(hours=8)
"""A working day: who has said why need not say it again before that."""
SEEN = ("who", "contact")


def ask(work: UnitOfWork, institutions: Institutions, number: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Open name and contact to this person for some hours. Raises: NoSuchCase, NotYours, OnlyLooks, Empty."""
    case = casework.opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    if not rights.unmasks(by, case, institution):
        raise OnlyLooks(by.name)
    if not reason.strip():
        raise casework.Empty("reason")
    _note(work, institution, case, reason.strip(), by=by, at=at)


def record(
    work: UnitOfWork, institutions: Institutions, numbers: Collection[str], *, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Note that a program reads these cases whole, as far as it may, unless it did so some hours ago.

    Raises: NoSuchCase, NotYours.
    """
    histories = work.cases.histories(numbers)
    for number in sorted(numbers):  # the order in which every unit locks cases
        if open_now(histories[number], by=by, at=at):
            continue
        case = casework.opened(work, number, by=by, lock=True)
        institution = institutions[case.institution]
        if rights.unmasks(by, case, institution):
            _note(work, institution, case, reason.strip(), by=by, at=at)


def printed(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor, at: datetime) -> None:
    """Note that a paper with name and contact was printed, by who had asked for them. Raises: NoSuchCase, NotYours."""
    case = casework.opened(work, number, by=by, lock=True)
    detail: dict[str, Any] = {"seen": list(SEEN), "printed": True}
    if department := _department(by, case):
        detail["department"] = department
    case.note(Event(at, by.name, "looked", detail))
    save(work, institutions[case.institution], case)


def open_now(history: Iterable[PastEvent], *, by: Actor, at: datetime) -> bool:
    """Whether this person's last look still lasts."""
    ends = (event.detail.get("until") for event in history if event.what == "looked" and event.by == by.name)
    return any(end is not None and datetime.fromisoformat(end) > at for end in ends)


def of_person(work: UnitOfWork, institutions: Institutions, person: Person) -> LooksTold:
    """Who looked at who this citizen is: in every case that they filed or joined, oldest first."""
    cases = work.cases.bound_cases(person.id)
    histories = work.cases.histories([case.number for case in cases])
    found = [
        _look(institutions[case.institution], event)
        for case in cases
        for event in histories[case.number]
        if event.what == "looked"
    ]
    return LooksTold(len(cases), tuple(sorted(found, key=lambda look: look.at)))


def _look(institution: Institution, event: PastEvent) -> Look:
    """As the citizen is told of it: not by whom, but for which department, else for the office itself."""
    office = next((d for d in institution.departments if d.id == event.detail.get("department")), institution)
    return Look(event.at, office.name, office.name_en, bool(event.detail.get("program")))


def _note(work: UnitOfWork, institution: Institution, case: Case, reason: str, *, by: Actor, at: datetime) -> None:
    detail: dict[str, Any] = {"seen": list(SEEN), "until": (at + LASTS).isoformat()}
    if department := _department(by, case):
        detail["department"] = department
    if by.program:
        detail["program"] = True
    case.note(Event(at, by.name, "looked", detail, {"reason": reason} if reason else {}))
    save(work, institution, case)


def _department(by: Actor, case: Case) -> str:
    """For which of their departments they looked: the one that has the case, where it is among them."""
    offices = [case.department_id, *case.record.get("co", ()), *sorted(by.departments)]
    return next((office for office in offices if office in by.departments), "")
