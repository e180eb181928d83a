"""Choices as Telegram's buttons.

Most become buttons under the message, whose tap we hear as a callback. Where
one asks for a place or a phone number, all become keys below the input field,
since only those can send what the device knows; the others then send their
label as text, which the dialog takes as well.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dialogs.messages import Choice

    Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

Shown = TypeVar("Shown", InlineKeyboardButton, KeyboardButton)

LOCATION, CONTACT = "location", "contact"
"""The choices that the device itself answers: with a pin, with its owner's number."""
LONGEST_DATA = 64
"""Bytes that a button can carry."""
HASHED = "h:"
"""Begins the data of a button whose choice has a longer id: the label says then which it is."""
WIDEST, MOST = 22, 3
"""How wide a row is, in half-width characters, and how many buttons it holds; phones cut what is wider."""


def markup(choices: Sequence[Choice], *, private: bool, answers: bool = False) -> Markup | None:
    """The keyboard of a message. ``answers``: it answers the person, so keys of the question before go away."""
    if private and any(choice.id in {LOCATION, CONTACT} for choice in choices):
        return ReplyKeyboardMarkup(_rows(choices, _key), resize_keyboard=True, one_time_keyboard=True)
    plain = [choice for choice in choices if choice.id not in {LOCATION, CONTACT}]
    if plain:
        return InlineKeyboardMarkup(_rows(plain, _button))
    return ReplyKeyboardRemove() if private and answers else None


def rows(keyboard: Markup | None) -> tuple[tuple[str, ...], ...]:
    """The labels of a keyboard, row by row."""
    if isinstance(keyboard, InlineKeyboardMarkup):
        return tuple(tuple(button.text for button in row) for row in keyboard.inline_keyboard)
    if isinstance(keyboard, ReplyKeyboardMarkup):
        return tuple(tuple(button.text for button in row) for row in keyboard.keyboard)
    return ()


def data(choice_id: str) -> str:
    """What the button of a choice carries."""
    if choice_id and len(choice_id.encode()) <= LONGEST_DATA and not choice_id.startswith(HASHED):
        return choice_id
    return HASHED + sha256(choice_id.encode()).hexdigest()[:32]


def _button(choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(choice.label or choice.id, callback_data=data(choice.id))


def _key(choice: Choice) -> KeyboardButton:
    asks_place, asks_number = choice.id == LOCATION or None, choice.id == CONTACT or None
    return KeyboardButton(choice.label or choice.id, request_location=asks_place, request_contact=asks_number)


def _rows(choices: Iterable[Choice], show: Callable[[Choice], Shown]) -> list[list[Shown]]:
    """Short labels side by side, a long one alone."""
    rows: list[list[Shown]] = []
    room = 0
    for choice in choices:
        wide = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in choice.label) + 2
        if not rows or wide > room or len(rows[-1]) == MOST:
            rows.append([])
            room = WIDEST
        rows[-1].append(show(choice))
        room -= wide
    return rows
