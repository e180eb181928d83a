from __future__ import annotations

import threading
import time

import pytest

from backend.store.people import NoSuchPerson, Person
from tests.backend.store.samples import NOON, a_citizen, later


def test_a_person_is_met_once(work):
    first = work.people.find_or_add("web", "c1", language="en", at=NOON)
    again = work.people.find_or_add("web", "c1", language="zh", at=NOON)

    assert first == again == Person(first.id, "web", "c1", "en")
    assert work.people.get(first.id) == first


def test_the_same_address_on_two_channels_is_two_people(work):
    web = work.people.find_or_add("web", "7", language="zh", at=NOON)
    telegram = work.people.find_or_add("city-telegram", "7", language="zh", at=NOON)

    assert web.id != telegram.id


def test_looking_for_somebody_adds_nobody(work):
    person = a_citizen(work)

    assert work.people.find(person.channel, person.address) == person
    assert work.people.find(person.channel, "nobody") is None


def test_nobody_has_an_unknown_id(work):
    with pytest.raises(NoSuchPerson, match="404"):
        work.people.get(404)


def test_a_language_is_remembered(work):
    person = a_citizen(work)

    work.people.set_language(person.id, "en")

    assert work.people.get(person.id).language == "en"


def test_a_conversation_is_kept_for_each_institution(work):
    person = a_citizen(work)
    assert work.people.conversation(person.id, "hotline") is None

    work.people.save_conversation(person.id, "hotline", {"v": 1, "asking": "who", "answers": {"what": "路灯"}}, at=NOON)
    work.people.save_conversation(person.id, "hotline", {"v": 1, "asking": None}, at=NOON)
    work.people.save_conversation(person.id, "property", {"v": 1}, at=NOON)

    assert work.people.conversation(person.id, "hotline") == {"v": 1, "asking": None}
    assert work.people.conversation(person.id, "property") == {"v": 1}


def test_wrong_claims_are_counted_for_each_person(work):
    one, two = a_citizen(work), a_citizen(work, "c2")
    for person, minute in ((one, 0), (one, 5), (one, 9), (two, 9)):
        work.people.note_wrong_claim(person.id, "N1", at=later(minute))

    assert work.people.wrong_claims(one.id, since=later(5)) == 2
    assert work.people.wrong_claims(two.id, since=later(10)) == 0
    assert work.people.wrong_claims_of("N1", since=later(0)) == 4


def test_units_of_one_person_run_one_after_the_other(store):
    entered, order = threading.Event(), []

    def first(work):
        work.lock_person("web", "c1")
        entered.set()
        time.sleep(0.1)
        order.append("first")

    def second(work):
        work.lock_person("web", "c1")
        order.append("second")

    one = threading.Thread(target=store.run_now, args=(first,))
    one.start()
    entered.wait()
    store.run_now(second)
    one.join()

    assert order == ["first", "second"]
