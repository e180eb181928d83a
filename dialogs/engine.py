"""The conversation, as a pure function: (state, event) -> (state, effects).

Nothing here awaits, reads a clock, or touches a database. The shell in
backend/services/intake.py carries out the effects and feeds their results
back as events. This file decides who takes an event; drafting.py collects a
complaint, status.py tells of cases, survey.py asks back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs import drafting, noting, sorting, status, survey
from dialogs.asking import speak
from dialogs.commands import chosen, command
from dialogs.conversation import Conversation, Draft, Stage
from dialogs.effects import Add
from dialogs.events import CaseFiled, Claimed, Heard, Rated, VisitBackDue
from dialogs.language import in_language
from dialogs.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.asking import Result
    from dialogs.effects import Effect
    from dialogs.events import Event
    from institutions.model import Institution

STEERING = frozenset({"cancel", "restart", "help", "progress", "english", "chinese"})
"""Commands that mean the same whatever was asked."""
SHORT = 60  # characters: a longer message that holds a case number is a story, not a question about it


def step(institution: Institution, now: Conversation, event: Event) -> Result:
    """What the conversation becomes, and what it wants done."""
    match event:
        case Heard():
            return _hear(institution, in_language(now, event), event)
        case CaseFiled():
            return _filed(institution, now, event)
        case Claimed():
            return status.claimed(institution, now, event)
        case VisitBackDue():
            return survey.begin(now, event)
        case Rated():
            return survey.rated(institution, now, event)
    raise AssertionError(f"no rule for {event!r}")


def _hear(institution: Institution, now: Conversation, heard: Heard) -> Result:
    if heard.facts.danger and not heard.choice:
        return _alarmed(institution, now, heard)
    choice = heard.choice or _meant(now, heard.text)
    word = choice or command(heard.text)
    if word in STEERING:
        return _steer(institution, now, heard, word)
    if (addressed := _addressed(institution, now, heard, choice)) is not None:
        return addressed
    match now.stage:
        case Stage.WITHDRAWING:
            return _withdrawing(institution, now, heard, word)
        case Stage.CLAIMING:
            proved, effects = status.prove(now, heard)
            return (proved, effects) if effects else _idle(institution, proved, heard, word)
        case Stage.IDLE:
            return _idle(institution, now, heard, word)
        case Stage.SORTING:
            return sorting.take(institution, now, heard, word)
    return drafting.take(institution, now, heard, word)


def _alarmed(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """Danger comes before whatever else was going on; nothing in such words steers or answers anything."""
    if now.stage in drafting.STAGES:
        return drafting.take(institution, now, heard, "")
    if now.stage is Stage.SORTING:
        return sorting.take(institution, now, heard, "")
    return drafting.begin(institution, replace(now, stage=Stage.IDLE), heard, greeted=bool(heard.mine))


def _addressed(institution: Institution, now: Conversation, heard: Heard, choice: str) -> Result | None:
    """A button or number that says by itself which case it is about, or a button from before; None: neither."""
    if choice.startswith("visit:") and choice.count(":") == survey.COLONS:
        return survey.answered(now, choice)
    verb, _, number = choice.partition(":")
    case = next((case for case in heard.mine if case.number == number), None)
    if case and verb in {"case", "withdraw"}:
        told = status.one(institution, now, case)
        if now.stage in drafting.STAGES:
            return _back_to_it(institution, *told)
        return told if verb == "case" or not case.open else status.ask_withdrawal(now, number)
    if heard.choice and heard.choice not in {key for key, _ in now.offered}:
        return _stale(institution, now)
    if now.stage in drafting.STAGES and len(heard.text) <= SHORT and (heard.number or heard.misread):
        return _aside(institution, now, heard)
    return None


def _withdrawing(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Only a plain yes takes a case back, and only one's own; other words are listened to."""
    if word in {"withdraw.yes", "submit", "yes"} and any(case.number == now.number for case in heard.mine):
        return status.withdraw(now)
    kept = replace(now, stage=Stage.IDLE, offered=())
    if word:
        return speak(kept, phrase(now.language, "withdraw.kept"))
    return _idle(institution, kept, heard, word)


