"""The way back to the question that was open, after an aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage
from dialogs.draft import drafting, whereabouts
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.effects import Effect
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def back_to_it(institution: Institution, now: Conversation, effects: tuple[Effect, ...]) -> Result:
    """After an aside, go back to the question that was open."""
    if now.stage is Stage.ALARM:
        again, question = whereabouts.again(now)
        return again, (*effects, *question)
    if now.stage not in drafting.STAGES:
        return now, effects
    again, question = drafting.again(institution, now, phrase(now.language, "resume"))
    return again, (*effects, *question)
