"""An institution with words written at the desk laid over those of its file: its sentences, replies and answers.

Whether they may be said is not known here, nor who wrote them. A reply or
question that the file no longer has is passed over, so that words outlive a
change of the file. All that is not a word stays the very same object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from institutions.casework import Reply
    from institutions.guidance import Faq
    from institutions.model import Institution

    Row = TypeVar("Row", Reply, Faq)

Part: TypeAlias = Literal["said", "reply", "faq"]
SAID: Final = "said"
REPLY: Final = "reply"
FAQ: Final = "faq"
PARTS: tuple[Part, ...] = (SAID, REPLY, FAQ)
"""The bot's own sentences, words to begin an answer with, answers to usual questions."""
FIELDS: Mapping[Part, Mapping[str, str]] = {
    REPLY: {"zh": "text", "en": "text_en"},
    FAQ: {"zh": "say", "en": "say_en"},
}
"""Where a row has its words, by language; traditional characters are made of the simplified ones."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which words are meant: a key of the bot's sentences, or the id of a reply or question."""

    part: Part
    key: str
    language: str


def worded(institution: Institution, words: Mapping[Place, str]) -> Institution:
    """*institution* saying those words; itself where there are none."""
    if not words:
        return institution
    said: dict[str, dict[str, str]] = {language: dict(own) for language, own in institution.wording.items()}
    for place, text in words.items():
        if place.part == SAID:
            said.setdefault(place.language, {})[place.key] = text
    replies = tuple(_row(row, REPLY, words) for row in institution.casework.replies)
    questions = tuple(_row(row, FAQ, words) for row in institution.faq)
    changed: dict[str, Any] = {"wording": said, "faq": questions}
    if replies != institution.casework.replies:
        changed["casework"] = institution.casework.model_copy(update={"replies": replies})
    return institution.model_copy(update=changed)


def row_of(institution: Institution, part: Part, key: str) -> Reply | Faq | None:
    """The reply or question of that id."""
    rows: Iterable[Reply | Faq] = institution.casework.replies if part == REPLY else institution.faq
    return next((row for row in rows if row.id == key), None)


def _row(row: Row, part: Part, words: Mapping[Place, str]) -> Row:
    fresh = {
        field: words[place]
        for language, field in FIELDS[part].items()
        if (place := Place(part, row.id, language)) in words
    }
    return row.model_copy(update=fresh) if fresh else row
