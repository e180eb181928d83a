"""After the answer: contacted? solved? satisfied? and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from backend.domain.survey import asking, verdict
from backend.services.cases import visitback
from backend.services.talks.intake import StoredFile
from backend.store import schema, tables
from backend.store.engine import open_store
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    return City(store)


def answered(city: City, institution: str = "hotline"):
    citizen = city.citizen(institution=institution)
    number = citizen.files_a_case()
    city.answer(number)
    return citizen, number


def test_a_content_citizen_closes_the_case(city):
    citizen, number = answered(city)
    for answer in ("yes", "yes", "5"):
        question = {"yes": "contacted", "5": "satisfied"}[answer]
        citizen.says(choice=f"visit:{number}:{question}:{answer}")
        if question == "contacted":
            citizen.says(choice=f"visit:{number}:solved:yes")

    row = city.store.read_now(lambda work: work.surveys.get(number, 1))
    assert (row.contacted, row.solved, row.satisfied) == (True, "yes", 5)
    assert city.case(number).status == "closed"


def test_not_solved_reopens_with_a_new_date(city):
    citizen, number = answered(city)
    citizen.says("没有联系")
    said = citizen.says("没解决")

    case = city.case(number)
    assert case.status == "reopened"
    assert case.round == 2
    assert case.due["answer"] > city.now
    assert "新的期限" in said[0]


def test_each_answer_is_asked_about_once(city):
    citizen, number = answered(city)
    citizen.says("没有联系")
    citizen.says("没解决")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer="再次查处，已停业整顿。")

    kinds = [kind for kind, _ in city.owed(number)]
    assert kinds.count("survey") == 2


def test_a_stale_button_changes_nothing(city):
    citizen, number = answered(city)
    for choice in ("contacted:yes", "solved:yes", "satisfied:5"):
        citizen.says(choice=f"visit:{number}:{choice}")

    said = citizen.says(choice=f"visit:{number}:solved:no")

    assert city.case(number).status == "closed"
    assert "您已经评价过了" in said[0]


def test_the_property_manager_asks_three_days_later(city):
    _, number = answered(city, "property")
    assert city.case(number).status == "answered"

    city.later(days=2)
    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 0
    city.later(days=1, hours=1)
    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 1
    assert city.case(number).status == "visiting_back"


def test_silence_closes_the_case_after_the_wait(city):
    _, number = answered(city)
    city.later(days=8)

    assert city.unit(visitback.expire, city.institutions, at=city.now) == 1
    assert city.case(number).status == "closed"


def rates(citizen, number: str, *answers: str) -> list[str]:
    """Tap these, each ``question:answer``; the last thing that is said."""
    said: list[str] = []
    for answer in answers:
        said = citizen.says(choice=f"visit:{number}:{answer}")
    return said


def row(city, number: str, asked: int = 1):
    return city.store.read_now(lambda work: work.surveys.get(number, asked))


def invited(city, number: str):
    return city.store.read_now(lambda work: work.surveys.invitations.of(number))


def _settle(work, number, state):
    work.conn.execute(update(tables.outbox).where(tables.outbox.c.number == number).values(state=state)).close()


def test_a_rating_after_the_window_is_told_so_and_counts_nowhere(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:yes")
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)

    said = rates(citizen, number, "solved:no")

    assert "评价时间已经过了" in said[0]
    assert row(city, number).solved is None
    assert city.case(number).status == "closed"


def test_a_rating_to_the_end_counts_once(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:yes", "solved:yes", "satisfied:5")

    said = rates(citizen, number, "satisfied:1")

    assert "已经评价过了" in said[0]
    assert row(city, number).satisfied == 5


def test_somebody_elses_button_rates_nothing(city):
    _, number = answered(city)
    stranger = city.citizen("stranger")

    rates(stranger, number, "contacted:yes", "solved:no")

    assert row(city, number).answered_at is None
    assert city.case(number).status == "visiting_back"


def test_a_button_of_the_first_answer_does_not_rate_the_second(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:yes", "solved:no", "satisfied:1", "remark:none")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "answered", answer="再次查处，已停业整顿。")

    said = rates(citizen, number, "contacted:no")

    assert "上一次答复" in said[0]
    assert row(city, number, 2).answered_at is None


def test_reasons_and_words_are_kept_with_the_answer(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:no", "solved:no", "satisfied:2", "reason:slow", "reason:still")
    citizen.says("一直没人来")

    told = row(city, number)
    assert (told.reasons, told.remark, told.outcome) == (("slow", "still"), "一直没人来", "answered")


def test_a_photo_of_what_is_not_solved_is_the_cases(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:no", "solved:no", "satisfied:2")

    citizen.says(files=(StoredFile("photo", "image/png", "p.png", "1" * 64, 100),))

    assert ("citizen", "evidence") in city.history(number)


def test_one_reminder_by_day_and_no_second_one(city):
    citizen, number = answered(city)
    city.later(days=3, hours=1)

    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 1
    city.later(days=2)
    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 0

    kinds = [one.kind for one in invited(city, number)]
    assert kinds == ["first", "reminder"]
    assert citizen.name == "li"


def test_who_has_answered_is_not_reminded(city):
    citizen, number = answered(city)
    rates(citizen, number, "contacted:yes", "solved:yes")
    city.later(days=4)

    assert city.unit(visitback.send_due, city.institutions, at=city.now) == 0


def test_silence_is_one_thing_and_what_never_arrived_another(city):
    _, silent = answered(city)
    lost = city.citizen("wang").files_a_case("中山路的路灯坏了一个星期，晚上太黑")
    city.answer(lost)
    city.store.run_now(_settle, silent, "delivered")
    city.store.run_now(_settle, lost, "undelivered")
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)

    assert (row(city, silent).outcome, row(city, lost).outcome) == ("silent", "unreachable")
    call = city.store.read_now(lambda work: work.surveys.calls.get(lost, 1))
    assert call.why == "unreachable"


def test_who_closes_a_case_before_anybody_was_asked_does_not_choose_that_nobody_is(city):
    citizen, number = answered(city, "property")
    city.move(number, "closed")

    assert [one.kind for one in invited(city, number)] == ["first"]
    rates(citizen, number, "contacted:no", "solved:no")
    assert city.case(number).status == "reopened"


def test_a_window_that_shuts_before_the_time_is_used_before_it_shuts(city):
    institution = city.institutions["property"]
    noon = city.now.replace(hour=4)

    assert asking(institution, noon, None).why == "due"
    assert asking(institution, noon, noon + timedelta(hours=48)).why == "early"
    assert asking(institution, noon, noon + timedelta(hours=48)).at <= noon + timedelta(hours=48)
    assert asking(institution, noon, noon + timedelta(hours=2)).why == "shut"


@pytest.mark.parametrize(
    ("rule", "solved", "satisfied", "follows"),
    [
        ("unsolved", "no", None, "reopen"),
        ("unsolved", "yes", 1, "close"),
        ("unsolved", "partly", 2, "reopen"),
        ("discontent", "yes", 2, "reopen"),
        ("discontent", "yes", 3, "close"),
        ("never", "no", 1, "close"),
        ("never", "no", None, "wait"),
    ],
)
def test_each_institution_says_when_it_is_worked_on_again(rule, solved, satisfied, follows):
    assert verdict(solved, satisfied, rule) == follows
    assert verdict("no", 1, rule, again=False) == "close"


TAPS = st.lists(
    st.sampled_from(
        ["contacted:yes", "contacted:no", "solved:yes", "solved:no", "solved:partly", "satisfied:5", "satisfied:1",
         "satisfied:9", "reason:slow", "reason:none", "remark:none", "solved:", "week", "answer"]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=TAPS)
def test_in_whatever_order_buttons_time_and_answers_come_each_answer_has_one_rating_that_can_be(taps):
    store = open_store("sqlite://")
    schema.create(store)
    try:
        city = City(store)
        citizen, number = answered(city)
        for tap in taps:
            if tap == "week":
                city.later(days=8)
                city.unit(visitback.expire, city.institutions, at=city.now)
            elif tap == "answer" and city.case(number).status == "reopened":
                city.move(number, "assigned", department=city.case(number).department_id)
                city.move(number, "answered", answer="再次查处，已停业整顿。")
            elif tap != "answer":
                assert citizen.says(choice=f"visit:{number}:{tap}") != []
        case = city.case(number)
        rows = [row(city, number, n) for n in range(1, case.round + 1)]
        told = [one for one in rows if one is not None and one.answered_at is not None]
        assert all(one.satisfied in {None, 1, 5} and one.solved in {None, "yes", "no", "partly"} for one in told)
        assert all(one.ends_at is None or one.answered_at < one.ends_at for one in told)
        assert case.status in {"visiting_back", "closed", "reopened"}
        assert case.round == 1 + sum(
            one.solved != "yes" and one.over_at is not None for one in told if one.round < case.round
        )
    finally:
        store.close()
