"""Asking the people of a campaign: one after the other, within its caps, by day, never in the way of what they are telling.

Whether somebody may be asked is looked at once more when their turn comes, and
so is where: in the chat that was drawn, or in another of the same person where
nothing goes or came through there. Who cannot be written to waits until they
can; who is told nothing by the end was not reached.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import campaign as rules
from backend.domain import delivery
from backend.domain.campaign import Asked, State
from backend.domain.questionnaire import Questionnaire
from backend.services.campaigns import population
from backend.services.campaigns.answering import ask_of
from backend.services.cases import posting
from backend.services.office.channels import COUNTED
from backend.services.talks import conversations
from dialogs.conversation import Conversation, Stage
from dialogs.engine import step
from dialogs.events import PollDue
from dialogs.messages import Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from backend.domain.delivery import Path
    from backend.store.campaigns import Campaign
    from backend.store.people import Person
    from backend.store.selves import Chat
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
SETTLED_WITHIN = timedelta(days=4)
"""By then it is known whether a message arrived."""


def up(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[tuple[int, int]]:
    """Campaign and person of everybody whose turn it is."""
    found: list[tuple[int, int]] = []
    for key in work.campaigns.running():
        campaign = work.campaigns.get(key)
        if campaign.institution not in institutions:  # served no more: it waits until it is
            continue
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
            work.campaigns.lose_rest(key, at=at)
            ended += 1
    return ended


def ask(work: UnitOfWork, institutions: Institutions, ways: Ways, campaign: int, person: int, *, at: datetime) -> bool:
    """Ask one person, if they may still be asked and it is the right moment."""
    work.people.lock_several(sorted(work.campaigns.selves.of(person)))
    now = work.campaigns.get(campaign, lock=True)
    member = work.campaigns.member(campaign, person, lock=True)
    institution = institutions[now.institution]
    if now.state != State.RUNNING or member is None or member.state != Asked.DRAWN:
        return False
    if not _allowed(work, institution, now, at=at):
        return False
    chats = _chats(work, now, person, at=at)
    why = rules.left_out(population.standing(chats.values()), most=institution.survey.most_asked)
    if why is not None or _elsewhere(work, campaign, person, chats):
        work.campaigns.mark(campaign, person, state=Asked.DROPPED.value, changed_at=at)
        return False
    left = _untried(work, now, chats, person)
    if not left:
        work.campaigns.mark(campaign, person, state=Asked.LOST.value, changed_at=at)
        return False
    whom = _open(work, ways, left, at=at)
    talk = conversations.load(work, whom, institution) if whom else None
    if whom is None or talk is None or busy(talk):
        work.campaigns.mark(campaign, person, not_before=at + (BUSY if whom else SHUT))
        return False
    if whom.id != person:
        work.campaigns.mark(campaign, person, person=whom.id)
    _invite(work, institution, now, whom, talk, at=at)
    return True


def astray(work: UnitOfWork, *, at: datetime) -> list[tuple[int, int]]:
    """Campaign and person of everybody whose invitation did not arrive."""
    since = at - SETTLED_WITHIN
    return [
        (key, person) for key in work.campaigns.running() for person in work.campaigns.undelivered(key, since=since)
    ]


def instead(work: UnitOfWork, campaign: int, person: int, *, at: datetime) -> bool:
    """Whose invitation did not arrive is asked in another chat of theirs; False: there is none, they were not reached."""
    work.people.lock_several(sorted(work.campaigns.selves.of(person)))
    now, member = work.campaigns.get(campaign, lock=True), work.campaigns.member(campaign, person, lock=True)
    if now.state != State.RUNNING or member is None or member.state != Asked.ASKED:
        return False
    chats = _chats(work, now, person, at=at)
    left = [] if _elsewhere(work, campaign, person, chats) else _untried(work, now, chats, person)
    told = {"asked_at": None, "changed_at": at}  # they were not asked: it counts against no cap
    if not left:
        work.campaigns.mark(campaign, person, state=Asked.LOST.value, **told)
        return False
    again = {"state": Asked.DRAWN.value, "person": left[0].person, "question": "", "notice": None, "not_before": at}
    work.campaigns.mark(campaign, person, **told, **again)
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
            due = posting.when(work, institution, None, whom.id, at=at)
            text = effect.text
            notice = work.outbox.queue(
                whom.id, number=None, kind=KIND, text=text, choices=choices, at=at, not_before=due
            )
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


def _chats(work: UnitOfWork, campaign: Campaign, person: int, *, at: datetime) -> Mapping[int, Chat]:
    """All that are this person's."""
    since = at - rules.WITHIN
    return work.campaigns.selves.chats(work.campaigns.selves.of(person), campaign.institution, since=since)


def _elsewhere(work: UnitOfWork, campaign: int, person: int, chats: Iterable[int]) -> bool:
    """Whether the same person is asked in another chat: they were drawn twice before anybody knew."""
    others = [work.campaigns.member(campaign, chat) for chat in chats if chat != person]
    return any(one is not None and one.state not in {Asked.DROPPED, Asked.LOST} for one in others)


def _untried(work: UnitOfWork, campaign: Campaign, chats: Mapping[int, Chat], person: int) -> list[Chat]:
    """Their open chats in which no invitation of this campaign went astray, the one to ask in first."""
    tried = work.campaigns.tried(chats, since=campaign.drawn_at or campaign.made_at)
    taken = {chat for chat in chats if chat != person and work.campaigns.member(campaign.id, chat) is not None}
    return [chat for chat in population.in_order(chats.values(), person) if chat.person not in tried | taken]


def _open(work: UnitOfWork, ways: Ways, chats: Iterable[Chat], *, at: datetime) -> Person | None:
    """The first chat in which they can be written to now."""
    for chat in chats:
        reach = work.reaches.of(chat.person, now=at, way=COUNTED)
        free = max(0, reach.free - KEPT_FREE)
        if delivery.ladder(ways.get(chat.channel, ()), KIND, free=free, grants=reach.grants)[0]:
            return work.people.get(chat.person)
    return None
