"""Acts on the desk: a form for each that is open, what is on record of a case, and what comes back with a reason."""

from __future__ import annotations

import pytest

from backend.domain.acts import ACTS
from backend.web.desk.acts import GROUPS
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
async def page(officer, number):
    return await officer.opens(f"/desk/cases/{number}")


async def test_an_act_is_offered_as_a_form_done_and_stands_in_the_history(officer, city, page, number):
    await officer.moves("accepted")
    form = officer.page.form("/act", act="supervise")

    done = await officer.presses(form, reason="已经拖了很久")

    assert "已记录：督办" in done.text
    assert "已经拖了很久" in done.text
    assert city.case(number).record["supervised"]


async def test_an_act_that_cannot_be_done_comes_back_with_the_reason_and_what_was_typed(officer, city, page, number):
    form = officer.page.form("/act", act="link")

    refused = await officer.presses(form, case="12345", **{"as": "related"})

    assert refused.status == 422
    assert "不是案件编号" in refused.text
    assert refused.form("/act", act="link").fields["case"] == "12345"


async def test_helpers_are_ticked_at_assignment(officer, city, page, number):
    await officer.moves("accepted")
    other = next(d for d in city.institutions["hotline"].departments if d.id != city.case(number).department_id)

    await officer.moves("assigned", co=other.id)

    assert city.case(number).record["co"] == [other.id]
    assert other.name in officer.page.text


async def test_who_decides_where_a_returned_case_belongs_reads_every_reason(officer, city, page, number):
    await officer.moves("accepted")
    await officer.moves("assigned")
    await officer.moves("returned", note="不是我们的路段")
    await officer.moves("assigned")

    again = await officer.moves("returned", note="产权在开发商")

    assert again.text.count("退单 王主任: ") == 2
    assert "不是我们的路段" in again.text
    assert "产权在开发商" in again.text


async def test_two_officers_at_once_the_second_is_told_what_the_first_did(officer, colleague, city, page, number):
    old = officer.page.form("/act", act="supervise")
    await colleague.opens(f"/desk/cases/{number}")
    await colleague.moves("accepted")

    late = await officer.presses(old, reason="超期")

    assert late.status == 409
    assert "李科长" in late.text
    assert "supervised" not in city.case(number).record


async def test_twenty_acts_stand_below_a_few_headings_and_each_of_the_table_below_one():
    grouped = [key for keys in GROUPS.values() for key in keys]

    assert sorted(grouped) == sorted(ACTS)


async def test_where_answers_are_reviewed_the_review_is_the_step_that_stands_open(officer, city):
    number = city.citizen("engineer", "construction").files_a_case()
    await officer.opens(f"/desk/cases/{number}")

    await officer.moves("accepted")
    await officer.moves("assigned")

    assert "answered" not in officer.page.offers()
    assert officer.page.offers()[0] == "reviewing"


async def test_an_answer_is_begun_with_the_institutions_own_words_about_this_case(officer, city, page, number):
    await officer.moves("accepted")
    await officer.moves("assigned")

    reply = next(r for r in city.institutions["hotline"].casework.replies if r.to == "answered")
    begun = reply.text.split("{")[0]

    assert f"{reply.name} 用这段{begun}" in officer.page.text
    assert "{" not in officer.page.text
