"""Slips of what staff registered: which case a form has become, and the hash of the code that binds a chat to it, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Slip:
    """One form that was saved."""

    form: str  # the form's own random key
    number: str
    voice: int  # 1: who filed the case; else who joined it, counted as in its history
    code: str  # the hash of the newest code
    made_at: datetime  # when that code was made
    used_at: datetime | None = None


COLUMNS = tuple(t.slips.c[name] for name in Slip.__annotations__)


class Slips:
    """Rows, one a form."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of_form(self, form: str) -> Slip | None:
        """What that form has become; None: it was not saved yet."""
        row = self._conn.execute(select(*COLUMNS).where(t.slips.c.form == form)).one_or_none()
        return None if row is None else Slip(*row)

    def of_case(self, number: str) -> list[Slip]:
        """The slips of a case, the first one first."""
        query = select(*COLUMNS).where(t.slips.c.number == number).order_by(t.slips.c.voice)
        return [Slip(*row) for row in self._conn.execute(query)]

    def add(self, slip: Slip) -> None:
        """Keep a new one."""
        self._conn.execute(insert(t.slips).values({name: getattr(slip, name) for name in Slip.__annotations__}))

    def renew(self, form: str, code: str, *, at: datetime) -> None:
        """The slip has another code now; the one before no longer counts."""
        change = update(t.slips).where(t.slips.c.form == form).values(code=code, made_at=at, used_at=None)
        self._conn.execute(change)

    def use(self, form: str, *, at: datetime) -> bool:
        """Its code was typed; False: somebody was quicker."""
        change = update(t.slips).where(t.slips.c.form == form, t.slips.c.used_at.is_(None)).values(used_at=at)
        return self._conn.execute(change).rowcount > 0
