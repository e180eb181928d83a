"""An invented citizen and an invented case, to be stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain.case import Case, Event
from backend.domain.lifecycle import Status

if TYPE_CHECKING:
    from backend.store.people import Person
    from backend.store.work import UnitOfWork

CITY = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=CITY)
MINUTE = timedelta(minutes=1)
NUMBER = "20260302-HL-000001-5"


def a_citizen(work: UnitOfWork, address: str = "c1") -> Person:
    """Somebody on the web chat."""
    return work.people.find_or_add("web", address, language="zh", at=NOON)


def a_case(number: str = NUMBER, **changes: Any) -> Case:
    """A case as it is when it is filed."""
    filed = Event(NOON, "citizen", "filed", {"channel": "web"}, {"what": "路灯坏了三天"})
    case = Case(
        number=number,
        institution="hotline",
        source="web",
        person=None,
        kind="complaint",
        status=Status.RECEIVED,
        category_id="city",
        matter_id="city/lamps",
        department_id="lighting",
        grade="ordinary",
        facts={"who": {"name": "李敏", "contact": "13800138000"}, "what": "路灯坏了三天", "where": None},
        proposal={"top": [{"category_id": "city", "score": 0.75}], "why": []},
        filed_at=NOON,
        due={"accept": NOON + timedelta(hours=2), "resolve": NOON + timedelta(days=7)},
        fresh=[filed],
    )
    return replace(case, **({"status_at": changes.get("filed_at", NOON)} | changes))


def filed(work: UnitOfWork, number: str = NUMBER, **changes: Any) -> Case:
    """The same, saved."""
    case = a_case(number, **changes)
    work.cases.add(case, day=case.filed_at.date())
    return case


def later(minutes: float) -> datetime:
    """So long after NOON, as the store tells it."""
    return (NOON + minutes * MINUTE).astimezone(UTC)


def moved(to: str, *, at: datetime = NOON, by: str = "wang", **private: str) -> Event:
    """An event of a move."""
    return Event(at, by, "moved", {"to": to}, private)
