"""An update of Telegram, as JSON, becomes what we take of it. Pure.

What cannot be read is kept raw and taken: Telegram repeats what it gets no 200
for, and holds back everything behind it meanwhile.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from telegram import Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bots import Refused, Taken
from bots.telegram_api import commands, contents, plain
from bots.telegram_api.keyboards import HASHED
from dialogs.messages import Back, ChatMoved, Inbound, Left, Peer

if TYPE_CHECKING:
    from telegram import CallbackQuery, Chat, ChatMemberUpdated, MaybeInaccessibleMessage, User

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for."""
DIGITS = 12  # of a message's number, so that names sort as numbers do
LARGEST = 1 << 63  # the numbers of Telegram have fewer bits
LONGEST = 64  # characters of the id of a pressed button
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
IN = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})


@dataclass(frozen=True, slots=True)
class Reader:
    """``bot``: its number, the beginning of its token; ``username``: "" where not known yet; ``groups``: taken or not."""

    channel: str
    bot: str
    username: str
    groups: bool

    def take(self, raw: dict[str, Any]) -> Taken:
        """What an update holds; never fails on an object that has an ``update_id``."""
        if (words := plain.read(raw)) is not None:
            return self._words(words)
        try:
            update = Update.de_json(raw, None)
            taken = self._taken(update, raw)
        except (TypeError, ValueError, KeyError, AttributeError, LookupError, OverflowError, OSError, RecursionError):
            taken = None  # fields that are missing or of another type than the documentation says
        return taken or Taken(unknown=_kind(raw), raw=raw)

    def _taken(self, update: Update, raw: dict[str, Any]) -> Taken | None:
        if update.message is not None:
            return self._message(update.message, raw)
        if update.edited_message is not None:
            return self._edited(update.edited_message, raw)
        if update.callback_query is not None:
            return self._pressed(update.callback_query, raw)
        if update.my_chat_member is not None:
            return self._membership(update.my_chat_member)
        return None

    def _message(self, message: Message, raw: dict[str, Any]) -> Taken | None:
        if message.migrate_to_chat_id is not None:
            return Taken(news=(ChatMoved(self.channel, str(message.chat.id), str(message.migrate_to_chat_id)),))
        if message.migrate_from_chat_id is not None:
            return Taken(news=(ChatMoved(self.channel, str(message.migrate_from_chat_id), str(message.chat.id)),))
        if not self._is_for_us(message.chat):
            return Taken()
        found = self._inbound(message, message.from_user, raw, kind="message")
        if found is None:
            return None
        asked = commands.read(found.text, language=found.language) if message.text else commands.Asked(found.text)
        if asked.to and self.username and asked.to.casefold() != self.username.casefold():
            return Taken()  # in a group, to another bot
        return Taken((replace(found, text=asked.text, place=asked.place),))

    def _words(self, words: plain.Words) -> Taken:
        """Words alone: the same as of ``_message``, without the library's types of all that a message may hold."""
        language = words.language or "zh"
        asked = commands.read(words.text, language=language)
        if asked.to and self.username and asked.to.casefold() != self.username.casefold():
            return Taken()
        return Taken(
            (
                Inbound(
                    Peer(self.channel, str(words.chat)),
                    f"{self.bot}-{words.message:0{DIGITS}d}",
                    text=asked.text,
                    place=asked.place,
                    language=language,
                    shares=True,
                    sent_at=words.at,
                    raw={"update": words.update},
                ),
            )
        )

    def _edited(self, message: Message, raw: dict[str, Any]) -> Taken | None:
        if not self._is_for_us(message.chat) or message.location is not None:
            return Taken()  # a live location that moves on, every few seconds
        found = self._inbound(message, message.from_user, raw, kind="edited_message")
        if found is None or not found.text:
            return Taken()  # another photo, another caption taken away: what was said stays said
        return Taken((replace(found, edited=True, media=(), album="", sent_at=message.edit_date or message.date),))

    def _pressed(self, query: CallbackQuery, raw: dict[str, Any]) -> Taken | None:
        if query.message is None or query.data is None:
            return None  # under a message of another bot, or a game
        if not self._is_for_us(query.message.chat):
            return Taken()
        choice, text = contents.whole(query.data), ""
        if choice.startswith(HASHED):
            choice, text = "", contents.whole(_label(query.message, query.data))
        return Taken(
            (
                Inbound(
                    self._peer(query.message.chat),
                    f"{self.bot}-c{_id(query.id)}",
                    text=text,
                    choice=choice,
                    language=_language(query.from_user),
                    shares=query.message.chat.type == ChatType.PRIVATE,
                    raw={"update": raw["update_id"]},
                ),
            )
        )

    def _membership(self, change: ChatMemberUpdated) -> Taken:
        if not self._is_for_us(change.chat):
            return Taken()
        peer, status = self._peer(change.chat), change.new_chat_member.status
        if status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}:
            return Taken(news=(Left(peer, change.date, "blocked"),))
        return Taken(news=(Back(peer, change.date),) if status in IN else ())

    def _inbound(self, message: Message, sender: User | None, raw: dict[str, Any], *, kind: str) -> Inbound | None:
        """None: nobody sent this, or it is of a kind that came after us."""
        text = contents.words(message)
        untaken = contents.untaken(message, raw[kind])
        found = Inbound(
            self._peer(message.chat),
            self._name(message),
            text=self._without_us(text) if message.chat.type in GROUPS else text,
            location=contents.location(message),
            contact=contents.contact(message),
            media=contents.media(message),
            language=_language(sender),
            album=message.media_group_id or "",
            shares=message.chat.type == ChatType.PRIVATE,
            sent_at=message.date,
            raw={"update": raw["update_id"]} | ({"untaken": untaken} if untaken else {}),
        )
        says = found.text or found.location or found.contact or found.media or untaken
        return found if says else None

    def _peer(self, chat: Chat) -> Peer:
        return Peer(self.channel, str(_number(chat.id)))

    def _is_for_us(self, chat: Chat) -> bool:
        return chat.type == ChatType.PRIVATE or (self.groups and chat.type in GROUPS)

    def _name(self, message: Message) -> str:
        """Unique for the peer, also when the channel gets another bot or the group another number; sorts as sent."""
        chat = "" if message.chat.type == ChatType.PRIVATE else f"{message.chat.id}-"
        return f"{self.bot}-{chat}{_number(message.message_id):0{DIGITS}d}"

    def _without_us(self, text: str) -> str:
        if not self.username or text.startswith("/"):
            return text
        return re.sub(rf"@{re.escape(self.username)}\b", "", text, flags=re.IGNORECASE).strip()


