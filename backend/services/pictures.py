"""Pictures as the desk shows them: upright, small enough, and without what a camera writes into them.

Evidence itself is never changed; these are copies to look at. Pure and slow
(a large photo takes about half a second), so it runs on a thread of its own.
"""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image, ImageOps

from backend.services.sniff import DECODERS

QUALITY = 82  # of 95: small, and no difference to be seen on a desk
PAPER = "white"

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


def _jpeg(picture: Image.Image) -> bytes:
    """What is transparent lies on paper."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
