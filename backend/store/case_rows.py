"""A case as a row and back, and the cursor that marks a place in a list of cases."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import TYPE_CHECKING, Any

from backend.domain import running
from backend.domain.case import Case
from backend.domain.lifecycle import Status
from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from sqlalchemy import Row

PLAIN = (
    "number", "institution", "source", "person", "kind", "category_id", "matter_id", "department_id", "grade",
    "facts", "proposal", "filed_at", "status_at", "answer", "closed_at", "round", "decided_at",
    "urged", "record", "officer", "parent", "sealed", "next_warning",
)  # fmt: skip
"""The columns that are the case's own fields, unchanged."""

LONGEST_DISTRICT = 64  # characters

COLUMNS = tuple(t.cases.c[name] for name in (*PLAIN, "status", "due", "head", "seq", "version"))


class BadCursor(Exception):
    """That cursor was not made by us."""

    def __init__(self, cursor: str) -> None:
        super().__init__(f"{cursor!r} is not a cursor of a list of cases; start again without one")
        self.cursor = cursor


def case_row(case: Case, *, zone: tzinfo | None) -> dict[str, Any]:
    """The row's columns but for head, seq, version and filed_day.

    ``next_due`` is the earliest clock that runs for us.
    """
    return {name: getattr(case, name) for name in PLAIN} | {
        "answer": t.storable(case.answer),
        "status": case.status.value,
        "due": {clock: at.isoformat() for clock, at in case.due.items()},
        "next_due": running.first_due(case),
        "closed_day": _day(case.closed_at, zone),
        "district": district_of(case.facts),
    }


def district_of(facts: dict[str, Any]) -> str:
    """The district, or county, of the place told, as far as the column holds it; empty: none was told."""
    pieces = (facts.get("where") or {}).get("pieces") or {}
    told = pieces.get("district") or pieces.get("county") or ""
    return str(told)[:LONGEST_DISTRICT]


def case_from(row: Row[Any]) -> Case:
    """The case as it was saved."""
    values = row._asdict()
    values["status"] = Status(values["status"])
    values["due"] = {clock: datetime.fromisoformat(at) for clock, at in values["due"].items()}
    return Case(**values)


def cursor_after(case: Case) -> str:
    """The place in a list just after that case."""
    return cursor_of([case.filed_at.isoformat(), case.number])


def cursor_of(place: Sequence[Any]) -> str:
    """A place in a list, by the values that the list is ordered by."""
    return urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def values_of(cursor: str) -> list[Any]:
    """Those values, of whatever kind they are. Raises: BadCursor."""
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if not isinstance(values, list):
        raise BadCursor(cursor)
    return values


def place_of(cursor: str) -> tuple[datetime, str]:
    """When the case before that place was filed, and its number. Raises: BadCursor."""
    try:
        filed_at, number = values_of(cursor)
        at = datetime.fromisoformat(filed_at)
    except (ValueError, TypeError) as error:
        raise BadCursor(cursor) from error
    if at.tzinfo is None or not isinstance(number, str) or t.UNSTORABLE.search(number):
        raise BadCursor(cursor)
    return at, number


def _day(at: datetime | None, zone: tzinfo | None) -> date | None:
    return at and at.astimezone(zone).date()
