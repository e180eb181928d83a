"""The visit-back (回访): contacted? solved? satisfied? and, of who is not content, why.

A button carries the case number and the question, from the second answer of a
case on which of them it asks about too, so that it is understood whenever it is
tapped; typed answers count while the survey is the last thing we asked. Whether
the window is still open, the case's side knows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Stage, Survey
from dialogs.effects import Add, Rate
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialogs.events import Brief, Heard, Rated, VisitBackDue
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
SCORE = re.compile(r"\d{1,4}(?:分|星|颗星)?|[零十百]+(?:分|星)")
"""What is meant as a score, whatever it is."""
BELOW = re.compile(r"\s*[-−负]\s*\d")
COLONS = frozenset({3, 4})  # in ``visit:NUMBER:QUESTION:ANSWER`` and the same with ``:ROUND``
SHORT = 16  # characters; a longer message is a story
CONTENT = 4  # satisfied or better: nothing more is asked
MOST_DIGITS = 3  # of a round in a button


def begin(institution: Institution, now: Conversation, event: VisitBackDue) -> Result:
    """Ask the first question, or once more the one that is open.

    A draft under way is not disturbed: only the buttons count then.
    """
    same = now.survey is not None and (now.survey.number, now.survey.round) == (event.number, event.round)
    survey = now.survey if same and now.survey is not None else Survey(event.number, round=event.round)
    lead = phrase(now.language, "visit.reminder", number=event.number) if event.again else ""
    asked, effects = again(institution, now, survey, lead)
    return (asked if now.stage is Stage.IDLE else replace(asked, offered=now.offered)), effects


def theirs(now: Conversation, mine: Sequence[Brief]) -> Conversation:
    """Without the question about a case that is theirs no more: they left it, or nobody's name is kept of it."""
    survey = now.survey
    gone = survey is not None and all(case.number != survey.number for case in mine)
    return replace(now, survey=None) if gone else now


def typed(survey: Survey, text: str) -> str:
    """The choice that a short message in the citizen's own words names, or ``""``."""
    plain = squeeze(text)
    if survey.asking == "satisfied" and BELOW.match(text):
        return _button(survey, survey.asking, "none")
    for value, pattern in TYPED[survey.asking].items() if len(plain) <= SHORT else ():
        if plain and re.fullmatch(pattern, plain):
            return _button(survey, survey.asking, value)
    if survey.asking == "satisfied" and SCORE.fullmatch(plain):
        return _button(survey, survey.asking, "none")  # a score that there is not
    return ""


def closed_to(now: Conversation, case: Brief) -> str:
    """Why this case cannot be rated now; empty: it can."""
    if not case.own:
        key = "rate.theirs"
    elif case.visiting:
        return ""
    elif case.open and not case.answered:
        key = "rate.reopened" if case.answer else "rate.early"
    elif case.rated:
        key = "rate.twice"
    elif not case.open:
        key = "rate.late" if case.answer else "rate.never"
    else:
        return ""
    return phrase(now.language, key, number=case.number)


def answered(institution: Institution, now: Conversation, choice: str, mine: Sequence[Brief] = ()) -> Result:
    """Take a button ``visit:NUMBER:QUESTION:ANSWER``, with ``:ROUND`` behind it from the second answer on."""
    _, number, question, value, *rest = choice.split(":")
    asked_in = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) <= MOST_DIGITS else 1
    survey = now.survey
    if survey is None or survey.number != number:
        case = next((case for case in mine if case.number == number), None)
        if case is None or (closed := closed_to(now, case)) or not case.visiting:
            gone = "visit.done" if question in ANSWERS else "stale"
            return speak(now, closed if case else phrase(now.language, gone))
        survey = Survey(number, asking=question if question in ANSWERS else "contacted", round=case.round)
    if survey.round and survey.round != asked_in:
        return again(institution, now, survey, phrase(now.language, "visit.old"))
    if question == "reason" and survey.asking == "remark":
        return _because(institution, now, survey, value)
    if value not in ANSWERS.get(question, ()) or question != survey.asking:
        lead = "visit.score" if question == survey.asking == "satisfied" else "stale"
        return again(institution, now, survey, phrase(now.language, lead))
    match question:
        case "contacted":
            return again(institution, now, replace(survey, contacted=value == "yes", asking="solved"))
        case "solved":
            told = replace(survey, solved=value, asking="satisfied")
        case "satisfied":
            told = replace(survey, satisfied=int(value), asking="remark")
        case _:
            return speak(replace(now, survey=None), phrase(now.language, "visit.thanks"))
    return replace(now, survey=told), (_rate(told),)


def remarked(institution: Institution, now: Conversation, survey: Survey, heard: Heard, *lead: str) -> Result:
    """Keep a word of praise or blame, and end; a photo of what is not solved goes to the case, and it is asked on."""
    if heard.evidence:
        files = tuple(each.id for each in heard.evidence)
        asked, effects = again(institution, now, survey, *lead, phrase(now.language, "added", number=survey.number))
        return asked, (Add(survey.number, heard.text, files), *effects)
    ended, effects = speak(replace(now, survey=None), phrase(now.language, "visit.thanks"))
    return ended, (replace(_rate(survey), remark=heard.text), *effects)


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
    mine = survey is not None and survey.number == event.number
    if event.refused:
        told = replace(now, survey=None) if mine else now
        return speak(told, phrase(now.language, event.refused, number=event.number))
    if survey is None or not mine:
        silent = not lead or now.stage is Stage.ALARM  # somebody in danger is told of nothing else
        return (now, ()) if silent else speak(now, lead)
    if survey.asking == "remark" and _content(survey):
        return speak(replace(now, survey=None), lead, phrase(now.language, "visit.thanks"))
    return again(institution, now, survey, lead)


def again(institution: Institution, now: Conversation, survey: Survey, *lead: str) -> Result:
    """Put the question that is open."""
    question, number = survey.asking, survey.number
    choices = [
        (_button(survey, question, value), phrase(now.language, f"visit.{question}.{value}"))
        for value in ANSWERS[question]
    ]
    asked = phrase(now.language, f"visit.{question}", number=number)
    if question == "remark" and not _content(survey) and institution.survey.reasons:
        choices = _reasons(institution, now, survey) + choices
        asked = phrase(now.language, "visit.more" if survey.reasons else "visit.why")
        if survey.solved != "yes" and not survey.reasons:
            asked += phrase(now.language, "visit.photo")
    return speak(replace(now, survey=survey), *lead, asked, choices=choices)


def _because(institution: Institution, now: Conversation, survey: Survey, key: str) -> Result:
    """A reason was tapped: kept at once; the others stay."""
    if institution.survey.reason(key) is None:
        return again(institution, now, survey, phrase(now.language, "stale"))
    told = replace(survey, reasons=tuple(dict.fromkeys((*survey.reasons, key))))
    return replace(now, survey=told), (_rate(told),)


def _reasons(institution: Institution, now: Conversation, survey: Survey) -> list[tuple[str, str]]:
    left = [one for one in institution.survey.reasons if one.id not in survey.reasons]
    return [(_button(survey, "reason", one.id), named(now.language, one.name, one.name_en)) for one in left]


def _content(survey: Survey) -> bool:
    return survey.solved == "yes" and (survey.satisfied or 0) >= CONTENT


def _button(survey: Survey, question: str, value: str) -> str:
    later = f":{survey.round}" if survey.round > 1 else ""
    return f"visit:{survey.number}:{question}:{value}{later}"


def _rate(survey: Survey) -> Rate:
    return Rate(
        survey.number, survey.contacted, survey.solved, survey.satisfied, reasons=survey.reasons, round=survey.round
    )
