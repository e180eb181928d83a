"""The check beside the answer's field: shown while typing pauses, in the reader's language, never in the way."""

from __future__ import annotations

import pytest

from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

EMPTY = "您好，您反映的问题已转交相关部门处理。"
FULL = "您好，昨晚我们到幸福里3栋楼下检查，店家已停用音响，今后22点后不再外放。打扰您和孩子休息，抱歉。"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def number(city):
    made = city.citizen().files_a_case()
    city.move(made, "accepted")
    city.move(made, "assigned", department=city.case(made).department_id)
    return made


@pytest.fixture
async def page(officer, number):
    return await officer.opens(f"/desk/cases/{number}")


async def checks(officer, page, number, **typed):
    form = page.form("/desk/logout")
    form.action = f"/desk/cases/{number}/check"
    return await officer.presses(form, **({"to": "answered"} | typed))


async def test_the_form_of_an_answer_asks_for_the_check(page, number):
    assert f'hx-post="/desk/cases/{number}/check"' in page.html
    assert 'id="check-answered"' in page.html
    assert 'id="check-returned"' not in page.html


async def test_an_empty_answer_is_told_why_and_what_mends_it(officer, page, number):
    told = await checks(officer, page, number, answer=EMPTY)

    assert told.status == 200
    assert "已转交相关部门处理" in told.text
    assert "幸福里3栋楼下" in told.text
    assert "可以这样改" in told.text
    assert "由您决定" in told.text
    assert "<html" not in told.html


async def test_a_full_answer_has_nothing_to_point_out(officer, page, number):
    told = await checks(officer, page, number, answer=FULL)

    assert "没有发现" in told.text
    assert 'class="remarks"' not in told.html


async def test_what_was_warned_of_is_read_by_the_reviewer(officer, city, page, number):
    city.move(number, "answered", answer=EMPTY)

    again = await officer.opens(f"/desk/cases/{number}")

    assert "提交时的提醒" in again.text
    assert "空话" in again.text


async def test_another_site_cannot_have_answers_checked(officer, page, number):
    form = page.form("/desk/logout")
    form.action, form.fields["csrf"] = f"/desk/cases/{number}/check", "forged"

    assert (await officer.presses(form, to="answered", answer=EMPTY)).status == 403


async def test_who_only_audits_checks_nothing(site, client, number):
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    page = await auditor.comes_in("审计员", path=f"/desk/cases/{number}")

    assert "check-answered" not in page.html
    assert (await checks(auditor, page, number, answer=EMPTY)).status == 403


@pytest.mark.parametrize("to", ["returned", "nowhere"])
async def test_a_move_without_an_answer_has_no_check(officer, page, number, to):
    assert (await checks(officer, page, number, to=to, answer=EMPTY)).status == 422


async def test_words_that_are_far_too_long_are_not_read(officer, page, number):
    told = await checks(officer, page, number, answer="好" * 20_000)

    assert told.status == 200
    assert 'class="remarks"' not in told.html
