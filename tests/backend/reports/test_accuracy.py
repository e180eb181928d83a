"""How good proposals are in daily work, by category, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from backend.reports.accuracy import accuracy, figures
from backend.store import reporting
from tests.backend.services.school import School
from tests.nlp.shop import LIFT, NOISE

DAYS = (date(2026, 11, 21), date(2026, 11, 21))


@pytest.fixture
def school(store):
    return School(store)


def told(school, days=DAYS, institution=None):
    rows = school.store.read_now(reporting.rows, accuracy(*days), institution=institution)
    return {row["类别"]: row for row in figures(rows, school.institutions)}


def test_each_category_tells_how_often_it_was_right_and_what_it_was_taken_for(school):
    school.files([(NOISE[0], "noise")] * 6, closed=True)
    school.files([(LIFT[0], "lift")] * 2, closed=True)
    school.corrected(3)
    school.corrected(1, to="lift")

    found = told(school)

    noise = found["噪声"]
    assert (noise["建议件数"], noise["正确件数"], noise["准确率"]) == (10, 6, 0.6)
    assert (noise["95%下限"], noise["95%上限"]) == (0.313, 0.832)
    assert (noise["有把握占比"], noise["有把握时准确率"]) == (1.0, 0.6)
    assert noise["常被误作"] == "烟尘 3，电梯 1"
    assert found["电梯"]["准确率"] == 1.0
    assert (found["全部"]["建议件数"], found["全部"]["正确件数"]) == (12, 8)
    assert list(found) == ["全部", "噪声", "电梯"]


def test_a_case_that_nobody_has_judged_counts_for_nothing(school):
    school.files([(NOISE[0], "noise")] * 4)

    assert told(school) == {}


def test_what_a_citizen_chose_is_nobodys_proposal(school):
    school.files([(NOISE[0], "noise")], closed=True)
    school.files([(NOISE[0], "noise")] * 2, closed=True, by="citizen")

    assert (told(school)["噪声"]["建议件数"], told(school)["噪声"]["市民自选"]) == (1, 2)


def test_only_the_days_and_the_institution_that_were_asked_for(school):
    school.files([(NOISE[0], "noise")], closed=True)

    assert told(school, (date(2026, 11, 22), date(2026, 11, 30))) == {}
    assert told(school, institution="hotline") == {}
    assert told(school, institution="shop")["全部"]["机构"] == "小店"
