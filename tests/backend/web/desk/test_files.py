"""Evidence on the desk: seen, played, downloaded; never run."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.backend.services.city import City

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</JS(app.alert(1))>>endobj\ntrailer<<>>\n%%EOF"


def picture(kind="PNG", size=(800, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 8


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def shown(site, city):
    """Files a case with that piece of evidence; the path of the piece."""

    async def file(name, data):
        stored, _ = await site.evidence.take(name, data)
        citizen = city.citizen()
        citizen.says("昨晚楼下烧烤店又放音响", files=(stored,))
        number = citizen.files_a_case()
        (row,) = site.store.read_now(lambda work: work.evidence.of_case(number))
        return f"/desk/cases/{number}/files/{row.id}"

    return file


async def got(officer, path, **headers):
    answer = await officer.browser.get(path, headers=headers)
    return answer, await answer.read()


def harmless(answer):
    return (
        answer.headers["X-Content-Type-Options"] == "nosniff"
        and answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    )


async def test_a_photo_is_shown_small_and_whole_and_can_be_saved(officer, shown):
    path = await shown("现场 1.png", picture())

    small, seen = await got(officer, path + "/small")
    whole, same = await got(officer, path + "/whole")
    saved, bytes_ = await got(officer, path)

    assert (small.content_type, max(Image.open(io.BytesIO(seen)).size)) == ("image/jpeg", 360)
    assert (whole.content_type, same) == ("image/png", picture())
    assert (saved.content_type, bytes_) == ("application/octet-stream", picture())
    assert saved.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.png"
    assert all(harmless(answer) for answer in (small, whole, saved))
    assert "private" in small.headers["Cache-Control"]


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "HEIF"])
async def test_a_picture_that_browsers_do_not_know_is_drawn_anew(officer, shown, kind):
    answer, data = await got(officer, await shown("a", picture(kind)) + "/whole")

    assert (answer.content_type, Image.open(io.BytesIO(data)).size) == ("image/jpeg", (800, 600))


async def test_a_document_is_a_download_of_plain_bytes_and_nothing_else(officer, shown):
    path = await shown("alert.html", PDF)

    answer, data = await got(officer, path)

    assert (answer.content_type, data) == ("application/octet-stream", PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert harmless(answer)
    for other in ("/whole", "/small", "/play"):
        assert (await got(officer, path + other))[0].status == 404


async def test_a_recording_is_played_from_any_place(officer, shown):
    path = await shown("噪音.mp3", MP3) + "/play"

    whole, data = await got(officer, path)
    part, middle = await got(officer, path, Range="bytes=10-19")
    rest, end = await got(officer, path, Range="bytes=-5")
    beyond, _ = await got(officer, path, Range="bytes=99999-")
    nonsense, _ = await got(officer, path, Range="bytes=x")

    assert (whole.status, whole.content_type, data) == (200, "audio/mpeg", MP3)
    assert (part.status, middle) == (206, MP3[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(MP3)}"
    assert (rest.status, end) == (206, MP3[-5:])
    assert (beyond.status, nonsense.status) == (416, 416)
    assert harmless(part)


async def test_evidence_is_seen_by_nobody_outside(officer, shown, client):
    path = await shown("a.png", picture())

    assert (await client.get(path, allow_redirects=False)).status == 303
    wrong = path.replace("HL-000001", "HL-000002")
    assert (await got(officer, wrong))[0].status == 404
    assert (await got(officer, path.rsplit("/", 1)[0] + "/999"))[0].status == 404


async def test_bytes_that_are_gone_are_told_so(officer, shown, site):
    path = await shown("a.png", picture())
    stored, _ = await site.evidence.take("a.png", picture())
    await site.evidence.remove([stored.sha256])

    for ending in ("", "/small", "/whole"):
        answer, _ = await got(officer, path + ending, Accept="text/html")
        assert answer.status == 404
        assert "文件内容找不到了" in await answer.text()


async def test_the_page_shows_thumbnails_players_and_downloads(officer, shown):
    path = await shown("a.png", picture())
    page = await officer.opens(path.rsplit("/files", 1)[0])

    assert f'src="{path}/small"' in page.html
    assert path.replace("/files/", "/evidence/") in page.links
    assert path in page.links


async def test_a_browser_asks_each_time_and_gets_nothing_anew(officer, shown, client):
    path = await shown("run.exe", picture("JPEG"))
    for ending in ("", "/small", "/whole"):
        answer, _ = await got(officer, path + ending)
        again, nothing = await got(officer, path + ending, **{"If-None-Match": answer.headers["ETag"]})

        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Content-Disposition"].endswith("run.jpg")
        assert (again.status, nothing) == (304, b"")
        assert harmless(again)

    whole, _ = await got(officer, path)
    stranger = await client.get(path, headers={"If-None-Match": whole.headers["ETag"]}, allow_redirects=False)
    assert stranger.status == 303
