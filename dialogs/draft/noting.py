"""What a message leaves in the draft, and what is said about it before the next question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.draft import asking, capacities, matters, voices
from dialogs.draft.filling import absorb
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from institutions.model import Institution

LONG = 4000  # characters; beyond them a text is kept but not understood


def gathered(
    institution: Institution, now: Conversation, heard: Heard, *, asked: str = "", override: bool = False
) -> Conversation:
    """The conversation with all that this message tells in its draft."""
    draft = voices.kept(
        now,
        absorb(brought(now.draft, heard), heard, institution, asking=asked, override=override),
        heard,
        asked=asked,
    )
    draft = capacities.noted(institution, draft, heard, asked=asked)
    if heard.facts.danger:
        draft = replace(draft, grade="emergency", warned=True, danger=heard.facts.danger)
    first = "what" not in now.draft.values and bool(heard.facts.what)
    city, several = (heard.city, matters.told(heard)) if first else (draft.city, draft.matters)
    both = matters.kinds(institution, draft, heard, first=first)
    draft = replace(draft, begun=draft.begun or heard.at.isoformat(), city=city, matters=several, kinds=both)
    return replace(now, draft=draft)


def brought(draft: Draft, heard: Heard) -> Draft:
    """The draft with what the code that brought them here fills in, as far as it was neither told nor asked."""
    known = {*draft.values, *draft.skipped, *draft.asked}
    return replace(draft, values={**{k: v for k, v in heard.place.items() if k not in known}, **draft.values})


def remarks(now: Conversation, heard: Heard) -> tuple[str, ...]:
    """A sentence for each file that could not be taken, and one for a text too long to show."""
    nameless = phrase(now.language, "file.nameless")
    by_key: dict[str, list[str]] = {}
    for key, name in heard.remarks:
        by_key.setdefault(key, []).append(name or nameless)
    said = [phrase(now.language, key, name=_named(now.language, names)) for key, names in by_key.items()]
    return (*said, phrase(now.language, "noted.long")) if len(heard.text) > LONG else tuple(said)


def _named(language: str, names: list[str]) -> str:
    """One file, or the first and how many there are."""
    return names[0] if len(names) == 1 else phrase(language, "file.several", name=names[0], n=len(names))


def lead(now: Conversation, heard: Heard, after: Draft, key: str = "noted") -> list[str]:
    """All that is said before the next question: files, what was understood."""
    key = "noted.fixed" if _replaced(now.draft, after) else key
    return [*remarks(now, heard), asking.remark(now.language, now.draft, after, key=key)]


def _replaced(before: Draft, after: Draft) -> bool:
    """Whether another time or place stands where one stood, not a finer one of the same."""
    pairs = [(before.values.get(key), after.values.get(key)) for key in ("when", "where")]
    return any(old and new and not _holds(new["text"], old["text"]) for old, new in pairs)


def _holds(text: str, part: str) -> bool:
    """Whether *text* says all of *part*, in any order."""
    return text == part or set(part) <= set(text)
