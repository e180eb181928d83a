"""Phone numbers as they are typed: whose form is right although nothing says so, and what is wrong with the others."""

from __future__ import annotations

import pytest

from nlp.segment import normal
from nlp.who import dialled
from nlp.who.people import phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("852 9123 4567", "+85291234567"),
        ("香港91234567", "+85291234567"),
        ("澳门 6612 3456", "+85366123456"),
        ("886912345678", "+886912345678"),
        ("0912345678", "+886912345678"),
        ("13800138000", None),
        ("852", None),
        ("没有电话", None),
    ],
)
def test_a_number_from_beyond_needs_no_plus(text, number):
    assert dialled.beyond(normal(text)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("010-88886666", "+861088886666"),
        ("(0731) 88886666", "+8673188886666"),
        ("400-812-3456", "+864008123456"),
        ("+852 9123 4567", "+85291234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("1380013800O", "+8613800138000"),
        ("l3800138000", None),
    ],
)
def test_every_usual_form_is_read(text, number):
    assert phone(dialled.mended(normal(text))) == number


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        ("1380013800", "short", 10),
        ("138001380001", "long", 12),
        ("12345678901", "unknown", 11),
        ("0731-888866661", "unknown", 13),
        ("138****8000", "hidden", 0),
        ("一三八零零一三八零零", "short", 10),
    ],
)
def test_what_is_wrong_is_known(text, kind, digits):
    assert dialled.flaw(normal(text)) == dialled.Flaw(kind, digits)


@pytest.mark.parametrize("text", ["没有", "110", "以后再说"])
def test_words_and_short_numbers_are_no_attempt(text):
    assert dialled.flaw(normal(text)) is None
