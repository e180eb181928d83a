"""The history of each case: events that are only ever added, each chained to the one before.

The hash of an event covers its private texts through salted digests alone, so
a text can be erased, with its salt, and the chain still holds; what is left
is a tombstone. How chains are hashed and checked is ``backend.domain.audit``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from backend.domain.audit import Link, digest, event_hash
from backend.store import tables as t
from backend.store.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.domain.case import Event

FACTS = ("number", "seq", "at", "by", "what", "detail", "digests", "previous", "hash")
"""What an event's row and its link have in common."""
ENTER = Prepared(insert(t.events).returning(t.events.c.id), (t.events.c.id,), given=FACTS)
TELL = Prepared(insert(t.event_texts), given=("event", "key", "salt", "value"))

Texts = dict[str, tuple[bytes, str] | None]
"""The salt and value of each private text by its key; erased ones are missing."""


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One saved line of a case's history; a private text that was erased is None."""

    seq: int
    at: datetime
    by: str
    what: str
    detail: dict[str, Any]
    private: dict[str, str | None]
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A case's head as its row remembers it, and its events."""

    number: str
    seq: int
    head: str
    links: tuple[Link, ...]


class History:
    """What happened to each case."""

    def __init__(self, conn: Connection, *, salt: Callable[[], bytes]) -> None:
        self._conn = conn
        self._salt = salt

    def chain(self, number: str, events: Sequence[Event], *, head: str, seq: int) -> list[Link]:
        """The links that bind *events* to event *seq*, whose hash is *head*; nothing is written yet."""
        links: list[Link] = []
        for place, event in enumerate(events, seq + 1):
            links.append(self._link(number, event, seq=place, previous=links[-1].hash if links else head))
        return links

    def write(self, links: Sequence[Link]) -> None:
        """Add links made by ``chain``; the database refuses a place that is taken."""
        for link in links:
            row = {name: getattr(link, name) for name in FACTS}
            event = ENTER.rows(self._conn, row)[0][0]
            texts = [(key, text) for key, text in link.texts.items() if text]
            told = [{"event": event, "key": key, "salt": salt, "value": value} for key, (salt, value) in texts]
            TELL.each(self._conn, told)

    def of(self, number: str) -> list[PastEvent]:
        """The case's events, oldest first."""
        return self.of_all([number]).get(number, [])

    def of_all(self, numbers: Collection[str]) -> dict[str, list[PastEvent]]:
        """The events of each of these cases, oldest first."""
        chains = chains_of(self._conn, list(numbers))
        return {chain.number: [_past(link) for link in chain.links] for chain in chains}

    def erase(self, number: str, *, seq: int) -> int:
        """Destroy the private texts of one event, and their salts; how many there were."""
        event = select(t.events.c.id).where(t.events.c.number == number, t.events.c.seq == seq).scalar_subquery()
        return self._conn.execute(delete(t.event_texts).where(t.event_texts.c.event == event)).rowcount

    def erase_text(self, number: str, *, seq: int, key: str) -> int:
        """Destroy one private text of one event; how many there were."""
        event = select(t.events.c.id).where(t.events.c.number == number, t.events.c.seq == seq).scalar_subquery()
        text = (t.event_texts.c.event == event, t.event_texts.c.key == key)
        return self._conn.execute(delete(t.event_texts).where(*text)).rowcount

    def _link(self, number: str, event: Event, *, seq: int, previous: str) -> Link:
        texts = {key: (self._salt(), t.storable(value)) for key, value in event.private.items()}
        digests = {key: digest(salt, value) for key, (salt, value) in texts.items()}
        at, by, what, detail = event.at, event.by, event.what, event.detail
        mark = event_hash(previous, number=number, seq=seq, at=at, by=by, what=what, detail=detail, digests=digests)
        return Link(number, seq, at, by, what, detail, digests, previous, mark, texts)


def chains_of(conn: Connection, numbers: Sequence[str]) -> list[Chain]:
    """The whole chains of these cases, by number. Heads and events are read at one instant."""
    case, c = t.cases.c, t.events.c
    joined = t.cases.outerjoin(t.events, c.number == case.number)
    heads = (case.number, case.seq, case.head)
    columns = (c.id, *(c[name] for name in FACTS))
    query = select(*heads, *columns).select_from(joined).where(case.number.in_(numbers))
    rows = conn.execute(query.order_by(case.number, c.seq)).all()
    texts = _texts(conn, numbers)
    links: dict[tuple[str, int, str], list[Link]] = {}
    for row in rows:
        chain = links.setdefault(tuple(row[:3]), [])
        if row[3] is not None:
            chain.append(Link(**dict(zip(FACTS, row[4:], strict=True)), texts=texts.get(row[3], {})))
    return [Chain(*head, tuple(chain)) for head, chain in links.items()]


def _texts(conn: Connection, numbers: Sequence[str]) -> dict[int, Texts]:
    c = t.event_texts.c
    joined = t.event_texts.join(t.events, c.event == t.events.c.id)
    query = select(c.event, c.key, c.salt, c.value).select_from(joined).where(t.events.c.number.in_(numbers))
    texts: dict[int, Texts] = {}
    for event, key, salt, value in conn.execute(query):
        texts.setdefault(event, {})[key] = (salt, value)
    return texts


def _past(link: Link) -> PastEvent:
    private = {key: text[1] if (text := link.texts.get(key)) else None for key in link.digests}
    return PastEvent(link.seq, link.at, link.by, link.what, dict(link.detail), private, link.hash)
