"""The reward ledger: which report of which act has earned what, and until when it can be claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

GRANTED, CLAIMED, LAPSED = "granted", "claimed", "lapsed"


@dataclass(frozen=True, slots=True)
class Reward:
    """What one person earns by one case."""

    number: str
    person: int
    institution: str
    act: str
    sum: int  # fen
    state: str  # granted, claimed, lapsed
    granted_at: datetime
    claim_by: datetime
    claimed_at: datetime | None = None


COLUMNS = tuple(t.rewards.c[name] for name in Reward.__annotations__)


class Rewards:
    """The ledger."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def grant(self, rows: Sequence[Reward]) -> None:
        """Add these; a case has each person once."""
        self._conn.execute(
            insert(t.rewards), [{name: getattr(row, name) for name in Reward.__annotations__} for row in rows]
        )

    def of_act(self, institution: str, act: str) -> list[Reward]:
        """Who was rewarded for that act."""
        c = t.rewards.c
        query = select(*COLUMNS).where(c.institution == institution, c.act == act)
        return [Reward(*row) for row in self._conn.execute(query.order_by(c.granted_at, c.number, c.person))]

    def of_case(self, number: str) -> list[Reward]:
        """What that case has earned."""
        c = t.rewards.c
        return [
            Reward(*row) for row in self._conn.execute(select(*COLUMNS).where(c.number == number).order_by(c.person))
        ]

    def settle(self, number: str, state: str, *, at: datetime | None = None) -> int:
        """What is granted for that case is claimed *at*, or has lapsed; how many rows."""
        c = t.rewards.c
        change = update(t.rewards).where(c.number == number, c.state == GRANTED).values(state=state, claimed_at=at)
        return self._conn.execute(change).rowcount

    def overdue(self, *, at: datetime) -> list[str]:
        """The cases whose rewards nobody has claimed in time."""
        c = t.rewards.c
        query = select(c.number).where(c.state == GRANTED, c.claim_by < at).distinct().order_by(c.number)
        return [str(number) for (number,) in self._conn.execute(query)]
