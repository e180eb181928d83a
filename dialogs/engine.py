"""The conversation, as a pure function: (state, event) -> (state, effects).

Nothing here awaits, reads a clock, or touches a database. The shell in
backend/services/talks/intake.py carries out the effects and feeds their results
back as events. This file decides who takes an event, and nothing else: each
of ``FIRST`` in turn may take what the citizen said, whatever was asked; what
none of them takes belongs to who asked (``BY_STAGE``), else to the draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs import buttons, elder, handover, steering, steps
from dialogs.commands import chosen, command
from dialogs.conversation import Conversation, Stage
from dialogs.draft import albums, back, drafting, editing, joining, receipt, splitting, stuck, voices
from dialogs.events import (
    AlarmDue,
    Appealed,
    Asked,
    Bulletined,
    CaseFiled,
    Claimed,
    CopyReady,
    DraftDue,
    DraftMovable,
    DraftMoved,
    DraftTaken,
    Forgotten,
    GivenBack,
    Handed,
    Heard,
    Joined,
    LooksTold,
    NobodyCame,
    PollDue,
    Polled,
    Rated,
    SimilarFound,
    Taken,
    Transcribed,
    Urged,
    VisitBackDue,
)
from dialogs.filed import after, idle, owning, poll, reasons, replies, sorting, status, survey, telling
from dialogs.privacy import bulletins, copying, forgetting, identity, looking
from dialogs.questions import asides, foreign
from dialogs.resuming import moving, returning, scanning
from dialogs.safety import alarm, calming, doubt
from dialogs.speaking import few
from dialogs.speaking.language import in_language, voiced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialogs.events import Event
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

    Taker = Callable[[Institution, Conversation, Heard, str], Result | None]
    """Takes a message with the choice or command it is (or ""), or leaves it to the next: None."""

FIRST: tuple[Taker, ...] = (
    alarm.take,
    handover.take,
    editing.take,
    scanning.take,
    calming.take,
    forgetting.take,
    looking.take,
    copying.take,
    bulletins.take,
    poll.take,
    telling.take,
    after.take,
    steering.take,
    elder.take,
    buttons.take,
    identity.take,
    asides.take,
    moving.take,
    replies.take,
    returning.take,
    back.take,
)
BY_STAGE: Mapping[Stage, Callable[[Institution, Conversation, Heard, str], Result]] = {
    Stage.IDLE: idle.take,
    Stage.WITHDRAWING: owning.withdrawing,
    Stage.REASON: reasons.take,
    Stage.CLAIMING: owning.proving,
    Stage.SORTING: sorting.take,
    Stage.ALARM: alarm.more,
    Stage.SPLITTING: splitting.take,
    Stage.FORGETTING: forgetting.other,
}


def _filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result:
    special = alarm.filed(institution, now, event) or stuck.filed(institution, now, event)
    return special or receipt.filed(institution, now, event)


FOLLOWS: Mapping[type, Callable[[Institution, Conversation, Any], Result]] = {
    CaseFiled: _filed,
    SimilarFound: joining.found,
    Joined: joining.joined,
    Claimed: status.claimed,
    VisitBackDue: survey.begin,
    Rated: survey.rated,
    PollDue: lambda _, now, event: poll.due(now, event),
    Polled: poll.polled,
    Urged: after.urged,
    Appealed: reasons.appealed,
    Asked: lambda _, now, event: replies.asked(now, event),
    DraftDue: returning.due,
    DraftMovable: lambda _, now, event: moving.movable(now, event),
    DraftTaken: moving.taken,
    DraftMoved: lambda _, now, __: moving.moved(now),
    Handed: lambda inst, now, event: stuck.handed(now, event) or handover.handed(inst, now, event),
    Taken: lambda _, now, __: handover.taken(now),
    GivenBack: lambda inst, now, _: handover.given_back(inst, now),
    NobodyCame: handover.nobody_came,
    AlarmDue: lambda _, now, __: alarm.due(now),
    Forgotten: forgetting.forgotten,
    LooksTold: looking.told,
    CopyReady: copying.ready,
    Bulletined: bulletins.told,
    Transcribed: lambda inst, now, event: (voices.transcribed(inst, now, event), ()),
}
"""Who takes what is not said by the citizen; each event has one."""


def step(institution: Institution, now: Conversation, event: Event) -> Result:
    """What the conversation becomes, and what it wants done."""
    now = voiced(institution, now)
    result = splitting.followed(institution, now, event, _step(institution, now, event))
    result = replies.reminded(now, result)
    return steps.counted(now, event, result)


def _step(institution: Institution, now: Conversation, event: Event) -> Result:
    if isinstance(event, Heard):
        if (waits := albums.held(now, event)) is not None:
            return waits, ()
        now, event = albums.noted(now, event), status.timed(event)
        now = now if event.gathered else replace(now, shares=event.shares)
        heard, effects = _hear(institution, in_language(institution, steps.heard(now), event), event)
        heard = replies.settled(heard, event, effects)
        return replace(heard, heard_at=event.at.isoformat(), closes_at=""), effects
    return FOLLOWS[type(event)](institution, now, event)


def _hear(institution: Institution, now: Conversation, heard: Heard) -> Result:
    heard = stuck.retold(institution, now, heard)
    word = heard.choice or _meant(now, heard.text) or command(heard.text)
    heard, maybe = doubt.sifted(now, heard, word)
    told, effects = identity.told(institution, now, heard, _taken(institution, now, heard, word))
    told, effects = foreign.told(institution, now, heard, (told, effects))
    told = told if told.misses > now.misses else replace(told, misses=0)
    return doubt.told(now, maybe, calming.soothed(institution, now, heard, (told, effects)))


def _taken(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    for take in FIRST:
        if (result := take(institution, now, heard, word)) is not None:
            return result
    told, asked = asides.parted(institution, now, heard, word)
    word = word or (_meant(now, told.text) or command(told.text) if asked else "")
    return asides.beside(institution, asked, BY_STAGE.get(now.stage, drafting.take)(institution, now, told, word))


def _meant(now: Conversation, text: str) -> str:
    """The choice that words stand for: an answer to the visit-back, a button's label or its place in the row."""
    if now.stage is Stage.IDLE and now.survey is not None and (choice := survey.typed(now.survey, text)):
        return choice
    return chosen(text, now.offered, numbered=few.numbered(now))
