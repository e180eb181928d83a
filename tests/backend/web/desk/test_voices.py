"""Voice notes on the desk: listened to, written down once, part of the case from then on."""

from __future__ import annotations

import pytest

from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 8
WORDS = "昨晚11点幸福里3栋楼下烧烤店<b>放音响</b>"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def told(site, city):
    """A case of somebody who only sent voice notes; its number."""
    stored, _ = await site.evidence.take("语音.mp3", MP3)
    citizen = city.citizen()
    for text in ("慢一点", "你好", "可以"):
        citizen.says(text)
    citizen.says(files=(stored,))
    while "submit" not in citizen.choices:
        citizen.says("跳过")
    return citizen.says("对")[0].split("编号 ")[1].split("。")[0]


async def test_a_note_is_announced_played_and_written_down(officer, told):
    page = await officer.opens("/desk")
    assert "有 1 条语音留言等人听写" in page.text

    page = await officer.opens("/desk/voices")
    sound = await officer.browser.get("/desk/voices/1/play")
    assert (sound.status, await sound.read()) == (200, MP3)
    assert f"已登记，编号 {told}" in page.text
    page = await officer.sends("/desk/voices/1", words=WORDS)

    assert "已记下来" in page.text
    assert "没有等待听写的语音" in page.text
    page = await officer.opens(f"/desk/cases/{told}")
    assert WORDS in page.text
    assert "<b>放音响</b>" not in page.html


async def test_a_note_of_a_kind_browsers_do_not_play_is_downloaded(officer, site, city):
    stored, _ = await site.evidence.take("语音.amr", b"#!AMR\n" + bytes(200))
    city.citizen().says(files=(stored,))
    page = await officer.opens("/desk/voices")

    assert "还没有登记完" in page.text
    assert "请下载后听" in page.text
    assert (await officer.browser.get("/desk/voices/1")).headers["Content-Disposition"].startswith("attachment")


async def test_who_comes_second_is_told_that_it_is_done(officer, told):
    page = await officer.opens("/desk/voices")
    form = page.form("/desk/voices/1")
    await officer.presses(form, words=WORDS)
    page = await officer.presses(form, words="别的话")

    assert "已经有人听写过了" in page.text


@pytest.mark.parametrize(("words", "reason"), [("  ", "写"), ("好" * 4001, "4000")])
async def test_nothing_or_too_much_is_refused_with_a_sentence(officer, told, words, reason):
    await officer.opens("/desk/voices")
    page = await officer.sends("/desk/voices/1", words=words)

    assert page.status == 422
    assert reason in page.text
    assert "语音.mp3" in page.text


async def test_another_institution_hears_nothing(site, client, told):
    hire(site, "物业", institution="property")
    officer = Officer(client)
    page = await officer.comes_in("物业", path="/desk/voices")

    assert "没有等待听写的语音" in page.text
    assert (await officer.browser.get("/desk/voices/1/play")).status == 404


async def test_who_only_audits_hears_nothing(site, client, told):
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    page = await auditor.comes_in("审计员", path="/desk")

    assert "等人听写" not in page.text
    assert (await auditor.browser.get("/desk/voices")).status == 403
