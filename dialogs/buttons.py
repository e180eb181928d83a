"""A button or number that says by itself which case it is about, and a button from before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage
from dialogs.draft import drafting
from dialogs.draft.back import back_to_it
from dialogs.filed import owning, status, survey
from dialogs.filed.idle import SHORT
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take what names a case or is no longer offered."""
    if word.startswith("visit:") and word.count(":") in survey.COLONS:
        return survey.answered(institution, now, word, heard.mine)
    verb, _, number = word.partition(":")
    case = next((case for case in heard.mine if case.number == number), None)
    if case and verb in {"case", "withdraw"}:
        told = status.one(institution, now, case)
        if now.stage in drafting.STAGES:
            return back_to_it(institution, *told)
        return told if verb == "case" or not case.open else owning.ask_withdrawal(now, case)
    if heard.choice and heard.choice not in {key for key, _ in now.offered}:
        return _stale(institution, now)
    if now.stage in drafting.STAGES and len(heard.text) <= SHORT and (heard.number or heard.misread):
        return _aside(institution, now, heard)
    return None


def _stale(institution: Institution, now: Conversation) -> Result:
    """A button from before does nothing; what is open is asked again."""
    lead = phrase(now.language, "stale")
    if now.stage in drafting.STAGES:
        return drafting.again(institution, now, lead)
    if now.survey is not None and now.stage is Stage.IDLE:
        return survey.again(institution, now, now.survey, lead)
    return speak(now, lead, phrase(now.language, "invite"))


def _aside(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """A case number in the middle of a draft: say how that case is, and go on."""
    known = next((case for case in heard.mine if case.number == heard.number), None)
    if known:
        return back_to_it(institution, *status.one(institution, now, known))
    key = "number.later" if heard.number else "number.wrong"
    return back_to_it(institution, *speak(now, phrase(now.language, key)))
