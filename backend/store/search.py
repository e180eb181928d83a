"""Finding cases: by the citizen's phone and name, by words, and by where they stand; newest or longest due first.

The rows of ``searchable`` are kept by ``services.finding`` in the unit that
changes the case. What was asked is made of a text there too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, cast, column, delete, func, literal, select, table, text, tuple_, update
from sqlalchemy.dialects.postgresql import TSQUERY

from backend.domain.scope import EVERYTHING
from backend.store import tables as t
from backend.store.case_rows import COLUMNS, BadCursor, case_from, cursor_of, place_of, values_of
from backend.store.prepared import Prepared
from backend.store.upsert import built
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.domain.case import Case
    from backend.domain.scope import Scope

KEEP = Prepared(
    built(
        t.searchable,
        lambda entry: entry.values(
            {name: bindparam(name) for name in ("number", "phone", "name", "words")}
        ).on_conflict_do_update(
            index_elements=["number"], set_={name: entry.excluded[name] for name in ("phone", "name", "words")}
        ),
    )
)
FOUND = table(t.FOUND, column("rowid"))
FILED = ("citizen", "device")
"""Roles of who filed a case, on whichever device."""
SOON = timedelta(hours=24)
LATE, NEXT, PAUSED = "late", "soon", "paused"
CLOCKS = (LATE, NEXT, PAUSED)
"""What can be asked of a case's clocks: one has passed its end, one ends in the next 24 hours, they stand still."""
LAST = 2**62
NEAR = 8000
"""Rows among which a page is first looked for: words that fewer say are found quickly by their index."""
MERGE = text("INSERT INTO found_words(found_words, rank) VALUES ('merge', :pages)")
MERGED = 200
"""Pages of the words' index that one unit merges: 30 ms at most, for which everybody else waits."""
WORKED = 2
"""Changes from which a merge has done something (SQLite, "The merge command")."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case must be; what is empty is not asked."""

    words: tuple[str, ...] = ()  # every one of them was said
    phone: str = ""  # digits
    name: str = ""
    institution: str = ""
    categories: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    officer: str = ""
    clock: str = ""  # one of CLOCKS
    since: datetime | None = None
    until: datetime | None = None  # filed before then

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Key:
    """What a case is found by."""

    number: str
    phone: str | None
    name: str | None
    words: list[str]


