"""Two at the same moment: taps, callers, managers. One wins, the other is told so, and nothing is there twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from backend.domain.case import Actor
from backend.services.campaigns import planning, sending
from backend.services.campaigns.planning import BadCampaign
from backend.services.cases import calls, visitback, visits
from backend.services.cases.calls import NoCall, Taken
from backend.services.talks import intake
from dialogs.messages import Inbound, Peer
from tests.backend.services.campaigns.poll import MANAGER, WAYS, Poll
from tests.backend.services.city import City

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 6


@pytest.fixture
def city(store):
    return City(store)


def together(*things: Callable[[], Any]) -> list[Any]:
    """Do them at the same moment; what came of each, an error as itself."""

    def done(thing: Callable[[], Any]) -> Any:
        try:
            return thing()
        except Exception as error:  # noqa: BLE001 - it is what is looked at
            return error

    with ThreadPoolExecutor(len(things)) as threads:
        return list(threads.map(done, things))


def saying(city: City, name: str, key: str, **what: str) -> Callable[[], Any]:
    message = Inbound(Peer("web", name), key, what.get("text", ""), what.get("choice", ""))
    at = city.now
    prepared = intake.prepare(message, city.institutions["hotline"], at=at)
    return lambda: city.unit(intake.receive, city.institutions, prepared, at=at)


def answered(city: City, name: str = "li") -> str:
    number = city.citizen(name).files_a_case()
    city.answer(number)
    return number


def history(city: City, number: str, what: str) -> int:
    return [each for _, each in city.history(number)].count(what)


def faults(found: list[Any]) -> list[Any]:
    return [one for one in found if isinstance(one, Exception)]


def test_taps_that_come_together_are_answers_one_after_the_other(city):
    number = answered(city)
    city.citizen().says(choice=f"visit:{number}:contacted:no", message_id="first")
    taps = [
        saying(city, "li", f"t{n}", choice=f"visit:{number}:solved:{'no' if n % 2 else 'yes'}") for n in range(MANY)
    ]

    found = together(*taps)

    assert not faults(found)
    assert history(city, number, "rated") == 1
    assert city.case(number).round in {1, 2}


def test_one_message_delivered_many_times_at_once_counts_once(city):
    number = answered(city)
    city.citizen().says(choice=f"visit:{number}:contacted:no", message_id="first")

    found = together(*[saying(city, "li", "same", choice=f"visit:{number}:solved:no") for _ in range(MANY)])

    assert not faults(found)
    assert len({tuple(one.text for one in says) for says in found}) == 1
    assert city.case(number).round == 2


def test_an_answer_and_the_end_of_its_window_come_together(city):
    number = answered(city)
    city.citizen().says(choice=f"visit:{number}:contacted:no", message_id="first")
    city.later(days=8)
    turns = city.store.read_now(visits.waiting, city.institutions, at=city.now)
    ends = [lambda turn=turn: city.unit(visits.take, city.institutions, turn, at=city.now) for turn in turns]

    found = together(saying(city, "li", "late", choice=f"visit:{number}:solved:no"), *ends, *ends)

    assert not faults(found)
    assert city.case(number).status == "closed"


def test_two_workers_ask_once(city):
    number = city.citizen(institution="property").files_a_case()
    city.answer(number)
    city.later(days=4)
    turns = city.store.read_now(visits.waiting, city.institutions, at=city.now)
    asks = [lambda turn=turn: city.unit(visits.take, city.institutions, turn, at=city.now) for turn in turns]

    found = together(*asks * MANY)

    assert not faults(found)
    assert [kind for kind, _ in city.owed(number)].count("survey") == 1


def test_of_callers_who_take_a_call_at_once_one_has_it(city):
    number = answered(city)
    city.later(days=400)
    city.unit(visitback.expire, city.institutions, at=city.now)
    people = [Actor(f"caller-{n}", frozenset({"intake"}), "hotline") for n in range(MANY)]
    takes = [
        lambda by=by: city.unit(calls.take, city.institutions, number, 1, by=by, at=city.now, reason="回访")
        for by in people
    ]

    found = together(*takes)

    assert len(faults(found)) == MANY - 1
    assert all(isinstance(one, Taken) for one in faults(found))


def test_what_came_of_a_call_is_kept_once_though_it_is_sent_again_and_again(city):
    number = answered(city)
    city.later(days=400)
    city.unit(visitback.expire, city.institutions, at=city.now)
    by = Actor("小李", frozenset({"intake"}), "hotline")
    city.unit(calls.take, city.institutions, number, 1, by=by, at=city.now, reason="回访")
    told = calls.Told("reached", contacted=False, solved="no", satisfied=1)

    found = together(
        *[lambda: city.unit(calls.tell, city.institutions, number, 1, told, by=by, at=city.now) for _ in range(MANY)]
    )

    assert [one for one in found if not isinstance(one, NoCall)] == [True]
    assert history(city, number, "rated") == 1
    assert city.case(number).round == 2


def test_a_campaign_that_is_sent_twice_at_once_is_drawn_once(city):
    for name in ("li", "wang"):
        city.citizen(name).files_a_case()
    poll = Poll(city)

    found = together(
        *[lambda: city.unit(planning.send, poll.home, poll.id, by=MANAGER, at=city.now) for _ in range(MANY)]
    )

    assert len(faults(found)) == MANY - 1
    assert {one.key for one in faults(found) if isinstance(one, BadCampaign)} == {"sent"}
    assert poll.states() == {"drawn": 2}


def test_workers_that_ask_the_same_people_at_once_ask_each_once(city):
    for name in ("li", "wang"):
        city.citizen(name).files_a_case()
    poll = Poll(city, per_day=1)
    poll.sends()
    turns = [
        (poll.id, person)
        for person in city.store.read_now(lambda w: w.campaigns.next_up(poll.id, at=city.now, limit=9))
    ]
    asks = [lambda turn=turn: city.unit(sending.ask, city.institutions, WAYS, *turn, at=city.now) for turn in turns]

    found = together(*asks * 3)

    assert not faults(found)
    assert sum(found) == 1, "the cap of a day holds for all workers together"


def test_answers_that_come_together_are_one_and_stopping_meanwhile_breaks_nothing(city):
    city.citizen().files_a_case()
    poll = Poll(city)
    poll.sends()
    poll.asks()
    taps = [saying(city, "li", f"p{n}", choice=f"poll:{poll.id}:q1:{1 + n % 2}") for n in range(MANY)]

    found = together(*taps, lambda: city.unit(planning.stop, poll.id, by=MANAGER, at=city.now))

    assert not faults(found)
    told = city.store.read_now(lambda work: work.campaigns.answers(poll.id))
    assert len(told) <= 1


def test_a_bulletin_wanted_many_times_at_once_is_wanted_once(city):
    found = together(*[saying(city, "li", f"b{n}", text="订阅月报") for n in range(MANY)])

    assert not faults(found)
    said = [says[0].text for says in found]
    assert sum("订好了" in text for text in said) == 1
