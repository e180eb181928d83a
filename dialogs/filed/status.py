"""How is my case: a list of one's own, one by its number, one that was proved to be one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Stage
from dialogs.draft.asking import BRIEF, shorten
from dialogs.filed import which
from dialogs.speaking import few
from dialogs.speaking.saying import sharing, speak
from dialogs.values.times import say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from datetime import datetime

    from dialogs.events import Brief, Claimed, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

SHOWN = 10  # cases in a list


def mine(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """The citizen's own cases: the one, or a list to choose from."""
    if not heard.mine:
        return speak(now, phrase(now.language, "progress.none"))
    if len(heard.mine) == 1:
        return one(institution, now, heard.mine[0])
    lines = [
        phrase(now.language, "progress.line", number=c.number, what=shorten(c.what, 20), label=_label(now, c))
        for c in heard.mine[:SHOWN]
    ]
    shown = heard.mine[:SHOWN]
    choices = [(f"case:{c.number}", label) for c, label in zip(shown, which.labels(shown), strict=True)]
    list_ = phrase(now.language, "progress.list")
    return speak(now, list_, *lines, phrase(now.language, "progress.which"), choices=choices)


def by_number(institution: Institution, now: Conversation, heard: Heard, number: str) -> Result:
    """One of the citizen's own cases; for another's number the phone on file is asked for."""
    if found := next((c for c in heard.mine if c.number == number), None):
        return one(institution, now, found)
    asking = replace(now, stage=Stage.CLAIMING, number=number)
    return speak(asking, phrase(now.language, "number.prove", number=number), choices=sharing(now, "contact"))


def timed(heard: Heard) -> Heard:
    """The same, with the cases whose promised time is over marked so."""
    late = tuple(replace(case, late=case.promised is not None and heard.at > case.promised) for case in heard.mine)
    return replace(heard, mine=late)


def promise(institution: Institution, now: Conversation, brief: Brief) -> str:
    """Until when there is an answer, or that it is overdue; empty: nothing is promised."""
    if brief.promised is None:
        return ""
    at = say_time(brief.promised, ZoneInfo(institution.timezone), now.language)
    told = phrase(now.language, "progress.overdue" if brief.late else "progress.promise", at=at)
    if brief.late or not brief.why[0]:
        return told
    return told + phrase(now.language, "progress.why", why=named(now.language, *brief.why))


def elsewhere(brief: Brief) -> bool:
    """Whether others have the case now, who are to be asked."""
    return brief.status == "transferred"


def too_late(brief: Brief, at: datetime) -> bool:
    """Whether what was decided can no longer be objected to."""
    return brief.object_by is not None and at > brief.object_by


def late(institution: Institution, now: Conversation, brief: Brief) -> Result:
    """It is too late for a review; what remains."""
    by = brief.object_by
    until = say_time(by, ZoneInfo(institution.timezone), now.language) if by else ""
    own = named(now.language, institution.review.after, institution.review.after_en)
    key = "review.again" if "reopened" in brief.may else "review.other"
    other = own or phrase(now.language, key, phone=told_phone(institution, now.language))
    choices = [(f"reject:{brief.number}", phrase(now.language, "reject.button"))] if "reopened" in brief.may else []
    return speak(now, phrase(now.language, "review.late", number=brief.number, at=until, other=other), choices=choices)


def one(institution: Institution, now: Conversation, brief: Brief) -> Result:
    """Where one case stands."""
    if brief.ground or elsewhere(brief):
        return _not_ours(institution, now, brief)
    text = phrase(
        now.language,
        "progress.one",
        number=brief.number,
        what=shorten(brief.what, BRIEF),
        label=_label(now, brief),
        department=named(now.language, brief.department, brief.department_en),
        promise=promise(institution, now, brief) if brief.open else "",
    )
    answer = phrase(now.language, "progress.answer", answer=brief.answer) if brief.answer else ""
    return speak(now, text.strip(), answer, choices=offers(now.language, brief))


def _not_ours(institution: Institution, now: Conversation, brief: Brief) -> Result:
    """Refused: why, where to go instead, and how to object. Passed on: whom to ask now."""
    facts = {"number": brief.number, "what": shorten(brief.what, BRIEF), "label": _label(now, brief)}
    phone = told_phone(institution, now.language)
    if elsewhere(brief):
        to = ended(brief.note, now.language)
        said = phrase(now.language, "progress.passed", **facts, to=to, phone=phone)
        return speak(now, said, choices=offers(now.language, brief))
    by = brief.object_by if "appealed" in brief.may else None
    at = say_time(by, ZoneInfo(institution.timezone), now.language) if by else ""
    way = phrase(now.language, "review.until", at=at) if at else phrase(now.language, "review.other", phone=phone)
    why = phrase(now.language, "progress.refused", **facts, ground=ended(brief.ground, now.language))
    return speak(now, why, ended(brief.note, now.language), way, choices=offers(now.language, brief))


def ended(text: str, language: str) -> str:
    """Words of the desk's as a sentence."""
    stop = "." if language == "en" else "。"
    return text + stop if text and text[-1] not in "。！？…；.!?;" else text


def offers(language: str, brief: Brief) -> list[tuple[str, str]]:
    """What can be done with that case now, as buttons."""
    number, found = brief.number, []
    if brief.open and brief.answered:
        found = [(f"accept:{number}", "accept.button"), (f"reject:{number}", "reject.button")]
        if brief.object_by and "appealed" in brief.may and not few.is_plain(language):
            found.append((f"appeal:{number}", "appeal.button"))
    elif brief.open:
        found = [] if "received" in brief.may or elsewhere(brief) else [(f"urge:{number}", "urge.button")]
        found += [] if few.is_plain(language) or elsewhere(brief) else [(f"more:{number}", "more.button")]
    if "withdrawn" in brief.may and brief.open:
        found.append((f"withdraw:{number}", "progress.withdraw"))
    if brief.joint and brief.open and not brief.answered:
        found.append((f"leave:{number}", "leave.button"))
    if not brief.open and "appealed" in brief.may:
        found.append((f"appeal:{number}", "appeal.button"))
    if brief.answered and brief.own and brief.open and not brief.rated and not few.is_plain(language):
        found.append((f"rate:{number}", "rate.button"))
    return [(choice, phrase(language, key)) for choice, key in found]


def claimed(institution: Institution, now: Conversation, event: Claimed) -> Result:
    """The proof was looked at."""
    if event.brief is not None:
        shown, effects = one(institution, now, event.brief)
        bound, lead = speak(shown, phrase(now.language, "number.bound"))
        return replace(bound, offered=shown.offered), (*lead, *effects)
    key = "number.locked" if event.locked else "number.refused"
    return speak(now, phrase(now.language, key, phone=told_phone(institution, now.language)))


def told_phone(institution: Institution, language: str) -> str:
    """The phone to name where we cannot help."""
    return institution.phone or phrase(language, "phone.none")


def _label(now: Conversation, brief: Brief) -> str:
    return named(now.language, brief.label, brief.label_en)
