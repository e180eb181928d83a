"""The state of one conversation: small, immutable, plain JSON in the database.

States have names and slots have keys, never step numbers, so that a
conversation begun before an upgrade goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from dialogs.restoring import Moment, mended, plain, proposed, restored
from dialogs.slots import SLOTS

VERSION = 1


class Stage(StrEnum):
    """What we are waiting for."""

    IDLE = "idle"  # nothing under way
    CONSENT = "consent"  # may we use what you tell us?
    ELSEWHERE = "elsewhere"  # told it is not ours: file it all the same?
    JOINING = "joining"  # others told the same already, it seems: join their case?
    SPLITTING = "splitting"  # several matters were told at once: a case each?
    ASKING = "asking"  # the slot in ``asking``
    PLACING = "placing"  # which of several places was meant?
    CONFIRMING = "confirming"  # the summary is shown
    CHANGING = "changing"  # which slot is to be changed?
    CANCELLING = "cancelling"  # really cancel?
    SORTING = "sorting"  # a new matter, or more about the last case?
    CLAIMING = "claiming"  # the phone that proves a case number
    WITHDRAWING = "withdrawing"  # really take the case back?
    REASON = "reason"  # why: the case was withdrawn, the answer is no good, it shall be reviewed (``wish``)
    FORGETTING = "forgetting"  # really delete everything, or take consent back? (``wish``)
    ALARM = "alarm"  # an emergency is registered: where is it, and which phone?


@dataclass(frozen=True, slots=True)
class Alike:
    """An open case that is likely the same incident, as far as it may be shown to others: nobody's words or name."""

    number: str
    matter: str  # of its category or second level
    matter_en: str
    place: str  # rough: estate or road, never the house; empty: not told
    since: Moment  # when it was first told
    people: int  # who told it, at least 1
    label: str  # of its status
    label_en: str
    department: str
    department_en: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be a case. Values are JSON under the slots' keys."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[tuple[int, str], ...] = ()  # (store id, kind)
    skipped: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # slots in the order they were asked
    tries: dict[str, int] = field(default_factory=dict)  # answers not understood, by slot
    proposal: dict[str, Any] | None = None
    kind: str = "complaint"
    grade: str = "ordinary"
    warned: bool = False  # the danger numbers were told
    danger: str = ""  # which danger: the numbers are told again with the receipt
    begun: Moment = ""  # of its first message
    turns: int = 1  # messages of the citizen's while it was under way, the first one included
    voices: tuple[tuple[int, str], ...] = ()  # voice notes that nobody has written down yet, and what they answer
    nudged: bool = False  # the citizen was reminded of it
    city: str = ""  # what the hotline takes it for, where none of our own words speaks
    matters: tuple[str, ...] = ()  # the words of each, where several were told at once and it is not settled yet
    kinds: tuple[str, ...] = ()  # what it is asked for as, where that is a complaint and a report, and not settled yet
    settled: bool = False  # which of the two it is
    twin: str = ""  # the case of the other kind, with the same facts; until that has a number, any text
    compared: bool = False  # it was looked whether others have told the same
    alike: Alike | None = None  # such a case, while it is offered
    maybe: tuple[str, ...] = ()  # whole names of places, one of which may have been meant
    away: str = ""  # whose matter it is, as the citizen was told, where it is not ours

    def with_value(self, key: str, value: Any) -> Draft:
        """The same draft, with that slot filled and no longer skipped."""
        return replace(self, values={**self.values, key: value}, skipped=tuple(k for k in self.skipped if k != key))

    def without(self, key: str) -> Draft:
        """The same draft, with that slot open again."""
        values = {k: v for k, v in self.values.items() if k != key}
        return replace(self, values=values, skipped=tuple(k for k in self.skipped if k != key))


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was put by: it is taken up again on the citizen's word, or deleted in the end."""

    draft: Draft
    since: Moment = ""  # "": not known


@dataclass(frozen=True, slots=True)
class Survey:
    """A visit-back under way."""

    number: str
    contacted: bool | None = None
    solved: str | None = None
    satisfied: int | None = None
    asking: str = "contacted"  # contacted, solved, satisfied, remark
    reasons: tuple[str, ...] = ()  # tapped so far
    round: int = 0  # which answer of the case it asks about; 0: the last one


