"""Who left, who is back, what was allowed, what became of a message: noted once, and what follows from it happens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.talks import reach
from dialogs.messages import Back, ChatMoved, Granted, Left, Peer, Result
from tests.backend.services.city import City

LI = Peer("web", "li")


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def note(city, news):
    city.unit(reach.note, city.institutions, city.institutions["hotline"], news, at=city.now)


def notices(city, number):
    return [(row.state, row.reason) for row in city.store.read_now(lambda work: work.outbox.of_case(number))]


def person(city, address="li"):
    return city.store.read_now(lambda work: work.people.find("web", address))


def test_who_blocks_us_gets_nothing_more_and_the_desk_sees_why(city, number):
    city.move(number, "accepted")
    for _ in range(2):
        note(city, Left(LI, city.now, "blocked"))

    assert person(city).gone == "blocked"
    assert notices(city, number) == [("undelivered", "市民已停用机器人，请改用其他方式联系市民。")]


def test_who_comes_back_is_owed_what_they_missed(city, number):
    note(city, Left(LI, city.now, "blocked"))
    city.move(number, "accepted")
    note(city, Left(LI, city.now, "blocked"))
    city.unit(lambda work: work.reaches.leave(person(city).id, at=city.now, why="blocked"))
    note(city, Back(LI, city.later(hours=1)))

    assert person(city).gone == ""
    assert notices(city, number) == [("queued", "")]


def test_a_notice_that_met_a_block_nobody_told_us_of_is_owed_again_by_who_is_back(city, number):
    city.move(number, "accepted")
    (row,) = city.store.read_now(lambda work: work.outbox.of_case(number))
    city.unit(lambda work: work.outbox.record(row.id, state="undelivered", at=city.now, reason="拉黑"))
    note(city, Back(LI, city.now))

    assert notices(city, number) == [("queued", "")]


def test_news_that_is_older_than_their_last_words_is_over(city, number):
    before = city.now - timedelta(minutes=1)
    note(city, Left(LI, before, "blocked"))

    assert person(city).gone == ""


def test_of_who_no_longer_follows_the_case_stays_and_the_address_goes(city, number):
    city.unit(lambda work: work.inbox.add("web", "li", "m9", {"text": "好"}, at=city.now))
    note(city, Left(LI, city.now, "unfollowed"))

    assert person(city) is None
    assert city.case(number).number == number
    assert not city.store.read_now(lambda work: work.inbox.waits("web", "li"))


def test_nobody_knows_who_never_wrote(city):
    note(city, Left(Peer("web", "nobody"), city.now, "blocked"))
    note(city, Back(Peer("web", "nobody"), city.now))

    assert person(city, "nobody") is None


def test_what_somebody_allows_is_theirs_until_they_take_it_back(city, number):
    note(city, Granted(LI, "S1", 1, city.now))
    who = person(city).id
    assert city.store.read_now(lambda work: work.reaches.of(who, now=city.now, way="x")).grants == {"S1": 1}

    note(city, Granted(LI, "S1", 0, city.later(seconds=1)))
    assert city.store.read_now(lambda work: work.reaches.of(who, now=city.now, way="x")).grants == {}


def sent(city, number, *, way="template", platform_id="2001"):
    """The newest notice was taken by the platform."""
    city.move(number, "accepted")
    (row,) = city.store.read_now(lambda work: work.outbox.of_case(number))
    city.unit(lambda work: work.outbox.record(row.id, state="accepted", at=city.now, way=way, platform_id=platform_id))


@pytest.mark.parametrize(("delivered", "state"), [(True, "delivered"), (False, "undelivered")])
def test_what_the_platform_says_later_is_the_truth(city, number, delivered, state):
    sent(city, number)
    for _ in range(2):
        note(city, Result("web", "2001", delivered, "用户拒收", city.now))

    ((found, reason),) = notices(city, number)
    assert (found, "用户拒收" in reason) == (state, not delivered)


def test_what_the_platform_says_too_early_is_kept_until_it_fits(city, number):
    note(city, Result("web", "2001", True, "", city.now))
    sent(city, number)
    city.unit(reach.catch_up, "web", "2001", at=city.now)

    assert notices(city, number) == [("delivered", "")]


def unnumbered(city, msgid, *, delivered=True):
    """What the platform says of a notice whose id it had not told."""
    return Result("web", msgid, delivered, "用户拒收", city.now, LI, "S1")


def test_a_notice_without_an_id_is_the_first_of_its_template_to_that_person(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department="城市管理局")
    rows = city.store.read_now(lambda work: work.outbox.of_case(number))
    for row in rows:
        city.unit(lambda work, key=row.id: work.outbox.record(key, state="accepted", at=city.now, way="subscription",
                                                              platform_id="S1"))  # fmt: skip
    for _ in range(2):
        note(city, unnumbered(city, "901", delivered=False))
    assert [state for state, _ in notices(city, number)] == ["undelivered", "accepted"]

    note(city, unnumbered(city, "902"))
    assert [state for state, _ in notices(city, number)] == ["undelivered", "delivered"]


def test_what_is_said_too_early_of_a_notice_without_an_id_is_kept_until_it_fits(city, number):
    for _ in range(2):
        note(city, unnumbered(city, "901"))
    sent(city, number, way="subscription", platform_id="S1")
    city.unit(reach.catch_up, "web", "S1", at=city.now, person=person(city).id)
    note(city, unnumbered(city, "901", delivered=False))

    assert notices(city, number) == [("delivered", "")]


def test_after_ten_minutes_of_silence_nobody_knows_and_a_late_word_still_counts(city, number):
    sent(city, number)
    city.later(minutes=9)
    assert city.unit(reach.give_up, at=city.now) == 0
    city.later(minutes=1)
    assert city.unit(reach.give_up, at=city.now) == 1
    assert notices(city, number)[0][0] == "uncertain"

    note(city, Result("web", "2001", True, "", city.now))
    assert notices(city, number) == [("delivered", "")]


@pytest.mark.parametrize("how", [{"way": "message"}, {"platform_id": ""}])
def test_of_what_nobody_ever_tells_more_nothing_is_waited_for(city, number, how):
    sent(city, number, **how)
    city.later(hours=1)

    assert city.unit(reach.give_up, at=city.now) == 0


def test_a_chat_with_a_new_number_is_the_same_person(city, number):
    who = person(city).id
    for _ in range(2):
        note(city, ChatMoved("web", "li", "li-new"))

    assert person(city, "li-new").id == who
