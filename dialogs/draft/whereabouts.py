"""What is known of an emergency: its story, place and phone, and whether words are about it or something else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs.commands import declines
from dialogs.conversation import Alarm, Conversation, Draft, Stage
from dialogs.draft.correcting import corrected
from dialogs.draft.filling import absorb, leftover
from dialogs.draft.nearing import together
from dialogs.speaking.saying import sharing, speak
from dialogs.values.placing import where_json
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution
    from nlp.facts import Where

QUESTIONS = ("where", "pin", "contact")
"""All that is asked while somebody is in danger, in this order."""
EXACT = frozenset({"building", "unit", "room", "number", "floor"})
"""Pieces with which a place in words is found without a pin."""
AREAS = ("county", "district", "street", "community", "village", "road", "compound")
"""Pieces of a place that two places cannot differ in and be one."""
PLACED = re.compile(r"[路街道巷弄号楼栋幢单元室层村镇乡县区市店门口里旁边站桥场院厂校园河湖上下前后]|[A-Za-z0-9]{2}")
"""What a place told in a few words holds, where nothing in it was known as a place."""
FEW = 30  # characters of such a place at most
A_WORD = 3  # characters: with fewer beside the facts, nothing more is told

OWN_WORDS: dict[str, tuple[str, ...]] = {
    "alarm.seen": ("self_harm",),
    "alarm.where": ("self_harm", "self_harm_other"),
    "alarm.pin": ("self_harm",),
    "alarm.contact": ("self_harm", "home"),
    "alarm.done": ("self_harm", "home"),
    "alarm.more": ("self_harm",),
    "alarm.over": ("self_harm", "home"),
}
"""Sentences that some dangers have of their own."""


def known(alarm: Alarm, heard: Heard, institution: Institution) -> Draft:
    """All that is known with this message; a place told on top of another makes it more exact."""
    asking = "where" if alarm.asking == "pin" else alarm.asking
    before = alarm.draft
    amended = corrected(before, heard, institution)
    draft = absorb(amended.draft, heard, institution, asking="" if asking == "where" else asking)
    if "where" not in amended.changed:
        draft = _placed(before, draft, heard, asked=asking == "where")
    return _told(draft, heard)


def next_question(alarm: Alarm) -> str:
    """What is asked next, or nothing. A pin is asked for where words alone do not lead to the door."""
    values = alarm.draft.values
    where = values.get("where")
    open_ = {
        "where": where is None,
        "pin": where is not None and where["lat"] is None and EXACT.isdisjoint(where["pieces"]),
        "contact": "contact" not in values and not values.get("anonymous"),
    }
    return next((key for key in QUESTIONS if open_[key] and key not in alarm.passed), "")


def again(now: Conversation, *lead: str) -> Result:
    """The question that is open, or the next one."""
    alarm = now.alarm or Alarm()
    key = next_question(alarm)
    asked = replace(now, stage=Stage.ALARM, alarm=replace(alarm, asking=key))
    if not key:
        return speak(asked, *lead)
    out = "alarm.nocall" if (key, alarm.manner) == ("contact", "home") else "skip"
    choices = sharing(now, key) if key == "contact" else [("location", phrase(now.language, "location"))]
    choices.append((out, phrase(now.language, out)))
    return speak(asked, *lead, phrase(now.language, by_manner(f"alarm.{key}", alarm)), choices=choices)


def by_manner(key: str, alarm: Alarm) -> str:
    """The key of the sentence for this kind of danger, where it has one of its own."""
    return f"{key}.{alarm.manner}" if alarm.manner in OWN_WORDS.get(key, ()) else key


def elsewhere(draft: Draft, heard: Heard) -> bool:
    """Whether this message names another place, in the same terms."""
    where, told = draft.values.get("where"), heard.facts.where
    if not where or told is None:
        return False
    return any(where["pieces"].get(kind, name) != name for kind, name in told.pieces.items() if kind in AREAS)


def is_same_matter(draft: Draft, heard: Heard) -> bool:
    """Whether an open draft tells of what is dangerous now: nothing says that it is another matter."""
    if "what" not in draft.values:
        return True
    before, now = draft.proposal, heard.facts.proposal
    if _apart(draft, heard):
        return False
    if before is None or not (before["decided"] and now.decided):
        return True
    return bool(before["top"][0]["category_id"] == now.best.category_id)


def is_another_matter(draft: Draft, heard: Heard) -> bool:
    """Whether words plainly tell of something that is not this emergency."""
    facts, proposal = heard.facts, draft.proposal
    if facts.what is None or proposal is None:
        return False
    if _apart(draft, heard):
        return True
    return facts.proposal.decided and bool(facts.proposal.best.category_id != proposal["top"][0]["category_id"])


def _apart(draft: Draft, heard: Heard) -> bool:
    """Whether this message names a place, and not the one we know."""
    where, told = draft.values.get("where"), heard.facts.where
    if not where or told is None:
        return False
    return not (told.text in where["text"] or where["text"] in told.text or _share(where, told))


def _share(where: dict[str, Any], told: Where) -> bool:
    """Whether both name the same street, estate or house."""
    narrow = told.pieces.keys() - {"province", "city", "county", "district", "street"}
    return any(where["pieces"].get(kind) == told.pieces[kind] for kind in narrow)


def _placed(before: Draft, draft: Draft, heard: Heard, *, asked: bool) -> Draft:
    old, new, text = before.values.get("where"), heard.facts.where, heard.text.strip()
    if old and new and heard.location is None and new.text not in old["text"]:
        text = new.text if old["text"] in new.text else f"{old['text']} {new.text}"
        exact = {**old, "text": text, "pieces": {**old["pieces"], **new.pieces}}
        return draft.with_value("where", together(old, where_json(new)) or exact)
    if asked and new and "where" not in draft.values:
        return draft.with_value("where", where_json(new))
    if not asked or new or heard.location or heard.facts.contact or not text or declines(text):
        return draft
    if len(text) > FEW or not PLACED.search(text):
        return draft
    if old is None:
        return draft.with_value("where", {"text": text, "lat": None, "lon": None, "pieces": {}})
    return draft if text in old["text"] else draft.with_value("where", {**old, "text": f"{old['text']} {text}"})


def _told(draft: Draft, heard: Heard) -> Draft:
    """The story with every word that is more than a fact read from it."""
    story, words = str(draft.values.get("what", "")), heard.text.strip()
    if not words or words in story or (story and (declines(words) or len(leftover(heard)) < A_WORD)):
        return draft
    where = draft.values.get("where")
    if where and words in where["text"]:
        return draft
    return replace(draft, values={**draft.values, "what": f"{story}\n{words}".strip()})
