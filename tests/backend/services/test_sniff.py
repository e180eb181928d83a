"""What a file really is."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from backend.services.sniff import MOST_BYTES, NotTaken, look

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
