"""Making a campaign: whom it could ask, what it asks, who is drawn; sending, stopping, going on. Each step is on record.

Nobody of a department does any of it, so that no department chooses who is
asked about its work; and nobody sees who was drawn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import campaign as rules
from backend.domain import questionnaire, rights, sampling
from backend.domain.campaign import Population, Schedule, State
from backend.domain.questionnaire import Questionnaire
from backend.domain.sampling import Member, TooFew
from backend.services.campaigns import population
from backend.services.campaigns.population import MOST_CASES, TooManyCases
from backend.services.office import deeds
from backend.services.office.desk import OnlyLooks
from backend.store.campaigns import NoSuchCampaign

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from backend.domain.case import Actor
    from backend.domain.questionnaire import Wrong
    from backend.services.campaigns.population import People
    from backend.store.campaigns import Campaign, Candidate
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

LONGEST_TITLE = 60  # characters
QUICK_CASES = 20_000
"""Of a population that is counted while somebody still chooses: no more, so that each look is short."""
STRATA = ("category", "district", "department")
FIRST_DAYS, FIRST_SIZE, FIRST_LENGTH = 30, 200, 7
"""What a new campaign begins with: cases of so many days, so many people, so many days to answer."""


class BadCampaign(Exception):
    """It cannot be so: a key of the desk's words below ``campaign.wrong.``, and what of it."""

    def __init__(self, key: str, what: str = "", place: int = 0) -> None:
        super().__init__(f"campaign: {key} {what}".strip())
        self.key, self.what, self.place = key, what, place


@dataclass(frozen=True, slots=True)
class Count:
    """Whom a population holds: people and cases without a chat, each of them once."""

    cases: int = 0
    may: int = 0  # people who may be asked
    now: int = 0  # … and can be written to at this moment; the others when they have written
    left_out: Mapping[str, int] = field(default_factory=dict)
    strata: Mapping[str, int] = field(default_factory=dict)


def make(work: UnitOfWork, institution: Institution, title: str, *, by: Actor, at: datetime) -> int:
    """A draft with one question to begin with; its id. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    _plans(by, institution.id)
    today = at.astimezone(ZoneInfo(institution.timezone)).date()
    about = Population(today - timedelta(days=FIRST_DAYS), today)
    row = {
        "institution": institution.id,
        "title": _title(title),
        "title_en": "",
        "state": State.DRAFT.value,
        "by": by.name,
        "made_at": at,
        "changed_at": at,
        "population": told(about),
        "sample": {"how": sampling.SOME, "size": FIRST_SIZE, "seed": _seed(f"{by.name}{title}{at}"), "by": STRATA[0]},
        "starts_at": at,
        "ends_at": at + timedelta(days=FIRST_LENGTH),
    }
    key = work.campaigns.add(row, Questionnaire().to_json())
    deeds.note(work, "campaign_made", f"{key} {title}", by=by, at=at, institution=institution.id)
    return key


def opened(work: UnitOfWork, campaign: int, *, by: Actor, lock: bool = False) -> Campaign:
    """The campaign, for who may plan it. Raises: OnlyLooks, NoSuchCampaign."""
    if not may_plan(by):
        raise OnlyLooks(by.name)
    found = work.campaigns.get(campaign, lock=lock)
    _plans(by, found.institution)
    return found


def questions(work: UnitOfWork, campaign: Campaign) -> Questionnaire:
    """What it asks."""
    return Questionnaire.from_json(work.campaigns.questions(campaign.id, campaign.version))


def drafted(work: UnitOfWork, campaign: int, *, by: Actor) -> Campaign:
    """The same, to be changed. Raises: OnlyLooks, NoSuchCampaign, BadCampaign: it was sent already."""
    found = opened(work, campaign, by=by, lock=True)
    if found.state != State.DRAFT:
        raise BadCampaign("sent")
    return found


def narrow(work: UnitOfWork, campaign: int, about: Population, *, today: date, by: Actor, at: datetime) -> None:
    """It is about these cases. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    drafted(work, campaign, by=by)
    if why := rules.wrong_period(about.first, about.last, today=today):
        raise BadCampaign(why)
    work.campaigns.change(campaign, population=told(about), changed_at=at)