class Search:
    """The rows that cases are found by, and the questions."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def keep(self, key: Key) -> None:
        """From now on the case is found by this, and by nothing else."""
        told = {"phone": key.phone, "name": key.name, "words": key.words}
        KEEP.change(self._conn, {"number": key.number, **told})

    def forget(self, number: str) -> None:
        """The case is found by its number and where it stands, and by nothing that anybody told."""
        gone = update(t.searchable).where(t.searchable.c.number == number)
        self._conn.execute(gone.values(phone=None, name=None, words=[]))

    def drop(self, number: str) -> None:
        """The case goes, and so does its row."""
        self._conn.execute(delete(t.searchable).where(t.searchable.c.number == number))

    def settle(self, *, begin: bool) -> bool:
        """Merge a part of the words' index, so that the words of who is forgotten leave the file; is there more?

        SQLite's index keeps what was deleted in older segments until they are
        merged; ``begin``: all of them are to be. PostgreSQL's vacuum does the same by itself.
        """
        if self._conn.dialect.name != "sqlite":
            return False
        driver: Any = self._conn.connection.driver_connection
        before = driver.total_changes
        self._conn.execute(MERGE, {"pages": -MERGED if begin else MERGED})
        return bool(driver.total_changes - before >= WORKED)

    def unread(self, *, limit: int) -> list[str]:
        """Cases whose words nobody has cut, oldest first."""
        c = t.searchable.c
        query = select(c.number).where(c.words.is_(None)).order_by(c.id).limit(limit)
        return list(self._conn.execute(query).scalars())

    def find(
        self,
        wanted: Wanted,
        *,
        scope: Scope = EVERYTHING,
        paused: Collection[str] = (),
        now: datetime,
        limit: int,
        cursor: str | None = None,
    ) -> tuple[list[Case], str | None]:
        """Up to *limit* such cases after *cursor*, and the cursor of the next page.

        Newest first; those asked for by a clock that runs and by no word or
        person: what is due first. Raises: BadCursor.
        """
        query = visible(select(*COLUMNS), scope).where(*_standing(wanted, paused=paused, now=now))
        if wanted.words or wanted.phone or wanted.name:
            return self._newest_told(query, wanted, limit=limit, cursor=cursor)
        rising = wanted.clock in {LATE, NEXT}
        first = t.cases.c.next_due if rising else t.cases.c.filed_at
        order = (first, t.cases.c.number)
        if cursor is not None:
            place = place_of(cursor)
            behind = tuple_(literal(place[0], t.Instant), literal(place[1]))
            query = query.where(tuple_(*order) > behind if rising else tuple_(*order) < behind)
        query = query.order_by(*(each.asc() if rising else each.desc() for each in order)).limit(limit + 1)
        found = [case_from(row) for row in self._conn.execute(query)]
        if len(found) <= limit:
            return found, None
        return found[:limit], self.after(wanted, found[limit - 1])

    def of_person(self, person_id: int, *, scope: Scope = EVERYTHING, limit: int) -> list[Case]:
        """The newest cases that this person filed, or follows from another device of who did; none that they joined."""
        c = t.bindings.c
        theirs = select(c.number).where(c.person == person_id, c.role.in_(FILED))
        query = visible(select(*COLUMNS).where(t.cases.c.number.in_(theirs)), scope)
        query = query.order_by(t.cases.c.filed_at.desc(), t.cases.c.number.desc()).limit(limit)
        return [case_from(row) for row in self._conn.execute(query)]

    def lately(
        self,
        word: str,
        *,
        institution: str,
        statuses: Collection[str],
        scope: Scope = EVERYTHING,
        within: int,
        limit: int,
    ) -> list[Case]:
        """The newest such cases in which the word was said, of the newest *within* that say it: never a scan of all."""
        s, c = t.searchable.c, t.cases.c
        if self._conn.dialect.name == "sqlite":
            said = text(f"{t.FOUND} MATCH :word").bindparams(word=f'"{word}"')
            newest = (
                select(FOUND.c.rowid.label("id")).where(said).order_by(FOUND.c.rowid.desc()).limit(within).subquery()
            )
        else:
            has = s.words.op("@@")(cast(f"'{word}'", TSQUERY))
            newest = select(s.id).where(has).order_by(s.id.desc()).limit(within).subquery()
        joined = newest.join(t.searchable, s.id == newest.c.id).join(t.cases, c.number == s.number)
        query = visible(select(*COLUMNS), scope).where(c.institution == institution, c.status.in_(statuses))
        query = query.select_from(joined).order_by(newest.c.id.desc()).limit(limit)
        return [case_from(row) for row in self._conn.execute(query)]

    def after(self, wanted: Wanted, case: Case) -> str:
        """The cursor of the page that begins behind that case."""
        if wanted.words or wanted.phone or wanted.name:
            s = t.searchable.c
            return cursor_of([self._conn.execute(select(s.id).where(s.number == case.number)).scalar_one()])
        at = min(case.due.values()) if wanted.clock in {LATE, NEXT} else case.filed_at
        return cursor_of([at.isoformat(), case.number])

    def _newest_told(
        self, query: Select[Any], wanted: Wanted, *, limit: int, cursor: str | None
    ) -> tuple[list[Case], str | None]:
        """By what was told: the order is that in which the rows were made, in which both indexes can be read."""
        s, before = t.searchable.c, LAST if cursor is None else _row(cursor)
        joined = t.searchable.join(t.cases, t.cases.c.number == s.number)
        key: ColumnElement[Any] = s.id
        for column_, told in ((s.phone, wanted.phone), (s.name, wanted.name)):
            if told:
                query = query.where(column_ == told)
        if wanted.words and self._conn.dialect.name == "sqlite":
            key = FOUND.c.rowid
            joined = FOUND.join(t.searchable, s.id == key).join(t.cases, t.cases.c.number == s.number)
            query = query.where(
                text(f"{t.FOUND} MATCH :words").bindparams(words=" ".join(f'"{w}"' for w in wanted.words))
            )
        query = query.select_from(joined).where(key < before).order_by(key.desc()).limit(limit + 1)
        ways = self._saying(query, wanted.words, before) if wanted.words and key is s.id else iter((query,))
        found: list[Case] = []
        for way in ways:
            found = [case_from(row) for row in self._conn.execute(way)]
            if len(found) > limit:
                return found[:limit], self.after(wanted, found[limit - 1])
        return found, None

    def _saying(self, query: Select[Any], words: Sequence[str], before: int) -> Iterator[Select[Any]]:
        """PostgreSQL: the newest rows alone, which hold a page of what many said; then all, by the words' index.

        Left to choose, it takes words that often stand together for rare or rare ones for common, and reads everything.
        """
        s = t.searchable.c
        said = s.words.op("@@")(cast(" & ".join(f"'{word}'" for word in words), TSQUERY))
        newest = self._conn.execute(select(func.max(s.id)).where(s.id < before)).scalar() or 0
        yield query.where(said, s.id > newest - NEAR)
        every = select(s.id).where(said, s.id < before).cte("every").prefix_with("MATERIALIZED", dialect="postgresql")
        yield query.where(s.id.in_(select(every.c.id)))


def _standing(wanted: Wanted, *, paused: Collection[str], now: datetime) -> list[ColumnElement[bool]]:
    """What a row of ``cases`` must be."""
    c = t.cases.c
    several = (
        (c.category_id, wanted.categories),
        (c.department_id, wanted.departments),
        (c.status, wanted.statuses),
        (c.kind, wanted.kinds),
        (c.source, wanted.sources),
        (c.grade, wanted.grades),
        (c.institution, (wanted.institution,) if wanted.institution else ()),
        (c.officer, (wanted.officer,) if wanted.officer else ()),
    )
    told: list[ColumnElement[bool]] = [column_.in_(values) for column_, values in several if values]
    if wanted.since is not None:
        told.append(c.filed_at >= wanted.since)
    if wanted.until is not None:
        told.append(c.filed_at < wanted.until)
    rests: ColumnElement[bool] = c.status.in_([str(status) for status in paused])
    match wanted.clock:
        case "late":
            told += [c.next_due < now, ~rests]
        case "soon":
            told += [c.next_due >= now, c.next_due < now + SOON, ~rests]
        case "paused":
            told.append(rests)
    return told


def _row(cursor: str) -> int:
    """Raises: BadCursor."""
    match values_of(cursor):
        case [int(row)] if 0 <= row <= LAST:
            return row
    raise BadCursor(cursor)
