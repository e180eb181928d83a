"""The state of one conversation: small, immutable, plain JSON in the database.

States have names and slots have keys, never step numbers, so that a
conversation begun before an upgrade goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

VERSION = 1


class Stage(StrEnum):
    """What we are waiting for."""

    IDLE = "idle"  # nothing under way
    CONSENT = "consent"  # may we use what you tell us?
    ELSEWHERE = "elsewhere"  # told it is not ours: file it all the same?
    ASKING = "asking"  # the slot in ``asking``
    CONFIRMING = "confirming"  # the summary is shown
    CHANGING = "changing"  # which slot is to be changed?
    CANCELLING = "cancelling"  # really cancel?
    SORTING = "sorting"  # a new matter, or more about the last case?
    CLAIMING = "claiming"  # the phone that proves a case number
    WITHDRAWING = "withdrawing"  # really take the case back?
    ALARM = "alarm"  # an emergency is registered: where is it, and which phone?


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
    begun: str = ""  # ISO time of its first message

    def with_value(self, key: str, value: Any) -> Draft:
        """The same draft, with that slot filled and no longer skipped."""
        return replace(self, values={**self.values, key: value}, skipped=tuple(k for k in self.skipped if k != key))

    def without(self, key: str) -> Draft:
        """The same draft, with that slot open again."""
        values = {k: v for k, v in self.values.items() if k != key}
        return replace(self, values=values, skipped=tuple(k for k in self.skipped if k != key))


@dataclass(frozen=True, slots=True)
class Survey:
    """A visit-back under way."""

    number: str
    contacted: bool | None = None
    solved: str | None = None
    satisfied: int | None = None
    asking: str = "contacted"  # contacted, solved, satisfied, remark


@dataclass(frozen=True, slots=True)
class Alarm:
    """The last danger that was told: its case, and what is known of it by now."""

    number: str = ""  # of its case; "": it is being filed
    manner: str = ""  # which danger, and how to speak of it: see nlp.care
    told: tuple[str, ...] = ()  # the dangers whose numbers were told
    at: str = ""  # ISO time
    values: dict[str, Any] = field(default_factory=dict)  # by slot, as a draft's
    category: str = ""  # id, as proposed
    asking: str = ""  # where, contact; "": nothing is asked any more
    passed: tuple[str, ...] = ()  # asked and left open
    back: str = ""  # the stage of the draft that waits, or ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything we must remember of one citizen's chat with one institution."""

    version: int = VERSION
    stage: Stage = Stage.IDLE
    language: str = "zh"  # zh, zh-Hant or en
    chosen: bool = False  # in words: the language no longer follows what is written
    elder: bool | None = None  # short sentences, one thing at a time; None: nobody has said, the institution's default
    consented: bool = False
    draft: Draft = Draft()
    asking: str = ""
    single: bool = False  # the slot is asked again from the summary: go back there afterwards
    offered: tuple[tuple[str, str], ...] = ()  # (id, label) of the last choices
    pending: str = ""  # words that wait to be sorted
    number: str = ""  # the case that SORTING, CLAIMING, WITHDRAWING are about; else the last one filed
    survey: Survey | None = None
    alarm: Alarm | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for the store; not copied, since nothing in them is ever changed."""
        return {
            **_fields(self),
            "language": str(self.language),  # without the voice that a step gives it
            "draft": _fields(self.draft),
            "survey": None if self.survey is None else _fields(self.survey),
            "alarm": None if self.alarm is None else _fields(self.alarm),
        }

    @classmethod
    def from_json(cls, state: dict[str, Any]) -> Conversation:
        """The conversation that ``to_json`` wrote. A field it does not know is dropped."""
        known = {key: state[key] for key in cls.__dataclass_fields__ if key in state}
        draft = {key: value for key, value in known.get("draft", {}).items() if key in Draft.__dataclass_fields__}
        for key in ("evidence", "skipped", "asked"):
            draft[key] = tuple(tuple(v) if isinstance(v, list) else v for v in draft.get(key, ()))
        return cls(
            **{
                **known,
                "stage": Stage(known.get("stage", Stage.IDLE)),
                "draft": Draft(**draft),
                "offered": tuple((i, label) for i, label in known.get("offered", ())),
                "survey": Survey(**known["survey"]) if known.get("survey") else None,
                "alarm": _alarm(known.get("alarm")),
            }
        )


def _alarm(state: dict[str, Any] | None) -> Alarm | None:
    if not state:
        return None
    known = {key: state[key] for key in Alarm.__dataclass_fields__ if key in state}
    return Alarm(**{**known, "told": tuple(known.get("told", ())), "passed": tuple(known.get("passed", ()))})


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
