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

from dialogs import asking, drafting, noting, status, survey
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
    choice = heard.choice or _meant(now, heard.text)
    word = choice or command(heard.text)
    if word in STEERING:
        return _steer(institution, now, heard, word)
    if choice.startswith("visit:"):
        return survey.answered(now, choice)
    if choice.startswith("case:"):
        return status.by_number(institution, now, heard, choice.removeprefix("case:"))
    if choice.startswith("withdraw:"):
        return status.ask_withdrawal(now, choice.removeprefix("withdraw:"))
    if now.stage is Stage.WITHDRAWING:
        return status.withdraw(now, "withdraw.yes" if word in {"withdraw.yes", "submit", "yes"} else "withdraw.no")
    if now.stage is Stage.CLAIMING:
        proved, effects = status.prove(now, heard)
        return (proved, effects) if effects else _idle(institution, proved, heard, word)
    if now.stage is Stage.IDLE:
        return _idle(institution, now, heard, word)
    if now.stage is Stage.SORTING:
        return _sort(institution, now, heard, word)
    return drafting.take(institution, now, heard, word)


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
    current = next((c for c in heard.mine if c.open), None)
    if current and facts.what is None and heard.evidence:
        files = tuple(e.id for e in heard.evidence)
        told, effects = speak(now, *noting.remarks(now, heard), phrase(now.language, "added", number=current.number))
        return told, (Add(current.number, heard.text, files), *effects)
    if current and facts.what is not None:
        return _ask_which(now, heard, current.number, asking.shorten(current.what, 20), institution)
    return drafting.begin(institution, now, heard, greeted=bool(heard.mine) and word == "")


def _ask_which(now: Conversation, heard: Heard, number: str, what: str, institution: Institution) -> Result:
    """A new matter, or more about the last one? The draft is begun, and dropped if it was not needed."""
    sorting = noting.gathered(
        institution, replace(now, draft=Draft(dict(heard.place)), stage=Stage.SORTING, number=number), heard
    )
    sorting = replace(sorting, pending=f"{now.pending}\n{heard.text}".strip())
    choices = [("sort.same", phrase(now.language, "sort.same")), ("sort.new", phrase(now.language, "sort.new"))]
    lead = noting.warnings(now, heard)
    return speak(sorting, *lead, phrase(now.language, "sort.ask", number=number, what=what), choices=choices)


def _sort(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if word == "sort.same":
        files = tuple(key for key, _ in now.draft.evidence)
        idle = replace(now, stage=Stage.IDLE, draft=Draft(), pending="")
        told, effects = speak(idle, phrase(now.language, "added", number=now.number))
        return told, (Add(now.number, now.pending, files), *effects)
    if word == "sort.new":
        return drafting.go_on(institution, replace(now, pending=""))
    more = noting.gathered(institution, replace(now, pending=f"{now.pending}\n{heard.text}".strip()), heard)
    choices = [("sort.same", phrase(now.language, "sort.same")), ("sort.new", phrase(now.language, "sort.new"))]
    what = next((asking.shorten(c.what, 20) for c in heard.mine if c.number == now.number), "")
    return speak(more, phrase(now.language, "sort.ask", number=now.number, what=what), choices=choices)


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


def _back_to_it(institution: Institution, now: Conversation, effects: tuple[Effect, ...]) -> Result:
    """After an aside, go back to the question that was open."""
    if now.stage not in drafting.STAGES:
        return now, effects
    again, question = drafting.again(institution, now)
    return again, (*effects, *question)


def _filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result:
    language = now.language
    zone = ZoneInfo(institution.timezone)
    at = say_time(event.promised, zone, language) if event.promised else ""
    promise = phrase(language, "receipt.promise", at=at) if at else ""
    idle = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, number=event.number)
    receipt = phrase(language, "receipt", number=event.number, department=event.department, promise=promise)
    return speak(idle, receipt, phrase(language, "receipt.evidence"))
