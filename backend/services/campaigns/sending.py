"""Asking the people of a campaign: one after the other, within its caps, by day, never in the way of what they are telling.

Whether somebody may be asked is looked at once more when their turn comes.
Who cannot be written to waits until they can; who is told nothing by then was
never asked.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import campaign as rules
from backend.domain import delivery
from backend.domain.campaign import Asked, Case, State
from backend.domain.questionnaire import Questionnaire
from backend.services.campaigns.answering import ask_of
from backend.services.office.channels import COUNTED
from backend.services.talks import conversations
from backend.store.people import VEIL
from dialogs.conversation import Conversation, Stage
from dialogs.engine import step
from dialogs.events import PollDue
from dialogs.messages import Say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain.delivery import Path
    from backend.store.campaigns import Campaign
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]
    Ways = Mapping[str, Sequence[Path]]
    """Channel -> its ways to a person."""

KIND = "campaign"
AT_ONCE = 50
"""People that one round asks."""
BUSY, SHUT = timedelta(minutes=20), timedelta(minutes=30)
"""After so long it is tried again: they are telling something; they cannot be written to."""
KEPT_FREE = 1
"""Of the messages that a platform lets us send, so many are kept for what matters more."""
HOUR = timedelta(hours=1)


def up(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[tuple[int, int]]:
    """Campaign and person of everybody whose turn it is."""
    found: list[tuple[int, int]] = []
    for key in work.campaigns.running():
        campaign = work.campaigns.get(key)
        people = _allowed(work, institutions[campaign.institution], campaign, at=at)
        found += [(key, person) for person in work.campaigns.next_up(key, at=at, limit=people)] if people else []
    return found


def over(work: UnitOfWork, *, at: datetime) -> int:
    """Campaigns whose time is up end; how many."""
    ended = 0
    for key in work.campaigns.running():
        campaign = work.campaigns.get(key, lock=True)
        if campaign.state == State.RUNNING and campaign.ends_at is not None and campaign.ends_at <= at:
            work.campaigns.change(key, state=State.ENDED.value, ended_at=at, changed_at=at)
            ended += 1
    return ended


def ask(work: UnitOfWork, institutions: Institutions, ways: Ways, campaign: int, person: int, *, at: datetime) -> bool:
    """Ask one person, if they may still be asked and it is the right moment."""
    whom = work.people.get(person)
    work.people.lock_known(person)
    now = work.campaigns.get(campaign, lock=True)
    member = work.campaigns.member(campaign, person, lock=True)
    institution = institutions[now.institution]
    if now.state != State.RUNNING or member is None or member.state != Asked.DRAWN:
        return False
    if not _allowed(work, institution, now, at=at):
        return False
    talk = conversations.load(work, whom, institution)
    if rules.left_out(_facts(work, whom, talk, at=at), most=institution.survey.most_asked) is not None:
        work.campaigns.mark(campaign, person, state=Asked.DROPPED.value, changed_at=at)
        return False
    reach = work.reaches.of(person, now=at, way=COUNTED)
    free = max(0, reach.free - KEPT_FREE)
    open_, _ = delivery.ladder(ways.get(whom.channel, ()), KIND, free=free, grants=reach.grants)
    if not open_ or busy(talk):
        work.campaigns.mark(campaign, person, not_before=at + (BUSY if open_ else SHUT))
        return False
    _invite(work, institution, now, whom, talk, at=at)
    return True


def put_off(work: UnitOfWork, campaign: int, person: int, *, at: datetime) -> None:
    """It went wrong, and is tried again later."""
    work.campaigns.mark(campaign, person, not_before=at + BUSY)


def busy(talk: Conversation) -> bool:
    """Whether anything is under way that a campaign would interrupt."""
    waits = talk.survey or talk.hand or talk.held or talk.album or talk.aside or talk.waiting or talk.unfinished
    asked = any(not one.at for one in talk.questions)
    return talk.stage is not Stage.IDLE or bool(waits) or asked or bool(talk.draft.values or talk.draft.evidence)


def _invite(
    work: UnitOfWork, institution: Institution, campaign: Campaign, whom: Person, talk: Conversation, *, at: datetime
) -> None:
    asked = Questionnaire.from_json(work.campaigns.questions(campaign.id, campaign.version))
    language = "en" if whom.language == "en" else "zh"
    first = asked.questions[0]
    title = campaign.title_en if language == "en" and campaign.title_en else campaign.title
    event = PollDue(title, asked.intro(language), ask_of(campaign, asked, first, language, first=True))
    talk, effects = step(institution, talk, event)
    notice = None
    for effect in effects:
        if isinstance(effect, Say):
            choices = [asdict(choice) for choice in effect.choices]
            notice = work.outbox.queue(whom.id, number=None, kind=KIND, text=effect.text, choices=choices, at=at)
    conversations.keep(work, whom, institution, talk, at=at)
    done = {"state": Asked.ASKED.value, "question": first.id, "asked_at": at, "changed_at": at, "notice": notice}
    work.campaigns.mark(campaign.id, whom.id, **done)


def _allowed(work: UnitOfWork, institution: Institution, campaign: Campaign, *, at: datetime) -> int:
    """How many of its people may be asked at this moment."""
    schedule, zone = campaign.schedule, ZoneInfo(institution.timezone)
    if schedule is None or not schedule.start <= at < schedule.end:
        return 0
    if rules.is_quiet(at, institution.drafts.quiet, zone):
        return 0
    today = work.campaigns.asked_since(campaign.id, rules.day_began(at, zone)) if schedule.per_day else 0
    hour = work.campaigns.asked_since(campaign.id, at - HOUR) if schedule.per_hour else 0
    return rules.allowance(schedule, today=today, hour=hour, most=AT_ONCE)


def _facts(work: UnitOfWork, whom: Person, talk: Conversation, *, at: datetime) -> Case:
    return Case(
        whom.id,
        veiled=whom.address.startswith(VEIL),
        withheld=talk.silent,
        gone=bool(whom.gone),
        opted_out=work.campaigns.refused(whom.id),
        asked=work.campaigns.times(whom.id, since=at - rules.WITHIN),
    )
