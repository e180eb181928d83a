"""The chats that are one person's, and what of each says whether and how often they may be asked.

Which followers of a case are the same person is ``domain.chats``'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal_column, select

from backend.domain import chats
from backend.domain.planning import Bound
from backend.store import tables as t
from backend.store.people import VEIL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Select

MOST = 50
"""Chats of one person that are looked for; nobody has so many."""
MANY = 500  # ids in one question
FOLLOWERS = t.bindings.alias("followers")
B, F = t.bindings.c, FOLLOWERS.c
DEVICES = B.role.in_([literal_column("'device'"), literal_column("'joint_device'")])
"""Written out, as in the index of such rows."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of somebody's."""

    person: int
    channel: str
    veiled: bool  # forgotten by their platform
    gone: bool
    silent: bool  # took back consent there
    opted_out: bool
    wish: str
    asked: int  # times since then
    since: datetime | None = None  # when it last came to follow a case

    @property
    def open(self) -> bool:
        """Whether anything may reach them there."""
        return not self.veiled and not self.gone


class Selves:
    """Asking who is who."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self) -> Mapping[int, frozenset[int]]:
        """Chat -> the chats of the same person; who has one alone is missing."""
        return chats.of_one_person(self._followers(select(B.number).where(DEVICES)))

    def of(self, person: int) -> frozenset[int]:
        """The chats of that person, this one too."""
        known, found = frozenset[int](), frozenset({person})
        while found - known and len(found) < MOST:
            known = found
            theirs = select(B.number).where(B.person.in_(sorted(known)))
            found = known | chats.of_one_person(self._followers(theirs)).get(person, frozenset())
        return found

    def chats(self, people: Collection[int], institution: str, *, since: datetime) -> dict[int, Chat]:
        """Each of these chats, with how often somebody was asked there from then on."""
        found: dict[int, Chat] = {}
        ids = sorted(people)
        for start in range(0, len(ids), MANY):
            found |= self._chats(ids[start : start + MANY], institution, since)
        return found

    def _chats(self, ids: list[int], institution: str, since: datetime) -> dict[int, Chat]:
        p, talk, refused = t.people.c, t.conversations.c, t.campaign_refusals.c
        polls, visits = polled(since).where(t.campaign_people.c.person.in_(ids)), visited(since, ids)
        asked = dict.fromkeys(ids, 0)
        for query in (polls, visits):
            for person, times in self._conn.execute(query):
                asked[person] += int(times)
        bound = select(func.max(B.at, type_=t.Instant)).where(B.person == p.id).correlate(t.people).scalar_subquery()
        tables = t.people.outerjoin(
            t.conversations, and_(talk.person == p.id, talk.institution == institution)
        ).outerjoin(t.campaign_refusals, refused.person == p.id)
        query = (
            select(
                p.id,
                p.channel,
                p.address.startswith(VEIL).label("veiled"),
                p.gone_at.is_not(None).label("gone"),
                talk.state["silent"].as_boolean().label("silent"),
                refused.person.is_not(None).label("opted_out"),
                p.wish,
                bound.label("since"),
            )
            .select_from(tables)
            .where(p.id.in_(ids))
        )
        return {
            row.id: Chat(
                row.id,
                row.channel,
                bool(row.veiled),
                bool(row.gone),
                bool(row.silent),
                bool(row.opted_out),
                str(row.wish or ""),
                asked[row.id],
                row.since,
            )
            for row in self._conn.execute(query)
        }

    def _followers(self, numbers: Select[tuple[str]]) -> Iterable[list[Bound]]:
        """Of each of these cases, who follows it."""
        query = select(F.number, F.person, F.role, F.at).where(F.number.in_(numbers))
        cases: dict[str, list[Bound]] = {}
        for number, person, role, at in self._conn.execute(query):
            cases.setdefault(number, []).append(Bound(person, role, at, gone=False))
        return cases.values()


def polled(since: datetime) -> Any:
    """How often each was asked by campaigns from then on."""
    m = t.campaign_people.c
    asked = select(m.person, func.count().label("times")).where(m.asked_at >= since, m.person.is_not(None))
    return asked.group_by(m.person)


def visited(since: datetime, ids: Collection[int] | None = None) -> Any:
    """How often each was asked by visit-backs from then on; a reminder, or a call about the same answer, is no other time."""
    i = t.invitations.c
    asked = select(i.person, i.number, i.round).where(i.at >= since, i.person.is_not(None))
    once = (asked if ids is None else asked.where(i.person.in_(ids))).distinct().subquery("once")
    return select(once.c.person, func.count().label("times")).group_by(once.c.person)
