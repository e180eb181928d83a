"""The methods that change what stands there, tell about it, or set the bot up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes import telegram_keyboards as keyboards
from tests.fakes.telegram_errors import OLD_QUERY, UNCHANGED, WRONG_FILE, Failure, Json, bad
from tests.fakes.telegram_sending import short, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.telegram_requests import Query
    from tests.fakes.telegram_world import Bot, Message, World

DOWNLOAD = 20 << 20  # bytes
CALLBACK_LIFE = 150.0  # seconds in which a pressed button can be answered
UNDELETABLE = 48 * 3_600.0
RESTED = 600.0  # seconds that a bot must have run before it may be closed
COMMAND = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"} | {
    "chat",
    "chat_administrators",
    "chat_member",
}


def own(world: World, bot: Bot, query: Query) -> Message:
    """The bot's own message that is to be changed. Raises: Failure."""
    chat = world.writable(bot, query.chat_id)
    message = bot.message(chat.id, query.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if not message.by_bot:
        raise bad("message can't be edited")
    return message


def change(world: World, bot: Bot, query: Query, message: Message, content: Json) -> Json:
    """Put new content and the new keyboard, or none, in place. Raises: Failure: nothing would change."""
    chat = world.chats[message.body["chat"]["id"]]
    markup = keyboards.checked(query.data("reply_markup", "inline keyboard markup"), private=chat.type == "private")
    if markup == {"inline_keyboard": []}:
        markup = None
    now = {name: message.body.get(name, [] if name == "entities" else None) for name in content}
    if now == content and message.body.get("reply_markup") == markup:
        raise bad(UNCHANGED)
    message.body |= content | {"edit_date": int(world.now())}
    message.body.pop("reply_markup", None)
    message.body |= {"reply_markup": markup} if markup else {}
    message.markup, message.edits = markup, message.edits + 1
    return message.body


def edit_message_text(world: World, bot: Bot, query: Query) -> Json:
    content = text_of(query, "text")
    if not content:
        raise bad("message text is empty")
    message = own(world, bot, query)
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    return change(world, bot, query, message, {"entities": [], **short(content)})


def edit_message_reply_markup(world: World, bot: Bot, query: Query) -> Json:
    return change(world, bot, query, own(world, bot, query), {})


def delete_message(world: World, bot: Bot, query: Query) -> bool:
    chat = world.writable(bot, query.chat_id)
    message = bot.message(chat.id, query.number("message_id"))
    if message is None:
        raise bad("message to delete not found")
    if world.now() - message.body["date"] > UNDELETABLE:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    return True


def stop_poll(world: World, bot: Bot, query: Query) -> Json:
    message = own(world, bot, query)
    if "poll" not in message.body:
        raise bad("message with poll to stop not found")
    if message.body["poll"]["is_closed"]:
        raise bad("poll has already been closed")
    message.body["poll"]["is_closed"] = True
    closed: Json = message.body["poll"]
    return closed


def answer_callback_query(world: World, bot: Bot, query: Query) -> bool:
    pressed = bot.callbacks.get(query.text("callback_query_id"))
    if pressed is None or world.now() - pressed > CALLBACK_LIFE:
        raise bad(OLD_QUERY)
    if len(query.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    bot.alerts[query.text("callback_query_id")] = {"text": query.text("text"), "alert": query.yes("show_alert")}
    return True


def send_chat_action(world: World, bot: Bot, query: Query) -> bool:
    chat = world.writable(bot, query.chat_id)
    if not query.text("action"):
        raise bad("wrong parameter action in request")
    bot.actions.append((world.now(), chat.id, query.text("action")))
    return True


def set_message_reaction(world: World, bot: Bot, query: Query) -> bool:
    chat = world.writable(bot, query.chat_id)
    message = bot.message(chat.id, query.number("message_id"))
    if message is None:
        raise bad("message to react not found")
    message.reactions = query.data("reaction", "reaction") or []
    return True


def get_file(world: World, bot: Bot, query: Query) -> Json:
    file = bot.files.get(query.text("file_id"))
    if file is None:
        raise bad(WRONG_FILE)
    if file.size > DOWNLOAD:
        raise bad("file is too big")
    told = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return told | {"file_path": bot.link(file)}


def get_chat(world: World, bot: Bot, query: Query) -> Json:
    chat = world.writable(bot, query.chat_id)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    whole: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return world.chat_json(chat) | whole


def get_chat_member(world: World, bot: Bot, query: Query) -> Json:
    chat = world.writable(bot, query.chat_id)
    number = query.number("user_id")
    user = bot.as_json() if number == bot.id else world.users[number].as_json() if number in world.users else None
    if user is None:
        raise bad("user not found")
    return {"user": user, "status": "member" if number in {*chat.members, bot.id} else "left"}


def get_me(world: World, bot: Bot, query: Query) -> Json:
    no = ("can_connect_to_business", "has_main_web_app", "supports_inline_queries", "has_topics_enabled")
    can = {"can_join_groups": True, "can_read_all_group_messages": not bot.privacy}
    return bot.as_json() | can | dict.fromkeys(no, False)


def scope(query: Query) -> tuple[str, str]:
    given = query.data("scope", "BotCommandScope") or {"type": "default"}
    if given.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    parts = (str(given[name]) for name in ("type", "chat_id", "user_id") if name in given)
    return "/".join(parts), query.text("language_code")


def set_my_commands(world: World, bot: Bot, query: Query) -> bool:
    commands = query.data("commands", "commands") or []
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[scope(query)] = commands
    return True


def get_my_commands(world: World, bot: Bot, query: Query) -> list[Json]:
    return bot.commands.get(scope(query), [])


def set_my_description(world: World, bot: Bot, query: Query) -> bool:
    if len(query.text("description")) > 512:
        raise bad("BOT_DESCRIPTION_TOO_LONG")
    bot.descriptions[query.text("language_code")] = query.text("description")
    return True


def log_out(world: World, bot: Bot, query: Query) -> bool:
    bot.logged_out = True
    return True


def close(world: World, bot: Bot, query: Query) -> bool:
    if (left := bot.launched + RESTED - world.now()) > 0:
        raise Failure(429, f"Too Many Requests: retry after {int(left) + 1}", retry_after=int(left) + 1)
    bot.launched = world.now()
    return True


METHODS: dict[str, Callable[[World, Bot, Query], Any]] = {
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "stopPoll": stop_poll,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "setMyDescription": set_my_description,
    "logOut": log_out,
    "close": close,
}
