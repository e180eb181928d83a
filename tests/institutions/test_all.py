"""The built-in institutions: all 28 are there, and each is whole enough to file, follow and answer a case under it."""

import re
from typing import get_args

import pytest

from backend.domain.lifecycle import Status, stages
from dialogs.slots import SLOTS
from institutions.catalog import check_slots, check_stages, load_all
from institutions.guidance import Elsewhere
from institutions.model import Grade, Institution

IDS = (
    "agriculture",
    "airline",
    "bank",
    "bus_reward",
    "bus_station",
    "canteen",
    "community",
    "construction",
    "culture",
    "customer",
    "discipline",
    "education",
    "employee",
    "hotline",
    "labour",
    "market",
    "masses",
    "municipal",
    "onsite",
    "product",
    "property",
    "quality12365",
    "social_security",
    "suggestions",
    "telecom",
    "toll_etc",
    "tourism",
    "whistleblow",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
SERVICE_NUMBER = re.compile(r"(?<!\d)(?:1\d\d|1\d{4}|9\d{4})(?!\d)")
ALL_INSTITUTIONS = load_all()


@pytest.fixture(params=[key for key in IDS if key in ALL_INSTITUTIONS])
def institution(request: pytest.FixtureRequest) -> Institution:
    return ALL_INSTITUTIONS[request.param]


def texts(institution: Institution) -> list[tuple[str, str]]:
    """Every text a person reads, as (Chinese, English)."""
    pairs = [(institution.name, institution.name_en), (institution.accepts, institution.accepts_en)]
    pairs += list(institution.examples)
    pairs += [(department.name, department.name_en) for department in institution.departments]
    for category in institution.categories:
        pairs += [(item.name, item.name_en) for item in (category, *category.matters)]
    pairs += [(clock.label, clock.label_en) for clock in institution.clocks.values()]
    return pairs + [(row.say, row.say_en) for row in institution.elsewhere]


def names_somebody(row: Elsewhere) -> bool:
    return bool(SERVICE_NUMBER.search(row.say)) and bool(SERVICE_NUMBER.search(row.say_en))


def test_all_28_institutions_are_built_in() -> None:
    assert sorted(ALL_INSTITUTIONS) == sorted(IDS)


def test_no_two_institutions_share_the_letters_of_their_case_numbers() -> None:
    codes = [institution.code for institution in ALL_INSTITUTIONS.values()]

    assert len(codes) == len(set(codes))


def test_every_text_stands_there_in_chinese_and_in_english(institution: Institution) -> None:
    bare = [pair for pair in texts(institution) if not (CHINESE.search(pair[0]) and LATIN.search(pair[1]))]

    assert bare == []


def test_the_receipt_can_promise_an_answer_whatever_the_grade(institution: Institution) -> None:
    answer = institution.clocks["answer"]

    assert answer.starts == "received"
    assert isinstance(answer.length, str) or set(answer.length) == set(get_args(Grade))


def test_somebody_who_came_to_the_wrong_door_is_told_a_number(institution: Institution) -> None:
    assert institution.elsewhere
    assert [row.say for row in institution.elsewhere if not names_somebody(row)] == []


def test_it_takes_at_least_one_kind_of_case(institution: Institution) -> None:
    assert institution.kinds


def test_it_asks_what_happened_first_and_who_is_speaking(institution: Institution) -> None:
    assert institution.required[0] == "what"
    assert {"who", "contact"} <= set(institution.required)


def test_its_slots_and_statuses_exist(institution: Institution) -> None:
    check_slots(institution, SLOTS)
    check_stages(institution, [status.value for status in Status])


def test_its_clocks_run_only_between_stages_that_it_uses(institution: Institution) -> None:
    used = {status.value for status in stages(institution)}
    named = {status for clock in institution.clocks.values() for status in (clock.starts, *clock.stops)}

    assert named <= used


def test_a_case_can_be_taken_back_and_put_away(institution: Institution) -> None:
    assert {"supplementing", "refused", "withdrawn", "archived"} <= set(institution.stages)


def test_every_category_has_words_that_speak_for_it(institution: Institution) -> None:
    silent = [
        category.id
        for category in institution.categories
        if not category.words and not any(matter.words for matter in category.matters)
    ]

    assert silent == []
