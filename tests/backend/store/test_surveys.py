from __future__ import annotations

import pytest

from backend.domain.lifecycle import Status
from backend.store.surveys import NotAsked, SurveyRow
from tests.backend.store.samples import CITY, NOON, NUMBER, a_citizen, filed, later

ANSWER = {"contacted": True, "solved": "partly", "satisfied": 4, "remark": "还行"}


def test_a_visit_back_is_opened_once_a_round(work):
    person = a_citizen(work)
    filed(work)

    assert work.surveys.open(NUMBER, 1, person.id, at=NOON)
    assert not work.surveys.open(NUMBER, 1, person.id, at=later(1))
    assert work.surveys.open(NUMBER, 2, person.id, at=later(2))
    assert work.surveys.get(NUMBER, 1) == SurveyRow(NUMBER, 1, person.id, NOON, None, None, None, None, "")
    assert work.surveys.get(NUMBER, 3) is None


def test_an_answer_is_kept_in_place_of_an_earlier_one(work):
    filed(work)
    work.surveys.open(NUMBER, 1, None, at=NOON)

    work.surveys.record(NUMBER, 1, **ANSWER, at=later(1))
    work.surveys.record(NUMBER, 1, **ANSWER | {"satisfied": None}, at=later(2))

    assert work.surveys.get(NUMBER, 1) == SurveyRow(NUMBER, 1, None, NOON, later(2), True, "partly", None, "还行")


def test_nobody_answers_what_was_not_asked(work):
    with pytest.raises(NotAsked, match=NUMBER):
        work.surveys.record(NUMBER, 1, **ANSWER, at=NOON)


def test_only_what_a_case_still_waits_for_is_unanswered(work):
    for number, status in (("A", "visiting_back"), ("B", "visiting_back"), ("C", "closed"), ("D", "visiting_back")):
        filed(work, number, status=Status(status))
        work.surveys.open(number, 1, None, at=later(1) if number == "A" else NOON)
    work.surveys.record("D", 1, **ANSWER, at=later(2))

    assert work.surveys.unanswered_since(later(2)) == [("B", 1), ("A", 1)]
    assert work.surveys.unanswered_since(later(1)) == [("B", 1)]

    again = work.cases.get("B")
    again.round = 2
    work.cases.save(again, zone=CITY)
    assert work.surveys.unanswered_since(later(2)) == [("A", 1)]