def name(work: UnitOfWork, campaign: int, title: str, title_en: str, *, by: Actor, at: datetime) -> None:
    """It is called so. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    drafted(work, campaign, by=by)
    english = title_en.strip()
    if len(english) > LONGEST_TITLE:
        raise BadCampaign("title.long", str(LONGEST_TITLE))
    work.campaigns.change(campaign, title=_title(title), title_en=english, changed_at=at)


def ask(work: UnitOfWork, campaign: int, asked: Questionnaire, *, by: Actor, at: datetime) -> None:
    """It asks this, in a version of its own; a draft may still be wrong. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    found = drafted(work, campaign, by=by)
    if len(asked.questions) > questionnaire.MOST_QUESTIONS:
        raise BadCampaign("many", str(questionnaire.MOST_QUESTIONS))
    if asked != questions(work, found):
        work.campaigns.ask_otherwise(campaign, asked.to_json(), by=by.name, at=at)


def plan(
    work: UnitOfWork, campaign: int, sample: Mapping[str, Any], schedule: Schedule, *, by: Actor, at: datetime
) -> None:
    """Who is drawn how, and when they are asked. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    drafted(work, campaign, by=by)
    if sample["how"] not in sampling.WAYS or sample["by"] not in STRATA:
        raise BadCampaign("sample")
    if sample["how"] != sampling.ALL and sample["size"] not in rules.SIZES:
        raise BadCampaign("size", str(rules.SIZES[-1]))
    if why := rules.wrong_schedule(schedule, now=at):
        raise BadCampaign(why)
    times = {"starts_at": schedule.start, "ends_at": schedule.end}
    caps = {"per_day": schedule.per_day, "per_hour": schedule.per_hour}
    work.campaigns.change(campaign, sample=dict(sample), changed_at=at, **times, **caps)


def count(
    work: UnitOfWork,
    institution: Institution,
    campaign: Campaign,
    *,
    by: Actor,
    at: datetime,
    always: Collection[str],
    about: Population | None = None,
) -> Count:
    """Whom it could ask now. ``always``: the channels on which anybody can be written to at any time.

    ``about``: as if it were about these cases, which are few enough to be counted at once. Raises: BadCampaign.
    """
    if about is None:
        found = _people(work, institution, campaign.about, by=by, at=at)
    else:
        today = at.astimezone(ZoneInfo(institution.timezone)).date()
        if why := rules.wrong_period(about.first, about.last, today=today):
            raise BadCampaign(why)
        found = _people(work, institution, about, by=by, at=at, most=QUICK_CASES)
    shut = [one.person for one in found.may if one.channel not in always and one.person is not None]
    opens = work.reaches.open_until(shut, now=at) if shut else {}
    reached = sum(one.channel in always or one.person in opens for one in found.may)
    key = campaign.sample.get("by", STRATA[0])
    strata = Counter(_stratum(one, key) for one in found.may)
    out = {why.value: n for why, n in found.left_out.items()}
    return Count(found.cases, len(found.may), reached, out, strata)


def wrongs(work: UnitOfWork, campaign: Campaign, *, at: datetime) -> list[Wrong]:
    """Why its questions and its times cannot be sent; empty: they can."""
    found = questionnaire.wrongs(questions(work, campaign))
    schedule = campaign.schedule
    why = "schedule.none" if schedule is None else rules.wrong_schedule(schedule, now=at)
    return [*found, questionnaire.Wrong(why)] if why else found


def send(work: UnitOfWork, institution: Institution, campaign: int, *, by: Actor, at: datetime) -> sampling.Draw:
    """Draw who is asked, once and for all, and begin. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    found = drafted(work, campaign, by=by)
    if wrong := wrongs(work, found, at=at):
        raise BadCampaign(wrong[0].key, wrong[0].what, wrong[0].question)
    people = _people(work, institution, found.about, by=by, at=at)
    if not people.may:
        raise BadCampaign("nobody")
    sample, by_person = found.sample, {one.person: one for one in people.may if one.person is not None}
    divided = sample["how"] == sampling.STRATA
    members = [Member(key, _stratum(one, sample["by"]) if divided else "") for key, one in by_person.items()]
    try:
        drawn = sampling.draw(members, sample["how"], size=int(sample["size"]), seed=str(sample["seed"]))
    except TooFew as error:
        raise BadCampaign("strata", str(error.strata)) from None
    rows = [_row(place, member, by_person[member.person]) for place, member in enumerate(drawn.people, start=1)]
    work.campaigns.enrol(campaign, rows, at=at)
    strata = {name: [one.of, one.drawn] for name, one in drawn.strata.items()}
    out = {why.value: n for why, n in people.left_out.items()}
    told_ = {"of": len(people.may), "cases": people.cases, "left_out": out, "strata": strata}
    told_ |= {"digest": drawn.digest, "size": len(rows), "by": by.name}
    work.campaigns.change(campaign, state=State.RUNNING.value, drawn_at=at, drawn=told_, changed_at=at)
    kept = {
        "of": len(people.may),
        "drawn": len(rows),
        "how": sample["how"],
        "seed": sample["seed"],
        "digest": drawn.digest,
    }
    deeds.note(work, "campaign_sent", _called(found), by=by, at=at, institution=found.institution, detail=kept)
    return drawn


