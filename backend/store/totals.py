"""Daily totals: what is kept of them, how far they have come, and the events that they are made of."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, or_, select, text, update

from backend.domain.tally import AXES, Happened, Place, Spot
from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

FIELDS = tuple(Spot.__annotations__)
KEYS = ("axis", *FIELDS)
VALUES = attrgetter(*FIELDS)
Line = tuple[Any, ...]
"""A row, in the order of KEYS."""
ONE = 1
OF_CASES = frozenset({"institution", "day", "what", "sealed"})
"""What every axis tells apart."""


SHAPES = tuple(
    (axis, tuple(n if key in {*OF_CASES, *told} else -1 for n, key in enumerate(FIELDS))) for axis, told in AXES.items()
)
"""Of each axis which values of a spot it tells apart, by their places; -1: it does not."""


class TotalledMeanwhile(Exception):
    """Another process has counted those events."""

    def __init__(self, upto: int) -> None:
        super().__init__(f"the totals have come further than event {upto} already")
        self.upto = upto


class NotKept(Exception):
    """Totals are not kept by those keys together."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__(f"totals are not kept by {', '.join(sorted(keys))} together")


class Told(NamedTuple):
    """A case, as far as it is counted."""

    was: Place  # with which it was counted before
    now: Place
    events: list[Happened]


class FirstPass(NamedTuple):
    """What is counted next while the totals are made anew."""

    target: int  # the event up to which cases are counted
    passed: str  # the last case that is counted
    numbers: list[str]  # the next; none: all are


