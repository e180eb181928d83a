"""An institution that is served no longer loses no case: every room stands, and says how it is."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.jobs import clocks, rounds
from backend.services.office import left
from backend.services.office.served import Served
from backend.totalling import catch_up
from backend.web.app import build
from backend.web.desk.nav import WINGS
from institutions.catalog import load_all
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

ROOMS = [room.path for wing in WINGS for room in wing.rooms]
BESIDE = ("/desk?tab=all", "/desk?institution=property", "/desk/numbers?institution=property", "/desk?q=楼道")
OURS = {key: one for key, one in load_all().items() if key != "property"}
STORY = "楼道的灯坏了半个月，物业一直没有人来修"
ROLES = ("admin", "manager", "handler")


@pytest.fixture
def city(site):
    city = City(site.store)
    city.now = site.clock()
    return city


@pytest.fixture
async def number(site, city):
    """A case of the property company, beside one of the hotline."""
    city.citizen("wang").files_a_case()
    number = city.citizen("li", "property").files_a_case(STORY)
    city.move(number, "accepted")
    await catch_up(site)
    return number


@pytest.fixture
def without(site, number):
    """The same database, served without the property company."""
    served = Served(OURS, site.store.read_now(left.of, OURS))
    return replace(site, institutions=served, homes=site.homes | {"estate": "hotline"})


@pytest.fixture
async def browser(without):
    async with TestClient(TestServer(build(without))) as browser:
        yield browser


async def come(site, browser, *roles, **scope):
    hire(site, "陈经理", *roles, **scope)
    officer = Officer(browser)
    await officer.comes_in("陈经理")
    return officer


@pytest.mark.parametrize("home", [None, "property"])
@pytest.mark.parametrize("role", ROLES)
async def test_every_room_stands(site, browser, number, role, home):
    await come(site, browser, role, institution=home)

    answers = [await browser.get(path) for path in (*ROOMS, *BESIDE, f"/desk/cases/{number}/print")]

    assert [one.url.path_qs for one in answers if one.status >= HTTPStatus.INTERNAL_SERVER_ERROR] == []


async def test_the_list_shows_the_case_by_the_last_name_of_its_institution(site, browser, number):
    officer = await come(site, browser, "manager")

    page = await officer.opens("/desk?tab=all")

    assert number in page.text
    assert f"{load_all()['property'].name}（该机构已停止服务）" in page.text


async def test_the_case_is_read_and_says_what_to_do(site, browser, number):
    officer = await come(site, browser, "coordinator", "handler")

    page = await officer.opens(f"/desk/cases/{number}")

    assert (page.status, page.offers()) == (HTTPStatus.OK, [])
    assert STORY in page.text
    assert "把它的设置文件放回去" in page.text
    english = await officer.opens(f"/desk/language?to=en&back=/desk/cases/{number}")
    assert "This institution is no longer served." in english.text


async def test_an_old_page_cannot_move_it_and_its_form_says_why(site, client, browser, number, city):
    officer = await come(site, browser, "coordinator", "handler")
    page = await officer.opens(f"/desk/cases/{number}")
    fields = {"csrf": page.form("/note").fields["csrf"]}

    answer = await browser.post(f"/desk/cases/{number}/move", data=fields | {"to": "answered", "answer": "修好了。"})
    corrected = await browser.post(f"/desk/cases/{number}/correct", data=fields | {"grade": "urgent"})

    assert (answer.status, corrected.status) == (HTTPStatus.CONFLICT, HTTPStatus.CONFLICT)
    assert "不能再按它的规则办理" in await answer.text()
    assert city.case(number).status == "accepted"
    remarked = await officer.sends("/note", text="已转告总公司。")
    assert (remarked.status, "已转告总公司。" in remarked.text) == (HTTPStatus.OK, True)


async def test_a_manager_of_it_is_told_why_its_words_cannot_be_written(site, browser, number):
    officer = await come(site, browser, "manager", institution="property")

    page = await officer.opens("/desk/wording")

    assert (page.status, "您所在的机构已停止服务" in page.text) == (HTTPStatus.CONFLICT, True)


def test_the_citizen_still_hears_how_it_stands(without, city, number):
    city.institutions = without.institutions

    said = " ".join(city.citizen("li", "hotline").says(f"查进度 {number}", message_id="later"))

    assert number in said
    assert "该机构已停止服务" in said


async def test_the_jobs_go_on_and_the_promises_wait_until_it_is_served_again(site, without, clock, number):
    due = site.store.read_now(lambda work: work.cases.get(number)).next_warning
    clock.advance(days=30)

    told = await clocks.look(without, "us")
    for turn in rounds.ROUNDS:
        await turn.work(without, "us")

    assert due is not None
    assert told > 0  # of the hotline's own case
    assert await clocks.look(site, "us") == 0
    clock.advance(hours=2)
    assert await clocks.look(site, "us") > 0
