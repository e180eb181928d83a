"""Visit-backs by phone: who calls whom, one at a time, so often as the institution says, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from backend.domain.case import Actor
from backend.services.cases import calls, visitback
from backend.services.cases.calls import NoCall, Taken, Told, Unclear
from backend.services.office.desk import OnlyLooks
from backend.store import tables
from tests.backend.services.city import OFFICER, City

LI = Actor("小李", frozenset({"intake"}), personal=True)
WANG = Actor("小王", frozenset({"coordinator"}), personal=True)


@pytest.fixture
def city(store):
    return City(store)


def silent(city: City, name: str = "li", **citizen: str) -> str:
    """A case whose question nobody answered for a week; its number."""
    number = city.citizen(name).files_a_case(**citizen)
    city.answer(number)
    city.store.run_now(_arrived, number)
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)
    city.later(days=1)
    return number


def _arrived(work, number):
    work.conn.execute(update(tables.outbox).where(tables.outbox.c.number == number).values(state="delivered")).close()


def listed(city: City, by: Actor = LI) -> list[str]:
    around = city.store.read_now(calls.around, by=by, at=city.now)
    return [one.case.number for one in around.now]


def take(city: City, number: str, by: Actor = LI):
    return city.unit(calls.take, city.institutions, number, 1, by=by, at=city.now, reason="电话回访")


def tell(city: City, number: str, told: Told, by: Actor = LI) -> bool:
    return bool(city.unit(calls.tell, city.institutions, number, 1, told, by=by, at=city.now))


def row(city: City, number: str):
    return city.store.read_now(lambda work: work.surveys.get(number, 1))


def test_who_was_silent_is_called_and_their_answer_is_the_visit_backs(city):
    number = silent(city)

    assert listed(city) == [number]
    take(city, number)
    reopened = tell(city, number, Told("reached", contacted=True, solved="yes", satisfied=4))

    told = row(city, number)
    assert (told.solved, told.satisfied, told.by, told.outcome, reopened) == ("yes", 4, "phone", "answered", False)
    assert listed(city) == []
    assert ("小李", "rated") in city.history(number)


def test_not_solved_on_the_phone_is_worked_on_again(city):
    number = silent(city)
    take(city, number)

    assert tell(city, number, Told("reached", solved="no", satisfied=1, reasons=("slow",), remark="还在吵"))
    assert city.case(number).status == "reopened"
    assert row(city, number).reasons == ("slow",)


def test_what_somebody_has_tapped_themselves_no_call_makes_better(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    for tap in ("contacted:yes", "solved:yes", "satisfied:1"):
        citizen.says(choice=f"visit:{number}:{tap}")
    city.later(days=3)
    assert listed(city) == [number]
    take(city, number)

    tell(city, number, Told("reached", solved="yes", satisfied=5, reasons=("manner",), remark="说话很冲"))

    told = row(city, number)
    assert (told.satisfied, told.by, told.reasons, told.remark) == (1, "chat", ("manner",), "说话很冲")


def test_a_call_has_one_caller_until_their_time_is_over(city):
    number = silent(city)
    take(city, number)

    with pytest.raises(Taken, match="小李"):
        take(city, number, by=WANG)
    city.later(minutes=30)
    take(city, number, by=WANG)
    with pytest.raises((Taken, NoCall)):
        tell(city, number, Told("reached", solved="yes"))


def test_nobody_calls_about_what_they_or_their_department_handled(city):
    number = silent(city)
    office = city.case(number).department_id
    theirs = replace(WANG, departments=frozenset({office}))

    for own in (theirs, OFFICER):
        assert listed(city, own) == []
        with pytest.raises(OnlyLooks):
            take(city, number, by=own)
    for role in ("handler", "reviewer", "auditor"):
        with pytest.raises(OnlyLooks):
            listed(city, Actor("x", frozenset({role})))


def test_who_does_not_answer_is_called_again_another_day_and_so_often_as_the_institution_says(city):
    number = silent(city)
    for nth in (1, 2, 3):
        take(city, number)
        tell(city, number, Told("no_answer"))
        assert listed(city) == []
        call = city.store.read_now(lambda work: work.surveys.calls.get(number, 1))
        assert (call.tries, call.done_at is not None) == (nth, nth == 3)
        city.later(days=2)
    with pytest.raises(NoCall):
        take(city, number)
    kinds = [(one.kind, one.outcome) for one in city.store.read_now(lambda work: work.surveys.invitations.of(number))]
    assert kinds == [("first", ""), *[("call", "no_answer")] * 3]


def test_who_asks_for_it_is_called_at_that_time(city):
    number = silent(city)
    take(city, number)
    tell(city, number, Told("later", again=city.now + timedelta(hours=5)))

    assert listed(city) == []
    city.later(hours=6)
    assert listed(city) == [number]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told("danced"), "wrong.calls.outcome"),
        (Told("reached"), "wrong.calls.nothing"),
        (Told("reached", contacted=True), "wrong.calls.nothing"),
        (Told("reached", solved="no", reasons=("weather",)), "wrong.calls.reason"),
        (Told("reached", solved="no", remark="很" * 501), "wrong.calls.long"),
        (Told("later"), "wrong.calls.again"),
    ],
)
def test_a_result_that_says_nothing_is_refused(city, told, why):
    number = silent(city)
    take(city, number)

    with pytest.raises(Unclear) as refused:
        tell(city, number, told)

    assert refused.value.key == why
    assert row(city, number).answered_at is None


def test_who_was_silent_is_not_called_once_the_case_is_worked_on_again(city):
    number = silent(city)

    city.move(number, "reopened", note="又有人反映")

    assert listed(city) == []
    with pytest.raises(NoCall):
        take(city, number)


def test_looking_at_the_number_is_on_record(city):
    number = silent(city)

    take(city, number)
    take(city, number)

    assert city.history(number).count(("小李", "looked")) == 1


def _many(work, city, number, others, **changed):
    """As many calls before that one as a page has, of cases that are copies of it but for these columns."""
    c, b = tables.cases.c, tables.callbacks.c
    case = dict(work.conn.execute(select(tables.cases).where(c.number == number)).one()._mapping)
    call = dict(work.conn.execute(select(tables.callbacks).where(b.number == number)).one()._mapping)
    early = call["due_at"] - timedelta(days=1)
    for one in others:
        work.conn.execute(insert(tables.cases).values(case | {"number": one} | changed)).close()
        work.conn.execute(insert(tables.callbacks).values(call | {"number": one, "due_at": early})).close()


OTHERS = [f"20261101-HL-{n:06}-0" for n in range(calls.SHOWN + 5)]


def test_calls_that_are_overtaken_hide_none_behind_them(city):
    number = silent(city)
    city.unit(_many, city, number, OTHERS, round=2)

    assert listed(city) == [number]


def test_calls_about_ones_own_answers_hide_none_of_others_behind_them(city):
    number = silent(city)
    city.unit(_many, city, number, OTHERS, officer=LI.name)

    assert listed(city) == [number]
    assert len(listed(city, WANG)) == calls.SHOWN


@pytest.mark.parametrize("change", [{"withheld": True, "confidential": True}, {"contact": None}])
def test_who_took_back_consent_or_was_erased_meanwhile_is_called_by_nobody(city, change):
    number = silent(city)
    assert listed(city) == [number]
    city.unit(_who, number, change)

    assert listed(city) == []
    with pytest.raises(NoCall):
        take(city, number)


def _who(work, number, change):
    facts = work.cases.get(number).facts
    told = {**facts, "who": facts["who"] | change}
    work.conn.execute(update(tables.cases).where(tables.cases.c.number == number).values(facts=told)).close()
