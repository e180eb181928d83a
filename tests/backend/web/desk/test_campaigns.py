"""A manager makes a survey at the desk, tries it, sends it, stops it and reads what came back; nobody else does."""

from __future__ import annotations

import io
import zipfile

import pytest

from backend.jobs import campaigns
from tests.backend.services.city import City
from tests.backend.web.officers import Form, Officer, Page, hire

PLACE = "/desk/campaigns"


@pytest.fixture
def city(site):
    """Two citizens have filed a case each."""
    city = City(site.store)
    city.now = site.clock()
    for name in ("li", "wang"):
        city.citizen(name).files_a_case()
    return city


@pytest.fixture
async def manager(site, client, city):
    hire(site, "陈经理", "manager", institution="hotline")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    return officer


async def posts(officer: Officer, path: str, **typed: str) -> Page:
    """Send a form of ours, whatever page is open."""
    proof = next(form.fields["csrf"] for form in officer.page.forms if "csrf" in form.fields)
    return await officer.presses(Form(path, {"csrf": proof, **typed}))


async def made(manager: Officer) -> str:
    """A draft with two questions; its page."""
    page = await posts(manager, PLACE, title="办理满意度")
    place = page.path.partition("?")[0]
    await posts(
        manager,
        f"{place}/question",
        kind="choice",
        zh="办得怎么样？",
        options="好 | Good\n不好 | Bad",
        required="on",
        if1="1",
        to1="end",
    )
    await posts(manager, f"{place}/question", kind="text", zh="哪里不好？")
    return place


async def test_a_draft_shows_whom_it_could_ask_and_what_citizens_will_see(manager, site):
    place = await made(manager)

    page = await manager.opens(place)

    assert "可以问 2 人" in page.text
    assert "办得怎么样" in page.text
    assert "答 好 → 结束" in page.text
    assert "不再问我" in page.text  # on the phones
    assert "将抽 2 人" in page.text


async def test_each_question_is_seen_as_every_platform_would_show_it(manager):
    place = await made(manager)

    first = await manager.opens(place)
    second = await manager.opens(f"{place}/try?q1=2")

    for page in (first, second):
        for platform in ("微信公众号", "Telegram 机器人", "网页聊天"):
            assert platform in page.text
    assert second.text.count("哪里不好") == 4  # in the form and on three phones
    assert second.text.count("不答了") == 3  # the button of that question


async def test_the_run_through_follows_the_branches(manager):
    place = await made(manager)

    assert "问完了" in (await manager.opens(f"{place}/try?q1=1")).text
    page = await manager.opens(f"{place}/try?q1=2")
    assert "2/2 哪里不好" in page.text
    assert "问完了" in (await manager.opens(f"{place}/try?q1=2&q2=")).text
    assert "没有这个选项" in (await manager.opens(f"{place}/try?q1=9")).text


async def test_it_is_sent_answered_and_read(manager, site, city):
    place = await made(manager)
    page = await posts(manager, f"{place}/send")
    assert "已抽签" in page.text
    assert await campaigns.ask(site, "job") == 2
    city.now = site.clock()
    key = place.rsplit("/", 1)[-1]
    city.citizen().says(choice=f"poll:{key}:q1:2", message_id="a")
    city.citizen().says("来得太慢，电话 13800138000", message_id="b")

    page = await manager.opens(f"{place}?by=category")

    assert "答完率 50.0%" in page.text
    assert "138****8000" in page.text
    assert "13800138000" not in page.html
    assert "少于 5 人，不显示" in page.text


async def test_answers_leave_as_files_without_a_formula_or_a_number(manager, site, city, client):
    place = await made(manager)
    await posts(manager, f"{place}/send")
    await campaigns.ask(site, "job")
    city.now, key = site.clock(), place.rsplit("/", 1)[-1]
    city.citizen().says(choice=f"poll:{key}:q1:2", message_id="a")
    city.citizen().says("=1+1 电话 13800138000", message_id="b")

    csv = await (await client.get(f"{place}/answers.csv")).text("utf-8-sig")
    xlsx = await client.get(f"{place}/answers.xlsx?by=district")

    assert csv.splitlines() == ["回答情况,权重,1. 办得怎么样？,2. 哪里不好？", "答完,1.0,不好,'=1+1 电话 138****8000"]
    book = zipfile.ZipFile(io.BytesIO(await xlsx.read()))
    words = book.read("xl/sharedStrings.xml").decode()
    for told in ("答卷", "结果"):
        assert f'name="{told}"' in book.read("xl/workbook.xml").decode()
    assert "95% 下限" in words
    results = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<v>0.2065</v>" in results  # one of one: from 20.65 % on, by Wilson
    assert "<f>" not in results


