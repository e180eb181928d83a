"""The talk with the citizen on the case's page: both sides, one place to write, what they will see before it is sent."""

from __future__ import annotations

import pytest

from backend.jobs.deliver import deliver
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def citizen(city):
    return city.citizen()


@pytest.fixture
def number(citizen):
    return citizen.files_a_case()


@pytest.fixture
async def page(officer, number):
    return await officer.opens(f"/desk/cases/{number}")


async def preview(officer, page, number, mode, **typed):
    form = page.form("/desk/logout")
    form.action = f"/desk/cases/{number}/preview?mode={mode}"
    return await officer.presses(form, **typed)


async def test_both_sides_stand_in_the_talk_with_what_the_bot_offered(page):
    assert "烧烤店又在放音响" in page.text
    assert 'class="citizen"' in page.html
    assert "机器人给的选项" in page.text
    assert "更早的" in page.text


async def test_a_message_is_owed_until_it_went_out(site, clock, officer, page, number):
    page = await officer.sends("/say", text="今天下午到现场")
    assert "等待发送" in page.text

    clock.advance(hours=1)
    while await deliver(site, "worker"):
        pass
    page = await officer.opens(f"/desk/cases/{number}")
    log = page.html.split('id="talk-log"')[1].split('class="write"')[0]
    assert log.count("今天下午到现场") == 1
    assert "工作人员" in log


async def test_nothing_new_is_not_drawn_again(officer, page, number, citizen):
    path = f"/desk/cases/{number}/talk"
    first = await officer.browser.get(path)
    assert first.status == 200
    mark = (await first.text()).split("mark=")[1].split('"')[0]

    assert (await officer.browser.get(f"{path}?mark={mark}")).status == 204
    citizen.says("现在又响了")
    assert "现在又响了" in await (await officer.browser.get(f"{path}?mark={mark}")).text()


async def test_the_page_stays_small_and_the_whole_talk_is_one_press_away(officer, page, number, citizen):
    citizen.says("又吵了" * 600 + "最后一句")
    for n in range(20):
        citizen.says(f"第{n}次补充" + "吵" * 900)
    path = f"/desk/cases/{number}"

    short, long = await officer.opens(path), await officer.opens(f"{path}/talk?all=1")

    assert "最后一句" not in short.html.split('id="talk-log"')[1].split('class="write"')[0]
    assert "最后一句" in long.text
    assert all(f"第{n}次补充" in long.text for n in range(20))


async def test_a_question_waits_for_its_answer(officer, page, number):
    page = await officer.sends("/ask", text="是哪一家店？")

    assert "等市民回复" in page.text
    assert "向市民提问" in page.text


async def test_more_is_asked_for_by_a_day(officer, page, number):
    form = page.form("/supplement")
    page = await officer.presses(form, note="请说明是哪一家", until="2026-11-27", lacks="where")

    assert "等市民补充到 11月27日（周五）" in page.text
    assert "还缺：地点" in page.text
    assert "提醒一次" in page.text
    assert "补充截止 11月27日（周五）" in page.text
    assert "待补充材料，至11月27日（周五）" in (await officer.opens("/desk?tab=new")).text


async def test_a_day_that_is_too_late_keeps_what_was_typed(officer, page, number):
    form = page.form("/supplement")
    page = await officer.presses(form, note="请说明是哪一家", until="2027-11-27")

    assert page.status == 422
    assert "最晚到" in page.text
    assert "请说明是哪一家</textarea>" in page.html


async def test_a_blank_that_was_left_stops_the_message(officer, page, number):
    page = await officer.sends("/say", text="我们【时间】到现场")

    assert page.status == 422
    assert "“【时间】”还没有填" in page.text


async def test_the_chat_is_taken_over_and_handed_back_on_the_page(officer, page, number, citizen):
    page = await officer.sends("/take")
    assert "您正在和市民直接说话" in page.text
    assert citizen.says("有人吗") == []

    page = await officer.sends("/back")
    assert "现在由机器人接待" in page.text


async def test_a_colleague_sees_who_has_the_chat(officer, page, colleague, number):
    await colleague.opens(f"/desk/cases/{number}")
    form = colleague.page.form("/take")
    await officer.sends("/take")

    refused = await colleague.presses(form)

    assert refused.status == 409
    assert "正在接待" in refused.text


async def test_the_phone_shows_what_is_sent(officer, page, number):
    told = await preview(officer, page, number, "say", text="今天下午到现场")

    assert told.status == 200
    assert "办理人员给您留言" in told.text
    assert "今天下午到现场" in told.text
    assert "随时可以直接发" in told.text
    assert "<html" not in told.html


@pytest.mark.parametrize(
    "tried",
    [
        ("say", {"text": ""}, "写几个字"),
        ("say", {"text": "到【】看过"}, "还没有填"),
        ("say", {"text": "好" * 20_000}, "最多"),
        ("supplement", {"note": "照片", "until": "2026-11-27"}, "请在11月27日（周五）（含当天）前补充"),
        ("supplement", {"note": "照片", "until": "昨天"}, "没有看懂"),
    ],
)
async def test_the_preview_says_what_it_is(officer, page, number, tried):
    mode, typed, said = tried

    assert said in (await preview(officer, page, number, mode, **typed)).text


async def test_words_of_the_preview_are_text(officer, page, number):
    told = await preview(officer, page, number, "say", text="<script>alert(1)</script>")

    assert "<script>" not in told.html


async def test_there_is_no_other_kind_of_preview(officer, page, number):
    assert (await preview(officer, page, number, "survey", text="您好")).status == 422


async def test_who_only_audits_reads_and_writes_nothing(site, client, number):
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    page = await auditor.logs_in("审计员", path=f"/desk/cases/{number}")

    assert "烧烤店又在放音响" in page.text
    assert 'class="write"' not in page.html
    assert f'action="/desk/cases/{number}/take"' not in page.html
    assert (await preview(auditor, page, number, "say", text="您好")).status == 403
