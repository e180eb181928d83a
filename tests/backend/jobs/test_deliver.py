"""The postman: in order, recorded, never lost, never repeated when it may have arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs.deliver import deliver
from bots import NotSent, Uncertain, Unreachable, Way, plainly
from dialogs.messages import Receipt
from tests.backend.services.city import City

if TYPE_CHECKING:
    from bots import Shown
    from dialogs.messages import Outbound


@dataclass
class Platform:
    """A channel that takes what it is told to take."""

    name: str = "web"
    window: None = None
    ways: tuple[Way, ...] = (Way("test"),)
    troubles: list[Exception] = field(default_factory=list)
    got: list[str] = field(default_factory=list)

    def preview(self, message: Outbound) -> Shown:
        return plainly(message, "web")

    async def send(self, message: Outbound) -> Receipt:
        if self.troubles:
            raise self.troubles.pop(0)
        self.got.append(message.say.text)
        return Receipt(way="test")


@dataclass
class Post:
    """What the postman needs of a site."""

    store: Any
    channels: dict[str, Platform]
    city: City

    def clock(self) -> Any:
        return self.city.now


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
def post(city, platform):
    return Post(city.store, {"web": platform}, city)


async def all_of_it(post: Post) -> None:
    while await deliver(post, "worker"):
        pass


def states(city: City, number: str) -> list[str]:
    return [row.state for row in city.store.read_now(lambda work: work.outbox.of_case(number))]


async def test_notices_arrive_in_the_order_they_were_caused(post, city, number, platform):
    city.answer(number)

    await all_of_it(post)

    assert states(city, number) == ["accepted"] * 4
    assert ["受理" in platform.got[0], "办理" in platform.got[1], "答复" in platform.got[2]] == [True] * 3
    assert "联系过您吗" in platform.got[3]


async def test_what_arrived_stands_in_the_chat(post, city, number):
    city.move(number, "accepted")
    await all_of_it(post)

    person = city.store.read_now(lambda work: work.people.find_or_add("web", "li", language="zh", at=city.now))
    last = city.store.read_now(lambda work: work.journal.said_after(person.id, 0))[-1]
    assert "已受理" in last.text
    assert last.notice is not None


async def test_a_refusal_for_now_is_tried_again_and_nothing_overtakes(post, city, number, platform):
    city.answer(number)
    platform.troubles = [NotSent("busy")]
    await all_of_it(post)
    assert platform.got == []

    city.later(seconds=6)
    await all_of_it(post)

    assert len(platform.got) == 4
    assert states(city, number) == ["accepted"] * 4


async def test_a_time_out_is_not_repeated_and_the_desk_sees_why(post, city, number, platform):
    city.move(number, "accepted")
    platform.troubles = [Uncertain("no answer within 10 s")]
    await all_of_it(post)
    city.later(hours=1)
    await all_of_it(post)

    row = city.store.read_now(lambda work: work.outbox.of_case(number))[0]
    assert (row.state, platform.got) == ("uncertain", [])
    assert "再发一次" in row.reason


async def test_a_citizen_who_cannot_be_reached_is_shown_on_the_desk(post, city, number, platform):
    city.move(number, "accepted")
    platform.troubles = [Unreachable("blocked by the user")]
    await all_of_it(post)

    row = city.store.read_now(lambda work: work.outbox.of_case(number))[0]
    assert row.state == "undelivered"
    assert "blocked by the user" in row.reason


async def test_a_channel_that_was_switched_off_is_named(post, city, number):
    city.move(number, "accepted")
    post.channels.clear()
    await all_of_it(post)

    row = city.store.read_now(lambda work: work.outbox.of_case(number))[0]
    assert row.state == "undelivered"
    assert "web" in row.reason


async def test_a_postman_who_died_is_replaced_after_his_lease(post, city, number, platform):
    city.move(number, "accepted")
    city.unit(lambda work: work.outbox.claim("dead", now=city.now))
    await all_of_it(post)
    assert platform.got == []

    city.now += timedelta(seconds=21)
    await all_of_it(post)

    assert len(platform.got) == 1
    row = city.store.read_now(lambda work: work.outbox.of_case(number))[0]
    assert (row.state, row.tries) == ("accepted", 2)


def rows_of(city: City, number: str) -> Any:
    return city.store.read_now(lambda work: work.outbox.of_case(number))


async def test_what_waited_together_is_one_message_and_each_row_has_arrived(post, city, number, platform):
    city.answer(number)
    city.later(minutes=20)

    await all_of_it(post)

    together, question = platform.got
    assert ["受理" in together, "办理" in together, "答复" in together] == [True] * 3
    assert "联系过您吗" in question
    assert states(city, number) == ["accepted"] * 4
    person = rows_of(city, number)[0].person
    last = city.store.read_now(lambda work: work.journal.said_after(person, 0))[-2]
    assert last.text == together
    city.unit(lambda work: work.outbox.delivered_upto(person, last.seq + 1, at=city.now))
    assert states(city, number) == ["delivered"] * 4


async def test_what_failed_together_is_tried_again_together(post, city, number, platform):
    city.answer(number)
    city.later(minutes=20)
    platform.troubles = [NotSent("busy")]
    await all_of_it(post)
    assert platform.got == []
    assert states(city, number) == ["queued"] * 4

    city.later(seconds=6)
    await all_of_it(post)

    assert len(platform.got) == 2
    assert states(city, number) == ["accepted"] * 4


async def test_a_worker_who_died_in_the_middle_of_several_loses_none(post, city, number, platform):
    city.answer(number)
    city.later(minutes=20)
    _, second, *_ = rows_of(city, number)
    city.unit(lambda work: work.outbox.claim("dead", now=city.now))
    city.unit(lambda work: work.outbox.take_along([second.id], "dead", now=city.now))
    city.later(seconds=30)

    await all_of_it(post)

    assert states(city, number) == ["accepted"] * 4
    assert "".join(platform.got).count("已受理") == 1


WINDOW = Way("customer_service", within=True)


def opened(city: City, number: str, messages: int) -> int:
    """Their last word let us send so many; their id."""
    person = rows_of(city, number)[0].person
    until = city.now + timedelta(hours=48)

    def open_(work: Any) -> None:
        work.journal.enter(person, f"w{messages}", {"text": "在吗"}, at=city.now, free=(messages, until))

    city.unit(open_)
    return int(person)


async def test_the_last_message_is_kept_for_the_answer_and_tells_the_progress_with_it(post, city, number, platform):
    platform.ways = (WINDOW,)
    city.move(number, "accepted")
    opened(city, number, 1)

    await all_of_it(post)
    assert platform.got == []
    (held,) = rows_of(city, number)
    assert (held.state, held.tries) == ("queued", 0)
    assert "留给答复" in held.reason

    city.move(number, "assigned", department=city.case(number).department_id)
    await all_of_it(post)
    assert platform.got == []
    city.move(number, "answered", answer="已现场查处。")
    await all_of_it(post)

    assert "已受理" in platform.got[0]
    assert "已现场查处" in platform.got[0]
    assert states(city, number)[:3] == ["accepted"] * 3


async def test_progress_uses_the_last_message_just_before_the_window_shuts(post, city, number, platform):
    platform.ways = (WINDOW,)
    city.move(number, "accepted")
    opened(city, number, 1)
    await all_of_it(post)
    assert platform.got == []

    city.later(hours=47, minutes=45)
    await all_of_it(post)

    assert len(platform.got) == 1
