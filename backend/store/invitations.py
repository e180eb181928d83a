"""Who was asked what they think of an answer, when, which way, and whether it arrived. Rows are only ever added.

Whether a question in the chat arrived is the outbox's; a call says so itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, insert, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

C = t.invitations.c
ARRIVED = ("accepted", "delivered", "uncertain")
"""States of a message that the person may have before them."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One time somebody was asked."""

    number: str
    round: int
    at: datetime
    way: str  # chat, phone
    kind: str  # first, reminder, joined, call
    why: str  # chat: due, early, shut, asked; call: unreachable, silent, dissatisfied
    by: str  # system, citizen, or who called
    person: int | None = None
    message: int | None = None  # the outbox row
    outcome: str = ""  # of a call
    state: str = ""  # of the outbox row; empty: a call, or the question was withdrawn
    sent: str = ""  # by which way of the channel it went: web, customer_service, template …


OWN = tuple(name for name in Invitation.__annotations__ if name not in {"state", "sent"})


class Invitations:
    """Adding and reading them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, one: Invitation) -> None:
        """Keep it."""
        self._conn.execute(insert(t.invitations).values({name: getattr(one, name) for name in OWN}))

    def of(self, number: str) -> list[Invitation]:
        """All of one case, oldest first, with what became of each."""
        o = t.outbox.c
        joined = t.invitations.outerjoin(t.outbox, o.id == C.message)
        query = select(*(C[name] for name in OWN), o.state, o.way.label("sent")).select_from(joined)
        found = self._conn.execute(query.where(C.number == number).order_by(C.at, C.id))
        return [Invitation(**{**row._asdict(), "state": row.state or "", "sent": row.sent or ""}) for row in found]

    def arrived(self, number: str, survey_round: int) -> bool:
        """Whether the question reached who filed the case, or the platform does not know."""
        o = t.outbox.c
        arrived = (
            select(C.id)
            .select_from(t.invitations.join(t.outbox, o.id == C.message))
            .where(C.number == number, C.round == survey_round, C.kind != "joined", o.state.in_(ARRIVED))
        )
        return self._conn.execute(arrived.limit(1)).first() is not None

    def windows(self, people: Collection[int]) -> dict[int, datetime]:
        """Until when each could last be written to, of those whose platform sets a limit."""
        j = t.journal.c
        if not people:
            return {}
        ends = func.max(j.free_until, type_=t.Instant).label("until")
        query = select(j.person, ends).where(and_(j.person.in_(people), j.free_until.is_not(None))).group_by(j.person)
        return {row.person: row.until for row in self._conn.execute(query)}
