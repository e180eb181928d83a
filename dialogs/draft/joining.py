"""Others may have told the same matter already: shown without a word of theirs, and joined only on the citizen's word.

Looked for once a draft, as soon as it is known what happened and where; never
in danger. Whoever tells on instead of answering is not asked again. Which case
is like the draft, and what may be shown of it, backend/services/cases/likeness.py decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.commands import squeeze
from dialogs.conversation import Draft, Stage
from dialogs.draft import asking, noting
from dialogs.effects import Join
from dialogs.speaking.saying import speak
from dialogs.values.times import say_day, say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Alike, Conversation
    from dialogs.events import Heard, Joined, SimilarFound
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

SAME, OTHER, LOOK = "join.same", "join.other", "join.look"
YES, NO = "join.yes", "join.no"
DETAILS = "details"
"""What ``asking`` is in the second step."""
SHORT = 12  # characters; a longer message tells something
_NO = re.compile(
    r"(?:不|没|应该不|好像不|肯定不)(?:是|一样|同|相同|加入|用|要|了).{0,6}|两(?:回|码)事|(?:另外|别的|不同).{0,5}"
    r"|(?:我)?(?:要|想)?(?:单独|自己|分开|另外)(?:登记|办|来|报|弄)?(?:一件)?.{0,2}|no|nope|notthesame|different.{0,8}"
)
_YES = re.compile(
    r"(?:我|应该|就|好像|也)*(?:是|对)(?:的|了|啊|呀|就)*(?:是)?(?:同一件|一回事|这件|那件|这个|同一个)?(?:事)?.{0,2}"
    r"|同一件(?:事)?|一样的?|(?:我)?(?:要|想)?加入(?:这件|吧|他们)*|一起(?:反映|吧)?|yes|same|thesame|join.{0,4}"
)
_LOOK = re.compile(r"(?:我|先|想|给我)*(?:看看|看一下|看下|了解一下|什么情况|哪一?件).{0,3}|show.{0,4}|letmesee")


def found(institution: Institution, now: Conversation, event: SimilarFound) -> Result:
    """Offer the case that is likely the same; where there is none, go on."""
    if event.case is None or now.stage is not Stage.JOINING:
        return asking.ask_next(institution, now)
    return again(institution, replace(now, asking="", draft=replace(now.draft, alike=event.case)))


def again(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Put the question of the step that is open."""
    if now.draft.alike is None:
        return asking.ask_next(institution, now, *lead)
    return (_details if now.asking == DETAILS else _offer)(institution, now, now.draft.alike, *lead)


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The answer; what is none is taken as more of the matter, and the question is left."""
    case, said = now.draft.alike, _decided(heard, word)
    if case is None:
        said = ""
    if said in {SAME, LOOK} and now.asking != DETAILS:
        return again(institution, replace(now, asking=DETAILS))
    if case is not None and said in {SAME, LOOK}:
        return replace(now, offered=()), (Join(case.number, now.draft),)
    left = _without(now)
    if said == OTHER:
        return asking.ask_next(institution, left, phrase(now.language, "join.apart"))
    told = left if word else noting.gathered(institution, left, heard)
    return asking.ask_next(institution, told, *noting.lead(now, heard, told.draft))


def joined(institution: Institution, now: Conversation, event: Joined) -> Result:
    """They are in it; or it was closed meanwhile, and their own goes on."""
    case, language = event.case, now.language
    if case is None:
        return asking.ask_next(institution, _without(now), phrase(language, "join.over"))
    at = say_time(case.promised, ZoneInfo(institution.timezone), language) if case.promised else ""
    promise = phrase(language, "receipt.promise", at=at) if at else ""
    done = phrase(
        language,
        "join.done",
        number=case.number,
        people=event.people,
        department=named(language, case.department, case.department_en),
        promise=promise,
    )
    idle = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, number=case.number)
    return speak(idle, done, phrase(language, "receipt.evidence"))


def _decided(heard: Heard, word: str) -> str:
    """SAME, LOOK, OTHER, or ``""`` where that is no answer."""
    if word in {SAME, YES, "yes", "submit"}:
        return SAME
    if word == LOOK:
        return LOOK
    if word in {OTHER, NO, "no", "skip", "change"}:
        return OTHER
    plain = squeeze(heard.text)
    if word or heard.evidence or heard.location or not 0 < len(plain) <= SHORT:
        return ""
    answers = ((OTHER, _NO), (LOOK, _LOOK), (SAME, _YES))
    return next((answer for answer, pattern in answers if pattern.fullmatch(plain)), "")


def _without(now: Conversation) -> Conversation:
    return replace(now, stage=Stage.IDLE, asking="", offered=(), draft=replace(now.draft, alike=None))


def _offer(institution: Institution, now: Conversation, case: Alike, *lead: str) -> Result:
    language = now.language
    asked = phrase(language, "join.ask", people=case.people, about=_about(institution, now, case))
    choices = [(key, phrase(language, key)) for key in (SAME, OTHER, LOOK)]
    return speak(replace(now, stage=Stage.JOINING, asking="", single=False), *lead, asked, choices=choices)


def _details(institution: Institution, now: Conversation, case: Alike, *lead: str) -> Result:
    language = now.language
    about = phrase(
        language,
        "join.about",
        about=_about(institution, now, case),
        label=named(language, case.label, case.label_en),
        department=named(language, case.department, case.department_en),
    )
    means = [phrase(language, key) for key in ("join.means", "join.private", "join.choose")]
    choices = [(key, phrase(language, key)) for key in (YES, NO)]
    return speak(replace(now, stage=Stage.JOINING, asking=DETAILS), *lead, about, *means, choices=choices)


def _about(institution: Institution, now: Conversation, case: Alike) -> str:
    """Its place, matter and first day, in one line."""
    language, zone = now.language, ZoneInfo(institution.timezone)
    since = phrase(language, "join.since", day=say_day(datetime.fromisoformat(case.since), zone, language))
    told = (case.place, named(language, case.matter, case.matter_en), since)
    return phrase(language, "mark.comma").join(part for part in told if part)
