"""A visit-back under hostile, clumsy and late answers: each is told a sentence, and none changes what it may not."""

from __future__ import annotations

import pytest

from backend.services.cases import visitback
from backend.services.privacy import erasing
from backend.services.talks.intake import StoredFile
from tests.backend.services.city import STORY, City

ODD = (
    "visit::contacted:yes", "visit:{n}:contacted", "visit:{n}:contacted:yes:1:2", "visit:{n}:contacted:maybe",
    "visit:{n}:satisfied:6", "visit:{n}:satisfied:-1", "visit:{n}:solved:no:999", "visit:{n}:solved:no:x",
    "visit:{n}:reason:nothing", "visit:{n}:remark:none", "visit:{n}:colour:red", "visit:{n}:contacted:yes:٣",
    "visit:20261121-HL-999999-0:contacted:yes", "visit:x:contacted:yes", "visit:" + "9" * 5000 + ":contacted:yes",
    "rate:{n}", "rate:x", "accept:{n}", "reject:x", "urge:{n}", "poll:999999999999:q1:1", "poll:x:q1:1", "poll:1:q1:never:x",
)  # fmt: skip


@pytest.fixture
def city(store):
    return City(store)


def answered(city: City, name: str = "li"):
    citizen = city.citizen(name)
    number = citizen.files_a_case()
    city.answer(number)
    return citizen, number


def row(city: City, number: str, asked: int = 1):
    return city.store.read_now(lambda work: work.surveys.get(number, asked))


def tap(citizen, number: str, *answers: str) -> list[str]:
    said: list[str] = []
    for answer in answers:
        said = citizen.says(choice=f"visit:{number}:{answer}")
    return said


@pytest.mark.parametrize("choice", ODD)
def test_an_odd_button_is_answered_with_a_sentence_and_rates_nothing(city, choice):
    citizen, number = answered(city)

    said = citizen.says(choice=choice.format(n=number))

    assert said
    assert all(said)
    assert row(city, number).satisfied is None


@pytest.mark.parametrize("choice", ODD)
def test_an_odd_button_of_a_stranger_opens_nothing(city, choice):
    _, number = answered(city)

    said = city.citizen("stranger").says(choice=choice.format(n=number))

    assert said
    assert STORY[:8] not in "".join(said)
    assert row(city, number).answered_at is None


def test_two_taps_at_once_are_two_answers_to_one_question(city):
    citizen, number = answered(city)

    tap(citizen, number, "contacted:yes", "contacted:no", "solved:yes", "solved:no")

    told = row(city, number)
    assert (told.contacted, told.solved) == (True, "yes")


def test_the_same_tap_delivered_twice_counts_once(city):
    citizen, number = answered(city)
    tap(citizen, number, "contacted:yes")

    first = citizen.says(choice=f"visit:{number}:solved:no", message_id="same")
    again = citizen.says(choice=f"visit:{number}:solved:no", message_id="same")

    assert first == again
    assert city.case(number).round == 2


def test_five_thousand_letters_are_words_of_theirs_and_are_kept_whole(city):
    citizen, number = answered(city)
    tap(citizen, number, "contacted:no", "solved:partly", "satisfied:3")

    citizen.says("慢" * 5000)

    assert row(city, number).remark == "慢" * 5000


def test_a_file_in_place_of_a_photo_goes_to_the_case_and_the_question_stays(city):
    citizen, number = answered(city)
    tap(citizen, number, "contacted:no", "solved:no", "satisfied:2")

    said = citizen.says(files=(StoredFile("document", "application/pdf", "a.pdf", "2" * 64, 100),))

    assert number in "".join(said)
    assert ("citizen", "evidence") in city.history(number)


def test_a_question_that_stood_open_when_the_case_was_erased_is_answered_with_a_sentence(city):
    citizen, number = answered(city)
    tap(citizen, number, "contacted:yes")
    city.later(days=20)
    city.unit(visitback.expire, city.institutions, at=city.now)
    city.later(days=366 * 40)
    assert city.unit(erasing.erase, city.institutions, number, at=city.now)

    said = tap(citizen, number, "solved:no")

    assert said
    assert city.case(number).status == "closed"


def test_who_has_left_the_case_rates_it_no_more(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    second = city.citizen("wang")
    city.unit(_bind, number, second, at=city.now)
    city.answer(number)
    tap(second, number, "contacted:yes")
    city.unit(_unbind, number, second)

    said = tap(second, number, "solved:no")

    assert said
    assert city.case(number).status == "visiting_back"


def test_who_follows_from_a_second_device_and_the_first_rates_wins(city):
    citizen, number = answered(city)
    tap(citizen, number, "contacted:yes", "solved:yes", "satisfied:5")

    said = citizen.says(f"评价 {number}")

    assert said
    assert row(city, number).satisfied == 5


def _person(work, citizen, at):
    return work.people.find_or_add("web", citizen.name, language="zh", at=at).id


def _bind(work, number, citizen, *, at):
    work.cases.bind(number, _person(work, citizen, at), "joint", at=at)


def _unbind(work, number, citizen):
    work.cases.unbind(number, _person(work, citizen, citizen.city.now), with_devices=False)
