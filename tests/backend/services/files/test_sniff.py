"""What a file really is."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backend.services.files.sniff import DECODERS, ENDINGS, KINDS, MOST_BYTES, NotTaken, look, offered_name

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MP4 = struct.pack(">I", 24) + b"ftypisom" + struct.pack(">I", 512) + b"isomiso2" + bytes(64)


def png(width: int = 16, height: int = 16) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "PNG")
    return stream.getvalue()


def hundred_megapixels() -> bytes:
    """A real PNG of 10,000 × 10,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = zlib.compressobj(9)
    pixels = b"".join(row.compress(bytes(1251)) for _ in range(10_000)) + row.flush()
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "name", "kind", "media_type"),
    [
        (png(), "a.png", "photo", "image/png"),
        (PDF, "证明.pdf", "document", "application/pdf"),
        (b"#!AMR\n" + b"\x3c" * 64, "v.amr", "voice", "audio/amr"),
        (MP4, "v.mp4", "video", "video/mp4"),
    ],
)
def test_the_bytes_decide_what_a_file_is(data, name, kind, media_type):
    found = look(data, name)

    assert (found.kind, found.media_type, found.renamed) == (kind, media_type, False)


def test_a_renamed_pdf_is_kept_as_what_it_is():
    found = look(PDF, "照片.jpg")

    assert (found.kind, found.renamed) == ("document", True)


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (b"", "file.empty"),
        (MP4 + bytes(30 * 1024 * 1024), "file.large"),
        (png()[:60], "file.broken"),
        (b"<html><script>alert(1)</script></html>", "file.unknown"),
        (b"MZ\x90\x00" + bytes(200), "file.unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.unknown"),
        (hundred_megapixels(), "file.pixels"),
    ],
    ids=["empty", "30 MB video", "cut off", "html", "program", "svg", "100 megapixels"],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(data, phrase):
    with pytest.raises(NotTaken) as refused:
        look(data, "x.png")

    assert refused.value.phrase == phrase


def test_a_file_of_exactly_the_limit_is_taken():
    assert look(MP4 + bytes(MOST_BYTES - len(MP4)), "v.mp4").kind == "video"


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("a.png", False),
        ("a.JPG", False),
        ("a", False),
        ("夜里 2026.11.21", False),
        ("invoice.html", True),
        ("run.exe", True),
        ("run.exe. ", True),
        ("a.pdf", True),
    ],
)
def test_a_name_that_claims_another_kind_or_an_unknown_one_is_told(name, renamed):
    assert look(png(), name).renamed is renamed


@pytest.mark.parametrize(
    ("name", "media_type", "offered"),
    [
        ("a.jpg", "image/jpeg", "a.jpg"),
        ("A.JPEG", "image/jpeg", "A.JPEG"),
        ("a", "image/jpeg", "a.jpg"),
        ("夜里 2026.11.21", "image/jpeg", "夜里 2026.11.21.jpg"),
        ("invoice.html", "image/jpeg", "invoice.jpg"),
        ("run.exe..", "image/jpeg", "run.jpg"),
        ("a.png", "application/pdf", "a.pdf"),
        ("a.mp4", "audio/mp4", "a.mp4"),
    ],
)
def test_a_file_is_offered_under_the_ending_of_what_it_is(name, media_type, offered):
    assert offered_name(name, media_type) == offered


def test_every_type_that_is_taken_has_its_ending_and_every_picture_its_decoder():
    assert set(ENDINGS) == set(KINDS)
    assert set(DECODERS) == {media_type for media_type, kind in KINDS.items() if kind == "photo"}


def tiff_with_a_text_where_a_number_belongs():
    """Pillow's decoder answers it with a TypeError."""
    whole = io.BytesIO()
    Image.new("L", (4, 4)).save(whole, "TIFF")
    data = bytearray(whole.getvalue())
    start = struct.unpack("<I", data[4:8])[0]
    for at in range(start + 2, start + 2 + 12 * struct.unpack("<H", data[start : start + 2])[0], 12):
        if struct.unpack("<H", data[at : at + 2])[0] == 273:  # StripOffsets
            data[at + 2 : at + 4] = struct.pack("<H", 2)  # ASCII
    return bytes(data)


def heic_of_impossible_size():
    """libheif answers it with a RuntimeError."""
    whole = io.BytesIO()
    Image.new("RGB", (64, 64)).save(whole, "HEIF")
    data = whole.getvalue()
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 2**31 - 1, 2**31 - 1) + data[at + 8 :]


@pytest.mark.parametrize("made", [tiff_with_a_text_where_a_number_belongs, heic_of_impossible_size])
def test_whatever_a_decoder_says_of_bad_bytes_the_file_is_told_broken(made):
    with pytest.raises(NotTaken) as refused:
        look(made(), "x")

    assert refused.value.phrase in {"file.broken", "file.pixels"}


@pytest.mark.filterwarnings("ignore")  # decoders warn of what they then refuse
@given(kind=st.sampled_from(sorted(DECODERS.values())), at=st.integers(0, 2000), bytes_=st.binary(max_size=12))
def test_bytes_that_were_damaged_anywhere_are_taken_or_refused_and_nothing_else(kind, at, bytes_):
    whole = io.BytesIO()
    Image.effect_noise((24, 24), 50).convert("RGB").save(whole, kind)
    data = whole.getvalue()
    at %= len(data)
    try:
        found = look(data[:at] + bytes_ + data[at + len(bytes_) :], "x")
    except NotTaken:
        return
    assert found.kind in {"photo", "video", "voice", "document"}
