"""What of a number is left for those who may not see it whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.services.privacy.masking import masked, masked_name, masked_phone, masked_text

MOBILE = "13800138000"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("电话13800138000，找我", "电话138****8000，找我"),
        ("138 0013 8000", "138****8000"),
        ("138-001-38000", "138****8000"),
        ("+86 13800138000", "138****8000"),
        ("手机号8613800138000。", "手机号138****8000。"),
        ("tel:13800138000-李女士", "tel:138****8000-李女士"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("幺三八零零一三八零零零", "幺三八****八零零零"),
        ("座机021-61234567转801", "座机021****4567转801"),
        ("(0731) 8123 4567", "(0731)****4567"),
        ("身份证110101199001011237", "身份证1101**********1237"),
        ("身份证 110101 19900101 123X", "身份证 1101**********123X"),
        ("编号 20261121-HL-000412-7", "编号 20261121-HL-000412-7"),
        ("编号20261121HL0004127", "编号20261121HL0004127"),
        ("订单13800138000123", "订单13800138000123"),
        ("热线12345，火警119", "热线12345，火警119"),
        ("2026-11-21T09:12:00+08:00", "2026-11-21T09:12:00+08:00"),
        ("一三五七九的课", "一三五七九的课"),
        ("11月20日到2026年11月21日23:00", "11月20日到2026年11月21日23:00"),
    ],
)
def test_numbers_of_persons_are_masked_in_running_text(said, seen):
    assert masked_text(said) == seen


@given(before=st.text(alphabet="噪音a，。 +(", max_size=5), after=st.text(alphabet="噪音a，。 -)", max_size=5))
def test_a_mobile_number_is_masked_whatever_stands_around_it(before, after):
    assert MOBILE not in masked_text(f"{before}{MOBILE}{after}")


def test_every_text_of_a_value_is_masked_and_nothing_else():
    value = {"text": MOBILE, "lat": 28.2, "lon": None, "pieces": {"house": [f"门口{MOBILE}", True]}}

    assert masked(value) == {
        "text": "138****8000",
        "lat": 28.2,
        "lon": None,
        "pieces": {"house": ["门口138****8000", True]},
    }


@pytest.mark.parametrize(
    ("phone", "seen"),
    [("+8613800138000", "138****8000"), ("+862161234567;ext=801", "216****4567"), ("12345", "****45"), (None, None)],
)
def test_a_phone_is_masked_whatever_its_form(phone, seen):
    assert masked_phone(phone) == seen


def test_a_name_keeps_its_first_character():
    assert masked_name("李芳菲") == "李**"
