"""The visit-back (回访): contacted? solved? satisfied? and what should have been better.

A button carries the case number and the question, so that it is understood
whenever it is tapped; typed answers count while the survey is the last thing
we asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.asking import speak
from dialogs.conversation import Conversation, Stage, Survey
from dialogs.effects import Rate
from dialogs.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.asking import Result
    from dialogs.events import Rated, VisitBackDue
    from institutions.model import Institution

ANSWERS = {
    "contacted": ("yes", "no"),
    "solved": ("yes", "partly", "no"),
    "satisfied": ("5", "4", "3", "2", "1"),
    "remark": ("none",),
}
CONTENT = 4  # satisfied or better: nothing more is asked


def begin(now: Conversation, event: VisitBackDue) -> Result:
    """Ask the first question. A draft under way is not disturbed: only the buttons count then."""
    asked, effects = _ask(now, Survey(event.number))
    return (asked if now.stage is Stage.IDLE else replace(asked, offered=now.offered)), effects


def answered(now: Conversation, choice: str) -> Result:
    """Take a button ``visit:NUMBER:QUESTION:ANSWER``."""
    _, number, question, value = choice.split(":")
    survey = now.survey
    if survey is None or survey.number != number:
        return speak(now, phrase(now.language, "visit.done"))
    if value not in ANSWERS.get(question, ()) or question != survey.asking:
        return _ask(now, survey, phrase(now.language, "stale"))
    match question:
        case "contacted":
            return _ask(now, replace(survey, contacted=value == "yes", asking="solved"))
        case "solved":
            rated = replace(survey, solved=value, asking="satisfied")
        case "satisfied":
            rated = replace(survey, satisfied=int(value), asking="remark")
        case _:
            return speak(replace(now, survey=None), phrase(now.language, "visit.thanks"))
    return replace(now, survey=rated), (_rate(rated),)


def remarked(now: Conversation, survey: Survey, text: str) -> Result:
    """Keep a word of praise or blame, and end."""
    ended, effects = speak(replace(now, survey=None), phrase(now.language, "visit.thanks"))
    return ended, (replace(_rate(survey), remark=text), *effects)


def rated(institution: Institution, now: Conversation, event: Rated) -> Result:
    """The answer is on record; say what follows from it and ask on."""
    lead = ""
    if event.reopened:
        zone = ZoneInfo(institution.timezone)
        promise = (
            phrase(now.language, "visit.promise", at=say_time(event.promised, zone, now.language))
            if event.promised
            else ""
        )
        lead = phrase(now.language, "visit.reopened", number=event.number, promise=promise)
    survey = now.survey
    if survey is None or survey.number != event.number:
        return (now, ()) if not lead else speak(now, lead)
    content = survey.solved == "yes" and (survey.satisfied or 0) >= CONTENT
    if survey.asking == "remark" and content:
        return speak(replace(now, survey=None), lead, phrase(now.language, "visit.thanks"))
    return _ask(now, survey, lead)


def _rate(survey: Survey) -> Rate:
    return Rate(survey.number, survey.contacted, survey.solved, survey.satisfied)


def _ask(now: Conversation, survey: Survey, *lead: str) -> Result:
    """Put the question that is open."""
    question, number = survey.asking, survey.number
    choices = [
        (f"visit:{number}:{question}:{value}", phrase(now.language, f"visit.{question}.{value}"))
        for value in ANSWERS[question]
    ]
    asked = phrase(now.language, f"visit.{question}", number=number)
    return speak(replace(now, survey=survey), *lead, asked, choices=choices)
