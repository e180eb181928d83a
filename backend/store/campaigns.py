"""Survey campaigns as the store keeps them: their questions, whom they could ask, who was drawn, what they answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, insert, select, update

from backend.domain.campaign import Asked, Population, Schedule, State
from backend.store import tables as t
from backend.store.people import VEIL
from backend.store.selves import Selves, polled, visited
from backend.store.upsert import insert_into
from backend.store.visible import conditions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.domain.scope import Scope

MANY = 500  # rows written at once
SHOWN = 200
"""Campaigns that a list holds."""
OWED = ("queued", "deferred")
"""States of an invitation that has not gone out."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign, but for its questions."""

    id: int
    institution: str
    title: str
    title_en: str
    state: str
    by: str
    made_at: datetime
    changed_at: datetime
    population: Mapping[str, Any]
    sample: Mapping[str, Any]  # how, size, seed, by
    starts_at: datetime | None
    ends_at: datetime | None
    per_day: int | None
    per_hour: int | None
    version: int
    drawn_at: datetime | None
    drawn: Mapping[str, Any]
    ended_at: datetime | None

    @property
    def about(self) -> Population:
        """Which cases it is about."""
        told = self.population
        kinds = ("categories", "districts", "departments", "statuses", "sources")
        first, last = (date.fromisoformat(told[key]) for key in ("first", "last"))
        return Population(first, last, *(tuple(told.get(key, ())) for key in kinds))

    @property
    def schedule(self) -> Schedule | None:
        """When it asks; None: nobody has said yet."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return Schedule(self.starts_at, self.ends_at, self.per_day, self.per_hour)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One case of the population, with what says whether its person may be asked."""

    person: int | None
    channel: str | None
    category_id: str
    district: str
    department_id: str
    sealed: bool
    veiled: bool
    withheld: bool
    silent: bool
    gone: bool
    opted_out: bool
    wish: str
    asked: int


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a sample; None: nobody knows any more who it was."""

    campaign: int
    person: int | None
    place: int
    stratum: str
    category_id: str
    district: str
    department_id: str
    state: str
    question: str
    not_before: datetime
    asked_at: datetime | None
    changed_at: datetime
    notice: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question from a place in the lot."""

    place: int
    question: str
    choices: tuple[str, ...]
    words: str
    photos: tuple[int, ...]
    at: datetime


class NoSuchCampaign(Exception):
    """No campaign has that id."""

    def __init__(self, campaign: int) -> None:
        super().__init__(f"there is no campaign {campaign}")
        self.campaign = campaign


C, M, A = t.campaigns.c, t.campaign_people.c, t.campaign_answers.c
COLUMNS = tuple(C[name] for name in Campaign.__annotations__)
MEMBER = tuple(M[name] for name in Member.__annotations__)
ANSWERED = tuple(A[name] for name in Answered.__annotations__)


