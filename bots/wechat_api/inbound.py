"""Messages that citizens send to an official account, as the dialog takes them.

A push that is damaged raises Malformed; a kind that we do not know is taken as
an empty message, so that its sender is answered, and told to be unknown.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bots import Taken
from bots.wechat_api import pins
from bots.wechat_api.pushes import Malformed
from dialogs.messages import Inbound, Location, Media, Opening, Peer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from bots.wechat_api.pushes import Push

TALK = Opening(5, timedelta(hours=48))
"""What a message of a citizen lets us send."""
TAP = Opening(3, timedelta(minutes=1))
"""What a tap on the menu or on a choice, a follow or a scan lets us send."""
HELLO = "你好"
"""What somebody says who only came: the dialog greets them, or goes on where they are."""
NOT_PASSED_ON = "file"
"""Where a file's reference says that the platform keeps the file to itself; its name follows."""
LONGEST_NUMBER = 64  # characters of an id that WeChat gives: its numbers have 64 bits
LONGEST_WORD = 500  # characters of a field that the journal keeps beside the message
_ADDRESS = re.compile(r"[\x21-\x7e]{1,128}")
_UNSUPPORTED = re.compile(r"[【\[]收到不支持的消息类型，?暂无法显示[】\]]")
_SAID = frozenset({"ToUserName", "FromUserName", "CreateTime", "Content", "Recognition", "Encrypt"})
"""Fields that the message itself has, or that are nobody's business."""


@dataclass(frozen=True, slots=True)
class Came:
    """What all pushes have."""

    push: Push
    peer: Peer
    at: datetime
    downloads: bool  # whether this account may fetch files


def came(push: Push, *, channel: str, downloads: bool) -> Came:
    """Who sent it and when. Raises: Malformed."""
    address = push.word("FromUserName")
    if not _ADDRESS.fullmatch(address) or not push.word("ToUserName") or not push.word("MsgType"):
        raise Malformed("no message: sender, receiver or kind is missing")
    try:
        at = datetime.fromtimestamp(push.number("CreateTime"), UTC)
    except (OverflowError, ValueError):
        raise Malformed("CreateTime is no time") from None
    return Came(push, Peer(channel, address), at, downloads)


def taken(one: Came) -> Taken:
    """A message. Raises: Malformed."""
    kind = one.push.word("MsgType")
    read = KINDS.get(kind)
    message = read(one) if read is not None else None
    if message is None:
        return Taken((inbound(one),), unknown=kind[:LONGEST_WORD], raw={"body": one.push.body})
    return Taken((message,))


def inbound(one: Came, *, opens: Opening = TALK, **said: Any) -> Inbound:
    """A message of that push. Raises: Malformed."""
    return Inbound(one.peer, key(one), opens=opens, sent_at=one.at, raw=kept(one.push), **said)


def key(one: Came) -> str:
    """What stays the same when it is sent again; events have no MsgId, and two of them can come in one second."""
    push = one.push
    if number := push.word("MsgId"):
        if len(number) > LONGEST_NUMBER:
            raise Malformed("MsgId is too long")
        return number
    if push.word("MsgType") == "event":
        what = f"{push.word('Event')}:{push.word('EventKey') or push.word('MsgID')}"
    else:
        what = push.body
    told = hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()[:32]
    return f"{push.word('CreateTime')}.{told}"


def kept(push: Push) -> dict[str, str]:
    """What the journal keeps beside the message."""
    fields = push.fields.items()
    return {name: v[:LONGEST_WORD] for name, v in fields if isinstance(v, str) and v and name not in _SAID}


def _text(one: Came) -> Inbound | None:
    text = one.push.word("Content")
    if item := one.push.word("bizmsgmenuid"):
        return inbound(one, opens=TAP, choice=item[:LONGEST_WORD])
    return None if _UNSUPPORTED.fullmatch(text) else inbound(one, text=text)


def _image(one: Came) -> Inbound:
    """Where the account may not fetch files, the picture's address must do."""
    media, url = one.push.word("MediaId"), one.push.word("PicUrl")
    ref = f"{media} {url}".strip() if one.downloads else url or media
    return inbound(one, media=(Media("photo", ref),))


def _voice(one: Came) -> Inbound:
    words = one.push.word("Recognition")
    return inbound(one, media=(Media("voice", one.push.word("MediaId"), recognition=words),))


def _video(one: Came) -> Inbound:
    return inbound(one, media=(Media("video", one.push.word("MediaId")),))


def _file(one: Came) -> Inbound:
    """WeChat tells that there is a file, not what is in it; whoever fetches it hears what to say."""
    title = one.push.word("Title")[:LONGEST_WORD]
    return inbound(one, media=(Media("document", NOT_PASSED_ON, filename=title),))


def _location(one: Came) -> Inbound | None:
    """X is the latitude."""
    try:
        lat, lon = float(one.push.word("Location_X")), float(one.push.word("Location_Y"))
    except ValueError:
        lat = lon = math.nan
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    there = pins.to_world(lat, lon)
    return inbound(
        one, location=Location(round(there[0], 6), round(there[1], 6), one.push.word("Label")[:LONGEST_WORD])
    )


def _card(one: Came) -> Inbound | None:
    """A shared link or mini program: its words."""
    lines = (one.push.word(name) for name in ("Title", "Description", "Url"))
    text = "\n".join(line for line in lines if line)
    return inbound(one, text=text) if text else None


KINDS: Mapping[str, Callable[[Came], Inbound | None]] = {
    "text": _text,
    "image": _image,
    "voice": _voice,
    "video": _video,
    "shortvideo": _video,
    "location": _location,
    "link": _card,
    "miniprogrampage": _card,
    "file": _file,
}
"""What a message is, by its kind; None: it is of a kind we know and says nothing we do."""
