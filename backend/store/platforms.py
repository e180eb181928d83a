"""What all processes of a deployment share of a channel: its token, who fetches the next one, and a pause it asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

C = t.platforms.c


@dataclass(frozen=True, slots=True)
class Token:
    """A token and how long it counts."""

    value: str
    until: datetime


class Platforms:
    """One row for each channel that needs one."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def token(self, channel: str) -> Token | None:
        """The token that was kept last; None: there is none."""
        row = self._conn.execute(select(C.token, C.token_until).where(C.channel == channel)).one_or_none()
        return Token(row.token, row.token_until) if row and row.token and row.token_until else None

    def keep_token(self, channel: str, value: str, *, until: datetime) -> None:
        """Keep it for all, and let the next one be fetched by anybody."""
        self._keep(channel, {"token": value, "token_until": until, "owner": "", "lease_until": None})

    def lease(self, channel: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """Whether *owner* may fetch a new token; nobody else may until then."""
        self._keep(channel, {})
        free = or_(C.lease_until.is_(None), C.lease_until <= now, C.owner == owner)
        mine = update(t.platforms).where(C.channel == channel, free).values(owner=owner, lease_until=until)
        return bool(self._conn.execute(mine).rowcount)

    def release(self, channel: str, owner: str) -> None:
        """No token came of it: somebody else may try."""
        mine = update(t.platforms).where(C.channel == channel, C.owner == owner)
        self._conn.execute(mine.values(owner="", lease_until=None))

    def pause(self, channel: str, *, until: datetime, trouble: str) -> None:
        """Send nothing by it before then."""
        self._keep(channel, {"not_before": until, "trouble": trouble})

    def paused(self, *, now: datetime) -> dict[str, datetime]:
        """The channels by which nothing may be sent now, and until when."""
        rows = self._conn.execute(select(C.channel, C.not_before).where(C.not_before > now))
        return {row.channel: row.not_before for row in rows}

    def troubles(self, *, now: datetime) -> dict[str, str]:
        """Why channels are paused, for the desk."""
        rows = self._conn.execute(select(C.channel, C.trouble).where(C.not_before > now))
        return {row.channel: row.trouble for row in rows}

    def _keep(self, channel: str, values: dict[str, object]) -> None:
        row = insert_into(self._conn, t.platforms).values(channel=channel, **values)
        if values:
            self._conn.execute(row.on_conflict_do_update(index_elements=["channel"], set_=values))
        else:
            self._conn.execute(row.on_conflict_do_nothing(index_elements=["channel"]))
