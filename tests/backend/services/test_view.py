"""Who may see what of a case."""

from __future__ import annotations

import pytest

from backend.services.view import case_json, masked_name, masked_phone
from tests.backend.services.city import City


@pytest.fixture
def shown(store):
    city = City(store)
    found = city.case(city.citizen().files_a_case())
    found.facts["extra"] = {"id_number": "430000199001010000", "flight": "CA1234"}
    return lambda *, personal: case_json(found, city.institutions["hotline"], [], [], personal=personal)


def test_names_and_numbers_are_whole_for_those_who_may_see_them(shown):
    seen = shown(personal=True)

    assert seen["who"]["contact"] == "+8613800138000"
    assert seen["extra"]["id_number"] == "430000199001010000"


def test_others_see_them_masked(shown):
    seen = shown(personal=False)

    assert seen["who"]["contact"] == "138****8000"
    assert seen["extra"] == {"id_number": "43**************00", "flight": "CA1234"}


def test_labels_stand_beside_keys(shown):
    seen = shown(personal=False)

    assert (seen["status"], seen["status_label"], seen["grade_label"], seen["kind_label"]) == (
        "received", "待受理", "一般", "投诉",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("+8613800138000", "138****8000"), ("+862161234567;ext=801", "216****4567"), ("12345", "****45"), (None, None)],
)
def test_a_phone_is_masked_whatever_its_form(phone, masked):
    assert masked_phone(phone) == masked


def test_a_name_keeps_its_first_character():
    assert masked_name("李芳菲") == "李**"