class Totals:
    """The totals."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def horizon(self) -> int:
        """The last event below which none can come any more; waits for who is adding events.

        PostgreSQL gives out event ids before they are committed.
        """
        if self._conn.dialect.name == "postgresql":
            self._conn.execute(text("LOCK TABLE events IN SHARE MODE"))
        return self.newest()

    def newest(self) -> int:
        """The last event that there is; waits for nobody."""
        return int(self._conn.execute(select(func.coalesce(func.max(t.events.c.id), 0))).scalar_one())

    def upto(self) -> int:
        """The last event that they hold; 0: none."""
        return int(self._conn.execute(select(t.totalled.c.upto)).scalar_one_or_none() or 0)

    def first_pass(self, *, upto: int, limit: int) -> FirstPass:
        """While they are made anew: up to which event, and the next cases that are not counted yet, by their numbers."""
        c = t.totalled.c
        row = self._conn.execute(select(c.target, c.passed)).one_or_none()
        target, passed = (int(row.target), str(row.passed)) if row and row.target is not None else (upto, "")
        query = select(t.cases.c.number).where(t.cases.c.number > passed).order_by(t.cases.c.number).limit(limit)
        return FirstPass(target, passed, [str(number) for number in self._conn.execute(query).scalars()])

    def add_first(self, changed: Counter[Spot], it: FirstPass) -> None:
        """Count these cases in; without any, all are counted. Raises: TotalledMeanwhile: another process was quicker."""
        c = t.totalled.c
        self._conn.execute(insert_into(self._conn, t.totalled).values(id=ONE, upto=0).on_conflict_do_nothing())
        there = (c.id == ONE, c.upto == 0, c.passed == it.passed, or_(c.target.is_(None), c.target == it.target))
        told = {"target": it.target, "passed": it.numbers[-1]} if it.numbers else {"upto": it.target, "target": None}
        if not self._conn.execute(update(t.totalled).where(*there).values(**told)).rowcount:
            raise TotalledMeanwhile(0)
        self._spread(changed)

    def fresh(self, *, after: int, upto: int, limit: int) -> list[tuple[int, str]]:
        """The id and case of the next events, in order."""
        c = t.events.c
        query = select(c.id, c.number).where(c.id > after, c.id <= upto).order_by(c.id).limit(limit)
        return [(int(key), str(number)) for key, number in self._conn.execute(query)]

    def histories(self, numbers: Collection[str], *, upto: int) -> dict[str, Told]:
        """Of each of these cases its place, before and now, and its events up to that one."""
        case, event, before = t.cases.c, t.events.c, t.tallied.c
        rows = (case.number, case.institution, case.source, case.district, case.sealed, before.district, before.sealed)
        joined = t.cases.outerjoin(t.tallied, before.number == case.number)
        found: dict[str, Told] = {}
        for number, home, source, here, sealed, there, hid in self._conn.execute(
            select(*rows).select_from(joined).where(case.number.in_(numbers))
        ):
            was = Place(home, source, there or "", bool(hid))
            found[number] = Told(was, Place(home, source, here, bool(sealed)), [])
        columns = (event.number, event.id, event.at, event.by, event.what, event.detail)
        query = select(*columns).where(event.number.in_(numbers), event.id <= upto).order_by(event.number, event.seq)
        for number, *told in self._conn.execute(query):
            found[number].events.append(Happened(*told))
        return found

    def placed(self, places: Mapping[str, Place]) -> None:
        """Keep where these cases are counted from now on."""
        rows = [{"number": key, "district": one.district, "sealed": one.sealed} for key, one in places.items()]
        if rows:
            entry = insert_into(self._conn, t.tallied)
            new = entry.excluded
            kept = entry.on_conflict_do_update(
                index_elements=["number"], set_={"district": new.district, "sealed": new.sealed}
            )
            self._conn.execute(kept, sorted(rows, key=lambda row: str(row["number"])))

    def add(self, changed: Counter[Spot], *, after: int, upto: int) -> None:
        """Count these in and come as far as that event. Raises: TotalledMeanwhile: they were not at *after* any more."""
        there = (t.totalled.c.id == ONE, t.totalled.c.upto == after, t.totalled.c.target.is_(None))
        moved = update(t.totalled).where(*there).values(upto=upto)
        if not self._conn.execute(moved).rowcount:
            entry = insert_into(self._conn, t.totalled).values(id=ONE, upto=upto)
            begun = entry.on_conflict_do_nothing(index_elements=["id"]).returning(t.totalled.c.id)
            if after or self._conn.execute(begun).one_or_none() is None:
                raise TotalledMeanwhile(after)
        self._spread(changed)

    def _spread(self, changed: Counter[Spot]) -> None:
        """Add them to what there is."""
        c = t.totals.c
        lines = sorted(spread(changed).items(), key=lambda line: tuple(map(str, line[0])))
        rows = [{**dict(zip(KEYS, line, strict=True)), "count": n} for line, n in lines]
        if rows:
            more = insert_into(self._conn, t.totals)
            more = more.on_conflict_do_update(index_elements=KEYS, set_={"count": c.count + more.excluded.count})
            self._conn.execute(more, rows)
            self._conn.execute(delete(t.totals).where(c.count == 0))

    def everything(self) -> dict[Line, int]:
        """All of them, by KEYS."""
        c = t.totals.c
        rows = self._conn.execute(select(*(c[key] for key in KEYS), c.count))
        return {tuple(row[:-1]): int(row[-1]) for row in rows}

    def summed(
        self,
        by: Collection[str],
        *,
        first: date | None = None,
        last: date | None = None,
        institution: str | None = None,
        only: Mapping[str, Collection[str]] | None = None,
        sealed: bool | None = None,
    ) -> dict[tuple[Any, ...], int]:
        """The counts added up over all but these keys of a Spot, from *first* to *last* day.

        *only*: the values that count, by key. *sealed*: those cases alone, or the others alone. Raises: NotKept.
        """
        c = t.totals.c
        only = only or {}
        wanted: list[ColumnElement[bool]] = [c.axis == _axis({*by, *only})]
        wanted += [c.day >= first] if first is not None else []
        wanted += [c.day <= last] if last is not None else []
        wanted += [c.institution == institution] if institution is not None else []
        wanted += [c.sealed.is_(sealed)] if sealed is not None else []
        wanted += [c[key].in_(sorted(values)) for key, values in only.items()]
        columns = [c[key] for key in by]
        query = select(*columns, func.sum(c.count)).where(*wanted).group_by(*columns)
        return {tuple(row[:-1]): int(row[-1]) for row in self._conn.execute(query)}

    def clear(self) -> None:
        """Begin anew."""
        self._conn.execute(delete(t.totals))
        self._conn.execute(delete(t.tallied))
        self._conn.execute(delete(t.totalled))
        self._conn.execute(insert(t.totalled).values(id=ONE, upto=0, target=None, passed=""))


def spread(changed: Mapping[Spot, int]) -> Counter[Line]:
    """The counts along each axis, as rows of KEYS."""
    found: Counter[Line] = Counter()
    for spot, n in changed.items():
        told = VALUES(spot)
        for axis, places in SHAPES:
            found[(axis, *(told[place] if place >= 0 else "" for place in places))] += n
    return Counter({key: n for key, n in found.items() if n})


def _axis(keys: Collection[str]) -> str:
    """The first one that tells these keys apart. Raises: NotKept."""
    wanted = set(keys) - OF_CASES
    for axis, told in AXES.items():
        if wanted <= set(told):
            return axis
    raise NotKept(wanted)
