"""What a channel may say only in answer to a word of the citizen's waits for it, in order, and is given once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from backend.services.talks import arriving, intake, owing
from backend.services.talks.arriving import PASSIVE
from dialogs.messages import Inbound, Peer, Say
from tests.backend.services.city import City


@dataclass
class Room:
    """One answer holds so many characters."""

    most: int = 60

    def fits(self, says):
        return sum(len(say.text) + 1 for say in says) <= self.most

    def parts(self, say):
        half = max(1, min(self.most - 30, len(say.text) // 2))
        return [Say(say.text[at : at + half]) for at in range(0, len(say.text), half)]


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def li(city):
    """Somebody to whom three things could not be said."""
    person = city.unit(lambda work: work.people.find_or_add("web", "li", language="zh", at=city.now).id)
    for text in ("一" * 20, "二" * 100, "三" * 10):
        city.later(seconds=1)
        row = city.unit(
            lambda work, said=text: work.outbox.queue(person, number=None, kind="reply", text=said, at=city.now)
        )
        city.unit(lambda work, key=row: work.outbox.record(key, state="undelivered", at=city.now))
    return person


def asks(city, key, room, *, given=True):
    """What they are told who only ask for it."""
    message = Inbound(Peer("web", "li"), key, "接着看")
    at = city.later(seconds=10)
    arrived = city.unit(owing.noted, message, at=at, free=None)
    arrived = city.unit(owing.paged, room, message, arrived, at=at, until=at + timedelta(seconds=5))
    if given:
        assert city.unit(arriving.pass_on, [arrived], at=at)
    return [say.text for say in arrived.says]


def test_it_is_given_in_order_and_whole_in_as_many_answers_as_it_takes(city, li):
    told = []
    for number in range(9):
        said = asks(city, f"m{number}", Room())
        told += [text for text in said if "接着看" not in text]
        if "接着看" not in said[-1]:
            break

    assert "".join(told).replace("\n", "") == "一" * 20 + "二" * 100 + "三" * 10
    assert asks(city, "last", Room()) == ["没有别的了，您可以接着说。"]


def test_the_same_call_told_again_is_answered_the_same(city, li):
    first = asks(city, "m1", Room())

    assert asks(city, "m1", Room()) == first


def test_what_was_held_for_an_answer_that_never_went_out_waits_on(city, li):
    first = asks(city, "m1", Room(), given=False)
    city.later(seconds=6)

    assert asks(city, "m2", Room()) == first


def test_it_stands_before_the_answer_to_what_they_say(city, li):
    message = Inbound(Peer("web", "li"), "m1", "路灯坏了")
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
    arrived = city.unit(arriving.arrive, city.institutions, prepared, at=city.now, patience=timedelta(seconds=5))
    arrived = city.unit(owing.paged, Room(9999), message, arrived, at=city.now, until=city.now)
    city.unit(arriving.pass_on, [arrived], at=city.now)

    assert [say.text[0] for say in arrived.says] == ["一", "二", "三", "您"]
    assert city.store.read_now(lambda work: work.unread.of(li)) == []
    rows = city.store.read_now(lambda work: work.unread.given(work.unread.entry(li, "m1"), way=PASSIVE))
    assert len(rows) == 4
