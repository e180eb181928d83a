"""Commands that mean the same whatever was asked, and the way back to the question that was open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import drafting
from dialogs.draft.asking import speak
from dialogs.filed import status
from dialogs.safety import whereabouts
from dialogs.speaking import language
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.draft.asking import Result
    from dialogs.effects import Effect
    from dialogs.events import Heard
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take a command."""
    match word:
        case "cancel":
            return drafting.cancel(now, heard)
        case "restart":
            fresh = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, pending="")
            again, effects = drafting.go_on(institution, fresh, phrase(now.language, "restart"))
            return again, (*drafting.discarded(now.draft, heard), *effects)
        case "english" | "chinese" | "traditional":
            spoken = language.switched(institution, now, word)
            return back_to_it(institution, *speak(spoken, phrase(spoken.language, "language")))
        case "progress":
            return back_to_it(institution, *status.mine(institution, now, heard))
        case "help":
            phone = status.told_phone(institution, now.language)
            return back_to_it(institution, *speak(now, phrase(now.language, "help", phone=phone)))
    return None


def back_to_it(institution: Institution, now: Conversation, effects: tuple[Effect, ...]) -> Result:
    """After an aside, go back to the question that was open."""
    if now.stage is Stage.ALARM:
        again, question = whereabouts.again(now)
        return again, (*effects, *question)
    if now.stage not in drafting.STAGES:
        return now, effects
    again, question = drafting.again(institution, now, phrase(now.language, "resume"))
    return again, (*effects, *question)
