"""A message that the citizen edited: what its old words filled in, its new words correct.

While the draft is open it is put right there; once the case is filed, the new
words are noted on it; otherwise it is a message like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs.conversation import Draft, Stage
from dialogs.draft import asking, drafting, noting
from dialogs.draft.filling import absorb, answer
from dialogs.effects import Add
from dialogs.events import Heard
from dialogs.speaking.saying import speak
from dialogs.values.placing import reread
from dialogs.values.reading import Rejected
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Before, Brief
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, heard: Heard, _word: str) -> Result | None:
    """Take an edited message; None: there is nothing that its old words are part of."""
    if heard.before is None:
        return None
    if heard.text.strip() == heard.before.text.strip():
        return now, ()  # a preview was added, or a mark: the words are the same
    if now.stage in drafting.STAGES and (now.draft.values or now.draft.evidence):
        draft = rewritten(institution, now.draft, heard, heard.before)
        told = replace(now, draft=draft)
        lead = noting.lead(now, heard, draft, "noted.fixed")
        if now.stage is Stage.ASKING and now.asking in draft.values and now.asking not in now.draft.values:
            return asking.ask_next(institution, told, *lead)
        return drafting.again(institution, told, *lead)
    case = _filed_with(heard, heard.before)
    if case is None:
        return None
    words = phrase(now.language, "edited.words", text=heard.text.strip())
    told, said = speak(now, phrase(now.language, "added", number=case.number))
    return told, (Add(case.number, words), *said)


def rewritten(institution: Institution, draft: Draft, heard: Heard, before: Before) -> Draft:
    """The draft as if the new words had stood there from the beginning, as far as the old ones filled it."""
    old = Heard(before.text, before.facts, before.at)
    new = Heard(heard.text, heard.facts, before.at)
    was, told = absorb(Draft(), old, institution), absorb(Draft(), new, institution)
    changed = draft
    for key, value in draft.values.items():
        if key == "what":
            changed = changed.with_value("what", _story(value, old, new))
        elif filled := was.values.get(key):
            changed = _put(changed, key, filled, told.values.get(key), institution)
        elif key in draft.asked and (filled := _answer(key, old)):
            changed = _put(changed, key, filled, told.values.get(key) or _answer(key, new), institution)
    for key, value in told.values.items():
        if key not in changed.values:
            changed = changed.with_value(key, value)
    fresh = told.proposal if was.proposal == draft.proposal and told.proposal else draft.proposal
    grade = "emergency" if "emergency" in {draft.grade, told.grade} else draft.grade
    return replace(changed, proposal=fresh, grade=grade)


def _story(value: str, old: Heard, new: Heard) -> str:
    said, says = old.text.strip(), new.text.strip()
    return value.replace(said, says, 1) if said and says and said in value else value


def _put(draft: Draft, key: str, filled: Any, right: Any, institution: Institution) -> Draft:
    """The draft, where the old words filled that slot: with the right value, or open again where there is none."""
    value = draft.values[key]
    if value == filled:
        return draft.with_value(key, right) if right else draft.without(key)
    if key == "where" and right and filled["text"] in value["text"]:
        text = value["text"].replace(filled["text"], right["text"])
        return draft.with_value(key, reread({**value, "text": text}, institution))
    return draft


def _answer(key: str, heard: Heard) -> Any:
    """The words as the answer to that question; None: they are none."""
    try:
        return answer(Draft(), heard, key).values[key]
    except Rejected:
        return None


def _filed_with(heard: Heard, before: Before) -> Brief | None:
    """The case that the old words are part of: the first that was filed after them."""
    later = [case for case in heard.mine if case.open and case.filed_at >= before.at]
    return later[-1] if later else None