class Campaigns:
    """Reading and changing them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.selves = Selves(conn)

    def add(self, row: Mapping[str, Any], content: Mapping[str, Any]) -> int:
        """Keep a new one with its questions; its id."""
        given = dict(row) | {"version": 1, "drawn": {}}
        key = int(self._conn.execute(insert(t.campaigns).values(given).returning(C.id)).scalar_one())
        self._version(key, 1, content, by=row["by"], at=row["made_at"])
        return key

    def get(self, campaign: int, *, lock: bool = False) -> Campaign:
        """Raises: NoSuchCampaign."""
        query = select(*COLUMNS).where(C.id == campaign)
        row = self._conn.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NoSuchCampaign(campaign)
        return Campaign(**row._asdict())

    def of(self, institution: str | None) -> list[Campaign]:
        """Those of an institution (None: of every one), the newest first."""
        query = select(*COLUMNS).order_by(C.made_at.desc(), C.id.desc()).limit(SHOWN)
        query = query if institution is None else query.where(C.institution == institution)
        return [Campaign(**row._asdict()) for row in self._conn.execute(query)]

    def running(self) -> list[int]:
        """Those under way."""
        query = select(C.id).where(C.state == State.RUNNING.value).order_by(C.id)
        return list(self._conn.execute(query).scalars())

    def change(self, campaign: int, **values: Any) -> None:
        """Put these columns in place of what they held."""
        self._conn.execute(update(t.campaigns).where(C.id == campaign).values(values))

    def questions(self, campaign: int, version: int) -> Mapping[str, Any]:
        """What that version asks."""
        q = t.questionnaires.c
        query = select(q.content).where(q.campaign == campaign, q.version == version)
        content: Mapping[str, Any] = self._conn.execute(query).scalar_one()
        return content

    def ask_otherwise(self, campaign: int, content: Mapping[str, Any], *, by: str, at: datetime) -> int:
        """Keep new questions; the number of that version."""
        version = self.get(campaign, lock=True).version + 1
        self._version(campaign, version, content, by=by, at=at)
        self.change(campaign, version=version, changed_at=at)
        return version

    def _version(self, campaign: int, version: int, content: Mapping[str, Any], *, by: str, at: datetime) -> None:
        row = {"campaign": campaign, "version": version, "content": dict(content), "by": by, "at": at}
        self._conn.execute(insert(t.questionnaires).values(row))

    def candidates(
        self, institution: str, about: Population, scope: Scope, *, since: datetime, limit: int
    ) -> list[Candidate]:
        """The cases of a population within that scope, the newest first. ``asked`` counts from *since* on."""
        c, p, talk, refused = t.cases.c, t.people.c, t.conversations.c, t.campaign_refusals.c
        polls, visits = polled(since).subquery("asked"), visited(since).subquery("visited")
        tables = (
            t.cases.outerjoin(t.people, c.person == p.id)
            .outerjoin(t.conversations, and_(talk.person == c.person, talk.institution == c.institution))
            .outerjoin(t.campaign_refusals, refused.person == c.person)
            .outerjoin(polls, polls.c.person == c.person)
            .outerjoin(visits, visits.c.person == c.person)
        )
        times = func.coalesce(polls.c.times, 0) + func.coalesce(visits.c.times, 0)
        query = (
            select(
                c.person,
                p.channel,
                c.category_id,
                c.district,
                c.department_id,
                c.sealed,
                func.coalesce(p.address.startswith(VEIL), False).label("veiled"),
                c.facts["who"]["withheld"].as_boolean().label("withheld"),
                talk.state["silent"].as_boolean().label("silent"),
                p.gone_at.is_not(None).label("gone"),
                refused.person.is_not(None).label("opted_out"),
                func.coalesce(p.wish, "").label("wish"),
                times.label("asked"),
            )
            .select_from(tables)
            .where(c.institution == institution, c.filed_day.between(about.first, about.last), *conditions(scope))
            .order_by(c.filed_at.desc(), c.number)
            .limit(limit)
        )
        return [_candidate(row._asdict()) for row in self._conn.execute(_narrowed(query, about))]

    def kinds(self, institution: str, scope: Scope) -> tuple[list[str], list[str]]:
        """The districts and the sources that its cases have, for a form; of very many, the first."""
        c = t.cases.c
        mine = (c.institution == institution, *conditions(scope))
        found = []
        for column in (c.district, c.source):
            query = select(column).where(*mine, column != "").distinct().order_by(column).limit(60)
            found.append(list(self._conn.execute(query).scalars()))
        return found[0], found[1]

    def enrol(self, campaign: int, rows: Iterable[Mapping[str, Any]], *, at: datetime) -> None:
        """Keep who was drawn."""
        fixed = {"campaign": campaign, "state": Asked.DRAWN.value, "not_before": at, "changed_at": at}
        given = [dict(row) | fixed for row in rows]
        for start in range(0, len(given), MANY):
            self._conn.execute(insert(t.campaign_people), given[start : start + MANY])

    def member(self, campaign: int, person: int, *, lock: bool = False) -> Member | None:
        """One person of the sample; None: they are not in it."""
        query = select(*MEMBER).where(M.campaign == campaign, M.person == person)
        row = self._conn.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else Member(**row._asdict())

    def next_up(self, campaign: int, *, at: datetime, limit: int) -> list[int]:
        """Whom to ask now, in the order drawn."""
        query = select(M.person).where(M.campaign == campaign, M.state == Asked.DRAWN.value, M.not_before <= at)
        return list(self._conn.execute(query.order_by(M.place).limit(limit)).scalars())

    def mark(self, campaign: int, person: int, /, **values: Any) -> None:
        """Put these columns of a member in place of what they held."""
        self._conn.execute(update(t.campaign_people).where(M.campaign == campaign, M.person == person).values(values))

    def states(self, campaign: int) -> Counter[str]:
        """How many of the sample stand where."""
        query = select(M.state, func.count()).where(M.campaign == campaign).group_by(M.state)
        return Counter({state: int(n) for state, n in self._conn.execute(query)})

    def undelivered(self, campaign: int, *, since: datetime | None = None) -> list[int]:
        """Who was asked, from then on, and answered nothing, and whose invitation did not arrive."""
        o = t.outbox.c
        joined = t.campaign_people.join(t.outbox, o.id == M.notice)
        lost = (M.campaign == campaign, M.state == Asked.ASKED.value, M.person.is_not(None), o.state == "undelivered")
        query = select(M.person).select_from(joined).where(*lost).order_by(M.place)
        query = query if since is None else query.where(M.asked_at >= since)
        return list(self._conn.execute(query).scalars())

    def tried(self, people: Collection[int], *, since: datetime) -> set[int]:
        """The chats among these in which an invitation of then or later did not arrive."""
        o = t.outbox.c
        lost = (o.person.in_(people), o.kind == "campaign", o.state == "undelivered", o.created_at >= since)
        return set(self._conn.execute(select(o.person).where(*lost)).scalars())

    def lose_rest(self, campaign: int, *, at: datetime) -> int:
        """Who was not asked by now never was reached; how many."""
        rest = update(t.campaign_people).where(M.campaign == campaign, M.state == Asked.DRAWN.value)
        return self._conn.execute(rest.values(state=Asked.LOST.value, changed_at=at)).rowcount

    def asked_since(self, campaign: int, since: datetime) -> int:
        """How many were asked from then on."""
        query = select(func.count()).where(M.campaign == campaign, M.asked_at >= since)
        return int(self._conn.execute(query).scalar_one())

    def withdraw(self, campaign: int, *, at: datetime) -> int:
        """Ask nobody of it any more who was not asked yet, nor whose invitation has not gone out; how many."""
        o, said = t.outbox.c, t.sayings.c
        owed = select(M.notice).where(M.campaign == campaign, M.notice.is_not(None), M.state == Asked.ASKED.value)
        waiting = select(o.id).where(o.id.in_(owed), o.state.in_(OWED), ~exists().where(said.notice == o.id))
        unsent = list(self._conn.execute(waiting.with_for_update(skip_locked=True)).scalars())
        back = {"state": Asked.WITHDRAWN.value, "changed_at": at}
        changed = 0
        for start in range(0, len(unsent), MANY):
            some = unsent[start : start + MANY]
            gone = update(t.campaign_people).where(M.campaign == campaign, M.notice.in_(some))
            changed += self._conn.execute(gone.values(back | {"asked_at": None, "notice": None})).rowcount
            self._conn.execute(delete(t.outbox).where(o.id.in_(some)))
        rest = update(t.campaign_people).where(M.campaign == campaign, M.state == Asked.DRAWN.value)
        return changed + self._conn.execute(rest.values(back)).rowcount

    def take_back(self, campaign: int, *, at: datetime) -> int:
        """Who was withdrawn is asked after all; how many."""
        withdrawn = (M.state == Asked.WITHDRAWN.value, M.person.is_not(None))
        gone = update(t.campaign_people).where(M.campaign == campaign, *withdrawn)
        return self._conn.execute(
            gone.values(state=Asked.DRAWN.value, not_before=at, changed_at=at, question="")
        ).rowcount

    def answer(self, one: Answered, campaign: int) -> bool:
        """Keep an answer; False: that question was answered before."""
        row = {name: getattr(one, name) for name in Answered.__annotations__}
        row |= {"campaign": campaign, "choices": list(one.choices), "photos": list(one.photos)}
        entry = insert_into(self._conn, t.campaign_answers).values(row)
        once = entry.on_conflict_do_nothing(index_elements=["campaign", "place", "question"])
        return self._conn.execute(once.returning(A.question)).one_or_none() is not None

    def answers(self, campaign: int, person: int | None = None) -> list[Answered]:
        """What was answered, by one person or by all, in the order of the sample and of time."""
        joined = t.campaign_answers.join(t.campaign_people, and_(M.campaign == A.campaign, M.place == A.place))
        query = select(*ANSWERED).select_from(joined).where(A.campaign == campaign).order_by(A.place, A.at)
        query = query if person is None else query.where(M.person == person)
        return [
            Answered(**row._asdict() | {"choices": tuple(row.choices), "photos": tuple(row.photos)})
            for row in self._conn.execute(query)
        ]

    def members(self, campaign: int) -> list[Member]:
        """Everybody drawn, in the order of the lot."""
        query = select(*MEMBER).where(M.campaign == campaign).order_by(M.place)
        return [Member(**row._asdict()) for row in self._conn.execute(query)]

    def refuse(self, person: int, *, at: datetime) -> None:
        """They are asked by no campaign from now on."""
        entry = insert_into(self._conn, t.campaign_refusals).values(person=person, at=at)
        self._conn.execute(entry.on_conflict_do_nothing(index_elements=["person"]))

    def refused(self, person: int) -> bool:
        """Whether they said so."""
        r = t.campaign_refusals.c
        return self._conn.execute(select(r.person).where(r.person == person)).first() is not None

    def open_of(self, person: int) -> list[int]:
        """The campaigns that wait for an answer of theirs, or are yet to ask them."""
        waits = [Asked.DRAWN.value, Asked.ASKED.value, Asked.BEGUN.value]
        return list(self._conn.execute(select(M.campaign).where(M.person == person, M.state.in_(waits))).scalars())

    def of_person(self, person: int) -> list[Member]:
        """Where they are in a sample and were asked, the oldest first."""
        query = select(*MEMBER).where(M.person == person, M.asked_at.is_not(None)).order_by(M.asked_at, M.campaign)
        return [Member(**row._asdict()) for row in self._conn.execute(query)]

    def forget(self, person: int, *, at: datetime) -> int:
        """Destroy their words and photos in answers, and whose places in the lot were theirs; how many there were.

        What they chose stays in the sums, of nobody.
        """
        mine = M.person == person
        drawn = update(t.campaign_people).where(mine, M.state == Asked.DRAWN.value)
        self._conn.execute(drawn.values(state=Asked.DROPPED.value, changed_at=at))
        return self._nobodys(mine)

    def outdated(self, institution: str, *, before: datetime) -> int:
        """The same of everybody in campaigns that were over before then; of how many."""
        over = (C.state.in_([State.ENDED.value, State.STOPPED.value]), func.coalesce(C.ended_at, C.changed_at) < before)
        old = select(C.id).where(C.institution == institution, *over)
        return self._nobodys(and_(M.campaign.in_(old), M.person.is_not(None)))

    def _nobodys(self, whose: ColumnElement[bool]) -> int:
        theirs = exists().where(M.campaign == A.campaign, M.place == A.place, whose)
        self._conn.execute(update(t.campaign_answers).where(theirs).values(words="", photos=[]))
        return self._conn.execute(update(t.campaign_people).where(whose).values(person=None)).rowcount


def _narrowed(query: Select[Any], about: Population) -> Select[Any]:
    c = t.cases.c
    chosen: tuple[tuple[Any, Collection[str]], ...] = (
        (c.category_id, about.categories),
        (c.district, about.districts),
        (c.department_id, about.departments),
        (c.status, about.statuses),
        (c.source, about.sources),
    )
    for column, values in chosen:
        query = query.where(column.in_(values)) if values else query
    return query


def _candidate(row: dict[str, Any]) -> Candidate:
    flags = ("sealed", "veiled", "withheld", "silent", "gone", "opted_out")
    return Candidate(**row | {name: bool(row[name]) for name in flags})
