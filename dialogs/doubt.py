"""Words that sound like danger and hold none of the words known for it: the numbers are told, and a button raises the alarm.

A case that nobody confirmed is made only where it is sure that somebody is in
danger. Short answers and commands sound like anything, so they count for nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.calming import in_front
from dialogs.conversation import Stage
from dialogs.messages import Choice, Say
from dialogs.wording import phrase
from nlp import care

if TYPE_CHECKING:
    from dialogs.asking import Result
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from institutions.model import Institution

SHORT = 15  # characters; a shorter message is an answer, not a story
RAISE = "danger.now"


def sifted(now: Conversation, heard: Heard, word: str) -> tuple[Heard, str]:
    """The message without a danger that is not sure, and that danger, or ``""``."""
    danger = heard.facts.danger
    if danger is None or heard.choice or care.certain(heard.text):
        return heard, ""
    grade = "urgent" if heard.facts.what else "ordinary"
    told = word or len(heard.text.strip()) < SHORT or now.stage is Stage.ALARM
    if told:
        grade = "ordinary"
    plain = replace(heard, facts=replace(heard.facts, danger=None, urgency=grade, urgency_why=None))
    return plain, "" if told else danger


def told(institution: Institution, before: Conversation, danger: str, result: Result) -> Result:
    """The answer with the numbers in front, once for a draft, and the button."""
    now, effects = result
    if not danger or before.draft.warned or now.hand == "taken" or now.alarm is not before.alarm:
        return result
    key = "danger.maybe.self_harm" if danger == "self_harm" else "danger.maybe"
    warned = replace(now, draft=replace(now.draft, warned=True, danger=danger))
    warned, said = in_front(institution, warned, effects, phrase(now.language, key))
    last = max((index for index, one in enumerate(said) if isinstance(one, Say)), default=-1)
    button = Choice(RAISE, phrase(now.language, RAISE))
    offered = tuple(
        replace(one, choices=(*one.choices, button)) if index == last and isinstance(one, Say) else one
        for index, one in enumerate(said)
    )
    return replace(warned, offered=(*warned.offered, (button.id, button.label))), offered
