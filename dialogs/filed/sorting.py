"""Words from somebody who has a case: more about it, not solved after all, or a new matter? Asked once.

The draft of a new matter is begun with the first word and dropped if it was
not needed, so that nothing has to be said again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import asking, drafting, noting
from dialogs.effects import Add, Appeal, Reopen
from dialogs.filed import status
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import Brief, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

RECENT = timedelta(days=60)
"""A finished case filed longer ago is not what somebody speaks of."""
SHOWN = 16  # characters of the case's story


def current(heard: Heard) -> Brief | None:
    """The case that somebody may well be speaking of: the newest that is open, else that was answered not long ago."""
    recent = [c for c in heard.mine if (c.answered or _may_object(c, heard)) and heard.at - c.filed_at <= RECENT]
    return next((c for c in heard.mine if c.open), recent[0] if recent else None)


def begin(institution: Institution, now: Conversation, heard: Heard, case: Brief) -> Result:
    """Ask which it is, unless it plainly happens somewhere else."""
    draft = Draft(dict(heard.place))
    began = noting.gathered(institution, replace(now, draft=draft, stage=Stage.SORTING, number=case.number), heard)
    if _elsewhere(began.draft, case):
        return drafting.begin(institution, now, heard, greeted=True)
    keys = ["sort.again", "sort.same", "sort.new"] if case.answered else ["sort.same", "sort.new"]
    keys = keys if case.open or case.answered else ["sort.appeal", "sort.new"]
    key = "sort.ask" if case.open or case.answered else "sort.ask.refused"
    asked = phrase(now.language, key, number=case.number, what=asking.shorten(case.what, SHOWN))
    choices = [(key, phrase(now.language, key)) for key in keys]
    return speak(replace(began, pending=heard.text), asked, choices=choices)


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The answer; anything but a plain one means a new matter, for a question asked twice helps nobody."""
    if word in {"sort.same", "sort.again", "sort.appeal"}:
        files = tuple(key for key, _ in now.draft.evidence)
        idle = replace(now, stage=Stage.IDLE, draft=Draft(), pending="", offered=())
        if word == "sort.again":
            return replace(idle, survey=None), (Reopen(now.number, now.pending, files),)
        if word == "sort.appeal":
            return idle, (Appeal(now.number, now.pending, files),)
        told, effects = speak(idle, phrase(now.language, "added", number=now.number))
        return told, (Add(now.number, now.pending, files), *effects)
    told = now if word else noting.gathered(institution, now, heard)
    lead = [] if word else noting.lead(now, heard, told.draft)
    return drafting.go_on(institution, replace(told, pending="", stage=Stage.IDLE), *lead)


def _may_object(case: Brief, heard: Heard) -> bool:
    """Whether it was refused, and what is said now may object to that."""
    return not case.open and "appealed" in case.may and not status.too_late(case, heard.at)


def _elsewhere(draft: Draft, case: Brief) -> bool:
    where = draft.values.get("where", {}).get("text", "")
    return bool(where and case.where) and where not in case.where and case.where not in where