def stop(work: UnitOfWork, campaign: int, *, by: Actor, at: datetime) -> int:
    """Ask nobody any more and take no answer; how many had not been asked. Raises: OnlyLooks, NoSuchCampaign, BadCampaign."""
    found = opened(work, campaign, by=by, lock=True)
    if found.state == State.STOPPED:
        return 0
    if found.state != State.RUNNING:
        raise BadCampaign("not_running")
    withdrawn = work.campaigns.withdraw(campaign, at=at)
    work.campaigns.change(campaign, state=State.STOPPED.value, changed_at=at)
    kept = {"withdrawn": withdrawn}
    deeds.note(work, "campaign_stopped", _called(found), by=by, at=at, institution=found.institution, detail=kept)
    return withdrawn


def resume(work: UnitOfWork, campaign: int, *, by: Actor, at: datetime) -> int:
    """Go on where it was stopped, with the same people; how many are still to be asked.

    Raises: OnlyLooks, NoSuchCampaign, BadCampaign: it is not stopped, or its time is over.
    """
    found = opened(work, campaign, by=by, lock=True)
    if found.state == State.RUNNING:
        return 0
    if found.state != State.STOPPED:
        raise BadCampaign("not_stopped")
    if found.ends_at is None or found.ends_at <= at:
        raise BadCampaign("schedule.past")
    again = work.campaigns.take_back(campaign, at=at)
    work.campaigns.change(campaign, state=State.RUNNING.value, changed_at=at)
    deeds.note(work, "campaign_resumed", _called(found), by=by, at=at, institution=found.institution)
    return again


def told(about: Population) -> dict[str, Any]:
    """A population as the store keeps it."""
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(about).items()}
    return plain | {"first": about.first.isoformat(), "last": about.last.isoformat()}


def may_plan(by: Actor) -> bool:
    """Whether this person plans campaigns at all: a manager who belongs to no department."""
    return rights.may(by, "campaign") and not by.departments


def _plans(by: Actor, institution: str) -> None:
    if by.institution not in {None, institution}:
        raise NoSuchCampaign(0)
    if not may_plan(by):
        raise OnlyLooks(by.name)


def _people(
    work: UnitOfWork,
    institution: Institution,
    about: Population,
    *,
    by: Actor,
    at: datetime,
    most: int = MOST_CASES,
) -> People:
    """Raises: BadCampaign."""
    try:
        return population.of(work, institution, about, by=by, at=at, most=most)
    except TooManyCases as error:
        raise BadCampaign("population.many", str(error.most)) from None


def _row(place: int, member: Member, one: Candidate) -> dict[str, Any]:
    facts = {"category_id": one.category_id, "district": one.district, "department_id": one.department_id}
    return {"person": member.person, "place": place, "stratum": member.stratum} | facts


def _stratum(one: Candidate, key: str) -> str:
    return {"category": one.category_id, "district": one.district, "department": one.department_id}[key]


def _title(title: str) -> str:
    plain = " ".join(title.split())
    if not plain:
        raise BadCampaign("title")
    if len(plain) > LONGEST_TITLE:
        raise BadCampaign("title.long", str(LONGEST_TITLE))
    return plain


def _seed(told_: str) -> str:
    return hashlib.sha256(told_.encode()).hexdigest()[:8]


def _called(campaign: Campaign) -> str:
    return f"{campaign.id} {campaign.title}"
