"""A line of a script, read and checked: what a citizen says at a time that the script gives.

The keys are the contract's (``jiesu chat --script``); a line that breaks one
of its rules is refused with its number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dialogs.messages import Location, Media

if TYPE_CHECKING:
    from datetime import tzinfo

FILES = ("photo", "document", "voice", "video")
SAID = ("text", "choice", "contact", "location", *FILES)
TEXTS = ("text", "choice", "contact", *FILES, "recognition")
KEYS = frozenset({"user", "at", "id", "album", "recognition", *SAID})
STEP = timedelta(seconds=1)
MOST_BYTES = 4 * 1024 * 1024
"""Of one line: a hundred times the longest message that anybody types."""


class BadLine(Exception):
    """A line of a script cannot be read."""

    def __init__(self, source: str, number: int, reason: str) -> None:
        super().__init__(f"{source}: line {number}: {reason}")
        self.source, self.number, self.reason = source, number, reason


class _Wrong(Exception):
    """What is wrong with a line, before anybody knows its number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message of one citizen."""

    number: int  # in the file, from 1
    user: str
    at: datetime  # aware
    id: str  # unique for this user; the same twice is a redelivery
    text: str = ""
    choice: str = ""
    contact: str = ""
    location: Location | None = None
    album: str = ""  # files with the same one were sent together
    media: tuple[Media, ...] = ()  # refs are paths as they were written


class Reader:
    """Reads one line after another; ``at`` may not go back, and goes on by itself where a line has none.

    ``zone``: of a time that is written without an offset.
    """

    def __init__(self, source: str, zone: tzinfo) -> None:
        self._source, self._zone = source, zone
        self._number = 0
        self._at: datetime | None = None

    @property
    def begun(self) -> bool:
        """Whether there was a line that is not blank."""
        return self._at is not None

    def read(self, raw: bytes) -> Line | None:
        """The next line; None: it is blank. Raises: BadLine."""
        self._number += 1
        try:
            return self._line(_object(raw)) if raw.strip() else None
        except _Wrong as error:
            raise BadLine(self._source, self._number, str(error)) from None

    def _line(self, told: dict[str, Any]) -> Line:
        if unknown := sorted(told.keys() - KEYS):
            raise _Wrong(f"there is no key {unknown[0]!r}; there are {', '.join(sorted(KEYS))}")
        if not any(key in told for key in SAID):
            raise _Wrong(f"nothing is said; give one of {', '.join(SAID)}")
        texts = {key: _text(told, key) for key in TEXTS}
        if texts["recognition"] and not texts["voice"]:
            raise _Wrong("recognition stands beside voice only")
        user = _text(told, "user")
        if not user:
            raise _Wrong("user is missing")
        self._at = self._time(told.get("at"))
        media = [
            Media(kind, texts[kind], recognition=texts["recognition"] if kind == "voice" else "")
            for kind in FILES
            if kind in told
        ]
        return Line(
            number=self._number,
            user=user,
            at=self._at,
            id=f"id {told['id']}".encode("utf-8", "replace").decode() if "id" in told else f"line {self._number}",
            text=texts["text"],
            choice=texts["choice"],
            contact=texts["contact"],
            location=_location(told["location"]) if "location" in told else None,
            album=str(told.get("album", "")).encode("utf-8", "replace").decode(),
            media=tuple(media),
        )

    def _time(self, told: Any) -> datetime:
        if told is None:
            if self._at is None:
                raise _Wrong("at is missing; the first line must have it")
            return self._at + STEP
        try:
            at = datetime.fromisoformat(told)
            at = at if at.tzinfo else at.replace(tzinfo=self._zone)
            at.astimezone(self._zone)
        except (TypeError, ValueError, OverflowError):
            raise _Wrong(f"at is no time: {told!r}; write 2026-11-21T08:30:00+08:00") from None
        if self._at is not None and at < self._at:
            raise _Wrong(f"at goes back: {told} is before {self._at.isoformat()}")
        return at


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise _Wrong(f"it is longer than {MOST_BYTES // 1024 // 1024} MB")
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Wrong("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _Wrong("it is not JSON") from None
    if not isinstance(told, dict):
        raise _Wrong('it is not an object such as {"user": "a", "at": "2026-11-21T08:30:00+08:00", "text": "你好"}')
    for key in ("id", "album"):
        if not isinstance(told.get(key, ""), str | int):
            raise _Wrong(f"{key} must be text or a whole number")
    return told


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise _Wrong(f"{key} must be text")
    if key in FILES and key in told and not value:
        raise _Wrong(f"{key} must be the path of a file")
    return value.encode("utf-8", "replace").decode()  # half an emoji cannot be written out again


def _location(told: Any) -> Location:
    if not isinstance(told, dict) or not told.keys() <= {"lat", "lon", "label"}:
        raise _Wrong('location must be {"lat": …, "lon": …, "label": …}')
    lat, lon = _degrees(told, "lat", 90), _degrees(told, "lon", 180)
    return Location(lat, lon, _text(told, "label"))


def _degrees(told: dict[str, Any], key: str, most: int) -> float:
    value = told.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise _Wrong(f"location.{key} must be a number from -{most} to {most}")
    return float(value)
