"""Clocks on the desk: each says why it ends then; alerts are listed, counted and seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.cases import clocks
from backend.web.desk.clocks import panel
from backend.web.desk.clocks_words import CLOCKS
from backend.web.desk.view import Reader
from tests.backend.services.city import City


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


@pytest.fixture
def late(city, number):
    """A case whose acceptance has run out; the round has looked at it."""
    city.unit(clocks.turn, city.institutions, number, at=city.now + timedelta(days=4))
    return number


async def test_each_clock_on_a_cases_page_says_why_it_ends_then(officer, number):
    page = await officer.opens(f"/desk/cases/{number}")

    assert "登记后 1 个工作日（" in page.text
    assert "登记后 7 天（从 " in page.text


async def test_a_case_that_waits_for_the_citizen_says_until_when(officer, city, number):
    city.move(number, "supplementing", note="请补一张照片")
    page = await officer.opens(f"/desk/cases/{number}")

    assert "等市民补充，暂停计时；最晚等到" in page.text
    assert "登记后 7 天" not in page.text


async def test_what_ran_out_is_announced_listed_in_the_history_and_seen_once(officer, late):
    page = await officer.opens("/desk")
    assert "条时限提醒" in page.text

    page = await officer.opens("/desk/alerts")
    assert late in page.text
    assert "受理已超时，原定" in page.text
    upto = page.html.split('name="upto" value="')[1].split('"')[0]
    page = await officer.sends("/desk/alerts", upto=upto)
    assert "没有需要看的提醒" in page.text
    assert "条时限提醒" not in (await officer.opens("/desk")).text

    page = await officer.opens(f"/desk/cases/{late}")
    assert "已超时，已告知" in page.text


@pytest.mark.parametrize("upto", ["", "none", "9" * 40, "-1"])
async def test_a_form_that_names_no_alert_marks_nothing(officer, late, upto):
    await officer.opens("/desk/alerts")
    page = await officer.sends("/desk/alerts", upto=upto)

    assert late in page.text


def test_every_word_stands_in_both_languages():
    assert all(zh and en for zh, en in CLOCKS.values())


def test_a_reader_of_english_reads_why_in_english(city, number):
    case = city.case(number)
    reader = Reader("en", city.now)

    assert "after it was filed" in panel(case, city.institutions["hotline"], reader).lines[0].why