async def test_it_is_stopped_at_once_and_goes_on(manager, site):
    place = await made(manager)
    await posts(manager, f"{place}/send")

    page = await posts(manager, f"{place}/stop")
    assert "已停止" in page.text
    assert await campaigns.ask(site, "job") == 0
    page = await posts(manager, f"{place}/resume")
    assert "继续问了" in page.text
    assert await campaigns.ask(site, "job") == 2


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("population", {"first": "2999-01-01", "last": "2999-01-02"}, "这段时间还没有到"),
        ("population", {"first": "x", "last": ""}, "起止"),
        ("question", {"kind": "choice", "zh": " "}, "请写上问题"),
        ("question", {"kind": "colour", "zh": "什么？"}, "题型"),
        ("question", {"question": "q77", "do": "remove"}, "已经不在了"),
        ("plan", {"how": "all", "by": "category", "size": "many", "start": "2026-11-21T09:00", "end": "2026-11-22T09:00"}, "不是整数"),
        ("plan", {"how": "all", "by": "category", "size": "1", "start": "2020-01-01T09:00", "end": "2020-01-02T09:00"}, "已经过了"),
        ("send", {}, "还没有问题"),
        ("stop", {}, "没有在进行"),
    ],
)  # fmt: skip
async def test_bad_input_is_told_in_a_sentence(manager, step, typed, told):
    page = await posts(manager, PLACE, title="办理满意度")

    page = await posts(manager, f"{page.path.partition('?')[0]}/{step}", **typed)

    assert page.status in {409, 422}
    assert told in page.text


async def test_questions_that_lead_in_a_circle_cannot_be_sent(manager):
    place = await made(manager)
    await posts(
        manager,
        f"{place}/question",
        question="q1",
        kind="choice",
        zh="办得怎么样？",
        options="好\n不好",
        required="on",
        if1="1",
        to1="q1",
    )

    page = await manager.opens(place)

    assert "第 1 题：跳题绕回了第 1 题" in page.text
    assert (await posts(manager, f"{place}/send")).status == 422


async def test_what_is_not_there_is_not_there(manager):
    assert (await manager.opens(f"{PLACE}/99")).status == 404
    assert (await manager.opens(f"{PLACE}/99/try")).status == 404
    await manager.opens(PLACE)
    assert (await posts(manager, f"{PLACE}/99/stop")).status == 404


@pytest.mark.parametrize("role", ["handler", "coordinator", "auditor", "reviewer"])
async def test_nobody_else_gets_near_it(site, client, city, role):
    hire(site, "小赵", role)
    officer = Officer(client)
    await officer.comes_in("小赵")

    page = await officer.opens(PLACE)

    assert page.status == 403
    assert PLACE not in page.links
    assert (await posts(officer, PLACE, title="我来问")).status == 403
    for step in ("name", "population", "intro", "question", "plan", "send", "stop", "resume"):
        assert (await posts(officer, f"{PLACE}/1/{step}")).status == 403
    for path in ("1", "1/try", "1/answers.csv", "1/answers.xlsx"):
        assert (await officer.opens(f"{PLACE}/{path}")).status == 403


async def test_it_speaks_english(manager):
    place = await made(manager)
    await manager.opens(f"/desk/language?to=en&back={PLACE}")

    page = await manager.opens(place)

    assert "2 people may be asked" in page.text
    assert "Draw and send" in page.text


async def test_a_photo_that_nobody_answered_with_is_not_shown(manager):
    place = await made(manager)

    assert (await manager.opens(f"{place}/photos/1")).status == 404


DAY = {"first": "2026-11-20", "last": "2026-11-21"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (DAY, "可以问 2 人"),
        (DAY | {"categories": "no_such"}, "可以问 0 人"),
        (DAY | {"first": "2026-11-22"}, "结束日期早于开始日期"),
        ({"first": "2999-01-01", "last": "2999-01-02"}, "这段时间还没有到"),
        ({"first": "", "last": "x"}, "起止"),
    ],
)
async def test_people_are_counted_while_the_form_is_filled_in_and_nothing_is_kept(manager, typed, told):
    place = await made(manager)
    before = (await manager.opens(place)).text

    page = await posts(manager, f"{place}/count", **typed)

    assert (page.status, told in page.text) == (200, True)
    assert "还没有保存" in page.text
    assert "<html" not in page.html
    assert (await manager.opens(place)).text == before


async def test_what_was_sent_is_not_counted_anew_and_nobody_else_counts(manager, site, client):
    place = await made(manager)
    await posts(manager, f"{place}/send")
    assert "已经发出" in (await posts(manager, f"{place}/count", **DAY)).text

    await manager.opens(PLACE)
    assert (await posts(manager, f"{PLACE}/99/count", **DAY)).status == 404
    hire(site, "小赵", "handler")
    officer = Officer(client)
    await officer.comes_in("小赵")
    await officer.opens(PLACE)
    assert (await posts(officer, f"{place}/count", **DAY)).status == 403
