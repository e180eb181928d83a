"""Citizens as their channels know them, and the conversations we have with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, literal, select, update

from backend.store import tables as t
from backend.store.upsert import built

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.sql.dml import ReturningInsert

PERSON = (t.people.c.id, t.people.c.channel, t.people.c.address, t.people.c.language, t.people.c.gone_why)
VEIL = "left:"

BY_ADDRESS = select(*PERSON).where(
    t.people.c.channel == bindparam("channel"), t.people.c.address == bindparam("address")
)
BY_IDS = select(*PERSON).where(t.people.c.id.in_(bindparam("ids", expanding=True)))
BY_ID = select(*PERSON).where(t.people.c.id == bindparam("person"))
ADD = built(t.people, lambda row: row.on_conflict_do_nothing(index_elements=["channel", "address"]))
UNVEIL = (
    update(t.people)
    .where(t.people.c.channel == bindparam("here"), t.people.c.address == bindparam("veil"))
    .values(address=bindparam("known"))
)
STATE = select(t.conversations.c.state).where(
    t.conversations.c.person == bindparam("whose"), t.conversations.c.institution == bindparam("at")
)


def _saving(*columns: str) -> Mapping[str, ReturningInsert[Any]]:
    """Put these columns of a conversation in place of what they held."""
    return built(
        t.conversations,
        lambda row: row.on_conflict_do_update(
            index_elements=["person", "institution"], set_={name: row.excluded[name] for name in columns}
        ),
    )


SAVE, KEEP = _saving("state", "updated_at"), _saving("state", "updated_at", "due_at")


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen on one channel."""

    id: int
    channel: str
    address: str
    language: str  # zh, zh-Hant or en
    gone: str = ""  # blocked, unfollowed; empty: they can be reached


class NoSuchPerson(Exception):
    """Nobody has that id."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no person {person_id}")
        self.person_id = person_id


class People:
    """Who writes to us."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def find_or_add(self, channel: str, address: str, *, language: str, at: datetime) -> Person:
        """The person, added with that language when we meet them for the first time."""
        row = self._conn.execute(BY_ADDRESS, {"channel": channel, "address": address}).one_or_none()
        return self._add(channel, address, language, at) if row is None else Person(*row)

    def find(self, channel: str, address: str) -> Person | None:
        """The person; None: they have never written to us."""
        row = self._conn.execute(BY_ADDRESS, {"channel": channel, "address": address}).one_or_none()
        return None if row is None else Person(*row)

    def get(self, person_id: int) -> Person:
        """Raises: NoSuchPerson."""
        row = self._conn.execute(BY_ID, {"person": person_id}).one_or_none()
        if row is None:
            raise NoSuchPerson(person_id)
        return Person(*row)

    def several(self, ids: Collection[int]) -> dict[int, Person]:
        """Those of that id, as far as they are known, by id."""
        rows = self._conn.execute(BY_IDS, {"ids": list(ids)}) if ids else ()
        return {row.id: Person(*row) for row in rows}

    def set_language(self, person_id: int, language: str) -> None:
        """Speak to them in *language* from now on."""
        self._conn.execute(update(t.people).where(t.people.c.id == person_id).values(language=language))

    def veil(self, person_id: int) -> None:
        """Keep their address as a hash only: they are known again when they write, and by nobody before."""
        person = self.get(person_id)
        if not person.address.startswith(VEIL):
            address = veiled(person.channel, person.address)
            self._conn.execute(update(t.people).where(t.people.c.id == person_id).values(address=address))

    def conversation(self, person_id: int, institution: str) -> dict[str, Any] | None:
        """The conversation as it was saved; None: there is none yet."""
        return self._conn.execute(STATE, {"whose": person_id, "at": institution}).scalar_one_or_none()

    def save_conversation(self, person_id: int, institution: str, state: dict[str, Any], *, at: datetime) -> None:
        """Keep *state* (plain JSON) in place of what was kept."""
        row = {"person": person_id, "institution": institution, "state": state, "updated_at": at}
        self._conn.execute(SAVE[self._conn.dialect.name], row)

    def keep_conversation(
        self, person_id: int, institution: str, state: dict[str, Any], *, at: datetime, due: datetime | None
    ) -> None:
        """The same, and when something falls due in it; None: nothing does."""
        row = {"person": person_id, "institution": institution, "state": state, "updated_at": at, "due_at": due}
        self._conn.execute(KEEP[self._conn.dialect.name], row)

    def note_wrong_claim(self, person_id: int, number: str, *, at: datetime) -> None:
        """Remember that they tried to follow a case and could not prove it theirs."""
        self._conn.execute(insert(t.wrong_claims).values(person=person_id, number=number, at=at))

    def wrong_claims(self, person_id: int, *, since: datetime) -> int:
        """How often they tried that at or after *since*."""
        c = t.wrong_claims.c
        tries = select(func.count()).where(c.person == person_id, c.at >= since)
        return int(self._conn.execute(tries).scalar_one())

    def wrong_claims_of(self, number: str, *, since: datetime) -> int:
        """How often anybody tried that with this number at or after *since*."""
        c = t.wrong_claims.c
        tries = select(func.count()).where(c.number == number, c.at >= since)
        return int(self._conn.execute(tries).scalar_one())

    def lock(self, channel: str, address: str) -> None:
        """Wait for other units of this person; held until the unit ends. SQLite has one writer and needs no lock."""
        if self._conn.dialect.name == "postgresql":
            self._conn.execute(select(person_lock(literal(f"{channel}\n{address}"))))

    def lock_known(self, person_id: int) -> None:
        """The same lock, for somebody we have met."""
        if self._conn.dialect.name == "postgresql":
            c = t.people.c
            self._conn.execute(select(person_lock(c.channel + "\n" + c.address)).where(c.id == person_id))

    def _add(self, channel: str, address: str, language: str, at: datetime) -> Person:
        if not address.startswith(VEIL):
            self._conn.execute(UNVEIL, {"here": channel, "veil": veiled(channel, address), "known": address})
        row = {"channel": channel, "address": address, "language": language, "created_at": at}
        self._conn.execute(ADD[self._conn.dialect.name], row)
        # ours, or that of another unit which came first and has committed
        return Person(*self._conn.execute(BY_ADDRESS, {"channel": channel, "address": address}).one())


def veiled(channel: str, address: str) -> str:
    """What is kept of the address of somebody who left. A platform's addresses are too long to be guessed."""
    return VEIL + hashlib.sha256(f"{channel}\n{address}".encode()).hexdigest()


def person_lock(name: ColumnElement[str]) -> ColumnElement[Any]:
    """PostgreSQL's lock for one person; *name* is the channel, a line break and the address."""
    return func.pg_advisory_xact_lock(func.hashtextextended(name, 0))
