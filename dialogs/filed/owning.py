"""What only the owner of a case may do: prove that it is theirs, and take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage
from dialogs.draft.asking import speak
from dialogs.effects import Claim, Withdraw
from dialogs.filed import idle, reasons
from dialogs.wording import phrase
from nlp.who import people as persons

if TYPE_CHECKING:
    from dialogs.draft.asking import Result
    from dialogs.events import Heard
    from institutions.model import Institution


def proving(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Take the phone that proves a number; other words are listened to."""
    open_ = replace(now, stage=Stage.IDLE)
    phone = heard.contact or persons.phone(heard.text)
    return idle.take(institution, open_, heard, word) if phone is None else (open_, (Claim(now.number, phone),))


def ask_withdrawal(now: Conversation, number: str) -> Result:
    """Make sure before a case is taken back."""
    choices = [
        ("withdraw.yes", phrase(now.language, "withdraw.yes")),
        ("withdraw.no", phrase(now.language, "withdraw.no")),
    ]
    asking = replace(now, stage=Stage.WITHDRAWING, number=number)
    return speak(asking, phrase(now.language, "withdraw.ask", number=number), choices=choices)


def withdrawing(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Only a plain yes takes a case back, and only one's own; other words are listened to."""
    kept = replace(now, stage=Stage.IDLE, offered=())
    if word in {"withdraw.yes", "submit", "yes"} and any(case.number == now.number for case in heard.mine):
        done, effects = reasons.ask(
            kept, "withdrawn", now.number, phrase(now.language, "withdraw.done", number=now.number)
        )
        return done, (Withdraw(now.number), *effects)
    return speak(kept, phrase(now.language, "withdraw.kept")) if word else idle.take(institution, kept, heard, word)
