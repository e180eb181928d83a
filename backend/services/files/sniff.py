"""What a file really is, whatever its name says; and whether a picture can be opened without harm.

Nothing is trusted but the bytes. Pure and slow (a large photo takes about a
second), so it runs on a thread of its own, never in a unit of work.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePath

import filetype
import pillow_heif
from PIL import Image

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
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "image/bmp": (".bmp",),
    "image/tiff": (".tif", ".tiff"),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
    "video/webm": (".webm",),
    "video/x-matroska": (".mkv",),
    "video/x-msvideo": (".avi",),
    "video/3gpp": (".3gp",),
    "video/mpeg": (".mpg", ".mpeg"),
    "audio/amr": (".amr",),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a", ".mp4"),
    "audio/x-wav": (".wav",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/aac": (".aac",),
    "application/pdf": (".pdf",),
    "application/msword": (".doc", ".wps"),
    "application/vnd.ms-excel": (".xls", ".et"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}
"""How files of each type are called; the first is the one we give."""
ENDING = re.compile(r"\.(?=\d*[a-z])[a-z0-9]{1,8}")
"""What a computer takes for one: ``.html`` and ``.7z``, not the ``.21`` of a date."""
DECODERS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
"""Pillow's names: no other of its decoders gets to see what a stranger sent."""

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
    renamed: bool  # the name's ending claims another kind, or something that no file of ours is


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
        _open(data, DECODERS[guessed])
    return Look(kind, guessed, renamed=_claims_another(filename, kind))


def offered_name(filename: str, media_type: str) -> str:
    """The name for saving a file of that type, so that no other program opens it than one for that type."""
    name, endings = filename.rstrip(". "), ENDINGS.get(media_type, ())
    ending = _ending(name)
    return name if not endings or ending in endings else f"{name[: len(name) - len(ending)]}{endings[0]}"


def _ending(filename: str) -> str:
    """In small letters; empty: the name has none."""
    suffix = PurePath(filename.lower().rstrip(". ")).suffix
    return suffix if ENDING.fullmatch(suffix) else ""


def _claims_another(filename: str, kind: str) -> bool:
    ending = _ending(filename)
    return ending != "" and all(KINDS[each] != kind for each, endings in ENDINGS.items() if ending in endings)


def _open(data: bytes, decoder: str) -> None:
    """Decode the picture once, so that a broken one is noticed now and not on the desk."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and answers with a sentence instead of a warning
    try:
        with Image.open(io.BytesIO(data), formats=[decoder]) as picture:
            width, height = picture.size
            if width * height <= MOST_PIXELS:
                picture.load()
    except Exception as error:  # whatever a decoder says of a stranger's bytes, also RuntimeError and TypeError
        raise NotTaken("file.broken") from error
    if width * height > MOST_PIXELS:
        raise NotTaken("file.pixels")
