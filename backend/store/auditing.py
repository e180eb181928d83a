"""The record as it is read: the events of cases that the reader may know of, and what was done in the office.

Newest first, page by page: each page goes on below the mark of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, cast, exists, literal, null, or_, select, union_all
from sqlalchemy.types import JSON, String

from backend.store import tables as t
from backend.store.deeds import Deed
from backend.store.visible import conditions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.domain.scope import Scope

WORDING = 3
"""The place of its table among those that the office's record is read from."""
Mark = tuple["datetime", int]
"""The time and id of the last row of a page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty: whatever."""

    by: str = ""  # who did it
    number: str = ""
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a case, with its reason where it is a look."""

    id: int
    at: datetime
    by: str
    what: str
    detail: dict[str, Any]
    number: str
    institution: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the office's record, and where it stands: the table and its row."""

    deed: Deed
    id: int
    table: int


class Auditing:
    """Questions of who answers for the office."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def events(self, scope: Scope, wanted: Wanted, *, below: Mark | None, limit: int) -> list[Line]:
        """Events of cases within that scope."""
        c, case, told = t.events.c, t.cases.c, t.event_texts.c
        query = select(c.id, c.at, c.by, c.what, c.detail, c.number).where(*_asked(c, wanted))
        if wanted.number:
            query = query.where(c.number == wanted.number)
        if wanted.what == "looked":
            query = query.where(t.LOOKED)
        elif wanted.what:
            query = query.where(c.what == wanted.what)
        if wanted.by and wanted.by not in {"citizen", "system"}:
            query = query.where(t.BY_OFFICERS)
        seen = exists().where(case.number == c.number, *conditions(scope)).correlate(t.events)
        query = _page(query.where(seen), c.at, c.id, below, limit)
        rows = self._conn.execute(query).all()
        homes = _homes(self._conn, [row.number for row in rows])
        looks = [row.id for row in rows if row.what == "looked"]
        texts = select(told.event, told.value).where(told.event.in_(looks), told.key == "reason")
        reasons = {int(event): str(value) for event, value in self._conn.execute(texts)}
        return [
            Line(**row._asdict(), institution=homes.get(row.number, ""), reason=reasons.get(row.id)) for row in rows
        ]

    def kept(
        self, institution: str | None, wanted: Wanted, *, below: tuple[datetime, int, int] | None, limit: int
    ) -> list[Kept]:
        """What was done in the office, of that institution's affairs (None: all), with absences, models and wordings."""
        found = union_all(_deeds(), _absences(), _models(), _wordings()).subquery("found")
        c = found.c
        query = select(*c).where(*_asked(c, wanted))
        if institution is not None:
            query = query.where(c.institution == institution)
        if wanted.number:
            query = query.where(c.subject == wanted.number)
        if wanted.what:
            query = query.where(c.what.startswith(wanted.what, autoescape=True))
        if below is not None:
            at, table, key = below
            rest = or_(c.place < table, and_(c.place == table, c.id < key))
            query = query.where(or_(c.at < at, and_(c.at == at, rest)))
        query = query.order_by(c.at.desc(), c.place.desc(), c.id.desc()).limit(limit)
        return [
            Kept(Deed(row.at, row.by, row.what, row.subject, row.institution, _detail(row)), row.id, row.place)
            for row in self._conn.execute(query)
        ]


def _asked(c: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.by:
        found.append(c.by == wanted.by)
    if wanted.since is not None:
        found.append(c.at >= wanted.since)
    if wanted.until is not None:
        found.append(c.at < wanted.until)
    return found


def _page(query: Select[Any], at: Any, key: Any, below: Mark | None, limit: int) -> Select[Any]:
    if below is not None:
        query = query.where(at <= below[0], or_(at < below[0], key < below[1]))
    return query.order_by(at.desc(), key.desc()).limit(limit)


def _homes(conn: Connection, numbers: list[str]) -> dict[str, str]:
    c = t.cases.c
    rows = conn.execute(select(c.number, c.institution).where(c.number.in_(set(numbers))))
    return {str(number): str(home) for number, home in rows}


def _deeds() -> Select[Any]:
    c = t.deeds.c
    none = cast(null(), String)
    return select(
        literal(0).label("place"), c.id, c.at, c.by, c.what, c.subject, c.institution, c.detail, none.label("more"),
        cast(null(), t.Instant).label("end"),
    )  # fmt: skip


def _absences() -> Select[Any]:
    """Who was away: a table of its own, and from before there were deeds."""
    c, user = t.absences.c, t.users.c
    what = literal("away").label("what")
    joined = t.absences.join(t.users, user.name == c.user)
    return select(
        literal(1), c.id, c.since.label("at"), c.by, what, c.user.label("subject"), user.institution,
        cast(null(), JSON), c.deputy.label("more"), c.until,
    ).select_from(joined)  # fmt: skip


def _models() -> Select[Any]:
    """What became of each version of learnt words."""
    c = t.model_moves.c
    subject = (c.institution + literal(" ") + cast(c.number, String)).label("subject")
    what = (literal("model_") + c.state).label("what")
    none = cast(null(), String)
    return select(
        literal(2), c.id, c.at, c.by, what, subject, c.institution, cast(null(), JSON), none, cast(null(), t.Instant)
    )


def _wordings() -> Select[Any]:
    """Each version of an institution's own sentences, with why it was made."""
    c = t.wordings.c
    subject = (c.institution + literal(" ") + cast(c.number, String)).label("subject")
    what = literal("wording_changed").label("what")
    return select(
        literal(WORDING), c.number.label("id"), c.at, c.by, what, subject, c.institution, cast(null(), JSON), c.why,
        cast(null(), t.Instant),
    )  # fmt: skip


def _detail(row: Any) -> dict[str, Any]:
    if row.detail is not None:
        return dict(row.detail)
    found: dict[str, Any] = {}
    if row.more:
        found["why" if row.place == WORDING else "deputy"] = row.more
    if row.end is not None:
        found["until"] = row.end.isoformat()
    return found
