"""One piece of evidence at the desk: what is told of it, who sees what of it, and what is covered on it."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from tests.backend.services.cameras import HERE, taken
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def piece(site, city):
    """Files a case with these pieces; the page of the first."""

    async def file(*files):
        stored = tuple([(await site.evidence.take(name, data))[0] for name, data in files])
        citizen = city.citizen()
        citizen.says("昨晚楼下烧烤店又放音响", files=stored)
        number = citizen.files_a_case()
        row = site.store.read_now(lambda work: work.evidence.of_case(number))[0]
        return f"/desk/cases/{number}/evidence/{row.id}"

    return file


def file_of(page):
    return page.replace("/evidence/", "/files/")


def case_of(page):
    return page.split("/evidence/", maxsplit=1)[0]


async def seen(officer, path):
    """The picture there, as grey."""
    answer = await officer.browser.get(path)
    assert answer.status == 200, (path, await answer.text())
    return Image.open(io.BytesIO(await answer.read())), answer


async def open_identity(officer, page):
    await officer.opens(case_of(page))
    await officer.sends("/who", reason="要打电话核实")


@pytest.fixture
async def auditor(client, site):
    hire(site, "审计员小周", "auditor")
    officer = Officer(type(client)(client.server))
    async with officer.browser:
        await officer.comes_in("审计员小周")
        yield officer


async def test_a_piece_has_a_page_with_all_that_is_known_of_it(officer, piece, site):
    photo = taken(at="2026:11:18 09:00:00", place=HERE, size=(640, 480))
    path = await piece(("现场.jpg", photo), ("合同.pdf", PDF))

    page = await officer.opens(path)

    row = site.store.read_now(lambda work: work.evidence.get(int(path.rsplit("/", 1)[1])))
    for words in (row.sha256, "640 × 480", "提出诉求的市民，网页聊天", "11月18日 9:00", "第 1 个，共 2 个"):
        assert words in page.text
    assert "38.93350" not in page.text
    assert "说明理由查看身份后才显示" in page.text
    await open_identity(officer, path)
    assert "38.93350, 83.04000" in (await officer.opens(path)).text


async def test_a_picture_that_does_not_fit_what_was_told_is_doubted(officer, piece):
    path = await piece(("a.jpg", taken(at="2026:11:01 09:00:00")))

    assert "拍摄时间比市民说的时间早 19 天" in (await officer.opens(path)).text


async def test_one_goes_from_piece_to_piece(officer, piece):
    path = await piece(("a.jpg", taken()), ("b.pdf", PDF))
    first = await officer.opens(path)
    (following,) = {link for link in first.links if link.startswith(path.rsplit("/", 1)[0])}
    second = await officer.opens(following)

    assert "文件不在网页里打开" in second.text
    assert path in second.links
    assert file_of(following) in second.links
    assert not [form for form in second.forms if form.action.endswith("/redact")]


async def test_what_is_covered_is_gone_for_everybody_who_may_not_see_identities(officer, colleague, piece):
    path = await piece(("a.jpg", taken(size=(400, 300))))
    await officer.opens(path)

    page = await officer.sends("/redact", boxes="0,0,50,50")

    assert "遮盖件已保存" in page.text
    assert "您看到的是遮盖件（1 处）" in page.text
    for reader in (officer, colleague):
        for ending in ("/whole", "/small", ""):
            picture, answer = await seen(reader, file_of(path) + ending)
            grey = picture.convert("L")
            assert grey.getpixel((20, 20)) < 16, ending
            assert grey.getpixel((picture.width - 5, picture.height - 5)) > 64
            assert not picture.getexif()
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        refused = await reader.browser.get(file_of(path) + "/whole?original=1")
        assert refused.status == 403


async def test_the_original_is_kept_for_who_has_said_why(officer, piece):
    photo = taken(size=(400, 300), at="2026:11:20 23:10:00", place=HERE)
    path = await piece(("a.jpg", photo))
    await officer.opens(path)
    await officer.sends("/redact", boxes="0,0,50,50")
    await open_identity(officer, path)

    saved = await officer.browser.get(file_of(path) + "?original=1")
    plain = await officer.browser.get(file_of(path))
    page = await officer.opens(path + "?original=1")

    assert await saved.read() == photo
    assert await plain.read() != photo
    assert page.form("/redact").fields["boxes"] == "0,0,50,50"


async def test_another_redaction_undoes_the_first_and_both_stay_on_record(officer, piece, site):
    path = await piece(("a.jpg", taken(size=(400, 300))))
    await officer.opens(path)
    await officer.sends("/redact", boxes="0,0,50,50")
    assert not [form for form in officer.page.forms if form.action.endswith("/redact")]
    await open_identity(officer, path)
    await officer.opens(path + "?original=1")
    await officer.sends("/redact", boxes="50,50,50,50; 0,90,5,5")

    number = case_of(path).rsplit("/", 1)[1]
    history = site.store.read_now(lambda work: work.cases.history(number))
    noted = [event for event in history if "redacted" in event.detail]
    picture, _ = await seen(officer, file_of(path) + "/whole")

    assert [event.detail["boxes"] for event in noted] == [1, 2]
    assert len({event.detail["sha256"] for event in noted}) == 2
    assert (picture.convert("L").getpixel((20, 20)) > 64, picture.convert("L").getpixel((390, 290)) < 16) == (
        True,
        True,
    )
    assert len(site.store.read_now(lambda work: work.evidence.of_case(number))) == 1
    assert "遮盖了证据照片（2 处）" in (await officer.opens(case_of(path))).text


async def test_a_camera_s_words_go_only_to_who_has_said_why(officer, piece):
    photo = taken(at="2026:11:20 23:10:00", place=HERE, model="Phone 9")
    path = await piece(("a.jpg", photo))

    for ending in ("", "/whole", "/small", "?original=1", "/whole?original=1"):
        picture, _ = await seen(officer, file_of(path) + ending)
        assert not picture.getexif(), ending
    await open_identity(officer, path)

    assert await (await officer.browser.get(file_of(path))).read() == photo


async def test_wrong_boxes_are_told_and_nothing_is_lost(officer, piece):
    path = await piece(("a.jpg", taken()))
    await officer.opens(path)

    page = await officer.sends("/redact", boxes="1,2,3")

    assert (page.status, "框的写法不对" in page.text) == (422, True)
    assert page.form("/redact").fields["boxes"] == "1,2,3"


async def test_who_only_looks_covers_nothing(auditor, officer, piece):
    path = await piece(("a.jpg", taken()))
    page = await auditor.opens(path)
    assert not [form for form in page.forms if form.action.endswith("/redact")]

    csrf = page.form("/logout").fields["csrf"]
    answer = await auditor.browser.post(path + "/redact", data={"csrf": csrf, "boxes": "1,1,9,9"})

    assert answer.status == 403
    assert "遮盖件（" not in (await officer.opens(path)).text


async def test_a_copy_cannot_be_reached_past_its_original(officer, piece, site):
    path = await piece(("a.jpg", taken()))
    await officer.opens(path)
    await officer.sends("/redact", boxes="1,1,9,9")
    number = case_of(path).rsplit("/", 1)[1]
    (copy,) = site.store.read_now(lambda work: work.evidence.copies(number)).values()

    for place in ("evidence", "files"):
        assert (await officer.browser.get(f"{case_of(path)}/{place}/{copy.id}")).status == 404


async def test_two_presses_make_one_copy(officer, piece, site):
    path = await piece(("a.jpg", taken()))
    form = (await officer.opens(path)).form("/redact")
    await officer.presses(form, boxes="1,1,9,9")
    await officer.presses(form, boxes="1,1,9,9")

    number = case_of(path).rsplit("/", 1)[1]
    history = site.store.read_now(lambda work: work.cases.history(number))
    assert json.dumps([event.detail for event in history]).count('"redacted"') == 1
