"""Everything said to one message goes out in as few bubbles as hold it.

WeChat allows few messages after each of the citizen's, and people read one
bubble better than three. Texts follow each other; the buttons come at the end,
those of the open question first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.messages import Say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialogs.conversation import Conversation

LONGEST = 2048
"""UTF-8 bytes of a WeChat text message; Telegram takes 4,096 characters, which is never less."""


def merged(now: Conversation, says: Iterable[Say]) -> tuple[Conversation, tuple[Say, ...]]:
    """The bubbles, and the conversation that remembers the buttons of the last."""
    said = tuple(say for say in says if say.text.strip() or say.choices)
    bubbles: list[Say] = []
    for say in said:
        joined = _joined(bubbles[-1], say) if bubbles else None
        bubbles[-1:] = [*bubbles[-1:], say] if joined is None else [joined]
    if len(bubbles) == len(said):
        return now, said
    open_ = bubbles[-1].choices
    return replace(now, offered=tuple((choice.id, choice.label) for choice in open_)) if open_ else now, tuple(bubbles)


def _joined(first: Say, then: Say) -> Say | None:
    """Both in one bubble, or None where they are too long for it."""
    text = "\n".join(text for text in (first.text, then.text) if text)
    if len(text.encode()) > LONGEST:
        return None
    kept = {choice.id: choice for choice in (*then.choices, *first.choices)}
    return Say(text, tuple(kept.values()))