def _meant(now: Conversation, text: str) -> str:
    """The choice that words stand for: an answer to the visit-back, a button's label or its place in the row."""
    if now.stage is Stage.IDLE and now.survey is not None and (choice := survey.typed(now.survey, text)):
        return choice
    return chosen(text, now.offered, numbered=now.stage is not Stage.ASKING)


def _idle(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    facts = heard.facts
    if heard.number and len(heard.text) <= SHORT:
        return status.by_number(institution, now, heard, heard.number)
    if heard.misread and len(heard.text) <= SHORT:
        return speak(now, phrase(now.language, "number.wrong"))
    if now.survey is not None and now.survey.asking == "remark" and heard.text:
        return survey.remarked(now, now.survey, heard.text)
    if word == "thanks":
        return speak(now, phrase(now.language, "thanks"))
    case = sorting.current(heard)
    if case and facts.what is None and heard.evidence:
        files = tuple(e.id for e in heard.evidence)
        told, effects = speak(now, *noting.remarks(now, heard), phrase(now.language, "added", number=case.number))
        return told, (Add(case.number, heard.text, files), *effects)
    if case and facts.what is not None:
        return sorting.begin(institution, now, heard, case)
    return drafting.begin(institution, now, heard, greeted=bool(heard.mine) and word == "")


def _steer(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    match word:
        case "cancel":
            return drafting.cancel(now)
        case "restart":
            fresh = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, pending="")
            return drafting.go_on(institution, fresh, phrase(now.language, "restart"))
        case "english" | "chinese":
            spoken = replace(now, language="en" if word == "english" else "zh")
            return _back_to_it(institution, *speak(spoken, phrase(spoken.language, "language")))
        case "progress":
            return _back_to_it(institution, *status.mine(institution, now, heard))
    phone = status.told_phone(institution, now.language)
    return _back_to_it(institution, *speak(now, phrase(now.language, "help", phone=phone)))


def _stale(institution: Institution, now: Conversation) -> Result:
    """A button from before does nothing; what is open is asked again."""
    lead = phrase(now.language, "stale")
    if now.stage in drafting.STAGES:
        return drafting.again(institution, now, lead)
    if now.survey is not None and now.stage is Stage.IDLE:
        return survey.again(now, now.survey, lead)
    return speak(now, lead, phrase(now.language, "invite"))


def _aside(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """A case number in the middle of a draft: say how that case is, and go on."""
    known = next((case for case in heard.mine if case.number == heard.number), None)
    if known:
        return _back_to_it(institution, *status.one(institution, now, known))
    key = "number.later" if heard.number else "number.wrong"
    return _back_to_it(institution, *speak(now, phrase(now.language, key)))


def _back_to_it(institution: Institution, now: Conversation, effects: tuple[Effect, ...]) -> Result:
    """After an aside, go back to the question that was open."""
    if now.stage not in drafting.STAGES:
        return now, effects
    again, question = drafting.again(institution, now, phrase(now.language, "resume"))
    return again, (*effects, *question)


def _filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result:
    language, urgent = now.language, now.draft.grade == "emergency"
    zone = ZoneInfo(institution.timezone)
    at = say_time(event.promised, zone, language) if event.promised else ""
    promise = phrase(language, "receipt.promise", at=at) if at else ""
    idle = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, number=event.number)
    if urgent:
        danger = phrase(language, f"danger.{now.draft.danger}") if now.draft.danger else ""
        return speak(idle, phrase(language, "receipt.urgent", number=event.number), danger)
    receipt = phrase(language, "receipt", number=event.number, department=event.department, promise=promise)
    return speak(idle, receipt, phrase(language, "receipt.evidence"))
