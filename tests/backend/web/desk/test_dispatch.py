"""The dispatch desk as its people use it, without a script: one press, the next card, both reasons, a decision."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestClient

from tests.backend.services.city import STORY, City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/dispatch"
LAMP = "中山路的路灯坏了一个星期，晚上太黑"


@pytest.fixture
def city(site):
    city = City(site.store)
    city.now = site.clock()
    return city


@pytest.fixture
async def officer_of(site, client):
    """Hires somebody and signs them in, each at a browser of their own."""
    async with AsyncExitStack() as browsers:

        async def come(name, *roles):
            hire(site, name, *roles, institution="hotline")
            officer = Officer(await browsers.enter_async_context(TestClient(client.server)))
            await officer.logs_in(name)
            return officer

        yield come


async def test_one_press_sends_the_case_and_the_next_card_comes(officer_of, city):
    first = city.citizen("a").files_a_case()
    second = city.citizen("b").files_a_case(LAMP)
    li = await officer_of("小李", "dispatcher")

    page = await li.opens(PAGE)
    number = page.form("/dispatch/send").fields["number"]
    assert PAGE in page.links
    assert STORY in page.text or LAMP in page.text
    assert "因为提到" in page.text
    page = await li.sends("/dispatch/send", department=page.form("/dispatch/send").buttons[0][1])

    assert f"{number} 已转城市管理局" in page.text
    assert page.form("/dispatch/send").fields["number"] == ({first, second} - {number}).pop()
    assert city.case(number).status == "assigned"


async def test_a_case_that_came_back_stands_there_with_both_reasons(officer_of, city):
    number = city.citizen().files_a_case(LAMP)
    for _ in range(2):
        city.move(number, "accepted") if city.case(number).status == "received" else None
        city.move(number, "assigned", department="housing", note="请查看")
        city.move(number, "returned", note="路灯不归住建", right="urban_management")
    li = await officer_of("小李", "dispatcher")

    page = await li.opens(f"{PAGE}?tab=lead")
    assert "路灯不归住建" in page.text
    assert "请查看" in page.text
    assert "由协调员或主管决定" in page.text

    head = await officer_of("周协调", "coordinator")
    page = await head.opens(f"{PAGE}?tab=lead")
    assert page.form("/dispatch/send").fields["department"] == "urban_management"
    page = await head.sends("/dispatch/send", reason="")
    assert page.status == 422
    assert "请写理由" in page.text
    await head.sends("/dispatch/send", reason="城管牵头", co="housing")

    case = city.case(number)
    assert (case.department_id, case.record["co"]) == ("urban_management", ["housing"])
    await head.opens(f"/desk/cases/{number}")
    assert "派单理由" in head.page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "", "department": "housing"}, "没有选中案件"),
        ({"number": "20261121-HL-999999-0", "department": "housing"}, "没有选中案件"),
        ({"department": "", "seen": "x"}, "请选择部门"),
        ({"department": "nowhere"}, "部门"),
        ({"department": "housing", "reason": "长" * 501}, "500"),
        ({"department": "housing", "place": "no/where"}, "不存在"),
    ],
)
async def test_a_bad_press_is_refused_in_a_sentence(officer_of, city, typed, said):
    city.citizen().files_a_case()
    li = await officer_of("小李", "dispatcher")
    await li.opens(f"{PAGE}?after=nonsense")

    page = await li.sends("/dispatch/send", **typed)

    assert page.status == 422
    assert said in page.text


async def test_the_colleagues_card_is_named_and_stays_theirs(officer_of, city):
    number = city.citizen().files_a_case()
    li = await officer_of("小李", "dispatcher")
    form = (await li.opens(PAGE)).form("/dispatch/send")

    wang = await officer_of("小王", "dispatcher")
    page = await wang.opens(PAGE)
    assert "小李在看" in page.text
    form.fields["csrf"] = page.forms[-1].fields["csrf"]
    page = await wang.presses(form, department="housing")

    assert page.status == 409
    assert "小李正在看这件" in page.text
    assert city.case(number).status == "received"


async def test_who_does_not_dispatch_is_told_so(officer_of):
    handler = await officer_of("小赵", "handler")

    page = await handler.opens(PAGE)

    assert page.status == 403
    assert "派单员" in page.text
    assert PAGE not in page.links
