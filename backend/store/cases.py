"""Cases: filed once, changed only by whoever read the newest version, listed newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from backend.domain.lifecycle import Status
from backend.domain.scope import EVERYTHING
from backend.store import tables as t
from backend.store.case_rows import COLUMNS, case_from, case_row, cursor_after, place_of
from backend.store.history import History, PastEvent
from backend.store.newest import newest
from backend.store.people import PERSON, Person
from backend.store.prepared import Prepared
from backend.store.upsert import built

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date, datetime, tzinfo

    from sqlalchemy import Connection, Insert, Update

    from backend.domain.case import Case
    from backend.domain.scope import Scope


CLOSED = (Status.CLOSED.value, Status.ARCHIVED.value)
REPORTERS = ("citizen", "joint")
"""The roles of whose matter a case is; a device is nobody's second voice."""


ROLES = Prepared(
    select(t.bindings.c.number, t.bindings.c.role).where(t.bindings.c.person == bindparam("whose")),
    (t.bindings.c.number, t.bindings.c.role),
)
NEAR = (t.cases.c.number, t.cases.c.version, t.cases.c.head, t.cases.c.filed_at, t.cases.c.status, t.cases.c.kind)
NEWEST = Prepared(
    select(*NEAR)
    .where(
        t.cases.c.institution == bindparam("here"),
        t.cases.c.category_id == bindparam("category"),
        t.cases.c.filed_at >= bindparam("since"),
    )
    .order_by(t.cases.c.filed_at.desc())
    .limit(bindparam("most"))
)
"""No column is made a value of Python's: there are many rows, and times are only put in order."""
WHERE = Prepared(
    select(t.cases.c.facts["where"]).where(t.cases.c.number == bindparam("whose")), (t.cases.c.facts["where"],)
)
COUNT = Prepared(
    built(
        t.counters,
        lambda row: row.on_conflict_do_update(
            index_elements=["code", "day"], set_={"last": t.counters.c.last + 1}
        ).returning(t.counters.c.last),
    ),
    given=("code", "day", "last"),
)
BIND = Prepared(
    built(t.bindings, lambda row: row.on_conflict_do_nothing(index_elements=["number", "person"])),
    given=("number", "person", "role", "at"),
)
BOUND = (
    select(*COLUMNS)
    .select_from(t.cases.join(t.bindings, t.bindings.c.number == t.cases.c.number))
    .where(t.bindings.c.person == bindparam("whose"))
    .order_by(t.cases.c.filed_at.desc(), t.cases.c.number.desc())
)


