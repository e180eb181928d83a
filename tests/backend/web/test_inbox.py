"""What citizens upload: taken piece by piece, kept or refused with a sentence, shown to nobody else."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from aiohttp import FormData, MultipartWriter
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from backend.services.files.sniff import MOST_BYTES
from backend.web.app import build
from backend.web.limits import RATES, Rate
from tests.backend.web.conftest import Citizen, who

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def a_photo(colour: str = "navy") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "JPEG")
    return drawn.getvalue()


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that unfold to as many pixels as they say."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


async def test_a_photo_is_taken_and_shown_again_to_its_citizen_only(citizen, neighbour):
    await citizen.says(STORY)
    said = await citizen.shows(("夜里.jpg", a_photo()))
    html = await citizen.opens()
    path = html.split('<img src="')[1].split('"')[0]

    mine = await citizen.browser.get(path)
    await neighbour.says("你好")
    theirs = await neighbour.browser.get(path)

    assert "收到1张照片" in "".join(said)
    assert (mine.status, mine.content_type, await mine.read()) == (200, "image/jpeg", a_photo())
    assert mine.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert mine.headers["Content-Disposition"].startswith("inline")
    assert theirs.status == 404


async def test_several_files_with_words_are_one_message(citizen):
    await citizen.says(STORY)
    said = await citizen.shows(("1.jpg", a_photo()), ("2.jpg", a_photo("red")), text="这是现场", id="m2")

    assert "收到2张照片" in "".join(said)
    html = await citizen.opens()
    assert html.count('<img src="/chat/web/files/') == 2
    assert "这是现场" in html


async def test_the_same_files_twice_under_one_id_are_taken_once(site, citizen):
    first = await citizen.shows(("1.jpg", a_photo()), id="m1")
    again = await citizen.shows(("1.jpg", a_photo()), id="m1")

    assert first == again
    person = site.store.read_now(lambda work: work.people.find("web", who(citizen)))
    lines = site.store.read_now(lambda work: work.journal.talk(person.id))
    hashes = {file["sha256"] for line in lines if line.message for file in line.message["files"]}
    assert len(site.store.read_now(lambda work: work.evidence.sent_by(person.id, hashes))) == 1


async def test_a_document_is_never_opened_in_the_page(citizen):
    await citizen.shows(("说明.pdf", PDF))
    path = (await citizen.opens()).split('<a class="file" href="')[1].split('"')[0]

    answer = await citizen.browser.get(path)

    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8%AF%B4")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.jpg", b"", "空.jpg是空的"),
        ("照片.jpg", PDF, "照片.jpg其实不是它名字所说的格式"),
        ("大.png", a_png_that_claims(10_000, 10_000), "大.png的尺寸太大"),
        ("断.jpg", a_photo()[:200], "断.jpg打不开"),
        ("程序.exe", b"MZ\x90\x00" + b"\0" * 200, "程序.exe的格式收不了"),
        ("视频.mp4", MP4 + bytes(30 * 1024 * 1024), "视频.mp4超过了 20 MB"),
        ("../../etc/p\u202easswd", b"hello", "passwd的格式收不了"),
    ],
    ids=["empty", "renamed", "pixels", "broken", "program", "large", "tricky"],
)
async def test_a_file_that_cannot_be_kept_is_told_so_in_the_chat(citizen, name, data, sentence):
    said = await citizen.shows((name, data))

    assert sentence in "".join(said)


async def test_one_bad_file_does_not_cost_the_good_one(citizen):
    said = "".join(await citizen.shows(("空.jpg", b""), ("好.jpg", a_photo())))

    assert "空.jpg是空的" in said
    assert "收到1张照片" in said


async def test_a_file_of_the_largest_size_is_taken(citizen):
    video = MP4 + bytes(MOST_BYTES - len(MP4))

    assert "收到1段视频" in "".join(await citizen.shows(("夜里.mp4", video)))


async def test_a_form_over_the_cap_is_refused_before_it_is_read(citizen):
    await citizen.opens()
    headers = {"Content-Length": str(200 * 1024 * 1024), "Content-Type": "multipart/form-data; boundary=x"}

    answer = await citizen.posts(data=b"--x", headers=headers | {"Connection": "close"})

    assert answer.status == 413
    assert "太大" in (await answer.json())["detail"]


async def test_too_many_files_at_once_are_refused(citizen):
    await citizen.opens()
    form = FormData()
    for number in range(21):
        form.add_field("file", b"x", filename=f"{number}.jpg")

    answer = await citizen.posts(data=form)

    assert answer.status == 413
    assert "20 个文件" in (await answer.json())["detail"]


@pytest.mark.parametrize("fields", [{"other": "x"}, {"id": "1"}, {"choice": "submit"}], ids=str)
async def test_a_form_with_strange_fields_or_nothing_in_it_is_refused(citizen, fields):
    await citizen.opens()

    answer = await citizen.posts(
        data=FormData({**fields, "_": ""} if "other" in fields else fields, default_to_multipart=True)
    )

    assert answer.status == 400


async def test_a_form_within_a_form_is_refused(citizen):
    await citizen.opens()
    inner = MultipartWriter("mixed")
    inner.append("x")
    outer = MultipartWriter("form-data")
    outer.append(inner)

    answer = await citizen.posts(data=outer)

    assert answer.status == 400


async def test_when_files_cannot_be_stored_the_words_are_and_the_citizen_is_told(site, citizen):
    folder = Path(site.evidence.place)
    folder.rmdir()
    folder.write_text("in the way")

    with structlog.testing.capture_logs() as logs:
        said = "".join(await citizen.shows(("好.jpg", a_photo()), text=STORY))

    assert "好.jpg没有收到，请再发一次" in said
    assert STORY in await citizen.opens()
    assert [entry["event"] for entry in logs] == ["evidence was not kept"]


async def test_a_file_whose_bytes_are_gone_is_not_there(site, citizen):
    await citizen.shows(("好.jpg", a_photo()))
    path = (await citizen.opens()).split('<img src="')[1].split('"')[0]
    for stored in Path(site.evidence.place).rglob("*"):
        if stored.is_file():
            stored.unlink()

    assert (await citizen.browser.get(path)).status == 404


def a_broken_tiff() -> bytes:
    """Its decoder answers with a TypeError."""
    drawn = io.BytesIO()
    Image.new("L", (4, 4)).save(drawn, "TIFF")
    data = bytearray(drawn.getvalue())
    start = struct.unpack("<I", data[4:8])[0]
    for at in range(start + 2, start + 2 + 12 * struct.unpack("<H", data[start : start + 2])[0], 12):
        if struct.unpack("<H", data[at : at + 2])[0] == 273:  # StripOffsets, as text
            data[at + 2 : at + 4] = struct.pack("<H", 2)
    return bytes(data)


async def test_a_file_that_a_decoder_chokes_on_costs_neither_the_words_nor_the_other_file(citizen):
    said = "".join(await citizen.shows(("坏.tif", a_broken_tiff()), ("好.jpg", a_photo()), text=STORY))

    assert "坏.tif打不开" in said
    assert "收到1张照片" in said
    assert STORY in await citizen.opens()


def form_of(*parts: bytes, boundary: bytes = b"--x") -> dict[str, Any]:
    """A body as it goes over the wire; what a part lacks, its test leaves out."""
    body = b"".join(boundary + b"\r\n" + part for part in parts)
    return {"data": body, "headers": {"Content-Type": "multipart/form-data; boundary=x"}}


TEXT = b'Content-Disposition: form-data; name="text"\r\n\r\n' + STORY.encode() + b"\r\n"


def file_part(name: str, data: bytes) -> bytes:
    return f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"


async def test_a_file_with_an_endless_name_is_taken(citizen):
    name = quote("长" * 1600 + ".jpg")

    answer = await citizen.posts(**form_of(TEXT, file_part(name, a_photo()) + b"--x--\r\n"))

    assert answer.status == 200
    assert "收到1张照片" in "".join(say["text"] for say in (await answer.json())["say"])


@pytest.mark.parametrize(
    "part",
    [
        file_part("a" * 100_000 + ".jpg", b"x") + b"--x--\r\n",
        b"no header at all\r\n\r\nx\r\n--x--\r\n",
        file_part("断.jpg", a_photo()),  # and no end
    ],
    ids=["header too long", "no header", "broken off"],
)
async def test_words_are_kept_when_the_form_breaks_in_a_file(citizen, part):
    answer = await citizen.posts(**form_of(TEXT, part))

    assert answer.status == 200
    assert "没有收到，请再发一次" in "".join(say["text"] for say in (await answer.json())["say"])
    assert STORY in await citizen.opens()


@pytest.mark.parametrize(
    "part",
    [
        b'Content-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        b"X: " + b"a" * 100_000 + b"\r\n\r\n1\r\n--x--\r\n",
    ],
    ids=["no UTF-8", "header too long"],
)
async def test_words_that_cannot_be_read_are_refused_with_a_sentence(citizen, part):
    answer = await citizen.posts(**form_of(part))

    assert answer.status == 400
    assert "没有收下" in (await answer.json())["detail"]


async def test_who_sends_more_than_a_day_holds_is_told_so_and_the_words_go_on(site):
    app = build(site, limits={**RATES, "file.person": Rate(len(a_photo()) + 10, 24 * 3600)})

    async with TestClient(TestServer(app)) as browser:
        citizen = Citizen(browser)
        said = "".join(await citizen.shows(("1.jpg", a_photo()), ("2.jpg", a_photo("red")), text=STORY))

    assert "收到1张照片" in said
    assert "2.jpg没有收下：今天发来的文件已经很多了" in said


async def test_a_file_is_asked_for_again_and_not_sent_again(citizen):
    await citizen.shows(("invoice.html", a_photo()))
    path = (await citizen.opens()).split('<img src="')[1].split('"')[0]

    first = await citizen.browser.get(path)
    again = await citizen.browser.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Content-Disposition"] == "inline; filename*=UTF-8''invoice.jpg"
    assert (again.status, await again.read()) == (304, b"")
    assert again.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
