"""What a message of Telegram holds: words, a pin, a number, files; typed by the library, told in our values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dialogs.messages import Location, Media

if TYPE_CHECKING:
    from telegram import Document, Message
    from telegram import Location as Place

UNTAKEN = (
    "sticker",
    "dice",
    "poll",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "giveaway",
    "giveaway_winners",
)
"""Kinds that a person sends and nobody can file. They become a message that says nothing, so that they are answered."""
OF_ANOTHER = "contact_of_another"
"""The card of somebody else: not the sender's own number."""


def words(message: Message) -> str:
    """What is written, or stands under a file."""
    return whole(message.text if message.text is not None else message.caption)


def whole(text: str | None) -> str:
    """A text that every database takes; Telegram sends no other, whoever is in its place might."""
    return (text or "").encode("utf-8", "replace").decode().replace("\0", "")


def location(message: Message) -> Location | None:
    """The pin; that of a venue with its name. Where it moves on (a live location), only its beginning counts."""
    if message.venue is not None:
        name = " ".join(filter(None, (message.venue.title, message.venue.address)))
        return _pin(message.venue.location, whole(name))
    return _pin(message.location) if message.location is not None else None


def _pin(at: Place, label: str = "") -> Location | None:
    """None: this is nowhere on earth."""
    numbers = all(isinstance(degrees, int | float) for degrees in (at.latitude, at.longitude))
    on_earth = numbers and abs(at.latitude) <= 90 and abs(at.longitude) <= 180
    return Location(at.latitude, at.longitude, label) if on_earth else None


def contact(message: Message) -> str:
    """The sender's own number, as the button sends it; another's card is none."""
    card = message.contact
    if card is None or message.from_user is None or card.user_id != message.from_user.id:
        return ""
    return "+" + card.phone_number.lstrip("+")  # international, with or without the sign


def media(message: Message) -> tuple[Media, ...]:
    """The files: of a photo its largest size; an animation before the document that Telegram puts beside it."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Media("photo", largest.file_id),)
    if message.animation is not None:
        return (Media("video", message.animation.file_id, whole(message.animation.file_name)),)
    if message.video is not None:
        return (Media("video", message.video.file_id, whole(message.video.file_name)),)
    if message.video_note is not None:
        return (Media("video", message.video_note.file_id),)
    if message.voice is not None:
        return (Media("voice", message.voice.file_id),)
    if message.audio is not None:
        return (Media("voice", message.audio.file_id, whole(message.audio.file_name)),)
    if message.document is not None:
        return (Media(_kind(message.document), message.document.file_id, whole(message.document.file_name)),)
    return ()


def _kind(document: Document) -> str:
    """A picture that was sent as a file, so that it keeps its quality, is a photo all the same."""
    sort, _, rest = (document.mime_type or "").partition("/")
    if rest == "svg+xml":
        return "document"
    return {"image": "photo", "video": "video", "audio": "voice"}.get(sort, "document")


def untaken(message: Message, raw: dict[str, Any]) -> str:
    """The kind of a message that says nothing we could take; ``""``: it does, or no person sent it."""
    if message.contact is not None and not contact(message):
        return OF_ANOTHER
    if location(message) or contact(message) or media(message) or message.text or message.caption:
        return ""
    return next((kind for kind in UNTAKEN if kind in raw), "")
