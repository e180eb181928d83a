"""Redacted copies: what is covered is gone from the bytes, and the rest is the picture and nothing else."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backend.services.files import redacting
from backend.services.files.pictures import CannotDraw, clean
from backend.services.files.redacting import BadBoxes, Box, parse, written
from tests.backend.services.cameras import HERE, taken


def shade(picture: Image.Image, x: int, y: int) -> int:
    """Of a grey picture."""
    value = picture.getpixel((x, y))
    assert isinstance(value, int)
    return value


def opened(data: bytes) -> Image.Image:
    """The picture in these bytes."""
    return Image.open(io.BytesIO(data))


def striped(kind="PNG", size=(200, 100), **how):
    """Red on the left, white on the right."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def test_boxes_are_burnt_in_at_full_size():
    copy = opened(redacting.burnt(striped(), parse("0,0,50,50; 75,50,25,50")))

    assert copy.size == (200, 100)
    assert [copy.getpixel(spot) for spot in ((10, 10), (99, 49), (10, 90), (199, 99), (120, 20))] == [
        (0, 0, 0),
        (0, 0, 0),
        (255, 0, 0),
        (0, 0, 0),
        (255, 255, 255),
    ]


def test_a_copy_holds_nothing_that_the_camera_wrote():
    data = taken(place=HERE, at="2026:11:20 23:10:00", model="Phone 9")

    copy = opened(redacting.burnt(data, parse("1,1,2,2")))

    assert not copy.getexif()
    assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(copy.info)
    assert b"Phone 9" not in redacting.burnt(data, ())


def test_a_picture_on_its_side_is_covered_as_people_see_it():
    lying = taken(size=(200, 100), orientation=6)  # to be turned by a quarter

    copy = opened(redacting.burnt(lying, parse("0,0,100,10"))).convert("L")

    assert copy.size == (100, 200)
    assert max(shade(copy, x, y) for x in range(100) for y in range(16)) < 16
    assert min(shade(copy, x, y) for x in range(100) for y in range(40, 200)) > 64


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF"])
def test_every_kind_of_picture_can_be_covered(kind):
    copy = opened(redacting.burnt(striped(kind), parse("10,10,30,30"))).convert("L")

    assert copy.size == (200, 100)
    assert shade(copy, 40, 25) < 8


def test_what_is_transparent_stays_so_and_what_is_covered_does_not():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")

    copy = opened(redacting.burnt(out.getvalue(), parse("0,0,50,50")))

    assert (copy.getpixel((2, 2)), copy.getchannel("A").getpixel((19, 19))) == ((0, 0, 0, 255), 0)


def test_what_is_no_picture_cannot_be_covered():
    with pytest.raises(CannotDraw):
        redacting.burnt(b"no picture", ())


@pytest.mark.parametrize(
    "told", ["1,2,3", "a,b,c,d", "1,2,0,9", "nan,0,1,1", "200,0,5,5", "inf,0,1,1", ";".join(["1,1,1,1"] * 61)]
)
def test_what_is_no_box_is_refused(told):
    with pytest.raises(BadBoxes):
        parse(told)


def test_boxes_are_cut_at_the_edge_and_written_as_they_are_read():
    boxes = parse("-10,90,30,30； 5，5，1.5，2;")

    assert boxes == (Box(0, 90, 20, 10), Box(5, 5, 1.5, 2))
    assert parse(written(boxes)) == boxes


PERCENT = st.floats(0, 100, allow_nan=False)


@given(PERCENT, PERCENT, PERCENT, PERCENT)
def test_no_pixel_that_a_box_touches_is_left(left, top, width, height):
    try:
        (box,) = parse(f"{left},{top},{width},{height}")
    except BadBoxes:
        return
    picture = opened(redacting.burnt(striped(size=(23, 17)), (box,)))

    for x in range(23):
        for y in range(17):
            inside = box.left < (x + 0.5) / 23 * 100 < box.left + box.width
            if inside and box.top < (y + 0.5) / 17 * 100 < box.top + box.height:
                assert picture.getpixel((x, y)) == (0, 0, 0)


@given(st.text(max_size=60))
def test_any_text_is_boxes_or_is_refused(text):
    try:
        boxes = parse(text)
    except BadBoxes:
        return
    assert all(0 <= box.left < 100 and box.width > 0 for box in boxes)


def test_a_picture_that_tells_nothing_is_given_as_it_came():
    plain = striped("JPEG")

    assert clean(plain) is plain
    assert clean(striped()) == striped()


@pytest.mark.parametrize(
    "extra", [{"comment": b"at home"}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"}, {"icc_profile": b"p" * 200}]
)
def test_whatever_stands_beside_the_pixels_is_left_out(extra):
    told = striped("JPEG", **extra)

    bare = clean(told)

    assert b"at home" not in bare
    assert set(opened(bare).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
