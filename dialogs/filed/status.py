"""How is my case: a list of one's own, one by its number, one that was proved to be one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Stage
from dialogs.draft.asking import BRIEF, shorten, speak
from dialogs.filed import which
from dialogs.speaking import few
from dialogs.speaking.times import say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.draft.asking import Result
    from dialogs.events import Brief, Claimed, Heard
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
    return speak(asking, phrase(now.language, "number.prove", number=number))


def one(institution: Institution, now: Conversation, brief: Brief) -> Result:
    """Where one case stands."""
    at = say_time(brief.promised, ZoneInfo(institution.timezone), now.language) if brief.promised and brief.open else ""
    text = phrase(
        now.language,
        "progress.one",
        number=brief.number,
        what=shorten(brief.what, BRIEF),
        label=_label(now, brief),
        department=named(now.language, brief.department, brief.department_en),
        promise=phrase(now.language, "progress.promise", at=at) if at else "",
    )
    answer = phrase(now.language, "progress.answer", answer=brief.answer) if brief.answer else ""
    return speak(now, text.strip(), answer, choices=offers(now.language, brief))


def offers(language: str, brief: Brief) -> list[tuple[str, str]]:
    """What can be done with that case now, as buttons."""
    number, found = brief.number, []
    if brief.open and brief.answered:
        found = [(f"accept:{number}", "accept.button"), (f"reject:{number}", "reject.button")]
    elif brief.open:
        found = [] if "received" in brief.may else [(f"urge:{number}", "urge.button")]
        found += [] if few.is_plain(language) else [(f"more:{number}", "more.button")]
    if "withdrawn" in brief.may and brief.open:
        found.append((f"withdraw:{number}", "progress.withdraw"))
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
