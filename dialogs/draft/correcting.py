"""What a citizen takes back: "不是3栋，是5栋" changes every slot that holds 3栋, "时间说错了" asks for the time again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dialogs.commands import correction
from dialogs.conversation import Stage
from dialogs.draft import asking, timing
from dialogs.slots import ASSERTED, SLOTS
from dialogs.values import reading
from dialogs.values.placing import reread, where_json
from nlp.who import people as persons

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution
    from nlp.facts import Correction

PLACED = frozenset({"building", "unit", "room"})
"""Slots that are also pieces of the place."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The draft after a correction, the slots that changed, and what is wrong without a right word told.

    ``wrong`` is None where nothing is, ``""`` where the citizen did not say which.
    """

    draft: Draft
    changed: tuple[str, ...] = ()
    wrong: str | None = None


def corrected(draft: Draft, heard: Heard, institution: Institution) -> Amended:
    """The draft with everything that this message takes back."""
    before, wrong = draft, None
    for one in heard.facts.corrections:
        if one.new is None:
            wrong = one.slot
        else:
            draft = _applied(draft, one, heard, institution)
    if not heard.facts.corrections and (pair := correction(heard.text)):
        draft = _wherever(draft, *pair, heard, institution)
    changed = tuple(key for key, value in draft.values.items() if before.values.get(key) != value)
    return Amended(draft, changed, None if changed else wrong)


def ask_again(institution: Institution, now: Conversation, slot: str) -> Result:
    """Something is wrong: ask for it anew, or which it is where the citizen did not say."""
    if slot not in SLOTS or slot not in now.draft.values:
        return asking.changeable(institution, now)
    tries = {key: n for key, n in now.draft.tries.items() if key != slot}
    single = now.single or now.stage is not Stage.ASKING  # asked in the middle, the other questions go on
    return asking.ask(institution, replace(now, single=single, draft=replace(now.draft, tries=tries)), slot)


def _applied(draft: Draft, one: Correction, heard: Heard, institution: Institution) -> Draft:
    new = heard.text[slice(*one.right)] if one.right else one.new or ""
    if one.old:
        old = heard.text[slice(*one.wrong)] if one.wrong else one.old
        fixed = _wherever(draft, old, new, heard, institution)
        if fixed.values != draft.values:
            return fixed
    slot = one.slot
    wanted = slot in {*ASSERTED, *PLACED, *draft.values, *institution.slots}
    if not wanted:
        return draft
    if slot in {"who", "contact"}:
        draft = draft.without("anonymous")
    if slot == "where" or slot in PLACED:
        return _moved(draft, slot, new, heard, institution)
    if (value := _value(draft, slot, new, heard, institution)) is not None:
        return draft.with_value(slot, value)
    return draft


def _value(draft: Draft, slot: str, new: str, heard: Heard, institution: Institution) -> Any:
    """The right value as the slot keeps it; None where the words hold none."""
    facts = heard.facts
    if slot == "when":
        return _later(draft.values.get("when"), new, heard, institution)
    if slot == "contact":
        return facts.contact or persons.phone(new)
    if slot == "who":
        return facts.who or persons.name(new) or new
    return next((told.value for told in facts.told if told.slot == slot and told.sound), new)


def _later(known: dict[str, Any] | None, new: str, heard: Heard, institution: Institution) -> dict[str, Any] | None:
    """The right time; a day keeps the hour told before, an hour the day."""
    days, hours = timing.halves(new)
    if known is not None and not (days and hours):
        old_days, old_hours = timing.halves(known["text"])
        told = _read(f"{days or old_days}{hours or old_hours}", heard, institution)
        if told is not None and old_hours:
            return told
    if heard.facts.when is not None:
        return reading.when_json(heard.facts.when)
    return _read(new, heard, institution)


def _read(text: str, heard: Heard, institution: Institution) -> dict[str, Any] | None:
    return timing.read(text, heard.at.astimezone(ZoneInfo(institution.timezone)))


def _moved(draft: Draft, slot: str, new: str, heard: Heard, institution: Institution) -> Draft:
    """The right place: a house number alone changes the house and leaves the street."""
    known, told = draft.values.get("where"), heard.facts.where
    pieces = {slot: new} if slot in PLACED else dict(told.pieces) if told else {}
    if known is None or not pieces or not pieces.keys() <= {*PLACED, "floor", "number"}:
        place = where_json(told) if told else reading.place(new, heard.facts)
        fixed = {**place, "lat": None, "lon": None}
    else:
        text = known["text"]
        for kind, piece in pieces.items():
            old = known["pieces"].get(kind)
            text = text.replace(old, piece) if old else f"{text}{piece}"
        fixed = reread({**known, "text": text, "pieces": {**known["pieces"], **pieces}}, institution)
        fixed = {**fixed, "pieces": {**fixed["pieces"], **pieces}}
    return _with_place(draft, fixed, institution)


def _with_place(draft: Draft, place: dict[str, Any], institution: Institution) -> Draft:
    draft = draft.with_value("where", place)
    wanted = institution.slots
    for kind, piece in place["pieces"].items():
        if kind in SLOTS and (kind in wanted or kind in draft.values):
            draft = draft.with_value(kind, piece)
    return draft


def _wherever(draft: Draft, old: str, new: str, heard: Heard, institution: Institution) -> Draft:
    """The draft with *new* wherever *old* stands; times and places are read again."""
    for key, value in draft.values.items():
        if isinstance(value, str) and old in value:
            draft = draft.with_value(key, value.replace(old, new))
        elif key == "when" and old in value["text"]:
            text = value["text"].replace(old, new)
            draft = draft.with_value(key, _read(text, heard, institution) or {**value, "text": text})
        elif key == "where" and old in value["text"]:
            pieces = {kind: piece.replace(old, new) for kind, piece in value["pieces"].items()}
            draft = draft.with_value(
                key, reread({**value, "text": value["text"].replace(old, new), "pieces": pieces}, institution)
            )
    return draft
