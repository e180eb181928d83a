"""What good manners want at once, whatever the dialog will say: calls of the Bot API whose result nobody needs.

A pressed button stops turning. A group hears, once a day, that complaints are
for a private chat. As Telegram lets an answer to its hook be such a call, they
cost no call of their own there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

NOT_AGAIN = timedelta(days=1)
MOST_GROUPS = 10_000
"""Of which we remember when they heard it."""
REFUSAL = (
    "这里大家都看得到。为了保护您的个人信息，请到和我的私聊里说。\n"
    "Everybody here can read this. To protect what is personal, please talk to me in a private chat."
)
OPEN = "私聊 · Private chat"


class Courtesies:
    """``refuses``: groups are told to talk in private."""

    def __init__(self, *, bot: str, refuses: bool) -> None:
        self._bot, self._refuses = bot, refuses
        self._told: dict[str, datetime] = {}

    def owed(self, update: dict[str, Any], *, username: str, at: datetime) -> dict[str, Any] | None:
        """The call, its name under ``method``; None: nothing is due. What it returns counts as said."""
        query = update.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            return {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
        group = self._group(update, username) if self._refuses else ""
        if not group or at - self._told.get(group, datetime.min.replace(tzinfo=at.tzinfo)) < NOT_AGAIN:
            return None
        self._told.pop(group, None)
        self._told[group] = at
        if len(self._told) > MOST_GROUPS:
            self._told.pop(next(iter(self._told)))
        return _refusal(group, username)

    def _group(self, update: dict[str, Any], username: str) -> str:
        """The group that spoke to us or took us in; "": none did."""
        joined = update.get("my_chat_member")
        if isinstance(joined, dict):
            status = _get(joined, "new_chat_member", "status")
            return _group_of(joined) if status in {"member", "administrator"} else ""
        message = update.get("message")
        if not isinstance(message, dict) or not _group_of(message):
            return ""
        text = message.get("text") or message.get("caption") or ""
        named = bool(username) and f"@{username}".casefold() in str(text).casefold()
        to_us = str(_get(message, "reply_to_message", "from", "id")) == self._bot
        alone = str(text).startswith("/") and ("@" not in str(text).split()[0] or named)
        return _group_of(message) if named or to_us or alone else ""


def _refusal(group: str, username: str) -> dict[str, Any]:
    call: dict[str, Any] = {"method": "sendMessage", "chat_id": int(group), "text": REFUSAL}
    if username:
        button = {"text": OPEN, "url": f"https://t.me/{username}"}
        call["reply_markup"] = {"inline_keyboard": [[button]]}
    return call


def _group_of(holder: dict[str, Any]) -> str:
    number, kind = _get(holder, "chat", "id"), _get(holder, "chat", "type")
    return str(number) if kind in {"group", "supergroup"} and isinstance(number, int) else ""


def _get(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
