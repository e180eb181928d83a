"""Citizens as their channels know them, and the conversations we have with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, insert, literal, literal_column, or_, select, update

from backend.domain.planning import WAKING
from backend.store import tables as t
from backend.store.prepared import Prepared
from backend.store.upsert import built

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

PERSON = (t.people.c.id, t.people.c.channel, t.people.c.address, t.people.c.language, t.people.c.gone_why)
VEIL = "left:"

BY_ADDRESS = Prepared(
    select(*PERSON).where(t.people.c.channel == bindparam("channel"), t.people.c.address == bindparam("address")),
    PERSON,
)
BY_IDS = select(*PERSON).where(t.people.c.id.in_(bindparam("ids", expanding=True)))
BY_ID = select(*PERSON).where(t.people.c.id == bindparam("person"))
ADD = Prepared(
    built(t.people, lambda row: row.on_conflict_do_nothing(index_elements=["channel", "address"])),
    given=("channel", "address", "language", "created_at"),
)
UNVEIL = Prepared(
    update(t.people)
    .where(t.people.c.channel == bindparam("here"), t.people.c.address == bindparam("veil"))
    .values(address=bindparam("known"))
)
STATE = Prepared(
    select(t.conversations.c.state).where(
        t.conversations.c.person == bindparam("whose"), t.conversations.c.institution == bindparam("at")
    ),
    (t.conversations.c.state,),
)


def _saving(*columns: str) -> Prepared:
    """Put these columns of a conversation in place of what they held."""
    return Prepared(
        built(
            t.conversations,
            lambda row: row.on_conflict_do_update(
                index_elements=["person", "institution"], set_={name: row.excluded[name] for name in columns}
            ),
        ),
        given=("person", "institution", *columns),
    )


SAVE, KEEP = _saving("state", "updated_at"), _saving("state", "updated_at", "due_at")


P, WAITING, FOLLOWED, OWED = t.people.c, t.inbox.c, t.bindings.c, t.outbox.c
UNFINISHED = ("queued", "deferred", "sending")
MET = (
    *PERSON,
    t.conversations.c.state,
    # written out, as in the index of what waits
    exists()
    .where(WAITING.channel == P.channel, WAITING.address == P.address, WAITING.state == literal_column("'waiting'"))
    .label("waits"),
    exists().where(FOLLOWED.person == P.id).label("follows"),
    # what is owed already goes first, and nothing goes while their platform takes nothing
    or_(
        exists().where(OWED.person == P.id, OWED.state.in_([literal_column(f"'{state}'") for state in UNFINISHED])),
        exists().where(
            t.platforms.c.channel == P.channel, t.platforms.c.not_before > bindparam("now", type_=t.Instant)
        ),
    ).label("queues"),
    exists()
    .where(
        OWED.person == P.id,
        OWED.state == literal_column("'queued'"),
        OWED.kind.in_([literal_column(f"'{kind}'") for kind in sorted(WAKING)]),
        OWED.not_before > bindparam("now", type_=t.Instant),
    )
    .label("held"),
)
MEET = Prepared(
    select(*MET)
    .select_from(
        t.people.outerjoin(
            t.conversations,
            and_(t.conversations.c.person == P.id, t.conversations.c.institution == bindparam("at")),
        )
    )
    .where(P.channel == bindparam("channel"), P.address == bindparam("address")),
    MET,
)
"""All that a message's unit wants to know of its sender, in one statement."""


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen on one channel."""

    id: int
    channel: str
    address: str
    language: str  # zh, zh-Hant or en
    gone: str = ""  # blocked, unfollowed; empty: they can be reached


@dataclass(frozen=True, slots=True)
class Met:
    """Who writes, as they stand with one institution."""

    person: Person
    state: dict[str, Any] | None = None  # of the conversation; None: there is none yet
    waits: bool = False  # an earlier message of theirs is in the inbox
    follows: bool = False  # cases
    queues: bool = False  # an answer has to wait for its turn
    held: bool = False  # a notice waits for the morning, or for its next try


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
        known = self.find(channel, address)
        if known is not None:
            return known
        self.add(channel, address, language=language, at=at)
        # ours, or that of another unit which came first and has committed
        return Person(*BY_ADDRESS.rows(self._conn, {"channel": channel, "address": address})[0])

    def meet(self, channel: str, address: str, institution: str, *, at: datetime) -> Met | None:
        """Who writes; None: we have never met them."""
        rows = self._meet(channel, address, institution, at)
        return rows[0] if rows else None

    def introduce(self, channel: str, address: str, institution: str, *, language: str, at: datetime) -> Met:
        """Who writes, where ``meet`` did not know them."""
        self.add(channel, address, language=language, at=at)
        return self._meet(channel, address, institution, at)[0]

    def _meet(self, channel: str, address: str, institution: str, at: datetime) -> list[Met]:
        rows = MEET.rows(self._conn, {"channel": channel, "address": address, "at": institution, "now": at})
        return [
            Met(Person(*person), state, bool(waits), bool(follows), bool(queues), bool(held))
            for *person, state, waits, follows, queues, held in rows
        ]

    def find(self, channel: str, address: str) -> Person | None:
        """The person; None: they have never written to us."""
        rows = BY_ADDRESS.rows(self._conn, {"channel": channel, "address": address})
        return Person(*rows[0]) if rows else None

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

    def wish(self, person_id: int) -> str:
        """What they want to be told of their cases: see ``planning.WISHES``."""
        return str(self._conn.execute(select(t.people.c.wish).where(t.people.c.id == person_id)).scalar() or "")

    def set_wish(self, person_id: int, wish: str) -> None:
        """They want to be told that, from now on."""
        self._conn.execute(update(t.people).where(t.people.c.id == person_id).values(wish=wish))

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
        rows = STATE.rows(self._conn, {"whose": person_id, "at": institution})
        return rows[0][0] if rows else None

    def save_conversation(self, person_id: int, institution: str, state: dict[str, Any], *, at: datetime) -> None:
        """Keep *state* (plain JSON) in place of what was kept."""
        row = {"person": person_id, "institution": institution, "state": state, "updated_at": at}
        SAVE.change(self._conn, row)

    def keep_conversation(
        self, person_id: int, institution: str, state: dict[str, Any], *, at: datetime, due: datetime | None
    ) -> None:
        """The same, and when something falls due in it; None: nothing does."""
        row = {"person": person_id, "institution": institution, "state": state, "updated_at": at, "due_at": due}
        KEEP.change(self._conn, row)

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

    def lock_several(self, ids: Collection[int]) -> None:
        """The locks of all these, in the order of their ids, in which everybody takes them."""
        if ids and self._conn.dialect.name == "postgresql":
            c = t.people.c
            ordered = select((c.channel + "\n" + c.address).label("name")).where(c.id.in_(ids)).order_by(c.id).offset(0)
            self._conn.execute(select(person_lock(ordered.subquery().c.name)))

    def add(self, channel: str, address: str, *, language: str, at: datetime) -> None:
        """Somebody whom ``find`` and ``meet`` do not know, or no longer; another unit may have been quicker."""
        if not address.startswith(VEIL):
            UNVEIL.change(self._conn, {"here": channel, "veil": veiled(channel, address), "known": address})
        row = {"channel": channel, "address": address, "language": language, "created_at": at}
        ADD.change(self._conn, row)


def veiled(channel: str, address: str) -> str:
    """What is kept of the address of somebody who left. A platform's addresses are too long to be guessed."""
    return VEIL + hashlib.sha256(f"{channel}\n{address}".encode()).hexdigest()


def person_lock(name: ColumnElement[str]) -> ColumnElement[Any]:
    """PostgreSQL's lock for one person; *name* is the channel, a line break and the address."""
    return func.pg_advisory_xact_lock(func.hashtextextended(name, 0))
