"""Words that sound like danger and hold none of the words known for it: the numbers are told, and a button raises the alarm.

A case that nobody confirmed is made only where it is sure that somebody is in
danger. Short answers and commands sound like anything, so they count for nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.messages import Choice, Say
from dialogs.wording import phrase
from nlp.danger import care

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.effects import Effect
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result

SHORT = 15  # characters; while something is asked a shorter message is an answer, not a story
RAISE = "danger.now"
NUMBERS = {
    "fire": ("119", "120"),
    "gas": ("119", "120"),
    "trapped": ("119", "120"),
    "traffic": ("122", "120"),
    "medical": ("120",),
    "crime": ("110", "120"),
    "self_harm": ("12356", "110", "120"),
}
"""Whom to call, the first one first."""


def sifted(now: Conversation, heard: Heard, word: str) -> tuple[Heard, str]:
    """The message without a danger that is not sure, and that danger, or ``""``."""
    danger = heard.facts.danger
    if danger is None or heard.choice or care.certain(heard.text):
        return heard, ""
    grade = "urgent" if heard.facts.what else "ordinary"
    short = now.stage is not Stage.IDLE and len(heard.text.strip()) < SHORT
    told = word or short or now.stage is Stage.ALARM
    if told:
        grade = "ordinary"
    plain = replace(heard, facts=replace(heard.facts, danger=None, urgency=grade, urgency_why=None))
    return plain, "" if told else danger


def told(before: Conversation, danger: str, result: Result) -> Result:
    """The answer with the numbers in front, once for a draft, and the button."""
    now, effects = result
    if not danger or before.draft.warned or now.hand == "taken" or now.alarm is not before.alarm:
        return result
    warned = replace(now, draft=replace(now.draft, warned=True, danger=danger))
    said = _numbers(now.language, danger, effects)
    last = max((index for index, one in enumerate(said) if isinstance(one, Say)), default=-1)
    button = Choice(RAISE, phrase(now.language, RAISE))
    offered = tuple(
        replace(one, choices=(*one.choices, button)) if index == last and isinstance(one, Say) else one
        for index, one in enumerate(said)
    )
    return replace(warned, offered=(*warned.offered, (button.id, button.label))), offered


def _numbers(language: str, danger: str, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What is said, with whom to call before anything else."""
    numbers = phrase(language, "mark.and").join(NUMBERS[danger])
    key = "danger.maybe.self_harm" if danger == "self_harm" else "danger.maybe"
    line = phrase(language, key, numbers=numbers)
    first = next((index for index, one in enumerate(effects) if isinstance(one, Say)), None)
    if first is None:
        return (*effects, Say(line))
    told = [replace(one, text=f"{line}\n{one.text}") if isinstance(one, Say) else one for one in effects[first:][:1]]
    return (*effects[:first], *told, *effects[first + 1 :])
