"""One bubble of ours as Telegram's messages: in parts, escaped, to the chat's newest address, each part once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bots import Bubble, NotSent, Shown, Uncertain, Unreachable
from bots.telegram_api import writing
from bots.telegram_api.failures import NoAnswer, as_ours
from bots.telegram_api.keyboards import markup, rows
from bots.telegram_api.pace import Crowded
from dialogs.messages import ChatMoved, Receipt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bots import ChannelError
    from bots.telegram_api.keyboards import Markup
    from dialogs.messages import News, Outbound

    Call = Callable[[dict[str, Any]], Awaitable[Any]]
    """Of sendMessage, with its values; what comes back of it. Raises: TelegramError."""

WAY = "message"
REMEMBERED = 10_000
"""Bubbles of several parts of which only some went out; with that many, the oldest is sent from its beginning again."""
HEARD = "✓"
NO_PREVIEW = {"is_disabled": True}


def shown(message: Outbound) -> Shown:
    """How ``Sender`` would show it: cut and with its keyboard, nothing sent."""
    address, text = message.peer.address, message.say.text
    private = not address.startswith("-")
    keyboard = markup(message.say.choices, private=private, answers=message.kind == "reply")
    keys = isinstance(keyboard, ReplyKeyboardMarkup)
    *first, last = writing.parts(text)
    bubbles = (*(Bubble(part) for part in first), Bubble(last or writing.EMPTY, rows(keyboard), keys))
    return Shown("telegram", bubbles, writing.units(text), writing.LONGEST)


class Sender:
    """``channel``: its name; ``news`` hears that a group has another number."""

    def __init__(
        self, call: Call, channel: str, news: Callable[[News], Awaitable[None]], clock: Callable[[], datetime]
    ) -> None:
        self._call, self._channel, self._news = call, channel, news
        self._crowded = Crowded(clock)
        self._gone: dict[str, int] = {}  # parts that went out, by the key of the bubble
        self._keyed: dict[int, None] = {}  # chats with keys below the input field, the oldest first

    async def send(self, message: Outbound) -> Receipt:
        """Send all parts that have not gone out yet.

        Telegram gives no receipt of reading and knows no repeated call, so what
        went out is remembered while the process lives. Raises: NotSent,
        Uncertain, NotThisWay, Unreachable, ChannelDown.
        """
        chat = _number(message.peer.address)
        parts = writing.parts(message.say.text)
        keyboard = markup(message.say.choices, private=chat > 0, answers=message.kind == "reply")
        clears = self._clears(chat, keyboard, message.kind)
        parts = _led(parts) if clears else parts
        number = 0
        for index in range(min(self._gone.get(message.key, 0), len(parts) - 1), len(parts)):
            last = index == len(parts) - 1
            try:
                shown = keyboard if last else ReplyKeyboardRemove() if clears and not index else None
                chat, number = await self._put(chat, parts[index], shown)
                self._crowded.sent(chat)
            except TelegramError as error:
                raise self._failed(error, message.key, index, len(parts), alone=self._alone(chat)) from None
            if not last:
                self._remember(message.key, index + 1)
        self._gone.pop(message.key, None)
        self._note_keys(chat, keyboard, clears=clears)
        return Receipt(WAY, str(number))

    def _clears(self, chat: int, keyboard: Markup | None, kind: str) -> bool:
        """Whether keys of the question before would stay: a message with buttons cannot take them away itself."""
        return kind == "reply" and chat in self._keyed and isinstance(keyboard, InlineKeyboardMarkup)

    def _note_keys(self, chat: int, keyboard: Markup | None, *, clears: bool) -> None:
        """Forgotten when the process ends: the keys hide themselves once one is pressed."""
        if isinstance(keyboard, ReplyKeyboardMarkup):
            self._keyed[chat] = None
            if len(self._keyed) > REMEMBERED:
                self._keyed.pop(next(iter(self._keyed)))
        elif clears or isinstance(keyboard, ReplyKeyboardRemove):
            self._keyed.pop(chat, None)

    async def _put(self, chat: int, part: str, keyboard: Markup | None) -> tuple[int, int]:
        """One part. Returns the chat's address, which may be new, and the message's number."""
        try:
            return chat, await self._post(chat, part, keyboard)
        except ChatMigrated as error:
            await self._news(ChatMoved(self._channel, str(chat), str(error.new_chat_id)))
            return error.new_chat_id, await self._post(error.new_chat_id, part, keyboard)

    async def _post(self, chat: int, part: str, keyboard: Markup | None) -> int:
        call: dict[str, Any] = {"chat_id": chat, "link_preview_options": NO_PREVIEW}
        if keyboard is not None:
            call["reply_markup"] = keyboard.to_dict()
        try:
            sent = await self._call(call | {"text": writing.escaped(part), "parse_mode": ParseMode.HTML})
        except BadRequest as error:
            if "parse entities" not in error.message.casefold():
                raise
            sent = await self._call(call | {"text": part or writing.EMPTY})  # it was refused, so nothing is doubled
        try:
            return int(sent["message_id"])
        except (KeyError, TypeError, ValueError):
            raise NoAnswer("the answer to sendMessage holds no number of a message") from None

    def _alone(self, chat: int) -> bool:
        """Whether a limit is theirs: a group has its own, so has a chat; any other holds for the whole bot."""
        return chat < 0 or chat in self._crowded

    def _failed(self, error: TelegramError, key: str, gone: int, of: int, *, alone: bool) -> ChannelError:
        told = as_ours(error, everybody=not alone)
        if gone and isinstance(told, NotSent | Uncertain):
            told.args = (f"{told.args[0]}；共{of}段，已发出{gone}段，还剩{of - gone}段",)
        return told

    def _remember(self, key: str, gone: int) -> None:
        self._gone[key] = gone
        if len(self._gone) > REMEMBERED:
            self._gone.pop(next(iter(self._gone)))


def _led(parts: list[str]) -> list[str]:
    """The same with a part before the last one, that can take keys away: its first line, or a sign of having heard."""
    if len(parts) > 1:
        return parts
    first, _, rest = parts[0].partition("\n")
    return [first, rest] if first.strip() and rest.strip() else [HEARD, *parts]


def _number(address: str) -> int:
    try:
        return int(address)
    except ValueError:
        raise Unreachable("这不是 Telegram 的会话号", code="address") from None
