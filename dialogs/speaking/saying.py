"""One bubble, and what every part of the dialog gives back: the conversation, and what is to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage
from dialogs.messages import Choice, Say
from dialogs.speaking import few
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialogs.effects import Effect

    Result = tuple[Conversation, tuple[Effect, ...]]


def speak(now: Conversation, *texts: str, choices: Iterable[tuple[str, str]] = ()) -> Result:
    """One bubble of the texts that are not empty; its choices are remembered for typed answers."""
    offered = tuple(choices)
    shown, numbers = offered, ""
    if few.is_plain(now.language) and (offered or now.stage is not Stage.IDLE):
        shown, offered = few.few(now.language, offered)
        numbers = few.numbers(now, shown)
    say = Say("\n".join(text for text in (*texts, numbers) if text), tuple(Choice(*pair) for pair in shown))
    return replace(now, offered=offered), (say,)


def sharing(now: Conversation, what: str) -> list[tuple[str, str]]:
    """The button that sends what the device knows, location or contact; none where the chat has no such buttons."""
    return [(what, phrase(now.language, what))] if what and now.shares else []
