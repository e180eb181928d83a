"""A town with two departments and one category, and a broken street lamp there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from backend.domain.case import Case
from backend.domain.lifecycle import Status
from institutions.model import Category, Clock, Department, Institution

FILED = datetime(2026, 11, 21, 12, tzinfo=UTC)


def town(**changes: Any) -> Institution:
    """An institution in which a case may stand anywhere."""
    plain: dict[str, Any] = {
        "id": "town",
        "code": "TW",
        "name": "小镇",
        "name_en": "Town",
        "accepts": "小镇的事",
        "accepts_en": "Town matters",
        "departments": (Department(id="works", name="工务"), Department(id="parks", name="园林")),
        "categories": (Category(id="roads", name="路", department="works"),),
        "default_department": "works",
        "clocks": {"answer": Clock(label="答复", stops=("answered",), length="7d")},
        "stages": tuple(status.value for status in Status),
    }
    return Institution(**plain | changes)


def case(status: Status = Status.RECEIVED, *, filed_at: datetime = FILED, **record: Any) -> Case:
    """A complaint about the lamp."""
    return Case(
        number="20261121-TW-000001-1",
        institution="town",
        source="web",
        person=1,
        kind="complaint",
        status=status,
        category_id="roads",
        matter_id=None,
        department_id="works",
        grade="ordinary",
        facts={"what": "路灯坏了"},
        proposal={},
        filed_at=filed_at,
        record=record,
    )
