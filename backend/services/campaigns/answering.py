"""An answer to a campaign, in the unit of the message that brings it: kept once, and what is asked next.

Who was not asked, who answered already and who comes too late is told so;
what was answered before breaking off is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import questionnaire
from backend.domain.campaign import REACHED, Asked, State
from backend.domain.questionnaire import NoAnswer, Questionnaire
from backend.store.campaigns import Answered, NoSuchCampaign
from dialogs.effects import RefusePolls
from dialogs.events import Ask, Polled

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.questionnaire import Question
    from backend.store.campaigns import Campaign, Member
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import AnswerPoll

WHY = {
    "needed": "poll.needed",
    "unknown": "poll.wrong",
    "one": "poll.wrong",
    "long": "poll.long",
    "text": "poll.words",
    "photo": "poll.picture",
}
"""What is said to what is no answer."""


def carry_out(work: UnitOfWork, person: Person, effect: AnswerPoll | RefusePolls, *, at: datetime) -> Polled:
    """Keep it, or say why not."""
    if isinstance(effect, RefusePolls):
        return _refuse(work, person, effect.campaign, at=at)
    try:
        campaign = work.campaigns.get(effect.campaign)
    except NoSuchCampaign:
        return Polled(effect.campaign, "poll.theirs")
    member = work.campaigns.member(campaign.id, person.id, lock=True)
    if member is None or not (member.state in REACHED or (member.state == Asked.LOST and member.question)):
        return Polled(campaign.id, "poll.theirs")
    if closed := _closed(campaign, member, at=at):
        return Polled(campaign.id, closed)
    if effect.leaves:
        work.campaigns.mark(campaign.id, person.id, state=Asked.LEFT.value, changed_at=at)
        return Polled(campaign.id, "poll.left")
    return _answer(work, person, campaign, member, effect, at=at)


def ask_of(campaign: Campaign, asked: Questionnaire, question: Question, language: str, *, first: bool = False) -> Ask:
    """A question in words, with its place."""
    place = asked.questions.index(question) + 1
    labels = tuple((value, question.label(value, language)) for value in question.values)
    of = f"{place}/{len(asked.questions)} " if len(asked.questions) > 1 else ""
    text = f"{of}{question.text(language)}"
    return Ask(campaign.id, question.id, question.kind, text, labels, required=question.required, first=first)


def _closed(campaign: Campaign, member: Member, *, at: datetime) -> str:
    """Why it takes no answer of theirs any more; empty: it does."""
    if member.state == Asked.DONE:
        return "poll.finished"
    if member.state == Asked.REFUSED:
        return "poll.never.done"
    over = campaign.state != State.RUNNING or (campaign.ends_at is not None and at >= campaign.ends_at)
    return "poll.over" if over else ""


def _answer(
    work: UnitOfWork, person: Person, campaign: Campaign, member: Member, effect: AnswerPoll, *, at: datetime
) -> Polled:
    asked = Questionnaire.from_json(work.campaigns.questions(campaign.id, campaign.version))
    open_ = asked.get(member.question)
    if open_ is None:
        return Polled(campaign.id, "poll.finished")
    language = "en" if person.language == "en" else "zh"
    if effect.question != open_.id:
        said = "poll.twice" if asked.get(effect.question) else "poll.wrong"
        return Polled(campaign.id, said, ask_of(campaign, asked, open_, language))
    try:
        answer = questionnaire.take(open_, values=effect.values, text=effect.text, photos=effect.evidence)
    except NoAnswer as error:
        return Polled(campaign.id, WHY[error.why], ask_of(campaign, asked, open_, language))
    row = Answered(member.place, open_.id, answer.values, answer.text, answer.photos, at)
    work.campaigns.answer(row, campaign.id)
    follows = questionnaire.after(asked, open_, answer)
    state = Asked.BEGUN if follows else Asked.DONE
    next_ = follows.id if follows else ""
    asked_at = member.asked_at or at  # it arrived after all
    told = {"state": state.value, "question": next_, "asked_at": asked_at, "changed_at": at}
    work.campaigns.mark(campaign.id, person.id, **told)
    if follows is None:
        return Polled(campaign.id, "poll.thanks")
    return Polled(campaign.id, "", ask_of(campaign, asked, follows, language))


def _refuse(work: UnitOfWork, person: Person, campaign: int, *, at: datetime) -> Polled:
    """For all campaigns and for good; what they answered before is kept."""
    work.campaigns.refuse(person.id, at=at)
    for each in work.campaigns.open_of(person.id):
        member = work.campaigns.member(each, person.id, lock=True)
        if member is not None:
            state = Asked.DROPPED if member.state == Asked.DRAWN else Asked.REFUSED
            work.campaigns.mark(each, person.id, state=state.value, changed_at=at)
    return Polled(campaign, "poll.never.done")
