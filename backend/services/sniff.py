"""What a file really is, whatever its name says; and whether a picture can be opened without harm.

Nothing is trusted but the bytes. Pure and slow (a large photo takes about a
second), so it runs on a thread of its own, never in a unit of work.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePath

import filetype
import pillow_heif
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 20 * 1024 * 1024
"""Telegram's limit for bots, held on every channel so that a city has one rule to tell."""
MOST_PIXELS = 50_000_000
"""Above the largest photo of today's phones (48.8 megapixels), far below what exhausts memory."""

KINDS = {
    "image/jpeg": "photo",
    "image/png": "photo",
    "image/gif": "photo",
    "image/webp": "photo",
    "image/heic": "photo",
    "image/bmp": "photo",
    "image/tiff": "photo",
    "video/mp4": "video",
    "video/quicktime": "video",
    "video/webm": "video",
    "video/x-matroska": "video",
    "video/x-msvideo": "video",
    "video/3gpp": "video",
    "video/mpeg": "video",
    "audio/amr": "voice",
    "audio/mpeg": "voice",
    "audio/mp4": "voice",
    "audio/x-wav": "voice",
    "audio/ogg": "voice",
    "audio/aac": "voice",
    "application/pdf": "document",
    "application/msword": "document",
    "application/vnd.ms-excel": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "document",
}
ENDINGS = {
    "photo": frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff"}),
    "video": frozenset({".mp4", ".mov", ".webm", ".mkv", ".avi", ".3gp", ".mpg", ".mpeg", ".m4v"}),
    "voice": frozenset({".amr", ".mp3", ".m4a", ".wav", ".ogg", ".oga", ".aac", ".opus"}),
    "document": frozenset({".pdf", ".doc", ".xls", ".docx", ".xlsx", ".pptx"}),
}

pillow_heif.register_heif_opener()


class NotTaken(Exception):
    """The file cannot be kept; ``phrase`` is the key of the sentence for the citizen."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


@dataclass(frozen=True, slots=True)
class Look:
    """What was found."""

    kind: str  # photo, video, voice, document
    media_type: str
    renamed: bool  # the name's ending claims another kind


def look(data: bytes, filename: str) -> Look:
    """Find out what the bytes are. Raises: NotTaken."""
    if not data:
        raise NotTaken("file.empty")
    if len(data) > MOST_BYTES:
        raise NotTaken("file.large")
    guessed = filetype.guess_mime(data)
    kind = KINDS.get(guessed or "")
    if guessed is None or kind is None:
        raise NotTaken("file.unknown")
    if kind == "photo":
        _open(data)
    ending = PurePath(filename.casefold()).suffix
    claimed = next((k for k, endings in ENDINGS.items() if ending in endings), kind)
    return Look(kind, guessed, renamed=claimed != kind)


def _open(data: bytes) -> None:
    """Decode the picture once, so that a broken one is noticed now and not on the desk."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and answers with a sentence instead of a warning
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise NotTaken("file.pixels")
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotTaken("file.broken") from error
