"""What only the owner of a case may do: prove that it is theirs, and take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.codes import typed
from dialogs.conversation import Conversation, Stage
from dialogs.effects import Claim, Leave, Withdraw
from dialogs.filed import idle, reasons
from dialogs.speaking.saying import speak
from dialogs.wording import phrase
from nlp.who import people as persons

if TYPE_CHECKING:
    from dialogs.events import Brief, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def proving(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Take the phone or code that proves a number; other words are listened to."""
    if word == "contact" and not heard.contact:  # the button's words without what it sends
        return speak(now, phrase(now.language, "share.contact"), choices=now.offered)
    open_ = replace(now, stage=Stage.IDLE)
    phone, (code, _) = heard.contact or persons.phone(heard.text), typed(heard.text)
    if phone is None and not code:
        return idle.take(institution, open_, heard, word)
    return open_, (Claim(now.number, phone or "", code),)


def leaves(case: Brief) -> bool:
    """Whether taking it back only means to leave it: others are in it, and it goes on for them."""
    return case.joint or case.others > 0


def ask_withdrawal(now: Conversation, case: Brief) -> Result:
    """Make sure before a case is taken back, or left to the others in it."""
    what = "leave" if leaves(case) else "withdraw"
    choices = [(f"withdraw.{answer}", phrase(now.language, f"{what}.{answer}")) for answer in ("yes", "no")]
    asking = replace(now, stage=Stage.WITHDRAWING, number=case.number)
    return speak(asking, phrase(now.language, f"{what}.ask", number=case.number), choices=choices)


def withdrawing(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Only a plain yes takes a case back, and only one's own; other words are listened to."""
    kept = replace(now, stage=Stage.IDLE, offered=())
    case = next((case for case in heard.mine if case.number == now.number), None)
    if word in {"withdraw.yes", "submit", "yes"} and case is not None:
        return _left(kept, case) if leaves(case) else _withdrawn(kept, case)
    what = "leave" if case is not None and leaves(case) else "withdraw"
    return speak(kept, phrase(now.language, f"{what}.kept")) if word else idle.take(institution, kept, heard, word)


def _withdrawn(now: Conversation, case: Brief) -> Result:
    done, said = reasons.ask(now, "withdrawn", case.number, phrase(now.language, "withdraw.done", number=case.number))
    return done, (Withdraw(case.number), *said)


def _left(now: Conversation, case: Brief) -> Result:
    survey = None if now.survey is not None and now.survey.number == case.number else now.survey
    questions = tuple(one for one in now.questions if one.number != case.number)
    said = phrase(now.language, "leave.done", number=case.number)
    told, effects = speak(replace(now, survey=survey, questions=questions), said)
    return told, (Leave(case.number), *effects)
