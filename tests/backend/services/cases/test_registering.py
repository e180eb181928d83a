"""Staff write down what somebody tells at another door; the person follows it later in a chat, by number and code."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.services.cases import registering
from backend.services.cases.registering import Typed, Unfit
from backend.services.office.desk import OnlyLooks
from backend.services.talks.intake import StoredFile
from tests.backend.services.city import STORY, City

CLERK = Actor("赵接线", frozenset({"intake"}), "hotline")
TOLD = {
    "what": STORY,
    "who": "李芳",
    "contact": "13800138000",
    "where": "幸福里3栋楼下",
    "when": "昨晚11点",
    "request": "夜里不放音响",
}
PHOTO = StoredFile("photo", "image/jpeg", "letter.jpg", "a" * 64, 1000)


@pytest.fixture
def city(store):
    return City(store)


def saved(city, form="one", *, by=CLERK, **typed):
    institution = city.institutions["hotline"]
    told = Typed(form, **({"texts": TOLD} | typed))
    at = city.later(seconds=20)
    read = registering.read(told, institution, at=at)
    return city.unit(registering.save, city.institutions, institution, told, read, by=by, at=at)


def followers(city, number):
    return city.store.read_now(lambda work: [person.channel for person in work.cases.people_of(number)])


def claimed(city, number, code, name="chat"):
    chat = city.citizen(name)
    chat.says(number)
    return chat, chat.says(code)


@pytest.mark.parametrize("source", ["phone", "counter", "letter", "email"])
def test_what_comes_by_another_door_is_the_same_case_as_from_a_chat(city, source):
    case = saved(city, source=source, files=(PHOTO,)).case

    kept = city.case(case.number)
    chat = city.case(city.citizen("neighbour").files_a_case())
    assert (kept.source, kept.person, kept.status) == (source, None, "received")
    assert (kept.category_id, kept.department_id, set(kept.due)) == (
        chat.category_id,
        chat.department_id,
        set(chat.due),
    )
    assert kept.facts["who"]["contact"] == "+8613800138000"
    assert kept.facts["where"]["text"] == "幸福里3栋楼下"
    assert followers(city, case.number) == []
    assert city.history(case.number)[:2] == [("赵接线", "filed"), ("赵接线", "evidence")]


def test_two_presses_file_one_case_and_the_last_code_counts(city):
    first, second = saved(city), saved(city)

    assert first.case.number == second.case.number
    assert first.code != second.code
    _, said = claimed(city, first.case.number, first.code)
    assert followers(city, first.case.number) == []
    claimed(city, first.case.number, second.code, "other")
    assert followers(city, first.case.number) == ["web"]
    assert said


def test_number_and_code_bind_a_chat_once_and_it_is_the_citizens_own(city):
    made = saved(city)
    number = made.case.number

    chat, said = claimed(city, number, made.code)
    claimed(city, number, made.code, "thief")

    assert number in said[0]
    assert followers(city, number) == ["web"]
    assert city.case(number).person is not None
    city.answer(number)
    assert "survey" in [kind for kind, _ in city.owed(number)]
    assert chat


def test_the_phone_on_file_proves_it_as_well(city):
    number = saved(city).case.number

    claimed(city, number, "13800138000")

    assert followers(city, number) == ["web"]
    assert city.case(number).person is not None


def test_a_wrong_code_is_tried_a_few_times_only(city):
    made = saved(city)
    thief = city.citizen("thief")
    for n in range(2, 8):
        thief.says(made.case.number)
        thief.says(f"ABCD-EF{n}{n}")

    thief.says(made.case.number)
    thief.says(made.code)

    assert followers(city, made.case.number) == []


def test_only_a_hash_of_the_code_is_kept(city):
    made = saved(city)

    (slip,) = city.store.read_now(lambda work: work.slips.of_case(made.case.number))

    assert made.code.replace("-", "") not in repr(slip)


def test_a_code_does_not_count_for_ever(city):
    made = saved(city)
    city.later(days=200)

    claimed(city, made.case.number, made.code)

    assert followers(city, made.case.number) == []


def test_a_slip_printed_again_has_another_code(city):
    made = saved(city)

    again = city.unit(
        registering.printed_again, city.institutions, made.case.number, by=CLERK, at=city.later(minutes=1)
    )

    assert again.code != made.code
    assert city.history(made.case.number)[-1] == ("赵接线", "noted")
    claimed(city, made.case.number, again.code)
    assert followers(city, made.case.number) == ["web"]


def test_what_is_missing_and_wrong_is_told_field_by_field(city):
    with pytest.raises(Unfit) as refused:
        saved(city, texts={"what": "路灯坏了", "contact": "12", "who": "李芳"})

    assert set(refused.value.read.wrong) == {"contact"}
    assert {"when", "where"} <= set(refused.value.read.missing)


def test_what_the_citizen_did_not_say_is_no_reason_to_turn_them_away(city):
    case = saved(
        city, texts={"what": "路灯坏了三天没人修", "where": "人民路", "when": "无", "who": "未说", "contact": "无"}
    ).case

    assert case.facts["when"] is None
    assert case.facts["who"]["anonymous"]


def test_the_story_fills_the_fields_that_are_empty(city):
    case = saved(city, texts={"what": STORY, "who": "李芳", "contact": "13800138000"}).case

    assert "幸福里3栋" in case.facts["where"]["text"]
    assert case.facts["when"]["start"] is not None


def test_danger_asks_for_place_and_phone_alone(city):
    case = saved(
        city, texts={"what": "幸福里3栋着火了，有人困在里面", "where": "幸福里3栋", "contact": "13800138000"}
    ).case

    assert case.grade == "emergency"


def test_another_category_or_department_is_a_correction_by_whom_it_registers(city):
    other = city.institutions["hotline"].categories[-1].id

    case = saved(city, place=other).case

    assert city.case(case.number).category_id == other
    assert ("赵接线", "corrected") in city.history(case.number)


def test_the_same_incident_and_the_persons_earlier_cases_are_shown(city):
    number = city.citizen("neighbour").files_a_case(phone="13800138000")
    institution = city.institutions["hotline"]
    read = registering.read(Typed("x", texts=TOLD), institution, at=city.now)

    found = city.store.read_now(registering.beside, institution, read, by=CLERK, at=city.now)

    assert [case.number for case in found.alike] == [number]
    assert [case.number for case in found.earlier] == [number]


def test_joined_to_a_case_their_words_stand_in_its_history(city):
    number = city.citizen("neighbour").files_a_case(phone="19900001234")

    made = saved(city, join=number, files=(PHOTO,))

    assert (made.case.number, made.voice) == (number, 2)
    assert ("赵接线", "joined") in city.history(number)
    claimed(city, number, made.code)
    assert followers(city, number) == ["web", "web"]
    assert city.case(number).source == "web"


def test_who_only_handles_cases_registers_none(city):
    with pytest.raises(OnlyLooks):
        saved(city, by=Actor("钱办", frozenset({"handler"}), "hotline"))
    with pytest.raises(OnlyLooks):
        saved(city, by=Actor("孙接线", frozenset({"intake"}), "property"))
