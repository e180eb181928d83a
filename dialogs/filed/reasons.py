"""Why: a case was taken back, an answer is no good, a decision shall be reviewed. Asked once, and may be left open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.commands import declines
from dialogs.conversation import Conversation, Stage
from dialogs.effects import Add, Appeal, Reopen
from dialogs.filed import idle
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.effects import Effect
    from dialogs.events import Appealed, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

NONE = "reason.none"
"""The id of the button that leaves it open."""
READY = {"withdrawn": ("reason.solved", "reason.mistaken", "reason.dropped"), "reject": (), "appeal": ()}
"""Reasons to tap."""
SHORT = 40  # characters; after a withdrawal a longer message is a new story


def ask(now: Conversation, why: str, number: str, *lead: str) -> Result:
    """Ask for the reason: ``why`` is withdrawn, reject or appeal."""
    keys = [*READY[why], NONE]
    asked = replace(now, stage=Stage.REASON, wish=why, number=number)
    said = phrase(now.language, f"reason.{why}", number=number)
    return speak(asked, *lead, said, choices=[(key, phrase(now.language, key)) for key in keys])


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The reason, or none; then it is done."""
    why, idle_now = now.wish, replace(now, stage=Stage.IDLE, wish="", offered=())
    if not any(case.number == now.number for case in heard.mine):
        return idle.take(institution, idle_now, heard, word)
    if why == "withdrawn":
        return _withdrawn(institution, idle_now, heard, word)
    left = word in {NONE, "skip", "no"} or (not heard.evidence and declines(heard.text))
    text, files = ("" if left else heard.text), tuple(each.id for each in heard.evidence)
    if why == "appeal":
        return idle_now, (Appeal(now.number, text, files),)
    kept = None if now.survey is not None and now.survey.number == now.number else now.survey
    return replace(idle_now, survey=kept), (Reopen(now.number, text, files),)


def cut_off(now: Conversation, heard: Heard) -> tuple[Conversation, tuple[Effect, ...]]:
    """Somebody in danger is asked no more why; what they rejected or object to counts, with the words they have said."""
    asked, free = now.stage is Stage.REASON, replace(now, wish="")
    if not asked or now.wish == "withdrawn" or all(case.number != now.number for case in heard.mine):
        return free, ()
    done = Appeal(now.number, heard.text) if now.wish == "appeal" else Reopen(now.number, heard.text)
    kept = None if now.survey is not None and now.survey.number == now.number else now.survey
    return replace(free, survey=kept), (done,)


def appealed(institution: Institution, now: Conversation, event: Appealed) -> Result:
    """The objection is on record; somebody in danger is not told now."""
    if now.stage is Stage.ALARM:
        return now, ()
    at = say_time(event.promised, ZoneInfo(institution.timezone), now.language) if event.promised else ""
    promise = phrase(now.language, "progress.promise", at=at) if at else ""
    kept = None if now.survey is not None and now.survey.number == event.number else now.survey
    return speak(
        replace(now, survey=kept), phrase(now.language, "appeal.done", number=event.number, promise=promise).strip()
    )


def _withdrawn(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """It is taken back already; a word of why is put beside it."""
    if word in {NONE, "skip", "no"}:
        return speak(now, phrase(now.language, "reason.fine"))
    tapped = word in READY["withdrawn"]
    if not tapped and (word or heard.evidence or heard.location or heard.number or len(heard.text) > SHORT):
        return idle.take(institution, now, heard, word)
    if not tapped and (not heard.text.strip() or heard.facts.where or heard.facts.danger):
        return idle.take(institution, now, heard, word)
    text = phrase(now.language, word) if tapped else heard.text
    told, said = speak(now, phrase(now.language, "reason.kept"))
    return told, (Add(now.number, text, about="withdrawn"), *said)
