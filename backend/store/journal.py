"""What citizens sent us, whole, and every bubble we said to them.

Both only grow. A message is entered before it is answered; its key is the
person and the platform's id, so a redelivery finds it and its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from backend.store import tables as t
from backend.store.people import People
from backend.store.prepared import Prepared
from backend.store.upsert import built

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Row, Select


@dataclass(frozen=True, slots=True)
class Saying:
    """One bubble of ours."""

    seq: int  # 1, 2, 3 … for each person
    at: datetime
    text: str
    choices: tuple[dict[str, Any], ...]  # {"id", "label"}
    notice: int | None  # the outbox row it was said for


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript; ``message`` is the citizen's whole message, ``seq`` a bubble's."""

    at: datetime
    who: str  # citizen, bot
    text: str
    choices: tuple[dict[str, Any], ...]
    message: dict[str, Any] | None
    seq: int | None
    notice: int | None = None  # the outbox row that a bubble was said for


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that we kept but could not work on; the desk sees it."""

    id: int
    person: int
    message_id: str
    received_at: datetime
    message: dict[str, Any]
    trouble: str


Place = tuple[datetime, int, int]
"""Where a line stands in a talk: at the same instant a notice, then each message and its answers."""

Spoken = tuple[int, str, list[dict[str, Any]], datetime, int | None, int | None]
"""A bubble to be kept: person, text, choices, time, the journal entry it answers, the outbox row it was said for."""

SAYING = (t.sayings.c.seq, t.sayings.c.at, t.sayings.c.text, t.sayings.c.choices, t.sayings.c.notice)

ENTER = Prepared(
    built(
        t.journal,
        lambda row: row.on_conflict_do_nothing(index_elements=["person", "message_id"]).returning(t.journal.c.id),
    ),
    (t.journal.c.id,),
    given=(
        *("person", "message_id", "received_at", "message", "state", "trouble"),
        *("free_messages", "free_until"),
    ),
)
LAST = (
    select(func.coalesce(func.max(t.sayings.c.seq), 0))
    .where(t.sayings.c.person == bindparam("whose"))
    .scalar_subquery()
)
_SAID = insert(t.sayings).values(
    {name: bindparam(name) for name in ("person", "at", "text", "choices", "answers", "notice")} | {"seq": LAST + 1}
)
SAY, SAY_ALL = Prepared(_SAID.returning(*SAYING), SAYING), Prepared(_SAID)


class Journal:
    """The talk with each person."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def enter(
        self,
        person_id: int,
        message_id: str,
        message: dict[str, Any],
        *,
        at: datetime,
        state: str = "done",
        trouble: str = "",
        free: tuple[int, datetime] | None = None,
    ) -> int | None:
        """Keep a message; its journal id, or None: it is already there.

        ``free``: how many messages of ours the platform takes because of it, and until when.

        While another unit is entering the same message, PostgreSQL lets us
        wait until it has committed, so its answer can then be read.
        """
        row: dict[str, Any] = {
            "person": person_id,
            "message_id": message_id,
            "received_at": at,
            "message": message,
        }
        messages, until = free or (None, None)
        row |= {"state": state, "trouble": trouble, "free_messages": messages, "free_until": until}
        entered = ENTER.rows(self._conn, row)
        return entered[0][0] if entered else None

    def answer(self, person_id: int, message_id: str) -> list[Saying]:
        """What was said to that message, or is still owed, in order."""
        journal, owed = t.journal.c, t.outbox.c
        asked = (journal.person == person_id, journal.message_id == message_id)
        joined = t.sayings.join(t.journal, t.sayings.c.answers == journal.id)
        said = self._sayings(select(*SAYING).select_from(joined).where(*asked).order_by(t.sayings.c.seq))
        query = select(owed.id, owed.created_at, owed.text, owed.choices).join(t.journal, owed.answers == journal.id)
        known = {saying.notice for saying in said}
        rows = self._conn.execute(query.where(*asked).order_by(owed.id))
        late = [Saying(0, row.created_at, row.text, tuple(row.choices), row.id) for row in rows if row.id not in known]
        return [*said, *late]

    def newest_of(self, person_id: int, message_id: str, edited: str) -> tuple[str, datetime] | None:
        """The last words of a message, as it came or as it was edited since (ids that begin with *edited*), and when
        the first of them came; None: there is no such message, or its words were erased.
        """
        c = t.journal.c
        mine = (c.message_id == message_id) | c.message_id.startswith(edited, autoescape=True)
        rows = self._conn.execute(select(c.message, c.received_at).where(c.person == person_id, mine).order_by(c.id))
        said = rows.all()
        if not said or "erased" in said[-1].message:
            return None
        return str(said[-1].message.get("text") or ""), said[0].received_at

    def failed(self) -> list[Failed]:
        """The messages that wait for somebody to look at them, oldest first."""
        c = t.journal.c
        columns = (c.id, c.person, c.message_id, c.received_at, c.message, c.trouble)
        # written out, so that SQLite sees that the small index of failed rows will do
        waiting = select(*columns).where(c.state == literal_column("'failed'")).order_by(c.id)
        return [Failed(*row) for row in self._conn.execute(waiting)]

    def is_last_word(self, person_id: int, journal_id: int) -> bool:
        """Whether that message failed still, and the person has said nothing since."""
        c = t.journal.c
        later = select(c.id).where(c.person == person_id, c.id > journal_id).limit(1)
        state = self._conn.execute(select(c.state).where(c.id == journal_id, c.person == person_id)).scalar()
        return state == "failed" and self._conn.execute(later).first() is None

    def mark_done(self, journal_id: int) -> None:
        """It has been worked on after all."""
        self._conn.execute(update(t.journal).where(t.journal.c.id == journal_id).values(state="done", trouble=""))

    def say(
        self,
        person_id: int,
        text: str,
        choices: Sequence[dict[str, Any]],
        *,
        at: datetime,
        answers: int | None = None,
        notice: int | None = None,
    ) -> Saying:
        """Keep one bubble, numbered after the person's last one."""
        People(self._conn).lock_known(person_id)
        row = {"person": person_id, "whose": person_id, "at": at, "text": text, "choices": list(choices)}
        seq, said_at, said, offered, about = SAY.rows(self._conn, row | {"answers": answers, "notice": notice})[0]
        return Saying(seq, said_at, said, tuple(offered), about)

    def say_all(self, bubbles: Sequence[Spoken]) -> None:
        """Keep several bubbles, in that order; whoever they are said to is locked already."""
        SAY_ALL.each(
            self._conn,
            [
                {
                    "person": person,
                    "whose": person,
                    "at": at,
                    "text": text,
                    "choices": choices,
                    "answers": answers,
                    "notice": notice,
                }
                for person, text, choices, at, answers, notice in bubbles
            ],
        )

    def said_after(self, person_id: int, seq: int) -> list[Saying]:
        """The bubbles that came after number *seq*."""
        c = t.sayings.c
        return self._sayings(select(*SAYING).where(c.person == person_id, c.seq > seq).order_by(c.seq))

    def told_since(self, saying_id: int) -> tuple[dict[int, int], int]:
        """Everybody told something after that row, with their newest seq; and the newest row there is.

        PostgreSQL commits rows out of order: ask for the last seconds again.
        """
        c = t.sayings.c
        newest = select(c.person, func.max(c.seq), func.max(c.id)).where(c.id > saying_id).group_by(c.person)
        rows = self._conn.execute(newest).all()
        return {row[0]: row[1] for row in rows}, max((row[2] for row in rows), default=saying_id)

    def newest(self) -> int:
        """The newest bubble's row; 0: nobody has been told anything."""
        return int(self._conn.execute(select(func.coalesce(func.max(t.sayings.c.id), 0))).scalar_one())

    def talk(self, person_id: int, *, limit: int = 200) -> list[Line]:
        """The last *limit* lines of what was said on both sides, oldest first."""
        lines = [*self._heard(person_id, limit), *self._told(person_id, limit)]
        return [line for _, line in sorted(lines, key=lambda pair: pair[0])[-limit:]]

    def _heard(self, person_id: int, limit: int) -> Iterator[tuple[Place, Line]]:
        c = t.journal.c
        newest = select(c.id, c.received_at, c.message).where(c.person == person_id)
        for row in self._conn.execute(newest.order_by(c.received_at.desc(), c.id.desc()).limit(limit)):
            line = Line(row.received_at, "citizen", str(row.message.get("text") or ""), (), row.message, None)
            yield (row.received_at, row.id, 0), line

    def _told(self, person_id: int, limit: int) -> Iterator[tuple[Place, Line]]:
        c = t.sayings.c
        newest = select(*SAYING, c.answers).where(c.person == person_id).order_by(c.seq.desc()).limit(limit)
        for row in self._conn.execute(newest):
            line = Line(row.at, "bot", row.text, tuple(row.choices), None, row.seq, row.notice)
            yield (row.at, row.answers or 0, row.seq), line

    def _sayings(self, query: Select[Any]) -> list[Saying]:
        return [_saying(row) for row in self._conn.execute(query)]


def _saying(row: Row[Any]) -> Saying:
    return Saying(row.seq, row.at, row.text, tuple(row.choices), row.notice)
