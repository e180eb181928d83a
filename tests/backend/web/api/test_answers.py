"""An answer looked over by HTTP before it is sent."""

from __future__ import annotations

import pytest

from nlp.answers.saying import SAYINGS
from tests.backend.services.city import City
from tests.backend.web.programs import program

EMPTY = "您好，您反映的问题已转交相关部门处理。"


@pytest.fixture
def city(site):
    return City(site.store)


@pytest.fixture
def number(city, clock):
    filed = city.citizen().files_a_case()
    clock.now = city.later(minutes=1)
    return filed


@pytest.fixture
def sync(site, client):
    return program(site, client, scope="write", role="coordinator")


async def test_an_answer_is_looked_over_and_nothing_is_kept(sync, number, city):
    before = city.history(number)

    told = (await sync.post(f"/cases/{number}/check", {"answer": EMPTY})).json

    assert {"empty", "place", "thanks"} <= {one["key"] for one in told["items"]} <= set(SAYINGS)
    empty = next(one for one in told["items"] if one["key"] == "empty")
    assert EMPTY[empty["start"] : empty["end"]] == empty["quote"]
    assert city.history(number) == before


async def test_a_refusal_is_looked_over_too(sync, number):
    told = (await sync.post(f"/cases/{number}/check", {"to": "refused", "ground": "不能受理。"})).json

    assert "ground" in {one["key"] for one in told["items"]}


async def test_a_token_without_personal_data_finds_out_no_name_by_trying(sync, number):
    told = (await sync.post(f"/cases/{number}/check", {"answer": "业主李芳，13800138000。"})).json

    assert [one["quote"] for one in told["items"] if one["key"] == "private"] == ["李芳", "13800138000"]


async def test_a_token_that_only_reads_may_not(site, client, number):
    reader = program(site, client, scope="read", role="coordinator")

    assert (await reader.post(f"/cases/{number}/check", {"answer": EMPTY})).status == 403


async def test_no_other_move_is_looked_over(sync, number):
    assert (await sync.post(f"/cases/{number}/check", {"to": "returned", "answer": EMPTY})).status == 422


async def test_what_is_sent_to_a_case_by_a_program_is_warned_of_in_its_history(sync, number, city):
    await sync.post(f"/cases/{number}/moves", {"to": "accepted"})
    await sync.post(f"/cases/{number}/moves", {"to": "assigned", "department": city.case(number).department_id})
    case = (await sync.post(f"/cases/{number}/moves", {"to": "answered", "answer": EMPTY})).json

    moved = [event["detail"] for event in case["events"] if event["what"] == "moved"]
    assert any("empty" in detail.get("warned", ()) for detail in moved)