@dataclass(frozen=True, slots=True)
class Poll:
    """The question of a survey campaign that was put last."""

    campaign: int
    question: str
    kind: str = "choice"
    text: str = ""
    options: tuple[tuple[str, str], ...] = ()  # (value, label)
    picked: tuple[str, ...] = ()  # of several, until it is said that that is all
    required: bool = True
    first: bool = False  # nothing of it is answered yet


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody at the desk asked about a case, or words that the citizen announced for it."""

    number: str
    passed: bool = False  # the citizen went on with their draft instead
    at: Moment = ""  # of the last answer to it; "": none yet


@dataclass(frozen=True, slots=True)
class Held:
    """Words and files that may answer the desk or belong to the open draft; which, was asked."""

    text: str
    evidence: tuple[tuple[int, str], ...] = ()  # (store id, kind)


@dataclass(frozen=True, slots=True)
class Album:
    """Photos that came together and are answered once: see dialogs/draft/albums.py."""

    id: str = ""  # the platform's; "": single photos, one right after another
    text: str = ""  # their captions
    files: tuple[tuple[int, str, str, str], ...] = ()  # store id, kind, filename, what they are sorted by
    remarks: tuple[tuple[str, str], ...] = ()  # as in Heard
    at: Moment = ""  # of the last of them


@dataclass(frozen=True, slots=True)
class Alarm:
    """The last danger that was told: what is known of it, and its case as soon as there is one."""

    number: str = ""  # of its case; "": it is not filed yet
    filing: bool = False  # its case is being made in this very moment
    draft: Draft = Draft()  # all that is known by now; evidence that is on the case already no longer stands here
    manner: str = ""  # which danger, and how to speak of it: see nlp.danger.care
    told: tuple[str, ...] = ()  # the dangers whose numbers were told
    at: Moment = ""
    asking: str = ""  # where, pin, contact; "": nothing is asked any more
    passed: tuple[str, ...] = ()  # asked, and left open or answered
    tried: bool = False  # the open question was answered with something else once
    over: str = ""  # the words that said that it is over, while its case is being made
    back: str = ""  # the stage of the other draft that waits, or ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Which question is open, and what became of those before, to be counted: see dialogs/steps.py."""

    at: str = ""  # the slot or stage; "": none is
    left: bool = False  # the citizen has been silent so long that they count as gone
    tally: tuple[tuple[str, str, int], ...] = ()  # (step, what became of it, how often), not yet taken out


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything we must remember of one citizen's chat with one institution."""

    version: int = VERSION
    stage: Stage = Stage.IDLE
    language: str = "zh"  # zh, zh-Hant or en
    chosen: bool = False  # in words: the language no longer follows what is written
    elder: bool | None = None  # short sentences, one thing at a time; None: nobody has said, the institution's default
    consented: bool = False
    silent: bool = False  # consent was taken back: no surveys, no reminders, until it is given again
    draft: Draft = Draft()
    asking: str = ""
    single: bool = False  # the slot is asked again from the summary: go back there afterwards
    offered: tuple[tuple[str, str], ...] = ()  # (id, label) of the last choices
    shares: bool = False  # the chat can have buttons that send a phone number or a place
    pending: str = ""  # words that wait to be sorted
    number: str = ""  # the case that SORTING, CLAIMING, WITHDRAWING, REASON are about; else the last one filed
    survey: Survey | None = None
    poll: Poll | None = None
    wish: str = ""  # what is to be done with a case, while it is asked with which or why: urge, reject, forget …
    questions: tuple[Question, ...] = ()  # of the desk, oldest first
    held: Held | None = None
    alarm: Alarm | None = None
    hand: str = ""  # waiting: a person was asked for; taken: a person has the chat, and the bot is silent
    unfinished: bool = False  # its case is being made in this very moment, for a person to complete
    misses: int = 0  # answers not understood, one after the other
    mood_day: str = ""  # ISO date of the two below
    soothed: bool = False  # that day a kind word was said to who is angry or has long suffered
    abuses: int = 0  # insults on that day
    heard_at: Moment = ""  # of the citizen's last word
    closes_at: Moment = ""  # the citizen was told that the draft is closed then
    aside: Draft | None = None  # a new matter, told while an older draft was open; which is meant, was asked
    waiting: tuple[Draft, ...] = ()  # matters told together with the draft, each to be a case after it
    shelf: tuple[Kept, ...] = ()  # drafts put by, oldest first
    album: Album | None = None  # photos that are not answered yet
    photo_at: Moment = ""  # of the last message, where it was photos alone
    walk: Walk = Walk()

    def to_json(self) -> dict[str, Any]:
        """Plain values for the store."""
        state: dict[str, Any] = plain(self)
        return state

    @classmethod
    def from_json(cls, state: dict[str, Any]) -> Conversation:
        """The conversation that ``to_json`` wrote, in this version or another.

        Where we no longer know what was waited for, the draft is put by and
        offered when the citizen comes back.
        """
        now = restored(cls, state)
        parts = {"draft": _sound(now.draft), "shelf": tuple(map(_sound_kept, now.shelf))}
        parts |= {"waiting": tuple(map(_sound, now.waiting)), "version": VERSION}
        now = _alarmed(replace(now, **parts))  # type: ignore[arg-type] # each of its own kind
        known = state.get("stage", Stage.IDLE) in list(Stage)
        if now.stage is Stage.ASKING and now.asking not in SLOTS:
            known = False
        if now.stage is Stage.ASKING and now.asking not in now.draft.asked:
            now = replace(now, draft=replace(now.draft, asked=(*now.draft.asked, now.asking)))
        return now if known else set_aside(now, now.heard_at)


def set_aside(now: Conversation, at: str) -> Conversation:
    """The conversation with nothing under way; what was told so far is kept since *at* (ISO time), to be taken up."""
    fresh = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, pending="", offered=(), aside=None)
    if not now.draft.values and not now.draft.evidence:
        return fresh
    return replace(fresh, shelf=(*now.shelf, Kept(now.draft, at)))


def _sound(draft: Draft) -> Draft:
    asked = tuple(key for key in draft.asked if key in SLOTS)
    return replace(draft, values=mended(draft.values), asked=asked, proposal=proposed(draft.proposal))


def _alarmed(now: Conversation) -> Conversation:
    """A danger of which nobody knows any more when it was told is as old as the last word, else a draft put by."""
    if now.alarm is None or now.alarm.at:
        return now if now.alarm is None else replace(now, alarm=replace(now.alarm, draft=_sound(now.alarm.draft)))
    if now.heard_at:
        return _alarmed(replace(now, alarm=replace(now.alarm, at=now.heard_at)))
    return replace(now, alarm=None, shelf=(*now.shelf, Kept(_sound(now.alarm.draft))))


def _sound_kept(kept: Kept) -> Kept:
    return replace(kept, draft=_sound(kept.draft))
