"""What we owe citizens: written with the change that causes it, sent by a job, in order for each person.

    queued ──claim──> sending ──record──> accepted ──> delivered
                         │                deferred (until not_before) ──claim──> sending
                         │                queued (no byte went out) ──claim──> sending
                         │                undelivered, uncertain ──again──> queued
                         └ lease over: claimed once more, but a survey question becomes uncertain

A row is unfinished while queued, deferred or sending. Only the oldest
unfinished row of a person may be claimed, and only while none of theirs is
leased, so nothing overtakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, insert, or_, select, update

from backend.domain.planning import WAKING, weighs
from backend.store import claiming
from backend.store import tables as t
from backend.store.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import sqlalchemy
    from sqlalchemy import Connection, Select

LEASE = timedelta(seconds=20)
OTHERS = 20
"""Notices that one claim takes: a platform that is slow or wants a pace holds up answers for that long only."""
ARRIVED = ("accepted", "delivered")
PLAN = "plan"
"""Who has a row that is held, and not waiting for its next try."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bubble on its way to one person."""

    id: int
    person: int
    number: str | None
    kind: str  # status, message, survey, nudge
    text: str
    choices: tuple[dict[str, Any], ...]
    fields: dict[str, str]  # case, state, at, note
    state: str
    reason: str  # for the desk, in words
    way: str  # web, customer_service, template …
    tries: int  # claims so far; more than 1: it may have arrived twice
    not_before: datetime
    created_at: datetime
    changed_at: datetime
    answers: int | None = None  # the journal entry it answers


C, CARRIER = t.outbox.c, t.outbox.alias("carrier")
COLUMNS = tuple(C[name] for name in Row.__annotations__)
TAKE = {dialect: take.returning(*COLUMNS) for dialect, take in claiming.TAKE.items()}
QUEUED = ("person", "number", "kind", "text", "choices", "fields", "answers", "not_before", "created_at", "changed_at")
QUEUE = Prepared(insert(t.outbox).returning(C.id), (C.id,), given=(*QUEUED, "state"))
LEASED = Prepared(
    insert(t.outbox).returning(*COLUMNS), COLUMNS, given=(*QUEUED, "state", "owner", "lease_until", "tries")
)
KEPT = ("state", "reason", "way", "platform_id", "cost", "owner", "lease_until", "changed_at", "not_before")
LOCKED = Prepared(select(*COLUMNS).where(C.id == bindparam("row")).with_for_update(), COLUMNS)
PASSED = Prepared(
    update(t.outbox)
    .where(C.id == bindparam("row"))
    .values(state="accepted", way=bindparam("way"), changed_at=bindparam("changed_at"))
)
RECORD = {  # by whether it also says when to try again, and whether only its owner may
    (later, owned): Prepared(
        update(t.outbox)
        .where(C.id == bindparam("row"), *((C.state == "sending", C.owner == bindparam("mine")) if owned else ()))
        .values({name: bindparam(name) for name in (KEPT if later else KEPT[:-1])})
    )
    for later in (False, True)
    for owned in (False, True)
}


