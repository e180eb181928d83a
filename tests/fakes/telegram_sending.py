"""The methods that put a bubble into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes import telegram_keyboards as keyboards
from tests.fakes.telegram_errors import WRONG_FILE, Failure, Json, bad
from tests.fakes.telegram_text import CAPTION, TEXT, formatted, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.telegram_requests import Query
    from tests.fakes.telegram_world import Bot, Chat, Message, World

MIB = 1 << 20
UPLOAD = {"photo": 10 * MIB}  # bytes that a bot may send; else
UPLOAD_ELSE = 50 * MIB
ALBUM = range(2, 11)


def text_of(query: Query, name: str) -> Json:
    """The text or caption with its marks, of any length. Raises: Failure."""
    marks = query.data("entities" if name == "text" else "caption_entities", "message entities")
    text, entities = formatted(query.text(name), query.text("parse_mode"), marks)
    content: Json = {name: text} if text else {}
    return content | ({f"{'' if name == 'text' else 'caption_'}entities": entities} if entities else {})


def short(content: Json) -> Json:
    """The same. Raises: Failure: it is longer than the platform takes."""
    if units(content.get("text", "")) > TEXT:
        raise bad("message is too long")
    if units(content.get("caption", "")) > CAPTION:
        raise bad("message caption is too long")
    return content


def send(world: World, bot: Bot, query: Query, content: Callable[[], Json]) -> Message:
    """Check everything in the order of the platform (markup, chat, content, pace), then write it. Raises: Failure."""
    markup = query.data("reply_markup", "reply keyboard markup")
    chat = world.writable(bot, query.chat_id)
    kept = keyboards.checked(markup, private=chat.type == "private")
    body = answered(bot, query, chat) | content()
    bot.rates.take(chat.id, group=chat.type != "private")
    return bot.write(world.chat_json(chat), body, author=bot.as_json(), markup=kept, at=world.now())


def answered(bot: Bot, query: Query, chat: Chat) -> Json:
    """What it replies to."""
    how = query.data("reply_parameters", "reply parameters") or {}
    number = how.get("message_id") or query.number("reply_to_message_id")
    if not number:
        return {}
    if found := bot.message(chat.id, int(number)):
        return {"reply_to_message": {k: v for k, v in found.body.items() if k != "reply_to_message"}}
    if how.get("allow_sending_without_reply") or query.yes("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def send_message(world: World, bot: Bot, query: Query) -> Json:
    content = text_of(query, "text")
    if not content:
        raise bad("message text is empty")
    return send(world, bot, query, lambda: short(content)).body


def file_of(bot: Bot, query: Query, field: str, *, kind: str) -> Json:
    """The file that a bot sends: uploaded now, or one it knows. Raises: Failure."""
    upload = query.attached(field)
    if upload is None:
        known = bot.files.get(query.text(field))
        if known is None:
            url = query.text(field).startswith(("http://", "https://"))
            raise bad("failed to get HTTP URL content" if url else WRONG_FILE)
        return {"file_id": known.file_id, "file_unique_id": known.unique_id, "file_size": known.size}
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > UPLOAD.get(kind, UPLOAD_ELSE):
        raise Failure(413, "Request Entity Too Large")
    named = {"file_name": upload.filename, "mime_type": upload.mime} if kind in {"document", "video"} else {}
    return bot.keep(upload.content, name=upload.filename, kind=kind) | named


def media(bot: Bot, query: Query, field: str, *, kind: str) -> Json:
    file = file_of(bot, query, field, kind=kind)
    shape: dict[str, Any] = {
        "photo": [file | {"width": 320, "height": 240}, file | {"width": 1280, "height": 960}],
        "video": file | {"width": 640, "height": 360, "duration": query.number("duration", 1)},
        "voice": file | {"duration": query.number("duration", 1), "mime_type": "audio/ogg"},
        "document": file,
    }
    return {kind: shape[kind]}


def sender(kind: str) -> Callable[[World, Bot, Query], Json]:
    """The method that sends one file of a kind."""

    def method(world: World, bot: Bot, query: Query) -> Json:
        if not query.text(kind) and kind not in query.files:
            raise bad(f"there is no {kind} in the request")
        caption = text_of(query, "caption")
        return send(world, bot, query, lambda: short(caption) | media(bot, query, kind, kind=kind)).body

    return method


def send_location(world: World, bot: Bot, query: Query) -> Json:
    lat, lon = query.real("latitude"), query.real("longitude")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise bad("wrong latitude or longitude specified")
    return send(world, bot, query, lambda: {"location": {"latitude": lat, "longitude": lon}}).body


def send_media_group(world: World, bot: Bot, query: Query) -> list[Json]:
    items = query.data("media", "media")
    if not isinstance(items, list) or len(items) not in ALBUM:
        raise bad("an album must have from 2 to 10 items")  # the platform's own words: unseen
    group = {"media_group_id": str(13_000_000_000_000_000 + bot.last_message)}
    parts = [type(query)(query.method, query.args | item, query.files) for item in items]
    chat = world.writable(bot, query.chat_id)
    made = [short(text_of(part, "caption")) | media(bot, part, "media", kind=part.text("type")) for part in parts]
    bot.rates.take(chat.id, group=chat.type != "private")
    place = world.chat_json(chat)
    return [bot.write(place, content | group, author=bot.as_json(), at=world.now()).body for content in made]


def send_poll(world: World, bot: Bot, query: Query) -> Json:
    options = [one if isinstance(one, str) else one["text"] for one in query.data("options", "poll options") or []]
    if not 1 <= len(query.text("question")) <= 300:
        raise bad("poll question must be non-empty" if not query.text("question") else "poll question is too long")
    if not 1 <= len(options) <= 12 or not all(1 <= len(one) <= 100 for one in options):
        raise bad("poll must have from 1 to 12 options of 1 to 100 characters")  # the platform's own words: unseen
    anonymous = query.text("is_anonymous", "true").lower() != "false"
    poll: Json = {
        "id": str(5_000_000_000 + bot.last_message),
        "question": query.text("question"),
        "options": [{"text": one, "voter_count": 0, "persistent_id": str(place)} for place, one in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": "regular",
        "allows_multiple_answers": query.yes("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return send(world, bot, query, lambda: {"poll": poll}).body


def found(world: World, bot: Bot, query: Query, what: str) -> Message:
    """The message that is to be copied or forwarded. Raises: Failure."""
    source = query.number("from_chat_id")
    if source not in world.chats:
        raise bad("chat not found")
    message = bot.message(source, query.number("message_id"))
    if message is None:
        raise bad(f"message to {what} not found")
    return message


HEAD = ("message_id", "from", "chat", "date", "reply_markup", "edit_date", "reply_to_message", "media_group_id")


def forward_message(world: World, bot: Bot, query: Query) -> Json:
    source = found(world, bot, query, "forward").body
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    content = {name: value for name, value in source.items() if name not in HEAD}
    return send(world, bot, query, lambda: content | {"forward_origin": origin}).body


def copy_message(world: World, bot: Bot, query: Query) -> Json:
    source = found(world, bot, query, "copy").body
    content = {name: value for name, value in source.items() if name not in HEAD}
    return {"message_id": send(world, bot, query, lambda: content).body["message_id"]}


METHODS: dict[str, Callable[[World, Bot, Query], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": sender("photo"),
    "sendDocument": sender("document"),
    "sendVideo": sender("video"),
    "sendVoice": sender("voice"),
    "sendLocation": send_location,
    "sendMediaGroup": send_media_group,
    "sendPoll": send_poll,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
