"""Pictures as the desk shows them: upright, small enough, and without what a camera writes into them.

Evidence itself is never changed; these are copies to look at. Pure and slow
(a large photo takes about half a second), so it runs on a thread of its own.
"""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image, ImageOps

from backend.services.files.sniff import DECODERS

QUALITY = 82  # of 95: small, and no difference to be seen on a desk
FINE = 92  # of 95: for a copy that stands for its original
MOST_LOSSLESS = 5_000_000
"""Pixels up to which a PNG stays one: of more it could become larger than a file may be."""
HARMLESS = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "progressive", "progression"}
)
HARMLESS |= {"transparency", "interlace", "srgb", "aspect", "compression", "adobe", "adobe_transform", "version"}
HARMLESS |= {"background", "duration", "loop", "extension", "timestamp", "primary", "bit_depth", "thumbnails"}
"""What decoders tell of a picture that says nothing about where, when and by whom it was taken."""
PAPER = "white"
PLAIN = frozenset({"APP0", "APP14"})
"""The parts of a JPEG that hold its density and its colours."""

pillow_heif.register_heif_opener()


class CannotDraw(Exception):
    """These bytes are no picture that can be shown."""


def shown(data: bytes, most: int) -> bytes:
    """A JPEG whose longer side has at most *most* pixels. Raises: CannotDraw."""
    try:
        with Image.open(io.BytesIO(data), formats=list(DECODERS.values())) as picture:
            picture.draft("RGB", (most, most))  # a JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((most, most))
            return _jpeg(upright)
    except Exception as error:  # whatever a decoder says of a stranger's bytes
        raise CannotDraw from error


def clean(data: bytes) -> bytes:
    """The picture without what its camera wrote into it, at full size; the same bytes if there is nothing.

    What is drawn anew stands upright, a JPEG or a PNG as it was. Raises: CannotDraw.
    """
    try:
        with Image.open(io.BytesIO(data), formats=list(DECODERS.values())) as picture:
            if not _tells(picture):
                return data
            upright = ImageOps.exif_transpose(picture)
            flat = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            return bare(flat, lossy=picture.format not in {"PNG", "GIF", "BMP"})
    except Exception as error:  # whatever a decoder says of a stranger's bytes
        raise CannotDraw from error


def bare(picture: Image.Image, *, lossy: bool) -> bytes:
    """The pixels and nothing else, as a fine JPEG or as a PNG."""
    pixels = Image.new(picture.mode, picture.size)
    pixels.paste(picture)
    out = io.BytesIO()
    if picture.mode == "RGB" and (lossy or picture.width * picture.height > MOST_LOSSLESS):
        pixels.save(out, "JPEG", quality=FINE)
    else:
        pixels.save(out, "PNG")
    return out.getvalue()


def _tells(picture: Image.Image) -> bool:
    """Whether it holds anything beside its pixels; what we do not know counts."""
    parts = {name for name, _ in getattr(picture, "applist", ())}  # of a JPEG
    keys = {str(key).lower() for key in picture.info}
    return bool(picture.getexif()) or not keys <= HARMLESS or not parts <= PLAIN


def _jpeg(picture: Image.Image) -> bytes:
    """What is transparent lies on paper."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
