"""Who handled a case does not read what is thought of the answer before the window is over."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.services.cases import finding, reading, visitback
from backend.services.office import desk, sampling
from backend.services.talks import takeover
from tests.backend.services.city import City

HANDLER = Actor("承办", frozenset({"handler"}))
MANAGER = Actor("主管", frozenset({"manager"}))


@pytest.fixture
def city(store):
    return City(store)


def rated(city: City, *taps: str) -> str:
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    for tap in taps:
        citizen.says(choice=f"visit:{number}:{tap}")
    return number


CONTENT = ("contacted:yes", "solved:yes", "satisfied:3", "reason:slow", "remark:none")


def whole(city: City, number: str, by: Actor):
    return city.store.read_now(desk.whole, city.institutions, number, by=by)


def said(city: City, number: str, by: Actor):
    """The detail of each rating, as a program reads it."""
    case = city.store.read_now(reading.one, city.institutions, number, by=by)
    listed = city.store.read_now(reading.page, city.institutions, by=by, limit=5)[0][0]
    assert case["events"] == listed["events"]
    return [event["detail"] for event in case["events"] if event["what"] == "rated"]


def test_a_handler_reads_that_somebody_answered_and_not_what(city):
    number = rated(city, *CONTENT)

    seen = whole(city, number, HANDLER)

    assert seen.sheltered
    assert [(row.solved, row.satisfied, row.reasons) for row in seen.surveys] == [(None, None, ())]
    assert {tuple(detail) for detail in said(city, number, HANDLER)} == {("round",)}
    assert not any("满意" in line.text for line in seen.talk)


def test_who_is_of_no_department_reads_it_at_once(city):
    number = rated(city, *CONTENT)

    assert whole(city, number, MANAGER).surveys[0].satisfied == 3
    assert said(city, number, MANAGER)[-1]["satisfied"] == 3


def test_a_manager_of_the_department_that_handled_it_does_not(city):
    number = rated(city, *CONTENT)
    theirs = Actor("科长", frozenset({"manager"}), departments=frozenset({city.case(number).department_id}))

    assert whole(city, number, theirs).surveys[0].satisfied is None


def test_when_the_window_is_over_the_handler_reads_it(city):
    number = rated(city, *CONTENT)
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)

    assert whole(city, number, HANDLER).surveys[0].satisfied == 3
    assert said(city, number, HANDLER)[-1]["satisfied"] == 3


def test_who_has_to_do_it_again_reads_why(city):
    number = rated(city, "contacted:no", "solved:no", "satisfied:1", "reason:still")

    seen = whole(city, number, HANDLER)

    assert (seen.surveys[0].solved, seen.surveys[0].reasons) == ("no", ("still",))


OPINIONS = ("没有联系", "部分解决", "一般", "太慢", "电话都没有一个")
"""What the citizen of these tests says of the answer, in words of theirs and of ours."""


def speaks(city: City, number: str) -> None:
    """They answer the visit-back by tapping, by typing, with a score that there is not, and with words of their own."""
    li = city.citizen()
    li.sent = 50
    li.says(choice=f"visit:{number}:contacted:no")
    for words in ("部分解决", "9分", "一般", "太慢了", "电话都没有一个"):
        li.says(words)


def asks_for_somebody(city: City) -> int:
    """They ask for a person; which chat that is."""
    li = city.citizen()
    li.sent = 70
    li.says("我要找人工")
    (row,) = city.store.read_now(takeover.listed, by=HANDLER)
    return row.row.id


def tells(lines) -> list[str]:
    words = " ".join(line.text for line in lines if line.who == "citizen")
    return [told for told in (*OPINIONS, "9分") if told in words]


def test_who_takes_the_chat_over_reads_no_answer_of_theirs(city):
    number = rated(city)
    speaks(city, number)
    assert city.store.read_now(lambda work: work.surveys.get(number, 1)).remark == "电话都没有一个"
    key = asks_for_somebody(city)

    (seen,) = city.store.read_now(takeover.listed, by=HANDLER)
    opened = city.store.read_now(takeover.opened, key, by=HANDLER)

    assert tells(seen.lines) == tells(opened.lines) == []
    assert not any("哪里没办好" in line.text for line in opened.lines)
    assert "我要找人工" in [line.text for line in opened.lines]
    assert tells(city.store.read_now(takeover.opened, key, by=MANAGER).lines)


def test_when_the_window_is_over_who_has_the_chat_reads_it(city):
    number = rated(city)
    speaks(city, number)
    key = asks_for_somebody(city)
    city.unit(lambda work: work.surveys.end(number, 1, at=city.now))

    assert "部分解决" in tells(city.store.read_now(takeover.opened, key, by=HANDLER).lines)


def test_the_page_of_another_case_of_the_same_person_does_not_tell(city):
    number = rated(city)
    other = city.store.read_now(lambda work: work.cases.get(number))
    speaks(city, number)
    lines = city.store.read_now(desk._talk, other.person, other.filed_at, by=HANDLER)

    assert lines
    assert tells(lines) == []
    assert tells(city.store.read_now(desk._talk, other.person, other.filed_at, by=MANAGER))


def test_a_talk_that_was_drawn_to_be_scored_does_not_tell(city):
    city.later(days=2)  # a Monday: somebody is on duty
    number = rated(city)
    speaks(city, number)
    key = asks_for_somebody(city)
    city.unit(takeover.take, city.institutions, key, by=HANDLER, at=city.later(minutes=1))
    city.citizen().says("太慢了，电话都没有一个", choice=f"visit:{number}:reason:slow", message_id="while")
    city.unit(takeover.say, city.institutions, key, "我来看看", by=HANDLER, at=city.later(minutes=1))
    city.unit(takeover.give_back, city.institutions, key, by=HANDLER, at=city.later(minutes=1))
    reviewer = Actor("孙审核", frozenset({"reviewer"}))
    at = city.later(days=14)

    seen = city.store.read_now(sampling.opened, city.institutions, key, by=reviewer, at=at, seed="seed")
    assert seen.lines
    assert tells(seen.lines) == []


def test_nobody_finds_a_case_by_what_was_thought_of_its_answer(city):
    number = rated(city)
    speaks(city, number)
    asked = finding.question("电话都没有一个", city.institutions)

    found, _ = city.store.read_now(finding.find, asked, by=HANDLER, institution=None, now=city.now, limit=9)
    assert found == []


def test_a_live_page_hears_that_something_happened_and_not_what(city):
    number = rated(city)
    before = city.store.read_now(lambda work: work.worklist.last_event())
    speaks(city, number)

    changes = city.store.read_now(lambda work: work.worklist.changes(before, limit=50))
    assert any(change.number == number for change in changes)
    assert not any(word in str(changes) for word in ("partly", "slow", "satisfied", *OPINIONS))
