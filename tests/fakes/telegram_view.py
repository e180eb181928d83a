"""What somebody sees on their telephone: the bubbles of a chat in order, with their keyboards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram_errors import Json
    from tests.fakes.telegram_world import Bot, Message, World

SHOWN = ("location", "venue", "contact", "poll", "media_group_id", "document", "voice", "video", "entities")


def view(world: World, bot: Bot, chat_id: int) -> Json:
    """A chat as JSON."""
    messages = [message for message in bot.chats[chat_id].values() if not message.deleted]
    return {
        "chat": world.chat_json(world.chats[chat_id]) if chat_id in world.chats else {"id": chat_id},
        "bot": bot.username,
        "blocked": chat_id in bot.blocked_by,
        "messages": [bubble(message) for message in sorted(messages, key=lambda message: message.order)],
        "keyboard": standing([message.markup for message in messages if message.markup]),
        "alerts": [alert for alert in bot.alerts.values() if alert["text"]],
        "commands": menu(world, bot, chat_id),
    }


def bubble(message: Message) -> Json:
    body = message.body
    shown: Json = {
        "message_id": body["message_id"],
        "order": message.order,
        "from": "bot" if message.by_bot else "user",
        "name": body["from"]["first_name"],
        "at": body["date"],
        "text": body.get("text", body.get("caption", "")),
        "kind": kind(body),
        "buttons": body.get("reply_markup", {}).get("inline_keyboard", []),
        "edits": message.edits,
        "reply_to": body.get("reply_to_message", {}).get("message_id"),
        "reactions": message.reactions,
    }
    if "photo" in body:
        shown["photo"] = body["photo"][-1]["file_id"]
    return shown | {name: body[name] for name in SHOWN if name in body}


def kind(body: Json) -> str:
    known = ("photo", "video", "voice", "document", "venue", "location", "contact", "poll", "text")
    return next((name for name in known if name in body), "service")


def standing(markups: list[Json]) -> list[Any] | None:
    """The keyboard below the chat: the newest that has not been taken away."""
    for markup in reversed(markups):
        if "keyboard" in markup:
            keyboard: list[Any] = markup["keyboard"]
            return keyboard
        if markup.get("remove_keyboard"):
            return None
    return None


def menu(world: World, bot: Bot, chat_id: int) -> list[Json]:
    """The commands that this person is offered: the nearest scope, in their language where there is one."""
    language = world.users[chat_id].language[:2] if chat_id in world.users else ""
    scopes = (f"chat/{chat_id}", "all_private_chats" if chat_id > 0 else "all_group_chats", "default")
    offered = [bot.commands.get((scope, code)) for scope in scopes for code in (language, "")]
    return next((commands for commands in offered if commands), [])
