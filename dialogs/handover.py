"""A person instead of the bot: asked for, there, gone again, or not come.

While somebody has the chat the bot is silent, whatever is said; facts still go
where they belong, so that nothing has to be said again afterwards. Until they
come, the bot goes on. Danger is answered all the same (alarm comes first).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Stage
from dialogs.draft import asking, drafting, noting
from dialogs.draft.back import back_to_it
from dialogs.effects import Hand
from dialogs.filed import status
from dialogs.messages import Say
from dialogs.safety import alarm, calming
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Handed, Heard, NobodyCame
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

WAITING, TAKEN = "waiting", "taken"
PLAIN = frozenset({"who", "contact", "where", "when"})
"""What is a fact whomever it is told; the rest is talk with the person."""
KEEPING = frozenset({Stage.ASKING, Stage.CONFIRMING, Stage.CHANGING})
"""Stages in which facts may go into the draft without an answer of ours."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Everything, while a person has the chat; else the wish for one, or for none any more."""
    if now.hand == TAKEN:
        return _kept(institution, now, heard, word)
    if word == "human":
        if now.hand == WAITING:
            return back_to_it(institution, *speak(now, phrase(now.language, "human.waiting")))
        return now, (Hand(_why(institution, now, heard), now.number),)
    return None


def _why(institution: Institution, now: Conversation, heard: Heard) -> str:
    """Why a person was asked for: who takes the chat should know that somebody is very angry, not in which words."""
    angry = now.abuses >= calming.OFFERED and now.mood_day == calming.today(institution, heard)
    return "abuse" if angry else "asked"


def handed(institution: Institution, now: Conversation, event: Handed) -> Result:
    """Say when somebody comes, and go on meanwhile. Who despairs was told already."""
    asked = replace(now, hand=WAITING if event.open or event.opens else "")
    if event.reason == "self_harm":
        return asked, ()
    phone = status.told_phone(institution, now.language)
    if event.open:
        said = phrase(now.language, "human.coming", minutes=event.minutes)
    elif event.opens is not None:
        at = say_time(event.opens, ZoneInfo(institution.timezone), now.language)
        said = phrase(now.language, "human.later", at=at, phone=phone)
    else:
        said = phrase(now.language, "human.never", phone=phone)
    if now.stage in drafting.STAGES or now.stage is Stage.ALARM:
        return back_to_it(institution, *speak(asked, said))
    return speak(asked, said, phrase(now.language, "human.meanwhile"))


def taken(now: Conversation) -> Result:
    """Somebody is there."""
    return speak(replace(now, hand=TAKEN), phrase(now.language, "human.here"))


def given_back(institution: Institution, now: Conversation) -> Result:
    """They have gone; on with the question that was open."""
    if now.hand != TAKEN:
        return now, ()
    back, said = replace(now, hand=""), phrase(now.language, "human.back")
    if now.stage is Stage.ASKING and now.asking in now.draft.values:  # it was told the person
        return asking.ask_next(institution, back, said, phrase(now.language, "resume"))
    return back_to_it(institution, *speak(back, said))


def nobody_came(institution: Institution, now: Conversation, event: NobodyCame) -> Result:
    """The promise was not kept: say sorry, give the phone, go on."""
    if now.hand != WAITING:
        return now, ()
    alone = replace(now, hand="")
    if event.reason == "self_harm":
        return speak(alone, phrase(now.language, "human.nobody.self_harm"))
    said = phrase(now.language, "human.nobody", phone=status.told_phone(institution, now.language))
    return back_to_it(institution, *speak(alone, said))


def _kept(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Facts into the draft, or onto the emergency; not a word."""
    if now.stage is Stage.ALARM:
        told, effects = alarm.more(institution, now, heard, word)
        return replace(told, hand=TAKEN), tuple(one for one in effects if not isinstance(one, Say))
    if now.stage in KEEPING and not word:
        full = noting.gathered(institution, now, heard).draft
        if "what" not in now.draft.values and "what" in full.values:
            return replace(now, draft=full), ()
        plain = {key: value for key, value in full.values.items() if key in PLAIN and key not in now.draft.values}
        kept = replace(now.draft, values=now.draft.values | plain, evidence=full.evidence)
        return replace(now, draft=kept), ()
    return now, ()
