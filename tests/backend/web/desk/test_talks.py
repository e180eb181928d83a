"""A handler in a citizen's chat: sees who waits, takes it, writes, gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.jobs.deliver import deliver
from tests.backend.services.city import City
from tests.backend.web.desk.test_files import picture
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def monday(clock):
    """Somebody is on duty."""
    clock.advance(days=2)


async def test_a_citizen_who_asks_for_a_person_is_announced_and_listed(monday, officer, citizen):
    await citizen.says("小区路灯坏了半个月没人修")
    await citizen.says("人工")

    assert "有 1 位市民在等人" in (await officer.opens("/desk")).text
    page = await officer.opens("/desk/talks")
    assert "市民要找人" in page.text


async def test_a_handler_takes_the_chat_writes_and_hands_back(monday, site, officer, citizen):
    await citizen.says("小区路灯坏了半个月没人修")
    await citizen.says("人工")
    await officer.opens("/desk/talks/1")
    page = await officer.sends("/take")
    assert "已接过来" in page.text

    assert await citizen.says("你好，灯杆编号是A12") == []
    page = await officer.opens("/desk/talks/1")
    assert "灯杆编号是A12" in page.text

    await officer.sends("/say", text="谢谢，<b>马上</b>派人")
    await officer.opens("/desk/talks/1")
    page = await officer.sends("/back")
    assert "已交还机器人" in page.text
    while await deliver(site, "worker"):
        pass
    told = await (await citizen.browser.get("/chat/web/messages?after=0")).json()
    texts = [say["text"] for say in told["say"]]
    assert "工作人员：谢谢，<b>马上</b>派人" in texts
    assert texts[-1].startswith("工作人员已经说完了")


async def test_the_words_of_a_chat_are_shown_as_text(monday, officer, citizen):
    await citizen.says("<script>alert(1)</script>路灯坏了半个月，电话13800138000")
    await citizen.says("人工")

    page = await officer.opens("/desk/talks/1")

    assert "<script>alert(1)" not in page.html
    assert "13800138000" not in page.html


async def test_a_danger_is_on_the_list_before_there_is_a_case(officer, citizen):
    await citizen.says("楼道里好大煤气味，有人晕倒了")

    page = await officer.opens("/desk/talks")
    assert "险情" in page.text
    await officer.opens("/desk/talks/1")
    page = await officer.sends("/take")
    assert "已接过来" in page.text


async def test_two_handlers_cannot_have_the_same_chat(monday, officer, colleague, citizen):
    await citizen.says("人工")
    await officer.opens("/desk/talks/1")
    await colleague.opens("/desk/talks/1")
    await officer.sends("/take")

    page = await colleague.sends("/take")

    assert (page.status, "王主任" in page.text) == (409, True)


async def test_nothing_is_written_into_a_chat_that_one_does_not_have(monday, officer, colleague, citizen):
    await citizen.says("人工")
    await officer.opens("/desk/talks/1")
    await officer.sends("/take")
    form = officer.page.form("/say")
    await officer.sends("/back")

    page = await officer.presses(form, text="还在吗")

    assert page.status == 409


async def test_an_empty_word_is_not_sent(monday, officer, citizen):
    await citizen.says("人工")
    await officer.opens("/desk/talks/1")
    await officer.sends("/take")

    assert (await officer.sends("/say", text="  ")).status == 422


async def test_another_institution_sees_nothing_of_it(monday, site, client, citizen):
    await citizen.says("人工")
    hire(site, "物业", institution="property")
    other = Officer(client)
    page = await other.comes_in("物业")

    assert "位市民在等人" not in page.text
    assert "没有市民在等人" in (await other.opens("/desk/talks")).text
    assert (await other.opens("/desk/talks/1")).status == 404


async def test_who_only_audits_takes_no_chat(monday, site, client, citizen):
    await citizen.says("人工")
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    await auditor.comes_in("审计员")

    assert (await auditor.opens("/desk/talks")).status == 403


async def test_a_form_from_elsewhere_takes_no_chat(monday, officer, citizen):
    await citizen.says("人工")

    answer = await officer.browser.post("/desk/talks/1/take", data={"csrf": "wrong"})

    assert answer.status == 403


async def test_a_chat_that_is_not_there_is_said_not_to_be(officer):
    assert (await officer.opens("/desk/talks/999999999999999999")).status == 404


async def test_the_case_tells_what_was_added_and_that_it_is_over(site, clock, officer, citizen):
    said: list[str] = []
    for text in ("楼道里好大煤气味，有人晕倒了", "幸福里3栋2单元", "13800138000", "在5楼", "没事了，误报"):
        said = await citizen.says(text)
        clock.now += timedelta(seconds=10)
    number = said[0].split("已记在 ")[1].split(" ")[0]

    page = await officer.opens(f"/desk/cases/{number}")

    assert "市民说没有危险了" in page.text


async def test_a_file_in_a_chat_about_a_case_can_be_opened(monday, site, officer):
    city = City(site.store)
    stored, _ = await site.evidence.take("灯.png", picture())
    citizen = city.citizen()
    citizen.says("昨晚楼下烧烤店又放音响", files=(stored,))
    number = citizen.files_a_case()
    citizen.says("人工")

    page = await officer.opens("/desk/talks/1")

    assert f'href="/desk/cases/{number}/files/1"' in page.html


async def test_who_asked_for_confidence_stays_unknown_to_who_comes(monday, officer, citizen):
    for text in ("我叫赵小敏，电话19900005678，请替我保密，小区路灯坏了半个月没人修", "人工", "我是赵小敏"):
        await citizen.says(text)

    for path in ("/desk/talks", "/desk/talks/1"):
        page = await officer.opens(path)
        assert "赵**" in page.text
        assert "赵小敏" not in page.html
        assert "19900005678" not in page.html


async def test_it_stays_so_once_there_is_a_case(monday, officer, citizen):
    for text in (
        "我叫赵小敏，电话19900005678，请替我保密，幸福里3栋楼下烧烤店昨晚11点放音响吵得睡不着",
        "同意",
        "没有",
    ):
        await citizen.says(text)
    for _ in range(4):
        await citizen.says("提交")
    await citizen.says("人工")

    page = await officer.opens("/desk/talks/1")
    assert "赵小敏" not in page.html
