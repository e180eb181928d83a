"""Places whose QR code or deep link fills in what the citizen need not type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Place:
    """A code on a wall; ``fill`` gives slots their text."""

    code: str
    name: str
    fill: dict[str, str]


class Places:
    """The codes we have given out."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(self, code: str, name: str, fill: Mapping[str, str], *, at: datetime) -> None:
        """Keep a new code, made at random by the caller."""
        self._conn.execute(insert(t.places).values(code=code, name=name, fill=dict(fill), created_at=at))

    def get(self, code: str) -> Place | None:
        """The place with that code."""
        c = t.places.c
        row = self._conn.execute(select(c.code, c.name, c.fill).where(c.code == code)).one_or_none()
        return None if row is None else Place(*row)
