"""What a camera wrote into a picture: when and where it says it was; and what of that does not fit what was told.

A camera's clock may be wrong and a picture may be forwarded without any of
it: it is a hint for the handler and proves nothing. Pure.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image

from backend.services.files.sniff import DECODERS
from nlp.topics.similar import distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

FAR = 500
"""Metres from the place told from which the picture shows another one: a pin in a city is rarely that far off."""
BESIDE = timedelta(days=1)
"""So far from the time told a picture may be: it is taken the next morning too."""
AHEAD = timedelta(hours=1)
"""So far after it was sent a picture's time may lie, for clocks that are a little wrong."""
OLD = timedelta(days=30)
"""So long before it was sent, where no time was told."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the camera tells; None where it tells nothing."""

    width: int = 0  # pixels, upright
    height: int = 0
    at: datetime | None = None  # without a zone where the camera names none
    place: tuple[float, float] | None = None  # latitude and longitude, degrees
    model: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that does not fit: ``far`` (metres), ``before`` and ``after`` what was told, ``old``, ``ahead`` (seconds)."""

    key: str
    size: float


def read(data: bytes) -> Told:
    """What is in there; whatever cannot be read was not told."""
    try:
        with Image.open(io.BytesIO(data), formats=list(DECODERS.values())) as picture:
            exif = picture.getexif()
            main, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
            width, height = picture.size
    except Exception:  # noqa: BLE001 - whatever a decoder says of a stranger's bytes
        return Told()
    if exif.get(ExifTags.Base.Orientation) in {5, 6, 7, 8}:  # lies on its side
        width, height = height, width
    model = _words(exif.get(ExifTags.Base.Model))
    return Told(width, height, _time(main), _place(gps), model)


def doubts(
    told: Told, facts: Mapping[str, Any], *, sent_at: datetime, zone: ZoneInfo, pin: tuple[float, float] | None
) -> tuple[Doubt, ...]:
    """What does not fit what the citizen told. ``facts``: the case's; ``pin``: the place it was told for."""
    return tuple(_doubts(told, facts, sent_at, zone, pin))


def when(told: Told, zone: ZoneInfo) -> datetime | None:
    """The camera's time; where it names no zone, the institution's."""
    if told.at is None:
        return None
    return told.at if told.at.tzinfo else told.at.replace(tzinfo=zone)


def _doubts(
    told: Told, facts: Mapping[str, Any], sent_at: datetime, zone: ZoneInfo, pin: tuple[float, float] | None
) -> Iterator[Doubt]:
    if told.place is not None and pin is not None and (metres := distance(told.place, pin)) > FAR:
        yield Doubt("far", metres)
    taken = when(told, zone)
    if taken is None:
        return
    if taken - sent_at > AHEAD:
        yield Doubt("ahead", (taken - sent_at).total_seconds())
        return
    start, end = _span(facts.get("when") or {}, zone)
    if start is None or end is None:
        if sent_at - taken > OLD:
            yield Doubt("old", (sent_at - taken).total_seconds())
    elif taken < start - BESIDE:
        yield Doubt("before", (start - taken).total_seconds())
    elif taken > end + BESIDE and not (facts.get("when") or {}).get("recurring"):
        yield Doubt("after", (taken - end).total_seconds())


def _span(told: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From when to when it happened, as it was told."""
    try:
        ends = [datetime.fromisoformat(str(told[key])) for key in ("start", "end")]
    except (KeyError, ValueError):
        return None, None
    start, end = (each if each.tzinfo else each.replace(tzinfo=zone) for each in ends)
    return start, end


def _time(main: Mapping[int, Any]) -> datetime | None:
    text = _words(main.get(ExifTags.Base.DateTimeOriginal))
    offset = _words(main.get(ExifTags.Base.OffsetTimeOriginal))
    for told, form in ((text + offset, "%Y:%m:%d %H:%M:%S%z"), (text, "%Y:%m:%d %H:%M:%S")):
        try:
            found = datetime.strptime(told, form)  # noqa: DTZ007 - a camera names no zone
        except ValueError:
            continue
        return found if 1990 <= found.year <= 9000 else None
    return None


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    tags = ExifTags.GPS
    lat = _degrees(gps.get(tags.GPSLatitude), _words(gps.get(tags.GPSLatitudeRef)), "S")
    lon = _degrees(gps.get(tags.GPSLongitude), _words(gps.get(tags.GPSLongitudeRef)), "W")
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180) or (lat, lon) == (0, 0):
        return None  # a phone that knows no place often writes noughts
    return lat, lon


def _degrees(told: Sequence[Any] | None, ref: str, minus: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in told or ())
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(found):
        return None
    return -found if ref.upper().startswith(minus) else found


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return str(value or "").strip("\0 ")[:80]
