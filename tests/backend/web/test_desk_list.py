"""The work list: what is new, what is late, and finding a case."""

from __future__ import annotations

import pytest

from backend.services import desk
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def city(site):
    """The same store, seen by services."""
    made = City(site.store)
    made.now = site.clock()
    return made


def rows(page):
    return [link.removeprefix("/desk/cases/") for link in page.links if link.startswith("/desk/cases/")]


async def test_a_case_filed_in_the_chat_stands_on_the_first_page(officer, citizen):
    number = await citizen.files_a_case("昨晚十一点多幸福里3栋楼下烧烤店又在放音响")

    page = await officer.opens("/desk")

    assert rows(page) == [number]
    assert "待受理 1" in page.text
    assert "烧烤店又在放音响" in page.text
    assert "还剩" in page.text


async def test_a_late_case_says_so_in_words(officer, city, clock):
    city.citizen().files_a_case()
    clock.advance(days=12)

    page = await officer.logs_in(path="/desk?tab=all")

    assert "受理已超" in page.text


async def test_each_heap_is_a_tab_with_its_count(officer, city):
    city.answer(city.citizen("a").files_a_case())
    number = city.citizen("b").files_a_case()

    page = await officer.opens("/desk?tab=answered")

    assert number not in rows(page)
    assert "待受理 1 办理中 0 已答复 1 重新办理 0 已结 0 全部 2" in page.text


async def test_an_unknown_tab_is_the_first_one_and_a_wrong_cursor_the_first_page(officer, city):
    city.citizen().files_a_case()

    assert len(rows(await officer.opens("/desk?tab=x'%20OR%201=1"))) == 1
    page = await officer.opens("/desk?tab=all&cursor=nonsense")
    assert (page.status, len(rows(page))) == (422, 1)
    assert "请从第一页看起" in page.text


async def test_the_next_page_goes_on_where_this_one_ends(officer, city):
    numbers = [city.citizen(f"c{n}").files_a_case() for n in range(desk.PAGE + 1)]

    first = await officer.opens("/desk?tab=all")
    following = next(link for link in first.links if "cursor=" in link)
    second = await officer.opens(following)

    assert rows(first) + rows(second) == numbers[::-1]


@pytest.mark.parametrize("typed", ["{}", " {} ", "请查{}谢谢", "lower", "plain"])
async def test_a_number_is_found_however_it_is_typed(officer, city, typed):
    number = city.citizen().files_a_case()
    text = {"lower": number.lower(), "plain": number.replace("-", "")}.get(typed, typed.format(number))
    await officer.opens("/desk")

    page = await officer.sends_get("/desk/find", number=text)

    assert page.path == f"/desk/cases/{number}"


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ("烧烤", 422, "不是案件编号"),
        ("20261121-HL-000412-8", 422, "校验位对不上"),
        ("20261121-HL-000412-7", 404, "没有编号为 20261121-HL-000412-7 的案件"),
        ("<script>alert(1)</script>", 422, "不是案件编号"),
    ],
)
async def test_what_is_not_found_is_told_why(officer, typed, status, why):
    await officer.opens("/desk")

    page = await officer.sends_get("/desk/find", number=typed)

    assert page.status == status
    assert why in page.text
    assert "<script>alert" not in page.html


async def test_an_institution_sees_its_own_cases_only(site, city, client):
    number = city.citizen().files_a_case()
    hire(site, "物业", institution="property")
    officer = Officer(client)
    await officer.logs_in("物业")

    assert rows(await officer.opens("/desk?tab=all")) == []
    page = await officer.sends_get("/desk/find", number=number)
    assert page.status == 404
    assert (await officer.opens(f"/desk/cases/{number}")).status == 404


async def test_words_of_a_citizen_are_words_and_nothing_else(officer, city):
    city.citizen().files_a_case("<script>alert('x')</script><b>物业</b>不退装修押金，电话13800138000")

    page = await officer.opens("/desk?tab=all")

    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert" in page.html
    assert "13800138000" not in page.html
