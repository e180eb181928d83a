"""What passes between a channel and the dialog: plain values, no behaviour.

A channel turns its platform's bytes into Inbound and Outbound into its
platform's calls; it imports nothing else of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Peer:
    """A person as one channel knows them."""

    channel: str  # the channel's name in the settings
    address: str  # openid, chat id, cookie id: opaque to everybody else


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. The label, typed as text, works as well."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Location:
    """A pin; degrees, WGS 84."""

    lat: float
    lon: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file the citizen sent, before anybody looked into it."""

    kind: str  # photo, video, voice, document: the channel's claim
    ref: str  # the channel's own id, or a path for the terminal; the bytes come later
    filename: str = ""
    recognition: str = ""  # a voice note's words, where the platform gives them


@dataclass(frozen=True, slots=True)
class Opening:
    """So many messages of ours the platform takes, for so long, because of what a person did."""

    messages: int
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Inbound:
    """Something a citizen sent us, already verified and parsed by its channel."""

    peer: Peer
    message_id: str  # unique for this peer; a second one is a redelivery
    text: str = ""
    choice: str = ""  # id of a button of ours
    location: Location | None = None
    contact: str = ""  # a phone number shared with the platform's own button
    media: tuple[Media, ...] = ()
    language: str = "zh"  # a language tag such as zh-HK, the channel's guess
    place: str = ""  # the code of the place whose QR code or link brought them
    album: str = ""  # what the platform calls the photos that were sent together; their ids sort as they were sent
    shares: bool = False  # the chat can have buttons that send the owner's phone number or where they are
    opens: Opening | None = None  # what the platform lets us send because of it; None: it limits nothing
    edited: bool = False  # the text replaces that of the message with this id
    sent_at: datetime | None = None  # UTC, the channel's claim
    raw: dict[str, Any] = field(default_factory=dict)  # what the journal keeps


@dataclass(frozen=True, slots=True)
class Say:
    """One bubble of ours."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outbound:
    """One bubble on its way to one person."""

    peer: Peer
    say: Say
    key: str  # stays the same when sent again; a platform that can de-duplicates by it
    way: str = ""  # by which of the channel's ways; "": its first
    kind: str = ""  # reply, status, message, survey, nudge
    fields: Mapping[str, str] = field(default_factory=dict)  # case, state, at, note: for ways that fill in a form


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform took it. ``delivered`` only where the platform says the person has it."""

    way: str  # web, customer_service, template …
    platform_id: str = ""
    delivered: bool = False
    cost: int = 1  # messages it took of those that the platform counts: a long one goes in parts


@dataclass(frozen=True, slots=True)
class Left:
    """A person blocked us or no longer follows us: nothing reaches them. ``why``: blocked, unfollowed."""

    peer: Peer
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Back:
    """A person who had left is reachable again."""

    peer: Peer
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a message that the platform had taken, as it says later.

    Where the platform had not told its id when it took it, the receipt names the template as its id; ``peer`` and
    ``template`` then say which it is.
    """

    channel: str
    platform_id: str
    delivered: bool
    reason: str  # the platform's word, where it was not delivered
    at: datetime
    peer: Peer | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """A person allows ``more`` messages of a template; 0: they take back what they had allowed.

    ``at``: when they did so, which stays the same when the platform tells it again.
    """

    peer: Peer
    template: str
    more: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The platform gave a chat another address; who is there stays the same."""

    channel: str
    old: str
    new: str


News = Left | Back | Result | Granted | ChatMoved
"""What a platform tells us beside messages."""
