"""A voice note without its words: it is kept, and a person writes down what it says.

To who is spoken to slowly it answers what was asked, and nothing is asked
twice. Others are asked once more, to type it; a second note counts. The words
come back as ``Transcribed`` while the draft is open; afterwards they go
straight to the case (backend/services/files/transcribing.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.draft.filling import absorb, answer
from dialogs.speaking.few import is_plain
from dialogs.values.reading import Rejected
from dialogs.wording import LANGUAGES, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard, Transcribed
    from institutions.model import Institution


def kept(now: Conversation, draft: Draft, heard: Heard, *, asked: str) -> Draft:
    """The draft, with a voice note standing where its words will."""
    notes = [file.id for file in heard.evidence if file.kind == "voice"]
    if not notes or heard.text.strip():
        return draft
    slot = asked if "what" in draft.values else "what"
    counts = is_plain(now.language) or any(answered == slot for _, answered in draft.voices)
    draft = replace(draft, voices=(*draft.voices, *((note, slot) for note in notes)))
    if not counts:
        return draft
    if slot == "what":
        return draft.with_value("what", phrase(now.language, "voice.untold"))
    if slot and slot not in draft.values and slot not in draft.skipped:
        return replace(draft, skipped=(*draft.skipped, slot))
    return draft


def received(language: str, before: Draft, after: Draft) -> str:
    """What is said of a note that came; empty: none did, or it is a recording like any other."""
    if len(after.voices) == len(before.voices):
        return ""
    slot = after.voices[-1][1]
    if is_plain(language) or slot in after.skipped or untold(str(after.values.get("what", ""))):
        return phrase(language, "voice.kept")
    if slot in {"", "evidence"}:
        return ""
    return phrase(language, "voice.type")


def untold(what: str) -> bool:
    """Whether the story is only a voice note so far."""
    return what in {sentences["voice.untold"] for sentences in LANGUAGES.values()}


def transcribed(institution: Institution, now: Conversation, event: Transcribed) -> Conversation:
    """The draft with the words of a voice note in it; one that does not hold that note stays as it is."""
    slot = dict(now.draft.voices).get(event.evidence)
    if slot is None:
        return now
    words = event.heard.text.strip()
    draft = replace(now.draft, voices=tuple(pair for pair in now.draft.voices if pair[0] != event.evidence))
    if untold(str(draft.values.get("what", ""))):
        draft = draft.without("what")
    draft = _answered(absorb(draft, event.heard, institution, asking=slot), event.heard, slot)
    story = str(draft.values.get("what", ""))
    if words not in story and (slot in {"", "what"} or slot not in draft.values):
        draft = draft.with_value("what", f"{story}\n{words}".strip())
    return replace(now, draft=draft)


def _answered(draft: Draft, heard: Heard, slot: str) -> Draft:
    """The draft with the words as the answer, where the facts in them are none and the words can be."""
    if slot in {"", "what"} or slot in draft.values:
        return draft
    try:
        return answer(draft, heard, slot)
    except Rejected:
        return draft
