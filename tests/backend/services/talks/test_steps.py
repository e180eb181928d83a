"""Scripted citizens, and every count that must come of them, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from backend.reports.funnel import funnel, pace, pace_of, steps_of
from backend.services.talks import drafts, steps
from backend.store import reporting
from tests.backend.services.city import STORY, City

DAY = date(2026, 11, 21)
ALWAYS = (date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
def city(store):
    return City(store)


def told(city, query=funnel, days=(DAY, DAY), institution="hotline"):
    rows = city.store.read_now(reporting.rows, query(*days), institution=institution)
    return [(row["步骤"], row["结果"], int(row["次数"])) for row in rows]


def by_step(city, days=(DAY, DAY)):
    return {
        one.step: (one.arrived, one.answered, one.skipped, one.missed, one.left, one.returned)
        for one in steps_of(told(city, days=days))
    }


def silence(city):
    """The hourly round."""
    keys = city.store.read_now(steps.silent, at=city.now)
    return [city.unit(steps.note_silence, city.institutions, key, at=city.now) for key in keys]


def files(citizen):
    """Consent, then evidence, name, phone, wish, and the summary: seven messages in sixty seconds."""
    for text in (STORY, "同意", "没有", "李芳", "13800138000", "没有"):
        citizen.says(text)
    assert "编号" in citizen.says("提交")[0]


def test_every_count_of_three_citizens_is_exact(city):
    files(city.citizen("li"))
    for text in (STORY, "不同意"):
        city.citizen("wang").says(text, message_id=text)
    zhang = city.citizen("zhang")
    for text in (STORY, "同意", "不是", "没有", "12", "取消"):
        zhang.says(text)
    zhang.says(choice="cancel.yes")

    assert by_step(city) == {
        "consent": (3, 2, 0, 0, 1, 0),
        "evidence": (2, 0, 2, 0, 0, 0),
        "who": (2, 1, 0, 1, 1, 0),
        "contact": (1, 1, 0, 0, 0, 0),
        "request": (1, 0, 1, 0, 0, 0),
        "joining": (1, 1, 0, 0, 0, 0),
        "confirming": (1, 1, 0, 0, 0, 0),
    }
    took = pace_of(told(city, pace))
    assert (took.filed, took.timed, took.turns, took.seconds) == (1, 1, 7, 60)
    assert (took.by_turns, took.by_seconds) == ({"7": 1}, {"60": 1})
    assert (took.turns_within(0.5), took.seconds_within(0.9)) == (7, 60)


def test_nothing_is_written_before_the_draft_ends(city):
    li = city.citizen()
    for text in (STORY, "同意", "没有"):
        li.says(text)

    assert told(city) == []


def test_a_message_delivered_twice_counts_once(city):
    li = city.citizen()
    for text in (STORY, "同意", "没有", "李芳", "13800138000", "没有"):
        li.says(text)
    li.says("提交", message_id="same")
    li.says("提交", message_id="same")

    assert pace_of(told(city, pace)).filed == 1
    assert by_step(city)["confirming"] == (1, 1, 0, 0, 0, 0)


def test_a_day_of_silence_counts_as_left_once_and_coming_back_is_counted_too(city):
    li = city.citizen()
    for text in (STORY, "同意"):
        li.says(text)
    city.later(hours=23)
    assert silence(city) == []
    city.later(hours=2)
    assert silence(city) == [True]
    assert silence(city) == []

    next_day = (date(2026, 11, 22), date(2026, 11, 22))
    assert by_step(city, next_day) == {"consent": (1, 1, 0, 0, 0, 0), "evidence": (1, 0, 0, 0, 1, 0)}

    for text in ("没有", "李芳", "13800138000", "没有", "提交"):
        li.says(text)
    assert by_step(city, next_day)["evidence"] == (1, 0, 1, 0, 1, 1)
    assert pace_of(told(city, pace, next_day)).turns == 7


def test_silence_leaves_what_is_due_as_it_was(city):
    city.citizen().says(STORY)
    before = city.store.read_now(lambda work: work.drafts.next_due())
    city.later(hours=25)
    silence(city)

    assert city.store.read_now(lambda work: work.drafts.next_due()) == before


def test_a_draft_that_is_closed_was_left_at_its_open_question(city):
    li = city.citizen()
    for text in (STORY, "同意", "没有"):
        li.says(text)
    for _ in range(60):  # the reminders and the end, without the hourly round
        due = city.store.read_now(lambda work: work.drafts.next_due())
        if due is None:
            break
        city.now = max(city.now, due)
        for key in city.store.read_now(drafts.waiting, at=city.now):
            city.unit(drafts.turn, city.institutions, {}, key, at=city.now)

    assert by_step(city, ALWAYS)["who"] == (1, 0, 0, 0, 1, 0)


def test_who_joins_the_case_of_others_has_not_left(city):
    files(city.citizen("li"))
    zhou = city.citizen("zhou")
    for text in (STORY, "同意"):
        zhou.says(text)
    for choice in ("join.same", "join.yes"):
        zhou.says(choice=choice)

    took = pace_of(told(city, pace))
    assert (took.filed, took.joined) == (1, 1)
    assert by_step(city)["joining"] == (1, 1, 0, 0, 0, 0)
    assert sum(left for *_, left, _ in by_step(city).values()) == 0


def test_a_danger_is_counted_and_not_timed(city):
    li = city.citizen()
    for text in ("幸福里3栋着火了，有人被困", "13800138000"):
        li.says(text)

    took = pace_of(told(city, pace))
    assert (took.urgent, took.filed, took.timed) == (1, 0, 0)
    assert by_step(city) == {}


def test_another_institution_has_its_own_counts(city):
    files(city.citizen())

    assert told(city, institution="property") == []
    assert told(city, days=(date(2026, 11, 20), date(2026, 11, 20))) == []
