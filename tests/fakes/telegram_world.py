"""What the fake Telegram knows: bots, people, chats, messages and files; and who may write where."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TYPE_CHECKING

from tests.fakes.telegram_errors import UPGRADED, Json, bad, forbidden
from tests.fakes.telegram_queue import UpdateQueue
from tests.fakes.telegram_rates import Rates

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 3_600.0
TOKEN = re.compile(r"[1-9]\d*:[\w-]+", re.ASCII)


@dataclass
class User:
    """A person."""

    id: int
    first_name: str
    language: str = "zh-hans"
    deactivated: bool = False

    def as_json(self) -> Json:
        named: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return named | ({"language_code": self.language} if self.language else {})


@dataclass
class Chat:
    """A place where one writes: a person's own, with the person's number, or a group with a negative one."""

    id: int
    type: str = "private"
    title: str = ""
    members: set[int] = field(default_factory=set)  # people and bots
    kicked: set[int] = field(default_factory=set)  # bots
    migrated_to: int | None = None
    deleted: bool = False


@dataclass
class Message:
    """One bubble, with what only the fake knows about it."""

    body: Json
    by_bot: bool
    order: int  # as it came into this chat, whoever wrote
    edits: int = 0
    deleted: bool = False
    markup: Json | None = None  # any keyboard; body has only inline ones
    reactions: list[Json] = field(default_factory=list)


@dataclass
class StoredFile:
    """A file, as one bot names it."""

    file_id: str
    unique_id: str
    content: bytes
    name: str
    size: int  # as announced
    paths: dict[str, float] = field(default_factory=dict)  # link → when it ends


@dataclass
class Webhook:
    """Where the updates of a bot go."""

    url: str
    secret: str = ""
    connections: int = 40
    certificate: bool = False
    last_error: str = ""
    last_error_at: float = 0.0
    gone_since: float | None = None  # the first 410 of an unbroken row


@dataclass
class Bot:
    """One bot and all that it has to do with anybody."""

    token: str
    username: str
    now: Callable[[], float]
    queue: UpdateQueue
    rates: Rates
    privacy: bool = True  # in groups it hears only what is meant for it
    logged_out: bool = False
    revoked: bool = False
    closed: bool = False
    launched: float = 0.0
    webhook: Webhook | None = None
    next_webhook_at: float = 0.0
    chats: defaultdict[int, dict[int, Message]] = field(default_factory=lambda: defaultdict(dict))
    blocked_by: set[int] = field(default_factory=set)
    callbacks: dict[str, float] = field(default_factory=dict)  # id → when it was pressed
    alerts: dict[str, Json] = field(default_factory=dict)  # callback id → what was answered
    files: dict[str, StoredFile] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # scope, language
    descriptions: dict[str, str] = field(default_factory=dict)  # language → text
    actions: list[tuple[float, int, str]] = field(default_factory=list)  # when, chat, typing …
    last_message: int = 0

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.username, "username": self.username}

    def message(self, chat_id: int, message_id: int) -> Message | None:
        found = self.chats[chat_id].get(message_id)
        return None if found is None or found.deleted else found

    def write(self, chat: Json, content: Json, *, author: Json, markup: Json | None = None, at: float) -> Message:
        """A new bubble in a chat as this bot sees it."""
        self.last_message += 1
        body: Json = {"message_id": self.last_message, "from": author, "chat": chat, "date": int(at), **content}
        if markup and "inline_keyboard" in markup:
            body["reply_markup"] = markup
        history = self.chats[chat["id"]]
        history[self.last_message] = message = Message(body, bool(author["is_bot"]), len(history) + 1, markup=markup)
        return message

    def keep(self, content: bytes, *, name: str, kind: str, mark: str = "", announced: int | None = None) -> Json:
        """A file of this bot; what messages say of it. The same bytes have the same unique id with every bot."""
        number = len(self.files) + 1
        unique = f"AQAD{sha1(content, usedforsecurity=False).hexdigest()[:12]}{mark}"
        size = len(content) if announced is None else announced
        file = StoredFile(f"{kind}-{self.id}-{number}-{unique}", unique, content, name, size)
        self.files[file.file_id] = file
        return {"file_id": file.file_id, "file_unique_id": unique, "file_size": size}

    def link(self, file: StoredFile) -> str:
        """A new link to a file, for an hour."""
        kind, _, number, _ = file.file_id.split("-", 3)
        path = f"{kind}s/file_{number}_{len(file.paths)}{suffix(file.name)}"
        file.paths[path] = self.now() + HOUR
        return path


def suffix(name: str) -> str:
    return f".{name.rsplit('.', 1)[1]}" if "." in name else ""


class World:
    """Everything, of all bots."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}

    def add_bot(self, token: str, username: str) -> Bot:
        assert TOKEN.fullmatch(token), "a token is a number, a colon and letters"
        bot = Bot(token, username, self.now, UpdateQueue(self.now), Rates(self.now), launched=self.now() - HOUR)
        self.bots[token] = bot
        return bot

    def bot(self, name: str = "") -> Bot:
        """By token, number or user name; "": the first one."""
        known = self.bots.values()
        return next(bot for bot in known if name in ("", bot.token, str(bot.id), bot.username))

    def user(self, user_id: int, *, name: str = "", language: str | None = None) -> User:
        user = self.users.setdefault(user_id, User(user_id, name or f"居民{user_id}"))
        user.first_name = name or user.first_name
        user.language = user.language if language is None else language
        return user

    def private(self, user_id: int) -> Chat:
        return self.chats.setdefault(user_id, Chat(user_id, members={user_id}))

    def group(self, chat_id: int, *, title: str, kind: str = "group", members: set[int] | None = None) -> Chat:
        assert chat_id < 0, "the number of a group is negative"
        self.chats[chat_id] = chat = Chat(chat_id, kind, title, set(members or ()))
        return chat

    def upgrade(self, chat_id: int) -> Chat:
        """A group becomes a supergroup: another number, and the old one is dead."""
        old = self.chats[chat_id]
        old.migrated_to = new_id = -(1_000_000_000_000 - old.id)
        return self.group(new_id, title=old.title, kind="supergroup", members=old.members)

    def chat_json(self, chat: Chat) -> Json:
        if chat.type == "private":
            return {"id": chat.id, "type": "private", "first_name": self.user(chat.id).first_name}
        return {"id": chat.id, "type": chat.type, "title": chat.title}

    def writable(self, bot: Bot, chat_id: int | None) -> Chat:
        """The chat that a bot may write to. Raises: Failure."""
        chat = None if chat_id is None else self.chats.get(chat_id)
        if chat is None:
            if chat_id in self.users:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad("chat not found")
        if chat.type == "private":
            self._personal(bot, chat)
        else:
            self._common(bot, chat)
        return chat

    def _personal(self, bot: Bot, chat: Chat) -> None:
        if self.user(chat.id).deactivated:
            raise forbidden("user is deactivated")
        if chat.id in bot.blocked_by:
            raise forbidden("bot was blocked by the user")
        if not bot.chats.get(chat.id):
            raise forbidden("bot can't initiate conversation with a user")

    def _common(self, bot: Bot, chat: Chat) -> None:
        if chat.migrated_to is not None:
            raise bad(UPGRADED, migrate_to_chat_id=chat.migrated_to)
        if chat.deleted:
            raise forbidden("the group chat was deleted")
        if bot.id in chat.kicked:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if bot.id not in chat.members:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
