"""The postman tries one way after the other, and leaves a platform alone that takes nothing from anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend.jobs.deliver import deliver
from bots import ChannelDown, NotSent, NotThisWay, Uncertain, Way
from dialogs.messages import Receipt
from tests.backend.jobs.test_deliver import Post
from tests.backend.services.city import City

if TYPE_CHECKING:
    from dialogs.messages import Outbound

WAYS = (Way("customer_service", within=True), Way("subscription", grant="S1"), Way("template"))


@dataclass
class Account:
    """Takes a message by a way unless that way meets a trouble."""

    name: str = "web"
    window: timedelta | None = timedelta(hours=48)
    ways: tuple[Way, ...] = WAYS
    troubles: dict[str, list[Exception]] = field(default_factory=dict)
    tried: list[tuple[str, str]] = field(default_factory=list)  # way, key

    async def send(self, message: Outbound) -> Receipt:
        self.tried.append((message.way, message.key))
        if waiting := self.troubles.get(message.way):
            raise waiting.pop(0)
        return Receipt(message.way, str(1000 + len(self.tried)))


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    number = city.citizen().files_a_case()
    city.move(number, "accepted")
    return number


@pytest.fixture
def account():
    return Account()


@pytest.fixture
def post(city, account):
    return Post(city.store, {"web": account}, city)


def row(city, number):
    return city.store.read_now(lambda work: work.outbox.of_case(number))[-1]


def opens(city, messages, hours=48):
    """Their last word lets us send so many."""
    until = city.now + timedelta(hours=hours)

    def entered(work):
        person = work.people.find("web", "li")
        work.journal.enter(person.id, "opening", {"text": "好"}, at=city.now, free=(messages, until))

    city.unit(entered)


def allows(city):
    city.unit(lambda work: work.reaches.grant(work.people.find("web", "li").id, "S1", 1, at=city.now))


def ways(account):
    return [way for way, _ in account.tried]


async def test_the_best_way_that_is_open_is_taken(city, post, account, number):
    await deliver(post, "postman")
    assert (ways(account), row(city, number).way) == (["template"], "template")


async def test_while_they_may_be_written_to_nothing_else_is_tried(city, post, account, number):
    opens(city, 5)
    allows(city)
    await deliver(post, "postman")

    assert ways(account) == ["customer_service"]


async def test_a_way_that_is_shut_after_all_leads_to_the_next_and_a_notice_that_was_allowed_is_spent(
    city, post, account, number
):
    opens(city, 5)
    allows(city)
    account.troubles = {"customer_service": [NotThisWay("45015")]}
    await deliver(post, "postman")
    assert ways(account) == ["customer_service", "subscription"]

    city.move(number, "assigned", department=city.case(number).department_id)
    account.troubles = {"customer_service": [NotThisWay("45015")]}
    await deliver(post, "postman")
    assert ways(account)[2:] == ["customer_service", "template"]


async def test_where_every_way_is_shut_the_desk_reads_all_the_reasons(city, post, account, number):
    opens(city, 5)
    account.troubles = {
        "customer_service": [NotThisWay("超过48小时（45015）")],
        "template": [NotThisWay("拒收（43101）")],
    }
    await deliver(post, "postman")

    found = row(city, number)
    assert (found.state, "45015" in found.reason, "43101" in found.reason) == ("undelivered", True, True)


@pytest.mark.parametrize("trouble", [ChannelDown("token 失效"), NotSent("太频繁", retry_after=60, everybody=True)])
async def test_a_platform_that_takes_nothing_is_left_alone_and_then_gets_it(city, post, account, number, trouble):
    account.troubles = {"template": [trouble]}
    await deliver(post, "postman")
    assert city.store.read_now(lambda work: work.platforms.troubles(now=city.now)) == {"web": str(trouble)}
    city.later(seconds=59)
    assert await deliver(post, "postman") == 0

    city.later(seconds=2)
    await deliver(post, "postman")
    assert (len(account.tried), row(city, number).state) == (2, "accepted")


async def test_a_form_that_may_have_arrived_is_sent_again_under_the_same_key(city, post, account, number):
    account.troubles = {"template": [Uncertain("no answer")]}
    await deliver(post, "postman")
    city.later(seconds=6)
    await deliver(post, "postman")

    first, second = account.tried
    assert first == second
    assert row(city, number).state == "accepted"


async def test_a_text_that_may_have_arrived_goes_no_other_way(city, post, account, number):
    opens(city, 5)
    account.troubles = {"customer_service": [Uncertain("no answer")]}
    await deliver(post, "postman")
    city.later(hours=1)
    await deliver(post, "postman")

    assert (ways(account), row(city, number).state) == (["customer_service"], "uncertain")


async def test_who_is_gone_is_not_tried(city, post, account, number):
    city.unit(lambda work: work.reaches.leave(work.people.find("web", "li").id, at=city.now, why="blocked"))
    city.move(number, "assigned", department=city.case(number).department_id)
    await deliver(post, "postman")

    assert (account.tried, row(city, number).state) == ([], "undelivered")


async def test_of_several_forms_that_they_allowed_the_one_that_went_out_is_spent(city, post, account, number):
    account.ways = tuple(
        Way("subscription", grant=template, kinds=frozenset({kind}))
        for kind, template in (("status", "S1"), ("message", "S2"))
    )
    for template in ("S1", "S2"):
        city.unit(lambda work, key=template: work.reaches.grant(_li(work), key, 1, at=city.now))
    await deliver(post, "postman")

    left = city.store.read_now(lambda work: work.reaches.of(_li(work), now=city.now, way="x")).grants
    assert left == {"S2": 1}


def _li(work):
    return work.people.find("web", "li").id