class NoSuchCase(Exception):
    """No case has that number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"there is no case {number}")
        self.number = number


class Stale(Exception):
    """Somebody else changed the case since it was read."""

    def __init__(self, number: str, by: str, status: str) -> None:
        super().__init__(f"case {number} was changed meanwhile by {by}; it is {status} now")
        self.number, self.by, self.status = number, by, status


class Cases:
    """The cases, who may follow them, and their histories."""

    def __init__(self, conn: Connection, *, salt: Callable[[], bytes]) -> None:
        self._conn = conn
        self._history = History(conn, salt=salt)

    def next_count(self, code: str, day: date) -> int:
        """The next case number of that institution code and local day: 1, 2, 3 … Lock it last."""
        return int(COUNT.rows(self._conn, {"code": code, "day": day, "last": 1})[0][0])

    def add(self, case: Case, *, day: date) -> None:
        """File a new case with its fresh events; *day* is the local one. It gets its head, seq and version."""
        row = case_row(case, zone=case.filed_at.tzinfo) | {"filed_day": day}
        self._write(case, insert(t.cases).values(row))

    def get(self, number: str, *, lock: bool = False) -> Case:
        """The case as it stands; *lock* keeps others from changing it until the unit ends. Raises: NoSuchCase."""
        query = select(*COLUMNS).where(t.cases.c.number == number)
        row = self._conn.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NoSuchCase(number)
        return case_from(row)

    def save(self, case: Case, *, zone: tzinfo) -> None:
        """Save the case and chain its fresh events.

        *zone* decides on which local day it was closed.

        Raises: Stale, NoSuchCase.
        """
        values = case_row(case, zone=zone)
        c = t.cases.c
        read = (c.number == case.number, c.version == case.version)
        if not self._write(case, update(t.cases).where(*read).values(values)):
            raise self._changed_by_another(case.number)

    def history(self, number: str) -> list[PastEvent]:
        """What happened to the case, oldest first."""
        return self._history.of(number)

    def histories(self, numbers: Collection[str]) -> dict[str, list[PastEvent]]:
        """The history of each of these cases, in one question."""
        return self._history.of_all(numbers)

    def erase(self, number: str, *, seq: int) -> int:
        """Destroy the private texts of one event; the chain holds. How many texts there were."""
        return self._history.erase(number, seq=seq)

    def erase_text(self, number: str, *, seq: int, key: str) -> int:
        """Destroy one private text of one event; the chain holds. How many there were."""
        return self._history.erase_text(number, seq=seq, key=key)

    def bind(self, number: str, person_id: int, role: str, *, at: datetime) -> None:
        """Let that person follow the case as citizen, joint or device; who follows it already keeps their role."""
        row = {"number": number, "person": person_id, "role": role, "at": at}
        BIND.change(self._conn, row)

    def is_bound(self, number: str, person_id: int) -> bool:
        """May that person follow the case?"""
        c = t.bindings.c
        bound = select(c.number).where(c.number == number, c.person == person_id)
        return self._conn.execute(bound).one_or_none() is not None

    def roles(self, person_id: int) -> dict[str, str]:
        """What that person is to each case they may follow: number -> citizen, joint, device, joint_device."""
        return {str(number): str(role) for number, role in ROLES.rows(self._conn, {"whose": person_id})}

    def unbind(self, number: str, person_id: int, *, with_devices: bool) -> None:
        """They follow the case no more; *with_devices*: nor do the other devices of who filed it."""
        c = t.bindings.c
        theirs = c.person == person_id
        gone = or_(theirs, c.role == "device") if with_devices else theirs
        self._conn.execute(delete(t.bindings).where(c.number == number, gone))

    def reporters(self, number: str) -> list[Person]:
        """Whose matter the case is, in the order they came: who filed it, and who joined; devices are no persons."""
        c = t.bindings.c
        query = select(*PERSON).select_from(t.people.join(t.bindings, c.person == t.people.c.id))
        theirs = query.where(c.number == number, c.role.in_(REPORTERS))
        return [Person(*row) for row in self._conn.execute(theirs.order_by(c.at, c.person))]

    def voices(self, numbers: Collection[str], roles: Collection[str] = REPORTERS) -> dict[str, int]:
        """Of how many people each of these cases is the matter, in one of these roles; none: 0."""
        c = t.bindings.c
        if not numbers:
            return {}
        query = select(c.number, func.count()).where(c.number.in_(numbers), c.role.in_(roles)).group_by(c.number)
        return dict.fromkeys(numbers, 0) | {str(number): int(count) for number, count in self._conn.execute(query)}

    def near(
        self,
        institution: str,
        categories: Collection[str],
        *,
        statuses: Collection[str],
        kinds: Collection[str],
        since: datetime,
        limit: int,
    ) -> list[tuple[str, int, str]]:
        """Number, version and head of the cases of these categories filed since then, newest first.

        Of each category the newest *limit* are read, whatever their place: the
        question takes as long among a million cases as among ten thousand.
        """
        found: list[tuple[Any, str, int, str]] = []
        for category in categories:
            asked = {"here": institution, "category": category, "since": since, "most": limit}
            found += [
                (filed_at, number, version, head)
                for number, version, head, filed_at, status, kind in NEWEST.rows(self._conn, asked)
                if status in statuses and kind in kinds
            ]
        found.sort(reverse=True)
        return [row[1:] for row in found]

    def where(self, number: str) -> dict[str, Any]:
        """The place of a case, as it was told; empty where it was not. Raises: NoSuchCase."""
        rows = WHERE.rows(self._conn, {"whose": number})
        if not rows:
            raise NoSuchCase(number)
        return rows[0][0] or {}

    def bound_cases(self, person_id: int) -> list[Case]:
        """The cases that person may follow, newest first."""
        return [case_from(row) for row in self._conn.execute(BOUND, {"whose": person_id})]

    def closed_before(
        self, person_id: int, *, institution: str, category_id: str, matter_id: str | None, since: datetime
    ) -> Case | None:
        """The last case of that matter that was closed for that person since then, whoever filed it."""
        # Few cases are a person's, and many a category's: they are sifted here, not by a planner that may begin there.
        closed = [
            (case.closed_at, case)
            for case in self.bound_cases(person_id)
            if (case.institution, case.category_id, case.matter_id) == (institution, category_id, matter_id)
            and case.status.value in CLOSED
            and case.closed_at is not None
            and case.closed_at >= since
        ]
        return max(closed, key=lambda pair: pair[0])[1] if closed else None

    def people_of(self, number: str) -> list[Person]:
        """Who follows the case, in the order they came."""
        c = t.bindings.c
        query = select(*PERSON).select_from(t.people.join(t.bindings, c.person == t.people.c.id))
        return [Person(*row) for row in self._conn.execute(query.where(c.number == number).order_by(c.at, c.person))]

    def page(
        self,
        *,
        statuses: Collection[str] = (),
        scope: Scope = EVERYTHING,
        institution: str | None = None,
        department: str | None = None,
        since: datetime | None = None,
        limit: int,
        cursor: str | None = None,
    ) -> tuple[list[Case], str | None]:
        """Up to *limit* cases after *cursor*, newest first, and the cursor of the next page; empty filters let all by.

        *scope* is what who asks may see, the filters what they want of it. Cases filed meanwhile do not move the pages. Raises: BadCursor.
        """
        c = t.cases.c
        narrowed = [] if institution is None else [c.institution == institution]
        if department is not None:
            narrowed.append(c.department_id == department)
        if since is not None:
            narrowed.append(c.filed_at >= since)
        before = None if cursor is None else place_of(cursor)
        numbers = newest(self._conn, scope, statuses, narrowed, before=before, limit=limit + 1)
        rows = self._conn.execute(select(*COLUMNS).where(c.number.in_(numbers[:limit])))
        cases = {row.number: case_from(row) for row in rows}
        found = [cases[number] for number in numbers[:limit]]
        return found, cursor_after(found[-1]) if len(numbers) > limit else None

    def homes(self) -> Iterator[str]:
        """The id of every institution that has cases, in order; one step in the index each, however many they have."""
        query, last = select(func.min(t.cases.c.institution)), ""
        while (found := self._conn.scalar(query.where(t.cases.c.institution > last))) is not None:
            yield (last := str(found))

    def count_of(self, institution: str) -> int:
        """How many cases it has, of whatever status."""
        query = select(func.count()).select_from(t.cases).where(t.cases.c.institution == institution)
        return int(self._conn.scalar(query) or 0)

    def waiting(self, status: str, *, before: datetime) -> list[tuple[str, datetime]]:
        """The cases that entered that status before then and still stand there, longest first: number and since when."""
        c = t.cases.c
        query = select(c.number, c.status_at).where(c.status == str(status), c.status_at < before)
        return [(number, since) for number, since in self._conn.execute(query.order_by(c.status_at, c.number))]

    def _write(self, case: Case, row: Insert | Update) -> bool:
        """Write the row, then its links: whoever has the row has the right to the next link. False: no row was hit."""
        links = self._history.chain(case.number, case.fresh, head=case.head, seq=case.seq)
        head, seq = (links[-1].hash, links[-1].seq) if links else (case.head, case.seq)
        version = case.version + 1
        if not self._conn.execute(row.values(head=head, seq=seq, version=version)).rowcount:
            return False
        self._history.write(links)
        case.head, case.seq, case.version = head, seq, version
        case.fresh.clear()
        return True

    def _changed_by_another(self, number: str) -> Stale | NoSuchCase:
        case, events = t.cases.c, t.events.c
        last = t.cases.outerjoin(t.events, (events.number == case.number) & (events.seq == case.seq))
        row = self._conn.execute(
            select(case.status, func.coalesce(events.by, "")).select_from(last).where(case.number == number)
        ).one_or_none()
        return NoSuchCase(number) if row is None else Stale(number, row[1], row[0])
