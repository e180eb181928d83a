"""Keyboards as Telegram checks them."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.telegram_errors import Json, bad

DATA = 64  # bytes of callback_data
BUTTONS, SIZE = 100, 10_000  # buttons, and bytes of the whole markup
ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")


def checked(markup: Any, *, private: bool) -> Json | None:
    """What is kept of ``reply_markup``. Raises: Failure."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > SIZE:
        raise bad("reply markup is too long")
    if "inline_keyboard" in markup:
        rows = grid(markup["inline_keyboard"], "inline_keyboard")
        return {"inline_keyboard": [[inline(button) for button in row] for row in rows if row]}
    if "keyboard" in markup:
        rows = grid(markup["keyboard"], "keyboard")
        return markup | {"keyboard": [[plain(button, private=private) for button in row] for row in rows if row]}
    return markup


def grid(rows: Any, name: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'Field "{name}" must be an Array of Arrays')
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad("reply markup is too long")
    return rows


def inline(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"]:
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    if not any(action in button for action in ACTIONS):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return button


def plain(button: Any, *, private: bool) -> Json:
    made: Any = {"text": button} if isinstance(button, str) else button
    if not isinstance(made, dict) or not made.get("text"):
        raise bad("can't parse keyboard button: Text must be non-empty")
    if not private and made.get("request_contact"):
        raise bad("phone number can be requested in private chats only")
    if not private and made.get("request_location"):
        raise bad("location can be requested in private chats only")
    return made
