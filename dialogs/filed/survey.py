"""The visit-back (回访): contacted? solved? satisfied? and what should have been better.

A button carries the case number and the question, so that it is understood
whenever it is tapped; typed answers count while the survey is the last thing
we asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Stage, Survey
from dialogs.effects import Rate
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialogs.events import Brief, Rated, VisitBackDue
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

ANSWERS = {
    "contacted": ("yes", "no"),
    "solved": ("yes", "partly", "no"),
    "satisfied": ("5", "4", "3", "2", "1"),
    "remark": ("none",),
}
TYPED = {
    "contacted": {
        "no": r"(?:都|还|根本|从来)?(?:没有?|无|未)(?:人|谁)?(?:联系|打电话|打|来|找)?(?:过|我|到|呢)*|no|nobody(?:did)?|never",
        "yes": r"(?:是的?|对的?|嗯)?(?:有人?|联系|打|来|找)?(?:过|了|我|电话|来|的)*|yes|theydid",
    },
    "solved": {
        "no": r".{0,4}(?:没有?|未)(?:得到|完全|彻底)?(?:解决|处理|弄好|修好|好)?(?:呢|啊|呀)?|(?:还是|依然|仍).{1,12}|no|not.{0,12}",
        "partly": r"(?:解决|好)?了?(?:部分|一部分|一点|一些)(?:解决)?了?|好(?:一些|些|一点)了?|有所.{1,6}|partly|abit",
        "yes": r"(?:都|已经?|问题)?(?:解决|处理好|弄好|修好|好)(?:了|啦|的)*|有|是的?|对的?|yes|solved",
    },
    "satisfied": {
        "1": r"(?:很|非常|极|太|特别)不满意|1分?|1星|notatall",
        "2": r"不(?:太|怎么)?满意|2分?|2星|notsatisfied",
        "3": r"一般(?:般)?|还行|凑合|3分?|3星|soso",
        "5": r"(?:很|非常|十分|特别)满意|5分?|5星|verysatisfied",
        "4": r"(?:比较|还算)?满意|可以|还好|4分?|4星|satisfied",
    },
    "remark": {"none": r"(?:没|没有|无|就这样)(?:了|什么)?|nothing(?:more)?"},
}
"""How people answer in their own words; the first that is the whole message counts."""
COLONS = 3  # in ``visit:NUMBER:QUESTION:ANSWER``
SHORT = 16  # characters; a longer message is a story
CONTENT = 4  # satisfied or better: nothing more is asked


def begin(now: Conversation, event: VisitBackDue) -> Result:
    """Ask the first question. A draft under way is not disturbed: only the buttons count then."""
    asked, effects = again(now, Survey(event.number))
    return (asked if now.stage is Stage.IDLE else replace(asked, offered=now.offered)), effects


def typed(survey: Survey, text: str) -> str:
    """The choice that a short message in the citizen's own words names, or ``""``."""
    plain = squeeze(text)
    for value, pattern in TYPED[survey.asking].items() if len(plain) <= SHORT else ():
        if plain and re.fullmatch(pattern, plain):
            return f"visit:{survey.number}:{survey.asking}:{value}"
    return ""


def closed_to(now: Conversation, case: Brief) -> str:
    """Why this case cannot be rated now; empty: it can."""
    if not case.own:
        key = "rate.theirs"
    elif case.open and not case.answered:
        key = "rate.reopened" if case.answer else "rate.early"
    elif case.rated:
        key = "rate.twice"
    elif not case.open:
        key = "rate.late" if case.answer else "rate.never"
    else:
        return ""
    return phrase(now.language, key, number=case.number)


def answered(now: Conversation, choice: str, mine: Sequence[Brief] = ()) -> Result:
    """Take a button ``visit:NUMBER:QUESTION:ANSWER``."""
    _, number, question, value = choice.split(":")
    survey = now.survey
    if survey is None or survey.number != number:
        case = next((case for case in mine if case.number == number), None)
        return speak(now, (closed_to(now, case) if case else "") or phrase(now.language, "visit.done"))
    if value not in ANSWERS.get(question, ()) or question != survey.asking:
        return again(now, survey, phrase(now.language, "stale"))
    match question:
        case "contacted":
            return again(now, replace(survey, contacted=value == "yes", asking="solved"))
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
        silent = not lead or now.stage is Stage.ALARM  # somebody in danger is told of nothing else
        return (now, ()) if silent else speak(now, lead)
    content = survey.solved == "yes" and (survey.satisfied or 0) >= CONTENT
    if survey.asking == "remark" and content:
        return speak(replace(now, survey=None), lead, phrase(now.language, "visit.thanks"))
    return again(now, survey, lead)


def _rate(survey: Survey) -> Rate:
    return Rate(survey.number, survey.contacted, survey.solved, survey.satisfied)


def again(now: Conversation, survey: Survey, *lead: str) -> Result:
    """Put the question that is open."""
    question, number = survey.asking, survey.number
    choices = [
        (f"visit:{number}:{question}:{value}", phrase(now.language, f"visit.{question}.{value}"))
        for value in ANSWERS[question]
    ]
    asked = phrase(now.language, f"visit.{question}", number=number)
    return speak(replace(now, survey=survey), *lead, asked, choices=choices)