def parsed(body: bytes) -> dict[str, Any]:
    """The update that a hook got. Raises: Refused."""
    try:
        raw = json.loads(body, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise Refused(400, "the body is not JSON") from None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(number, int) or isinstance(number, bool):
        raise Refused(400, "the body is no update of Telegram")
    return raw


def _finite(text: str) -> float:
    """Raises: ValueError: NaN and Infinity are no JSON, and no database takes them for it."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _number(value: object) -> int:
    """A chat's or a message's. Raises: ValueError: it is none that Telegram could give."""
    if not isinstance(value, int) or abs(value) >= LARGEST:
        raise ValueError("a number of Telegram has less than 64 bits")
    return value


def _id(value: object) -> str:
    """A pressed button's. Raises: ValueError."""
    if not isinstance(value, str) or len(value) > LONGEST or contents.whole(value) != value:
        raise ValueError("an id of Telegram is a short text")
    return value


def _kind(raw: dict[str, Any]) -> str:
    return next((contents.whole(key[:40]) for key in raw if key != "update_id"), "empty")


def _language(sender: User | None) -> str:
    told = sender.language_code if sender is not None else None
    return told if told and isinstance(told, str) else "zh"


def _label(message: MaybeInaccessibleMessage, data: str) -> str:
    """What stands on the button that carries this."""
    keyboard = message.reply_markup if isinstance(message, Message) else None
    rows = keyboard.inline_keyboard if keyboard is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), "")
