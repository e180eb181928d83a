"""Beside a proposal stands what it could be corrected to in one press."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from backend.domain.case import Case
from backend.domain.lifecycle import Status
from backend.web.desk import instead
from backend.web.desk.view import Reader
from institutions.catalog import load_all
from nlp.category.classify import Classifier
from tests.backend.services.city import STORY
from tests.backend.web.desk.test_dispatch import city, officer_of

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
READER = Reader("zh", AT)
__all__ = ["city", "officer_of"]


@pytest.fixture(scope="module")
def hotline():
    return load_all()["hotline"]


def case_of(hotline, text, grade="ordinary"):
    proposal = Classifier(hotline).propose(text)
    best, told = proposal.top[0], proposal.departments
    kept = {"top": [asdict(one) for one in proposal.top], "departments": [asdict(one) for one in told]}
    where = (best.category_id, best.matter_id, told[0].department_id)
    return Case("n", "hotline", "web", 1, "complaint", Status.RECEIVED, *where, grade, {"what": text}, kept, AT)


def test_each_row_offers_something_else_than_what_stands_there(hotline):
    case = case_of(hotline, "老板拖欠工资，幼儿园还乱收费")

    for _, field, now, others in instead.rows(case, hotline, [("education", "教育")], READER):
        assert others
        assert now not in {name for _, name in others}
        assert case.department_id not in {key for key, _ in others} or field != "department"


@pytest.mark.parametrize(
    ("grade", "beside"),
    [("urgent", ["ordinary"]), ("ordinary", ["urgent", "complex"]), ("minor", ["complex"]), ("emergency", ["urgent"])],
)
def test_the_grades_beside_its_own_are_offered_but_never_an_emergency(hotline, grade, beside):
    rows = instead.rows(replace(case_of(hotline, STORY), grade=grade), hotline, [], READER)

    assert [[key for key, _ in others] for name, *_, others in rows if name == "grade"] == [beside]


async def test_one_press_on_the_page_corrects_the_grade(officer_of, city):
    number = city.citizen().files_a_case()
    li = await officer_of("小李", "dispatcher")
    page = await li.opens(f"/desk/cases/{number}")
    assert "等级不是“一般”？改为：" in page.text

    form = next(form for form in page.forms if ("grade", "urgent") in form.buttons)
    await li.presses(form, grade="urgent")

    assert city.case(number).grade == "urgent"
