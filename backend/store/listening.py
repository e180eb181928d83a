"""Conversations that are looked at afterwards: those that handlers had, with their scores, and those without a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Had:
    """A conversation that a handler had, and that is over."""

    id: int
    person: int
    institution: str
    handler: str
    number: str | None
    asked_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody thought of it."""

    handover: int
    institution: str
    handler: str
    reviewer: str
    at: datetime
    points: int
    most: int
    lines: list[dict[str, Any]]
    reply: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """A conversation as it stands, with something told in it, in which nobody has written for a while."""

    person: int
    institution: str
    state: dict[str, Any]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody has looked at such a conversation, and says why it ended."""

    person: int
    institution: str
    begun: str
    step: str
    day: date
    why: str
    by: str
    at: datetime


H, S, M = t.handovers.c, t.talk_scores.c, t.ended_marks.c
SCORE = tuple(S[name] for name in Score.__annotations__)
MARK = tuple(M[name] for name in Mark.__annotations__)
HAD = (H.id, H.person, H.institution, H.taken_by, H.number, H.asked_at, H.ended_at)


class Listening:
    """The rows."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def had(self, *, institution: str | None, since: datetime) -> list[Had]:
        """Every conversation with a handler's words in it that ended since then, oldest first."""
        moves = t.handover_moves.c
        spoke = exists().where(moves.handover == H.id, moves.what == "said", moves.by == H.taken_by)
        query = select(*HAD).where(H.ended_at >= since, H.taken_by.is_not(None), spoke)
        if institution is not None:
            query = query.where(H.institution == institution)
        return [Had(*row) for row in self._conn.execute(query.order_by(H.ended_at, H.id))]

    def scores(self, handovers: Collection[int]) -> dict[int, Score]:
        """Those of these conversations that were scored."""
        rows = self._conn.execute(select(*SCORE).where(S.handover.in_(sorted(handovers))))
        return {row.handover: Score(*row) for row in rows}

    def put(self, score: Score) -> bool:
        """Keep it; False: another reviewer has scored it, or its handler has replied."""
        row = {name: getattr(score, name) for name in Score.__annotations__}
        entry = insert_into(self._conn, t.talk_scores).values(row)
        changed = {name: row[name] for name in ("at", "points", "most", "lines")}
        mine = (S.reviewer == score.reviewer) & S.replied_at.is_(None)
        kept = entry.on_conflict_do_update(index_elements=["handover"], set_=changed, where=mine)
        return self._conn.execute(kept.returning(S.handover)).first() is not None

    def reply(self, handover: int, handler: str, text: str, *, at: datetime) -> bool:
        """The handler's answer, once; False: there is one already, or it is not theirs to answer."""
        theirs = (S.handover == handover, S.handler == handler, S.replied_at.is_(None))
        row = update(t.talk_scores).where(*theirs).values(reply=text, replied_at=at)
        return bool(self._conn.execute(row).rowcount)

    def left(self, *, institution: str | None, before: datetime, limit: int) -> list[Left]:
        """Conversations with something told and not filed, unchanged since before then, newest first."""
        c = t.conversations.c
        waits = (c.due_at.is_not(None), c.updated_at <= before)
        query = select(c.person, c.institution, c.state, c.updated_at).where(*waits)
        if institution is not None:
            query = query.where(c.institution == institution)
        return [Left(*row) for row in self._conn.execute(query.order_by(c.updated_at.desc(), c.person).limit(limit))]

    def mark(self, mark: Mark) -> None:
        """Keep why it ended; said anew, the last word counts."""
        row = {name: getattr(mark, name) for name in Mark.__annotations__}
        entry = insert_into(self._conn, t.ended_marks).values(row)
        keys = ["person", "institution", "begun"]
        changed = {name: row[name] for name in ("step", "day", "why", "by", "at")}
        self._conn.execute(entry.on_conflict_do_update(index_elements=keys, set_=changed))

    def marks(self, people: Sequence[int]) -> dict[tuple[int, str, str], Mark]:
        """The marks of these people's conversations, by person, institution and when it began."""
        rows = self._conn.execute(select(*MARK).where(M.person.in_(sorted(set(people)))))
        return {(row.person, row.institution, row.begun): Mark(*row) for row in rows}

    def marked(self, institution: str, *, since: date) -> dict[tuple[str, str], int]:
        """How many ended at which step and why, as far as they were reviewed, of those that ended since that day."""
        query = select(M.step, M.why, func.count()).where(M.institution == institution, M.day >= since)
        rows = self._conn.execute(query.group_by(M.step, M.why).order_by(M.step, M.why))
        return {(step, why): int(n) for step, why, n in rows}
