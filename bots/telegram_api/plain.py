"""Words that somebody writes to a bot, read without the library's types: nine of ten updates hold nothing else. Pure.

Whatever else stands in an update, or stands in it otherwise than Telegram's
documentation says, is not read here, and goes through those types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

UPDATE = frozenset({"update_id", "message"})
MESSAGE = frozenset({"message_id", "from", "chat", "date", "text"})
BESIDE = frozenset({"entities", "link_preview_options"})
"""What may stand beside words and is not looked at: it says nothing that they do not."""
SENDER = frozenset({"id", "is_bot", "first_name"})
LARGEST = 1 << 52
"""Telegram's numbers have no more bits, as its documentation says."""
LATEST = 1 << 33
"""Seconds: the year 2242."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was written, by whom, in a chat of two."""

    update: int
    message: int
    chat: int
    text: str
    at: datetime
    language: str  # as Telegram names it; empty: not told


def read(raw: dict[str, Any]) -> Words | None:
    """The words of an update; None: it holds more, or something else."""
    message = raw.get("message")
    if raw.keys() != UPDATE or type(message) is not dict or not MESSAGE <= message.keys() <= MESSAGE | BESIDE:
        return None
    chat, sender, text = message["chat"], message["from"], message["text"]
    if type(chat) is not dict or chat.get("type") != "private" or not _is_sender(sender):
        return None
    number, place, at, language = message["message_id"], chat.get("id"), message["date"], sender.get("language_code")
    if not (_is_number(number, LARGEST) and _is_number(place, LARGEST) and _is_number(at, LATEST)):
        return None
    if not _is_whole(text) or not (language is None or type(language) is str):
        return None
    return Words(raw["update_id"], number, place, text, datetime.fromtimestamp(at, tz=UTC), language or "")


def _is_sender(sender: Any) -> bool:
    return type(sender) is dict and sender.keys() >= SENDER


def _is_number(value: Any, most: int) -> TypeGuard[int]:
    return type(value) is int and 0 < value < most


def _is_whole(text: Any) -> bool:
    """Whether every database takes it as it is."""
    if type(text) is not str or not text or "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