class Outbox:
    """The rows, from queueing to their last state."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def queue(
        self,
        person_id: int,
        *,
        number: str | None,
        kind: str,
        text: str,
        choices: Sequence[dict[str, Any]] = (),
        at: datetime,
        not_before: datetime | None = None,
        fields: dict[str, str] | None = None,
        answers: int | None = None,
    ) -> int:
        """Owe the person one bubble, after all that is owed already; its id.

        What matters wakes what was held before it.
        """
        if kind != "reply" and weighs(kind, choices):
            self.wake(person_id, at=not_before or at)
        row: dict[str, Any] = {
            "person": person_id,
            "number": number,
            "kind": kind,
            "text": text,
            "choices": list(choices),
        }
        row |= {"fields": fields or {}, "answers": answers}
        when = {"not_before": not_before or at, "created_at": at, "changed_at": at}
        return int(QUEUE.rows(self._conn, row | when | {"state": "queued"})[0][0])

    def lease(
        self,
        person_id: int,
        *,
        text: str,
        choices: Sequence[dict[str, Any]],
        at: datetime,
        answers: int,
        owner: str,
        lease: timedelta = LEASE,
    ) -> Row:
        """Owe an answer and take it at once, for *owner* to send; for those only who are owed nothing else."""
        row: dict[str, Any] = {"person": person_id, "number": None, "kind": "reply", "text": text, "answers": answers}
        row |= {"choices": list(choices), "fields": {}, "not_before": at, "created_at": at, "changed_at": at}
        taken = {"state": "sending", "owner": owner, "lease_until": at + lease, "tries": 1}
        return _leased(LEASED.rows(self._conn, row | taken)[0])

    def claim(
        self,
        owner: str,
        *,
        now: datetime,
        lease: timedelta = LEASE,
        limit: int = 20,
        others: int = OTHERS,
        paused: Collection[str] = (),
    ) -> list[Row]:
        """Take up to *limit* rows, of as many people: answers first, then the oldest, of these no more than *others*,

        so that the next answer need not wait long behind a mass of notices.
        Nobody's on a *paused* channel. They are *owner*'s until *now* + *lease*.
        """
        at = {"now": now}
        if self._conn.dialect.name == "postgresql":
            self._conn.execute(claiming.BY_AGE)
        self._conn.execute(claiming.GIVE_UP, at)
        told = at | {"limit": limit, "paused": list(paused)}
        people = self._conn.execute(claiming.LOCK_ANSWERED, told).scalars().all()
        if len(people) < limit:
            told |= {"limit": min(limit, others + len(people))}
            people = list(dict.fromkeys([*people, *self._conn.execute(claiming.LOCK_PEOPLE, told).scalars()]))[:limit]
        if not people:
            return []
        taken = self._conn.execute(
            TAKE[self._conn.dialect.name], at | {"people": people, "by": owner, "until": now + lease}
        )
        return sorted(map(_row, taken), key=lambda row: (row.kind != "reply", row.id))

    def record(
        self,
        row_id: int,
        *,
        state: str,
        at: datetime,
        reason: str = "",
        way: str = "",
        platform_id: str = "",
        cost: int = 1,
        not_before: datetime | None = None,
        owner: str | None = None,
    ) -> bool:
        """Keep what became of a row.

        False and nothing kept: *owner* was given, has lost the row meanwhile,
        and does not know that it arrived.
        """
        values: dict[str, Any] = {"state": state, "reason": reason, "way": way, "platform_id": platform_id}
        values["cost"] = cost
        values |= {"owner": "", "lease_until": None, "changed_at": at}
        if later := not_before is not None:
            values["not_before"] = not_before
        if owned := owner is not None and state not in ARRIVED:
            values["mine"] = owner
        return bool(RECORD[later, owned].change(self._conn, values | {"row": row_id}))

    def record_arrived(self, rows: Sequence[tuple[int, str, datetime, str, str, int]]) -> None:
        """Keep that these arrived: id, state, time, way, the platform's id, cost."""
        fixed = {"reason": "", "owner": "", "lease_until": None}
        RECORD[False, False].each(
            self._conn,
            [
                fixed
                | {"row": row, "state": state, "changed_at": at, "way": way, "platform_id": platform_id, "cost": cost}
                for row, state, at, way, platform_id, cost in rows
            ],
        )

    def passes(self, rows: Sequence[int], *, way: str, at: datetime) -> tuple[list[Row], bool]:
        """They go out with the answer to the platform's own call: those that did not before, and whether all may.

        Not where somebody sends, or has sent, any of them another way; then nothing is changed.
        """
        found = [_leased(row) for each in sorted(rows) for row in LOCKED.rows(self._conn, {"row": each})]
        owed = [row for row in found if row.state == "queued"]
        if any(row.state not in ARRIVED or row.way != way for row in found if row not in owed):
            return [], False
        PASSED.each(self._conn, [{"row": row.id, "way": way, "changed_at": at} for row in owed])
        return owed, True

    def behind(self, people: Collection[int]) -> dict[int, list[Row]]:
        """All that these people are still owed, by person, oldest first."""
        owed: dict[int, list[Row]] = {}
        query = select(*COLUMNS).where(C.person.in_(people), claiming.unfinished(t.outbox)).order_by(C.id)
        for row in self._rows(query) if people else ():
            owed.setdefault(row.person, []).append(row)
        return owed

    def take_along(self, rows: Collection[int], owner: str, *, now: datetime, lease: timedelta = LEASE) -> None:
        """They go in one message with a row that *owner* claimed in this unit."""
        taken = {
            "state": "sending",
            "owner": owner,
            "lease_until": now + lease,
            "changed_at": now,
            "tries": C.tries + 1,
        }
        self._conn.execute(update(t.outbox).where(C.id.in_(rows), C.state == "queued").values(taken))

    def hold(self, rows: Collection[int], *, until: datetime, reason: str, at: datetime) -> None:
        """They are not sent before then, unless they are woken; that was no try."""
        held = {"state": "queued", "owner": PLAN, "lease_until": None, "not_before": until, "reason": reason}
        mine = update(t.outbox).where(C.id.in_(rows), C.state == "sending")
        self._conn.execute(mine.values(held | {"tries": C.tries - 1, "changed_at": at}))

    def wake(self, person_id: int, *, at: datetime) -> int:
        """What was held for the morning, or for what comes later, goes then at the latest, and before it; how many."""
        held = and_(C.person == person_id, C.state == "queued", C.not_before > at, C.answers.is_(None))
        by_us = and_(C.kind.in_(WAKING), or_(C.tries == 0, C.owner == PLAN))
        return self._conn.execute(update(t.outbox).where(held, by_us).values(not_before=at)).rowcount

    def release(self, rows: Sequence[int], *, at: datetime) -> None:
        """They need not wait any longer."""
        self._conn.execute(update(t.outbox).where(C.id.in_(rows), C.state == "queued").values(not_before=at))

    def of_case(self, number: str) -> list[Row]:
        """Every notice of a case, oldest first."""
        return self._rows(select(*COLUMNS).where(C.number == number).order_by(C.id))

    def rows(self, ids: Collection[int]) -> dict[int, Row]:
        """Those rows, by id; at most so many as a page shows."""
        return {row.id: row for row in self._rows(select(*COLUMNS).where(C.id.in_(ids)))} if ids else {}

    def case_of(self, row_id: int) -> str | None:
        """The number of the case that a row belongs to; None: to none, or there is no such row."""
        number: str | None = self._conn.execute(select(C.number).where(C.id == row_id)).scalar()
        return number

    def not_arrived(self, *, limit: int) -> list[Row]:
        """What people do not have yet, or never got; the newest *limit*, oldest first."""
        c = t.outbox.c
        newest = select(*COLUMNS).where(c.state.not_in(ARRIVED)).order_by(c.id.desc()).limit(limit)
        return self._rows(newest)[::-1]

    def again(self, row_id: int, *, at: datetime) -> bool:
        """Queue once more what is uncertain or undelivered; False: it is neither."""
        stuck = update(t.outbox).where(C.id == row_id, C.state.in_(["uncertain", "undelivered"]))
        return bool(
            self._conn.execute(
                stuck.values(
                    state="queued", reason="", not_before=at, owner="", lease_until=None, created_at=at, changed_at=at
                )
            ).rowcount
        )

    def next_due(self, now: datetime) -> datetime | None:
        """When the next claim can find something, as things stand; not after *now*: at once. None: nothing is owed."""
        times = [
            self._conn.execute(query, {"now": now}).scalar_one() for query in (claiming.FIRST_DUE, claiming.LEASE_OVER)
        ]
        return min((at for at in times if at is not None), default=None)

    def delivered_upto(self, person_id: int, seq: int, *, at: datetime) -> int:
        """The person has seen bubble *seq* and all before it; how many accepted rows that makes delivered."""
        said = t.sayings.c
        seen = select(said.notice).where(said.person == person_id, said.seq <= seq, said.notice.is_not(None))
        times = select(CARRIER.c.changed_at).where(CARRIER.c.id.in_(seen))
        along = and_(C.cost == 0, C.changed_at.in_(times))  # it was told in that bubble
        rows = update(t.outbox).where(C.state == "accepted", C.person == person_id, or_(C.id.in_(seen), along))
        return self._conn.execute(rows.values(state="delivered", changed_at=at)).rowcount

    def unseen_upto(self, person_id: int, seq: int) -> bool:
        """Whether delivered_upto would find any."""
        said, c = t.sayings.c, t.outbox.c
        seen = t.sayings.join(t.outbox, said.notice == c.id)
        query = select(c.id).select_from(seen).where(c.state == "accepted", c.person == person_id, said.seq <= seq)
        return self._conn.execute(query.limit(1)).first() is not None

    def _rows(self, query: Select[Any]) -> list[Row]:
        return [_row(row) for row in self._conn.execute(query)]


def _leased(row: Sequence[Any]) -> Row:
    told = dict(zip(Row.__annotations__, row, strict=True))
    return Row(**told | {"choices": tuple(told["choices"])})


def _row(row: sqlalchemy.Row[Any]) -> Row:
    return Row(**row._asdict() | {"choices": tuple(row.choices)})
