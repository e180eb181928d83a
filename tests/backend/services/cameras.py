"""Pictures as a camera of ours would write them, with a place and a time."""

from __future__ import annotations

import io

from PIL import ExifTags, Image

HERE = (38.9335, 83.04)


def taken(
    *,
    place: tuple[float, float] | None = None,
    at: str = "",
    offset: str = "",
    model: str = "",
    size: tuple[int, int] = (120, 80),
    orientation: int = 0,
) -> bytes:
    """A JPEG whose camera tells these; ``at`` as in 2026:11:20 23:10:00."""
    exif = Image.Exif()
    if model:
        exif[ExifTags.Base.Model] = model
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    if at:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = at
    if offset:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef] = "N" if place[0] >= 0 else "S"
        gps[ExifTags.GPS.GPSLatitude] = _parts(abs(place[0]))
        gps[ExifTags.GPS.GPSLongitudeRef] = "E" if place[1] >= 0 else "W"
        gps[ExifTags.GPS.GPSLongitude] = _parts(abs(place[1]))
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = degrees % 1 * 60
    return (int(degrees), int(minutes), round(minutes % 1 * 60, 4))
