"""What a campaign came to: how many answered, each question's answers, groups without those that are too small."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import campaign as rules
from backend.domain import questionnaire
from backend.domain.campaign import REACHED, Asked, Said
from backend.domain.questionnaire import Answer
from backend.domain.rates import Rate
from backend.services.campaigns import planning
from backend.services.office import deeds
from backend.services.privacy.masking import masked_text
from backend.store.evidence import NoSuchEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from backend.domain.campaign import Distribution, Group
    from backend.domain.case import Actor
    from backend.domain.questionnaire import Question, Questionnaire
    from backend.store.campaigns import Answered, Campaign, Member
    from backend.store.evidence import EvidenceRow
    from backend.store.work import UnitOfWork


SHOWN = 200
"""Answers in words, and photos, that a page has of one question; the file has all words."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where its people stand. ``answered``: who answered to the end, of all that were asked and reached."""

    drawn: int
    asked: int
    to_come: int
    done: int
    half: int  # answered something, not all
    left: int
    refused: int
    dropped: int
    withdrawn: int
    lost: int  # not reached: nothing arrives, or the end came first
    answered: Rate


@dataclass(frozen=True, slots=True)
class Result:
    """One question's answers."""

    question: Question
    told: Distribution
    groups: tuple[Group, ...] = ()
    words: tuple[str, ...] = ()  # masked; of very many, some: ``told.answered`` says how many there are
    photos: tuple[int, ...] = ()  # of very many, some
    pictured: int = 0  # photos in all


@dataclass(frozen=True, slots=True)
class Row:
    """One person's answers, without who they are. ``group`` is empty where it would tell of too few."""

    place: int
    state: str
    group: str
    weight: float
    answers: dict[str, Answer]


def progress(work: UnitOfWork, campaign: Campaign) -> Progress:
    """Where its people stand now."""
    states = work.campaigns.states(campaign.id)
    astray = len(work.campaigns.undelivered(campaign.id))  # nobody has looked yet
    asked = sum(states[state.value] for state in REACHED) - astray
    done = states[Asked.DONE.value]
    return Progress(
        drawn=states.total(),
        asked=asked,
        to_come=states[Asked.DRAWN.value],
        done=done,
        half=states[Asked.BEGUN.value],
        left=states[Asked.LEFT.value],
        refused=states[Asked.REFUSED.value],
        dropped=states[Asked.DROPPED.value],
        withdrawn=states[Asked.WITHDRAWN.value],
        lost=states[Asked.LOST.value] + astray,
        answered=Rate(done, asked),
    )


def read(work: UnitOfWork, campaign: int, *, cut: str, by: Actor) -> tuple[Campaign, Questionnaire, list[Result]]:
    """Each question's answers, whole ones and half-finished; *cut*: category, district, department or nothing.

    Raises: OnlyLooks, NoSuchCampaign.
    """
    found = planning.opened(work, campaign, by=by)
    asked = planning.questions(work, found)
    told = _rows(work, found, cut=cut)
    return found, asked, [_result(question, told, cut=cut) for question in asked.questions]


def photo(work: UnitOfWork, campaign: int, evidence: int, *, by: Actor) -> EvidenceRow:
    """A photo that somebody answered with. Raises: OnlyLooks, NoSuchCampaign, NoSuchEvidence: it is none of theirs."""
    found = planning.opened(work, campaign, by=by)
    row = work.evidence.get(evidence)
    theirs = () if row.person is None else work.campaigns.answers(found.id, row.person)
    if not any(evidence in one.photos for one in theirs):
        raise NoSuchEvidence(evidence)
    return row


def rows(work: UnitOfWork, campaign: int, *, cut: str, by: Actor) -> tuple[Campaign, Questionnaire, list[Row]]:
    """Every answer, a person a row, for a file that leaves the office. Raises: OnlyLooks, NoSuchCampaign."""
    found = planning.opened(work, campaign, by=by)
    return found, planning.questions(work, found), grouped(_rows(work, found, cut=cut))


def note_export(
    work: UnitOfWork, campaign: Campaign, many: int, *, cut: str, by: Actor, at: datetime, how: str
) -> None:
    """It is on record that so many rows leave the office. Raises: OnlyLooks."""
    planning.opened(work, campaign.id, by=by)
    kept = {"rows": many, "as": how, "cut": cut}
    called = f"{campaign.id} {campaign.title}"
    deeds.note(work, "campaign_exported", called, by=by, at=at, institution=campaign.institution, detail=kept)


def grouped(told: Sequence[Row]) -> list[Row]:
    """The rows without the groups that tell of too few, and of one more where a group that is missing would be told by it."""
    hidden = rules.too_small(Counter(row.group for row in told))
    return [
        Row(row.place, row.state, "" if row.group in hidden else row.group, row.weight, row.answers) for row in told
    ]


def _rows(work: UnitOfWork, campaign: Campaign, *, cut: str) -> list[Row]:
    """Those who answered anything, in the order of the lot."""
    told: dict[int, dict[str, Answer]] = {}
    for one in work.campaigns.answers(campaign.id):
        told.setdefault(one.place, {})[one.question] = _answer(one)
    members = [one for one in work.campaigns.members(campaign.id) if one.place in told]
    strata = {name: int(of) for name, (of, _) in campaign.drawn.get("strata", {}).items()}
    weights = rules.weights(strata, Counter(one.stratum for one in members))
    return [
        Row(one.place, one.state, _group(one, cut), weights.get(one.stratum, 1.0), told[one.place]) for one in members
    ]


def _result(question: Question, told: Sequence[Row], *, cut: str) -> Result:
    said = [Said(row.answers[question.id], row.weight, row.group) for row in told if question.id in row.answers]
    groups = tuple(rules.by_group(question, said)) if cut and question.values else ()
    words = tuple(_masked(one.answer.text for one in said)) if question.kind == questionnaire.TEXT else ()
    photos = sorted(photo for one in said for photo in one.answer.photos)
    return Result(question, rules.distribution(question, said), groups, words, tuple(photos[:SHOWN]), len(photos))


def _masked(texts: Iterable[str]) -> list[str]:
    """In the order of their letters: that of the lot would tell which answers are one person's. Of very many, the first."""
    return [masked_text(text) for text in sorted(text for text in texts if text)[:SHOWN]]


def _answer(one: Answered) -> Answer:
    return Answer(one.choices, one.words, one.photos)


def _group(member: Member, cut: str) -> str:
    return {"category": member.category_id, "district": member.district, "department": member.department_id}.get(
        cut, ""
    )
