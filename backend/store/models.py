"""Versions of what was learnt, which of them is live, and the cases to learn from and to check with.

What is learnt and what may go live is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, insert, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

LIVE = "live"
OVER = ("closed", "archived")
"""A case that ended so was handled where it stood: nobody found its category wrong."""


@dataclass(frozen=True, slots=True)
class Model:
    """One version. ``words``: rows of category id, word, weight, support, share inside, share outside."""

    institution: str
    number: int
    made_at: datetime
    words: tuple[tuple[str, str, float, int, float, float], ...]
    figures: dict[str, tuple[int, int, int]]  # category id -> cases, right before, right after
    examples: int
    corrected: int
    state: str  # proposed, refused, live, replaced, rolled_back
    changed_at: datetime

    @property
    def triples(self) -> tuple[tuple[str, str, float], ...]:
        """The words as ``institutions.taught`` takes them."""
        return tuple((category, word, weight) for category, word, weight, *_ in self.words)


@dataclass(frozen=True, slots=True)
class Move:
    """One line of what became of a version."""

    number: int
    at: datetime
    by: str
    state: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A case whose category is settled, as it was filed and as it is."""

    number: str
    person: int | None
    facts: dict[str, Any]
    filed_as: str | None  # category id
    category_id: str


class NoSuchModel(Exception):
    """The institution has learnt no version of that number."""

    def __init__(self, institution: str, number: int) -> None:
        super().__init__(f"{institution} has no learnt version {number}")
        self.institution, self.number = institution, number


COLUMNS = tuple(t.models.c[name] for name in Model.__annotations__)


class Models:
    """The versions of every institution."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def live(self) -> dict[str, Model]:
        """The version that each institution uses; an institution without one is left out."""
        rows = self._conn.execute(select(*COLUMNS).where(t.models.c.state == LIVE))
        return {row.institution: _model(row) for row in rows}

    def all(self, institution: str, *, limit: int | None = None) -> list[Model]:
        """The versions of that institution, newest first."""
        c = t.models.c
        query = select(*COLUMNS).where(c.institution == institution).order_by(c.number.desc()).limit(limit)
        return [_model(row) for row in self._conn.execute(query)]

    def get(self, institution: str, number: int) -> Model:
        """One version. Raises: NoSuchModel."""
        c = t.models.c
        query = select(*COLUMNS).where(c.institution == institution, c.number == number)
        row = self._conn.execute(query).one_or_none()
        if row is None:
            raise NoSuchModel(institution, number)
        return _model(row)

    def lock(self, institution: str) -> None:
        """Wait until nobody else changes this institution's versions; on SQLite only one unit writes anyway."""
        if self._conn.dialect.name == "postgresql":
            key = func.hashtext(f"models {institution}")
            self._conn.execute(select(func.pg_advisory_xact_lock(key)))

    def add(
        self,
        institution: str,
        *,
        words: Sequence[Sequence[Any]],
        figures: Mapping[str, Sequence[int]],
        examples: int,
        corrected: int,
        state: str,
        by: str,
        at: datetime,
    ) -> int:
        """Keep a new version, on record; its number. Lock first."""
        c = t.models.c
        last = select(func.coalesce(func.max(c.number), 0)).where(c.institution == institution)
        number = int(self._conn.execute(last).scalar_one()) + 1
        row = {
            "institution": institution,
            "number": number,
            "made_at": at,
            "words": [list(word) for word in words],
            "figures": {key: list(figure) for key, figure in figures.items()},
            "examples": examples,
            "corrected": corrected,
            "state": state,
            "changed_at": at,
        }
        self._conn.execute(insert(t.models).values(row))
        self._note(institution, number, state, by=by, at=at)
        return number

    def set_state(self, institution: str, number: int, state: str, *, by: str, at: datetime) -> None:
        """Another state, on record. The one that was live must have left it before. Raises: NoSuchModel."""
        c = t.models.c
        this = (c.institution == institution, c.number == number)
        if not self._conn.execute(update(t.models).where(*this).values(state=state, changed_at=at)).rowcount:
            raise NoSuchModel(institution, number)
        self._note(institution, number, state, by=by, at=at)

    def moves(self, institution: str) -> list[Move]:
        """What became of its versions, oldest first."""
        c = t.model_moves.c
        query = select(c.number, c.at, c.by, c.state).where(c.institution == institution).order_by(c.id)
        return [Move(*row) for row in self._conn.execute(query)]

    def checks(self, institution: str) -> dict[str, str]:
        """The frozen cases to check with: number -> category id. Empty: none are frozen yet."""
        c = t.check_cases.c
        query = select(c.number, c.category_id).where(c.institution == institution).order_by(c.number)
        return {row.number: row.category_id for row in self._conn.execute(query)}

    def freeze(self, institution: str, cases: Mapping[str, str], *, at: datetime) -> None:
        """Check with these cases from now on: number -> category id. What is frozen stays as it is."""
        rows = [{"number": n, "institution": institution, "category_id": key, "at": at} for n, key in cases.items()]
        if rows:
            entry = insert_into(self._conn, t.check_cases)
            self._conn.execute(entry.on_conflict_do_nothing(index_elements=["number"]), rows)

    def institutions(self) -> set[str]:
        """Those that have a case."""
        return set(self._conn.execute(select(t.cases.c.institution).distinct()).scalars())

    def settled(self, institution: str, *, limit: int) -> list[Settled]:
        """The newest cases whose category a handler corrected or confirmed, or that ended without a word about it."""
        c = t.cases.c
        wanted = select(c.number).where(c.institution == institution, settled())
        numbers = list(self._conn.execute(wanted.order_by(c.filed_at.desc(), c.number.desc()).limit(limit)).scalars())
        filed = t.events.alias("filed")
        joined = t.cases.outerjoin(filed, (filed.c.number == c.number) & (filed.c.what == "filed"))
        query = select(c.number, c.person, c.facts, filed.c.detail["category_id"].as_string(), c.category_id)
        found: list[Settled] = []
        for start in range(0, len(numbers), BATCH):
            rows = self._conn.execute(query.select_from(joined).where(c.number.in_(numbers[start : start + BATCH])))
            found += [Settled(*row) for row in rows]
        return sorted(found, key=lambda one: one.number)

    def told(self, numbers: Collection[str]) -> dict[str, dict[str, Any]]:
        """The facts of these cases."""
        c, wanted = t.cases.c, sorted(numbers)
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(wanted), BATCH):
            rows = self._conn.execute(select(c.number, c.facts).where(c.number.in_(wanted[start : start + BATCH])))
            found |= {row.number: row.facts for row in rows}
        return found

    def _note(self, institution: str, number: int, state: str, *, by: str, at: datetime) -> None:
        row = {"institution": institution, "number": number, "at": at, "by": by, "state": state}
        self._conn.execute(insert(t.model_moves).values(row))


BATCH = 1000
"""Numbers in one question: databases bound how many values a statement may hold."""


def settled() -> ColumnElement[bool]:
    """Whether a case's category is settled, as a condition on ``cases``."""
    event = t.events.c
    confirmed = event.detail["confirmed"].as_boolean().is_(True)
    corrected = event.detail[("category_id", 1)].as_string().is_not(None)
    said = exists().where(event.number == t.cases.c.number, event.what == "corrected", confirmed | corrected)
    return t.cases.c.status.in_(OVER) | said


def _model(row: Any) -> Model:
    values = row._asdict()
    values["words"] = tuple((c, w, float(weight), *rest) for c, w, weight, *rest in values["words"])
    values["figures"] = {key: tuple(figure) for key, figure in values["figures"].items()}
    return Model(**values)
