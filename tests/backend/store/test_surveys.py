from __future__ import annotations

import pytest

from backend.store.surveys import NotAsked, SurveyRow
from tests.backend.store.samples import NOON, NUMBER, a_citizen, filed, later

ANSWER = {"contacted": True, "solved": "partly", "satisfied": 4, "remark": "还行"}


def test_a_visit_back_is_opened_once_a_round(work):
    person = a_citizen(work)
    filed(work)

    assert work.surveys.open(NUMBER, 1, person.id, at=NOON)
    assert not work.surveys.open(NUMBER, 1, person.id, at=later(1))
    assert work.surveys.open(NUMBER, 2, person.id, at=later(2))
    assert work.surveys.get(NUMBER, 1) == SurveyRow(NUMBER, 1, person.id, NOON, None, None, None, None, "")
    assert work.surveys.get(NUMBER, 3) is None


def test_what_is_told_anew_takes_the_place_of_what_was_told_before_and_the_rest_stays(work):
    filed(work)
    work.surveys.open(NUMBER, 1, None, at=NOON)

    work.surveys.record(NUMBER, 1, **ANSWER, at=later(1))
    work.surveys.record(NUMBER, 1, **ANSWER | {"satisfied": 2, "remark": "", "solved": None}, at=later(2))

    told = SurveyRow(NUMBER, 1, None, NOON, later(2), True, "partly", 2, "还行", outcome="answered")
    assert work.surveys.get(NUMBER, 1) == told


def test_nobody_answers_what_was_not_asked(work):
    with pytest.raises(NotAsked, match=NUMBER):
        work.surveys.record(NUMBER, 1, **ANSWER, at=NOON)


def test_a_window_ends_once(work):
    filed(work)
    work.surveys.open(NUMBER, 1, None, at=NOON, ends_at=later(2))

    assert work.surveys.to_end(at=later(1)) == []
    assert [row.number for row in work.surveys.to_end(at=later(2))] == [NUMBER]
    assert work.surveys.sheltered([NUMBER]) == {(NUMBER, 1)}

    work.surveys.end(NUMBER, 1, at=later(2), outcome="silent")
    assert work.surveys.to_end(at=later(9)) == []
    assert work.surveys.sheltered([NUMBER]) == frozenset()
    assert work.surveys.get(NUMBER, 1).outcome == "silent"


def test_nobody_is_reminded_who_answered(work):
    filed(work)
    work.surveys.open(NUMBER, 1, None, at=NOON, ends_at=later(9), remind_at=later(3))
    assert work.surveys.next_due() == later(3)

    work.surveys.record(NUMBER, 1, **ANSWER, at=later(1))

    assert work.surveys.to_remind(at=later(4)) == []
    assert work.surveys.next_due() == later(9)


def test_only_an_open_question_in_a_chat_is_being_asked(work):
    person = a_citizen(work)
    filed(work)
    work.surveys.open(NUMBER, 1, person.id, at=NOON, ends_at=later(9))
    assert work.surveys.asking([NUMBER]) == {(NUMBER, 1)}

    work.surveys.record(NUMBER, 1, **ANSWER, at=later(1))
    assert work.surveys.asking([NUMBER]) == frozenset()
