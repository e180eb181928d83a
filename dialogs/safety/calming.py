"""Somebody angry, worn out, or insulting: a kind word once a day, and a person offered; the matter is always taken.

Nothing is refused and nobody is lectured. An insult alone answers no question,
so the open one is put again; an insult beside facts is passed over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Stage
from dialogs.draft import drafting
from dialogs.draft.back import back_to_it
from dialogs.messages import Choice, Say
from dialogs.speaking.saying import speak
from dialogs.wording import phrase
from nlp.danger import abuse

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.effects import Effect
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

OFFERED = 2
"""From this insult of a day on a person is offered."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take words that are an insult and nothing else."""
    if word or heard.facts.danger or heard.evidence or heard.location or not abuse.only_vents(heard.text):
        return None
    if now.stage is Stage.IDLE and now.survey is None:
        return speak(now, phrase(now.language, "invite"))
    return back_to_it(institution, now, ())


def soothed(institution: Institution, before: Conversation, heard: Heard, result: Result) -> Result:
    """What is said to this message, with a kind word in front where one is due."""
    now, effects = result
    if heard.facts.danger or heard.choice or before.hand == "taken":
        return result
    day = today(institution, heard)
    fresh = replace(now, mood_day=day, soothed=False, abuses=0) if now.mood_day != day else now
    if abuse.insults(heard.text):
        return _answered(fresh, effects, institution)
    mood = "" if fresh.soothed else abuse.upset(heard.text)
    if not mood:
        return now, effects
    return in_front(institution, replace(fresh, soothed=True), effects, phrase(now.language, f"mood.{mood}"))


def today(institution: Institution, heard: Heard) -> str:
    """The ISO date on which it was said."""
    return heard.at.astimezone(ZoneInfo(institution.timezone)).date().isoformat()


def _answered(now: Conversation, effects: tuple[Effect, ...], institution: Institution) -> Result:
    """The first insult of a day gets understanding, any other one the offer of a person."""
    counted = replace(now, abuses=now.abuses + 1, soothed=True)
    if counted.abuses < OFFERED:
        return in_front(institution, counted, effects, phrase(now.language, "mood.insult"))
    words = phrase(now.language, "mood.insult.again") if counted.abuses == OFFERED else ""
    told, said = in_front(institution, counted, effects, words) if words else (counted, effects)
    human = Choice("human", phrase(now.language, "person"))
    last = max((index for index, one in enumerate(said) if isinstance(one, Say)), default=0)
    offered = tuple(
        replace(one, choices=(*one.choices, human)) if index == last and isinstance(one, Say) else one
        for index, one in enumerate(said)
    )
    return replace(told, offered=(*told.offered, (human.id, human.label))), offered


def in_front(institution: Institution, now: Conversation, effects: tuple[Effect, ...], words: str) -> Result:
    """The words before what is said anyhow, but after a greeting."""
    first = next((index for index, one in enumerate(effects) if isinstance(one, Say)), None)
    if first is None:
        return now, (*effects, Say(words))
    say, greeting = effects[first], drafting.welcome(institution, now.language)
    text = say.text if isinstance(say, Say) else ""
    greeted = text.startswith(greeting)
    parts = [greeting, words, text[len(greeting) :].lstrip("\n")] if greeted else [words, text]
    told = replace(say, text="\n".join(part for part in parts if part)) if isinstance(say, Say) else say
    return now, (*effects[:first], told, *effects[first + 1 :])
