"""Commands that mean the same whatever was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import drafting
from dialogs.draft.back import back_to_it
from dialogs.filed import status
from dialogs.speaking import language
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
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
