"""What a handler sees of a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from backend.services.files import pictures


def encoded(size, *, mode="RGB", kind="PNG", colour="navy", **more):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "HEIF"])
def test_every_kind_of_picture_becomes_a_small_jpeg(kind):
    drawn = opened(pictures.shown(encoded((1200, 600), kind=kind), 300))

    assert (drawn.format, drawn.size) == ("JPEG", (300, 150))


def test_a_small_picture_is_not_blown_up():
    assert opened(pictures.shown(encoded((40, 20)), 300)).size == (40, 20)


def test_what_is_transparent_lies_on_white():
    drawn = opened(pictures.shown(encoded((10, 10), mode="RGBA", colour=(0, 0, 0, 0)), 300))

    assert drawn.getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_taken_sideways_stands_upright_and_tells_no_more_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)  # GPS latitude

    drawn = opened(pictures.shown(encoded((200, 100), kind="JPEG", exif=exif), 300))

    assert drawn.size == (100, 200)
    assert not drawn.getexif()


def test_what_is_no_picture_is_named_so():
    with pytest.raises(pictures.CannotDraw):
        pictures.shown(b"<svg onload=alert(1)>", 300)


def test_what_a_decoder_chokes_on_is_named_so_too():
    whole = encoded((64, 64), kind="HEIF")
    at = whole.index(b"ispe") + 8

    with pytest.raises(pictures.CannotDraw):
        pictures.shown(whole[:at] + b"\x7f\xff\xff\xff" * 2 + whole[at + 8 :], 300)
