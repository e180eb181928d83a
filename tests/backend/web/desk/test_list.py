"""The work list: what is new, what is late, and finding a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.cases import casework
from backend.services.office import listing
from backend.store.newest import MOST_COUNTED
from backend.web.desk.list import counted
from tests.backend.services.city import OFFICER, City
from tests.backend.store.samples import CITY, filed
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def city(site):
    """The same store, seen by services."""
    made = City(site.store)
    made.now = site.clock()
    return made


def due(city, hours):
    """Let these cases be due so many hours from now."""

    def change(work):
        for number, left in hours.items():
            case = work.cases.get(number)
            case.due = {"answer": city.now + timedelta(hours=left)}
            work.cases.save(case, zone=CITY)

    city.unit(change)


def rows(page):
    return [link.removeprefix("/desk/cases/") for link in page.links if link.startswith("/desk/cases/")]


async def test_a_case_filed_in_the_chat_stands_on_the_first_page(officer, citizen):
    number = await citizen.files_a_case("昨晚十一点多幸福里3栋楼下烧烤店又在放音响")

    page = await officer.opens("/desk")

    assert rows(page) == [number]
    assert "待受理 1" in page.text
    assert "烧烤店又在放音响" in page.text
    assert "还剩" in page.text


async def test_how_often_a_case_was_pressed_for_stands_in_the_list_and_on_the_case(officer, city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    citizen.says("催一下")
    city.later(days=1)
    citizen.says("催一下")

    assert "催办 2 次" in (await officer.opens("/desk")).text
    page = await officer.opens(f"/desk/cases/{number}")
    assert "催办 2 次" in page.text
    assert "催办（第 2 次）" in page.text


async def test_a_late_case_says_so_in_words(officer, city, clock):
    city.citizen().files_a_case()
    clock.advance(days=12)

    page = await officer.comes_in(path="/desk?tab=all")

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
    numbers = [f"20261120-HL-{n:06d}-0" for n in range(listing.PAGE + 1)]
    city.unit(lambda work: [filed(work, number) for number in numbers])

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
        ("20261121-HL-000412-8", 422, "校验位对不上"),
        ("20261121-HL-000412-7", 404, "没有编号为 20261121-HL-000412-7 的案件"),
        ("<script>alert(1)</script>", 200, "没有市民提到“<script>alert(1)</script>”"),
    ],
)
async def test_what_is_not_found_is_told_why(officer, typed, status, why):
    await officer.opens("/desk")

    page = await officer.sends_get("/desk/find", number=typed)

    assert page.status == status
    assert why in page.text
    assert "<script>alert" not in page.html


async def test_a_word_is_looked_for_in_what_citizens_said(officer, city):
    grill = city.citizen("a").files_a_case("昨晚楼下烧烤店又放音响，吵得睡不着")
    city.answer(grill)
    again = city.citizen("b").files_a_case("老街烧烤摊把油泼在人行道上，电话13800138000")
    city.citizen("c").files_a_case("幸福里的路灯坏了三天")
    await officer.opens("/desk")

    page = await officer.sends_get("/desk/find", number=" 烧烤 ")

    assert rows(page) == [again, grill]
    assert "2 件诉求提到“烧烤”" in page.text
    assert "13800138000" not in page.html


def test_who_finds_more_than_is_shown_is_told_so(city):
    numbers = [city.citizen(f"c{n}").files_a_case() for n in range(3)]

    found = city.store.read_now(
        listing.search, {"web": "hotline"}, city.institutions, "烧烤", by=OFFICER, at=city.now, limit=2
    )

    assert ([case.number for case in found.cases], found.more) == (numbers[:0:-1], True)


async def test_a_heap_that_is_worked_on_begins_with_emergencies_and_then_with_what_is_due_first(officer, city, clock):
    later, urgent = (city.citizen(name).files_a_case() for name in "ab")
    city.later(hours=1)
    newest = city.citizen("c").files_a_case()
    fire = city.citizen("d").files_a_case()
    for number, grade in ((urgent, "urgent"), (fire, "emergency")):
        city.unit(casework.correct, city.institutions, number, {"grade": grade}, by=OFFICER, at=city.now)
    due(city, {later: 5, urgent: -1, newest: 2, fire: 9})
    clock.now = city.now

    assert rows(await officer.opens("/desk")) == [fire, urgent, newest, later]
    assert rows(await officer.opens("/desk?tab=all")) == [fire, newest, urgent, later]


async def test_a_list_is_narrowed_to_an_institution_and_a_department(officer, city):
    ours, theirs = city.citizen("a").files_a_case(), city.citizen("b", "property").files_a_case()
    own = city.case(ours).department_id
    other = next(d.id for d in city.institutions["hotline"].departments if d.id != own)
    await officer.opens("/desk?tab=new")

    page = await officer.sends_get("/desk", institution="hotline")
    assert (rows(page), "待受理 1" in page.text) == ([ours], True)
    page = await officer.sends_get("/desk", department=f"hotline/{own}")
    assert rows(page) == [ours]
    assert f"/desk?tab=all&institution=hotline&department=hotline%2F{own}" in page.links
    assert rows(await officer.sends_get("/desk", department=f"hotline/{other}")) == []
    assert rows(await officer.opens("/desk?institution=property")) == [theirs]
    assert set(rows(await officer.opens("/desk?institution=moon&department=x/y"))) == {ours, theirs}


async def test_a_filter_opens_no_other_institution(site, city, client):
    number = city.citizen().files_a_case()
    hire(site, "物业", institution="property")
    officer = Officer(client)
    await officer.comes_in("物业")

    page = await officer.opens("/desk?tab=all&institution=hotline")

    assert rows(page) == []
    assert "市民服务热线" not in page.text
    assert rows(await officer.sends_get("/desk/find", number="烧烤")) == []
    assert number not in page.html


async def test_an_institution_sees_its_own_cases_only(site, city, client):
    number = city.citizen().files_a_case()
    hire(site, "物业", institution="property")
    officer = Officer(client)
    await officer.comes_in("物业")

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


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0"), (MOST_COUNTED - 1, "9999"), (MOST_COUNTED, "10000+"), (2 * MOST_COUNTED, "10000+")],
)
def test_a_heap_that_is_not_counted_to_its_end_says_so(count, told):
    assert counted(count) == told
