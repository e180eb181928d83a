"""What people do: each action changes what the fake knows and queues the update that the platform would send."""

from __future__ import annotations

import itertools
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.fakes.telegram_text import commands, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.telegram_errors import Json
    from tests.fakes.telegram_world import Bot, Chat, Message, User, World

OUT_OF_REACH = 48 * 3_600.0  # seconds after which a pressed button's message is shown no more
SIZES = ((90, 67), (320, 240), (1280, 960))
SERIAL = itertools.count(1)
OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2\x00\x00\x00\x08mdat"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def snapshot(number: int | None = None) -> bytes:
    """A small JPEG, different from the others."""
    number = next(SERIAL) if number is None else number
    picture = Image.new("RGB", (24, 18), (number * 37 % 256, number * 91 % 256, number * 151 % 256))
    picture.putpixel((number % 24, number % 18), (255, 255, 255))
    picture.save(out := BytesIO(), "JPEG", quality=95)
    return out.getvalue()


class Person:
    """Somebody with one bot, in one chat: their own with the bot, or a group."""

    def __init__(self, world: World, bot: Bot, user: User, chat: Chat) -> None:
        self.world, self.bot, self.user, self.chat = world, bot, user, chat
        self.held: list[Json] = []  # parts of an album that are still on their way

    # --- messages

    def post(self, content: Json, *, after: float = 0.0, quiet: bool = False) -> Json:
        """Write a message, and queue its update unless *quiet*; the message."""
        place, author = self.world.chat_json(self.chat), self.user.as_json()
        body = self.bot.write(place, content, author=author, at=self.world.now() + after).body
        if not quiet and self.heard(body):
            self.tell("message", body, after=after)
        return body

    def tell(self, kind: str, body: Json, *, after: float = 0.0) -> None:
        self.bot.queue.add(kind, {kind: body}, of=self.chat.id, after=after)

    def heard(self, body: Json) -> bool:
        """Whether a bot with privacy hears this in a group."""
        if self.chat.type == "private" or not self.bot.privacy:
            return True
        word = body.get("text", "").split(" ")[0]
        _, at, whom = word.partition("@")
        mine = whom.lower() == self.bot.username.lower()
        to_us = body.get("reply_to_message", {}).get("from", {}).get("id") == self.bot.id
        return to_us or (word.startswith("/") and (mine or not at)) or "migrate_to_chat_id" in body

    def say(self, text: str, *, reply_to: int | None = None, after: float = 0.0, **more: Any) -> Json:
        """Type something; what is too long for one message goes in several, and the last one is returned."""
        answered = self.bot.message(self.chat.id, reply_to) if reply_to else None
        extra: Json = {"reply_to_message": answered.body} if answered else {}
        body: Json = {}
        for part in pieces(text.strip()):
            marks = commands(part)
            body = self.post({"text": part} | ({"entities": marks} if marks else {}) | extra | more, after=after)
        return body

    def start(self, payload: str = "") -> Json:
        """Follow a link, or tap Start; who had blocked the bot unblocks it so."""
        if self.chat.id in self.bot.blocked_by:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def photo(
        self, content: bytes | None = None, *, caption: str = "", announced: int | None = None, **how: Any
    ) -> Json:
        return self.post(self._photo(content, announced) | ({"caption": caption} if caption else {}), **how)

    def _photo(self, content: bytes | None, announced: int | None = None) -> Json:
        picture = snapshot() if content is None else content
        sizes = [
            self.bot.keep(picture, name="photo.jpg", kind="photo", mark=f"w{w}", announced=announced)
            | {"width": w, "height": h}
            for w, h in SIZES
        ]
        return {"photo": sizes}

    def album(
        self,
        photos: int | Sequence[bytes],
        *,
        caption: str = "",
        gap: float = 0.0,
        order: Sequence[int] = (),
        late: int = 0,
    ) -> list[Json]:
        """Send pictures together. ``order``: in which the updates come; ``gap``: seconds between them; ``late``: so
        many of the last come when `send_late` says so. The messages, in their own order."""
        contents = [snapshot() for _ in range(photos)] if isinstance(photos, int) else list(photos)
        group = {"media_group_id": str(13_000_000_000_000_000 + next(SERIAL))}
        bodies = [
            self.post(
                self._photo(content) | group | ({"caption": caption} if caption and place == 0 else {}), quiet=True
            )
            for place, content in enumerate(contents)
        ]
        self.held = bodies[len(bodies) - late :]
        going = bodies[: len(bodies) - late]
        for place, index in enumerate(order or range(len(going))):
            self.tell("message", going[index], after=gap * place)
        return bodies

    def send_late(self) -> list[Json]:
        """The rest of an album."""
        late, self.held = self.held, []
        for body in late:
            self.tell("message", body)
        return late

    def document(
        self, content: bytes = PDF, *, filename: str = "凭证.pdf", mime: str = "application/pdf", caption: str = ""
    ) -> Json:
        kept = self.bot.keep(content, name=filename, kind="document")
        body: Json = {"document": kept | {"file_name": filename, "mime_type": mime}}
        return self.post(body | ({"caption": caption} if caption else {}))

    def video(self, content: bytes = MP4, *, size: int | None = None, caption: str = "") -> Json:
        kept = self.bot.keep(content, name="video.mp4", kind="video", announced=size)
        body: Json = {"video": kept | {"width": 640, "height": 360, "duration": 12, "mime_type": "video/mp4"}}
        return self.post(body | ({"caption": caption} if caption else {}))

    def voice(self, content: bytes = OGG, *, seconds: int = 4) -> Json:
        kept = self.bot.keep(content, name="voice.oga", kind="voice")
        return self.post({"voice": kept | {"duration": seconds, "mime_type": "audio/ogg"}})

    def sticker(self, emoji: str = "👍") -> Json:
        kept = self.bot.keep(snapshot(), name="sticker.webp", kind="sticker")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.post({"sticker": kept | shape | {"emoji": emoji}})

    def audio(self, content: bytes = b"ID3\x04", *, filename: str = "录音.mp3") -> Json:
        kept = self.bot.keep(content, name=filename, kind="audio")
        return self.post({"audio": kept | {"duration": 30, "file_name": filename, "mime_type": "audio/mpeg"}})

    def video_note(self, content: bytes = MP4) -> Json:
        """A round video."""
        kept = self.bot.keep(content, name="note.mp4", kind="video_note")
        return self.post({"video_note": kept | {"length": 240, "duration": 5}})

    def animation(self, content: bytes = MP4) -> Json:
        """A GIF; it is a document, too."""
        kept = self.bot.keep(content, name="a.mp4", kind="animation")
        shape = {"width": 320, "height": 240, "duration": 2, "mime_type": "video/mp4", "file_name": "a.mp4"}
        return self.post({"animation": kept | shape, "document": kept})

    def location(self, lat: float = 31.2304, lon: float = 121.4737) -> Json:
        return self.post({"location": {"latitude": lat, "longitude": lon}})

    def live_location(self, lat: float = 31.2304, lon: float = 121.4737, *, moves: int = 2) -> Json:
        """Share where they are and walk on: the moves are edits."""
        pin = {"latitude": lat, "longitude": lon, "horizontal_accuracy": 10.0, "live_period": 900}
        body = self.post({"location": pin})
        for step in range(1, moves + 1):
            body = body | {
                "location": pin | {"latitude": lat + step / 10_000},
                "edit_date": int(self.world.now()) + step,
            }
            self.tell("edited_message", body)
        return body

    def venue(
        self, title: str = "人民公园", address: str = "南京西路231号", lat: float = 31.23, lon: float = 121.47
    ) -> Json:
        pin = {"latitude": lat, "longitude": lon}
        return self.post({"venue": {"location": pin, "title": title, "address": address}, "location": pin})

    def contact(self, phone: str = "+8613800138000", *, own: bool = True) -> Json:
        whose = {"user_id": self.user.id} if own else {"user_id": self.user.id + 1}
        return self.post({"contact": {"phone_number": phone, "first_name": self.user.first_name, **whose}})

    def edit(self, message_id: int, text: str) -> Json:
        message = self.bot.chats[self.chat.id][message_id]
        message.body |= {"text": text, "edit_date": int(self.world.now())}
        message.edits += 1
        self.tell("edited_message", dict(message.body))
        return message.body

    # --- buttons

    def press(self, button: str, *, message_id: int | None = None) -> Json:
        """Tap a button, by label or data: of that message, else of the newest that has it. What the update says."""
        for message in self._with_keyboard(message_id):
            for row in (message.markup or {}).get("inline_keyboard", []):
                for key in row:
                    if button in (key["text"], key.get("callback_data")):
                        return self._pressed(message, key)
            for row in (message.markup or {}).get("keyboard", []):
                for key in row:
                    if button == key["text"]:
                        return self._typed(key)
        raise LookupError(f"no button {button!r} is there to be pressed")

    def _with_keyboard(self, message_id: int | None) -> list[Message]:
        known = self.bot.chats[self.chat.id]
        if message_id is not None:
            return [known[message_id]]
        return [message for message in reversed(known.values()) if message.markup and not message.deleted]

    def _pressed(self, message: Message, key: Json) -> Json:
        if "callback_data" not in key:
            return key
        number = str(4_000_000_000_000_000_000 + next(SERIAL))
        self.bot.callbacks[number] = self.world.now()
        shown = message.body
        if message.deleted or self.world.now() - shown["date"] > OUT_OF_REACH:
            shown = {"chat": shown["chat"], "message_id": shown["message_id"], "date": 0}
        query = {"id": number, "from": self.user.as_json(), "message": shown, "data": key["callback_data"]}
        query["chat_instance"] = str(self.chat.id * 7)
        self.bot.queue.add("callback_query", {"callback_query": query}, of=self.user.id)
        return query

    def _typed(self, key: Json) -> Json:
        if key.get("request_contact"):
            return self.contact()
        if key.get("request_location"):
            return self.location()
        return self.say(key["text"])

    def vote(self, message_id: int, *options: int) -> Json:
        """Answer a poll; nothing: take the answer back."""
        poll = self.bot.chats[self.chat.id][message_id].body["poll"]
        picked = [poll["options"][place]["persistent_id"] for place in options]
        answer = {"poll_id": poll["id"], "user": self.user.as_json(), "option_ids": list(options)}
        answer["option_persistent_ids"] = picked
        self.bot.queue.add("poll_answer", {"poll_answer": answer}, of=int(poll["id"]))
        return answer

    # --- coming and going

    def block(self) -> None:
        self.bot.blocked_by.add(self.user.id)
        self._member("member", "kicked")

    def unblock(self) -> None:
        self.bot.blocked_by.discard(self.user.id)
        self._member("kicked", "member")

    def delete_account(self) -> None:
        self.user.deactivated = True

    def add_bot(self) -> None:
        """Take the bot into the group."""
        self.chat.members.add(self.bot.id)
        self.chat.kicked.discard(self.bot.id)
        self._member("left", "member")

    def kick_bot(self) -> None:
        self.chat.members.discard(self.bot.id)
        self.chat.kicked.add(self.bot.id)
        self._member("member", "kicked")

    def upgrade(self) -> Chat:
        """The group becomes a supergroup: a word about it in each of both."""
        old, new = self.chat, self.world.upgrade(self.chat.id)
        self.post({"migrate_to_chat_id": new.id})
        Person(self.world, self.bot, self.user, new).service({"migrate_from_chat_id": old.id})
        return new

    def service(self, content: Json) -> Json:
        """A message of the platform's own, which every bot there hears."""
        body = self.post(content, quiet=True)
        self.tell("message", body)
        return body

    def _member(self, was: str, now: str) -> None:
        bot, until = self.bot.as_json(), {"until_date": 0}
        change = {
            "chat": self.world.chat_json(self.chat),
            "from": self.user.as_json(),
            "date": int(self.world.now()),
            "old_chat_member": {"user": bot, "status": was} | (until if was == "kicked" else {}),
            "new_chat_member": {"user": bot, "status": now} | (until if now == "kicked" else {}),
        }
        of = self.user.id if self.chat.type == "private" else self.chat.id
        self.bot.queue.add("my_chat_member", {"my_chat_member": change}, of=of)
