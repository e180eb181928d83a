"""Somebody with several chats is one person: counted together, drawn once, asked where they can be reached."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from backend.services.campaigns import results, sending
from backend.store import tables as t
from tests.backend.services.campaigns.poll import Poll
from tests.backend.services.city import City

PHONE = "13800138000"


class Town(City):
    """A city that knows the case which is followed from two chats."""

    number = ""


@pytest.fixture
def city(store):
    """Two citizens have filed a case each; the first follows theirs from a second chat."""
    city = Town(store)
    city.number = city.citizen().files_a_case()
    city.citizen("wang").files_a_case("中山路的路灯坏了一个星期，晚上太黑")
    follows(city, "li-phone")
    return city


def follows(city: Town, chat: str) -> None:
    """The first citizen follows their case from that chat as well."""
    device = city.citizen(chat)
    device.says(city.number, message_id="number")
    device.says(PHONE, message_id="phone")
    assert city.store.read_now(lambda work: work.cases.is_bound(city.number, person(work, chat)))


def files_another(city: City, chat: str) -> None:
    """A second case, from the chat that follows the first."""
    device = city.citizen(chat)
    device.sent = 100
    device.says("楼道里的灯坏了一个月了")
    device.says(choice="sort.new")
    device.files_a_case("同意")


def person(work, chat: str) -> int:
    return int(work.people.find("web", chat).id)


def allows(city: City, times: int) -> None:
    """The institution lets people be asked so often in 90 days."""
    home = city.institutions["hotline"]
    survey = home.survey.model_copy(update={"most_asked": times})
    city.institutions = {**city.institutions, "hotline": home.model_copy(update={"survey": survey})}


def happens(city: City, state: str) -> None:
    """That becomes of every invitation that is on its way."""
    rows = update(t.outbox).where(t.outbox.c.kind == sending.KIND, t.outbox.c.state == "queued")
    city.unit(lambda work: work.conn.execute(rows.values(state=state)).close())
    for lost in city.store.read_now(sending.astray, at=city.now):
        city.unit(sending.instead, *lost, at=city.now)


def told(city: City, poll: Poll) -> results.Progress:
    return city.store.read_now(lambda work: results.progress(work, work.campaigns.get(poll.id)))


def asked_in(city: City) -> set[str]:
    """The chats to which an invitation is on its way."""
    c, p = t.outbox.c, t.people.c

    def read(work):
        query = t.outbox.select().with_only_columns(p.address).join(t.people, p.id == c.person)
        return set(work.conn.execute(query.where(c.kind == sending.KIND, c.state == "queued")).scalars())

    return city.store.read_now(read)


def leaves(city: City, chat: str) -> None:
    city.unit(lambda work: work.reaches.leave(person(work, chat), at=city.now, why="blocked"))


def test_somebody_with_two_chats_is_drawn_once(city):
    files_another(city, "li-phone")
    poll = Poll(city)

    assert (poll.counts().cases, poll.counts().may) == (3, 2)
    assert len(poll.sends().people) == 2
    assert poll.asks() == 2


def test_what_they_were_asked_in_one_chat_counts_in_the_other(city):
    allows(city, 1)
    first = Poll(city)
    first.sends()
    first.asks()
    files_another(city, "li-phone")

    assert dict(Poll(city).counts().left_out) == {"often": 2}


def test_a_visit_back_counts_in_every_chat_and_a_reminder_of_it_is_no_other_time(city):
    allows(city, 2)
    city.answer(city.number)
    city.citizen("li-phone").says(choice=f"visit:{city.number}:contacted:yes")
    assert Poll(city).counts().may == 2

    allows(city, 1)
    assert dict(Poll(city).counts().left_out) == {"often": 1}


def test_who_was_asked_often_enough_meanwhile_in_the_other_chat_is_left_alone(city):
    poll = Poll(city)
    poll.sends()
    allows(city, 1)
    city.answer(city.number)
    poll.asks()

    assert poll.states() == {"asked": 1, "dropped": 1}


@pytest.mark.parametrize(
    ("words", "why"), [("不再问我", "opted_out"), ("不要再通知我", "wish"), ("只告诉我结果", "wish")]
)
def test_what_somebody_wishes_in_one_chat_holds_in_all(city, words, why):
    city.citizen("li-phone").says(words, message_id="wish")

    assert dict(Poll(city).counts().left_out) == {why: 1}


def test_where_one_chat_is_shut_the_other_is_asked(city):
    poll = Poll(city)
    poll.sends()
    leaves(city, "li")
    assert poll.asks() == 2

    assert asked_in(city) == {"li-phone", "wang"}
    said = city.citizen("li-phone").says(choice=f"poll:{poll.id}:q1:1", message_id="a")
    assert "打几分" in said[0]
    assert "不是发给您的" in city.citizen().says(choice=f"poll:{poll.id}:q1:1", message_id="b")[0]


def test_an_invitation_that_does_not_arrive_goes_to_the_other_chat_once(city):
    poll = Poll(city)
    poll.sends()
    poll.asks()
    happens(city, "undelivered")
    assert (told(city, poll).asked, told(city, poll).to_come, told(city, poll).lost) == (0, 1, 1)

    assert poll.asks() == 1
    assert asked_in(city) == {"li-phone"}
    happens(city, "undelivered")
    assert poll.asks() == 0
    assert (told(city, poll).asked, told(city, poll).lost) == (0, 2)


def test_who_was_not_reached_stands_apart_and_in_no_share(city):
    leaves(city, "li-phone")
    poll = Poll(city)
    poll.sends()
    poll.asks()
    li = city.citizen()
    for value, key in (("q1:1", "a"), ("q3:5", "b")):
        li.says(choice=f"poll:{poll.id}:{value}", message_id=key)
    happens(city, "undelivered")

    assert (told(city, poll).asked, told(city, poll).done, told(city, poll).lost) == (1, 1, 1)
    assert told(city, poll).answered.share == 1


def test_an_answer_to_what_was_thought_lost_counts(city):
    poll = Poll(city)
    poll.sends()
    poll.asks()
    happens(city, "undelivered")

    city.citizen("wang").says(choice=f"poll:{poll.id}:q1:1", message_id="late")

    assert poll.states() == {"begun": 1, "drawn": 1}
    assert told(city, poll).asked == 1


def test_whose_turn_never_came_was_not_reached_when_it_is_over(city):
    poll = Poll(city, per_hour=1)
    poll.sends()
    poll.asks()
    city.later(days=4)
    poll.asks()

    assert (told(city, poll).asked, told(city, poll).to_come, told(city, poll).lost) == (1, 0, 1)


def test_two_chats_that_turn_out_to_be_one_persons_are_asked_once(city):
    city.citizen("sun").files_a_case("小区门口的垃圾一个星期没人收了，臭得很")
    poll = Poll(city)
    poll.sends()
    follows(city, "sun")

    assert poll.asks() == 2
    assert sum(poll.states().values()) == 3


def test_the_question_waits_for_the_morning_where_the_night_comes_before_it_goes_out(city):
    city.later(hours=3)
    dusk = city.now.replace(hour=13, minute=59)  # 21:59 in China
    poll = Poll(city)
    poll.sends()
    assert poll.asks(dusk) == 2
    assert poll.asks(dusk + timedelta(minutes=2)) == 0
