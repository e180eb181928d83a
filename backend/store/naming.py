"""What institutions, departments and categories were called since when: ids stay, and names change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection

Key = tuple[str, str, str]
"""Institution, kind (institution, department, category), id."""


class Name(NamedTuple):
    """A name, and the day from which on it was the name."""

    since: date
    name: str
    name_en: str


class Naming:
    """The names."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self) -> dict[Key, list[Name]]:
        """Every name of each, the oldest first."""
        c = t.called.c
        found: dict[Key, list[Name]] = {}
        query = select(c.institution, c.kind, c.id, c.since, c.name, c.name_en).order_by(c.since)
        for home, kind, key, *told in self._conn.execute(query):
            found.setdefault((home, kind, key), []).append(Name(*told))
        return found

    def keep(self, names: Iterable[tuple[Key, Name]]) -> None:
        """Add these names; of one day the last counts."""
        rows = [{"institution": key[0], "kind": key[1], "id": key[2], **name._asdict()} for key, name in sorted(names)]
        if rows:
            entry = insert_into(self._conn, t.called)
            new = entry.excluded
            kept = entry.on_conflict_do_update(
                index_elements=["institution", "kind", "id", "since"], set_={"name": new.name, "name_en": new.name_en}
            )
            self._conn.execute(kept, rows)
