"""Case numbers survive how people type, and mistyping is noticed."""

from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.numbers import LAST, NoNumberLeft, NotANumber, WrongCheckDigit, find, make, read, told

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
codes = st.text(ascii_uppercase, min_size=2, max_size=2)
numbers = st.builds(make, days, codes, st.integers(1, LAST))

FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789-" + ascii_uppercase}


@st.composite
def typed(draw: st.DrawFn, number: str) -> str:
    """The number as somebody in a hurry types it."""
    gaps = st.sampled_from(["", "-", " ", "—", "－", "_", "\u200b"])
    text = "".join(draw(gaps) if c == "-" else c + draw(st.sampled_from(["", "", "", " "])) for c in number)
    text = draw(st.sampled_from([text, text.lower(), text.translate(FULL_WIDTH)]))
    before = draw(st.sampled_from(["", "编号", "我的是：", "No. ", "打过13800138000，编号"]))
    return before + text + draw(st.sampled_from(["", "。", " 到哪了？", "办得怎么样", "谢谢"]))


def _notices(text: str) -> bool:
    try:
        read(text)
    except (NotANumber, WrongCheckDigit):
        return True
    return False


def test_a_number_looks_as_the_contract_says():
    assert make(date(2026, 11, 21), "HL", 412) == "20261121-HL-000412-7"


@given(st.data(), numbers)
def test_a_number_is_read_back_however_it_is_typed(data, number):
    text = data.draw(typed(number))

    assert read(text) == find(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "20261121-HL-000412-7",
        "20261121hl0004127",
        "编号20261121hl0004127",
        "２０２６１１２１－ＨＬ－０００４１２－７",
        "2026 1121 HL 0004 12 7",
        "20261121—hl—000412—7到哪一步了",
        "电话13800138000，编号 20261121-HL-000412-7",
        "20261121-HL-000412-8 不对，是 20261121-HL-000412-7",
        "20261121-HL-000412 20261121-HL-000412-7",
    ],
)
def test_the_same_number_in_many_hands(text):
    assert read(text) == "20261121-HL-000412-7"


@given(numbers, st.data())
def test_one_wrong_digit_is_noticed(number, data):
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))

    assert _notices(number[:at] + other + number[at + 1 :])


def test_neighbouring_digits_that_changed_places_are_noticed_nearly_always():
    """ISO 7064 mod 11,10 itself lets 1 of 45 pass."""
    swapped = [
        (number, number[:i] + number[i + 1] + number[i] + number[i + 2 :])
        for number in (make(date(2026, 11, 21), "HL", count) for count in range(1, 100_000, 97))
        for i in range(len(number) - 1)
        if number[i : i + 2].isdigit() and number[i] != number[i + 1]
    ]

    missed = sum(not _notices(wrong) for _, wrong in swapped)

    assert missed / len(swapped) < 0.03


def test_wrong_or_swapped_letters_are_mostly_noticed():
    pairs = [(a, b) for a in ascii_uppercase for b in ascii_uppercase if a != b]
    right = {a + b: make(date(2026, 11, 21), a + b, 412) for a, b in pairs}

    swapped = sum(not _notices(number.replace(code, code[::-1])) for code, number in right.items())
    mistyped = sum(
        not _notices(number.replace(code, code[0] + wrong))
        for code, number in right.items()
        for wrong in ascii_uppercase
        if wrong != code[1]
    )

    assert swapped / len(right) < 0.10
    assert mistyped / (25 * len(right)) < 0.10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "13800138000",
        "20261121",
        "20261321-HL-000412-7",
        "20261121-HL-000412",
        "920261121-HL-000412-7",
        "١" * 17,
    ],
)
def test_what_is_no_number_is_said_to_be_none(text):
    assert find(text) is None
    with pytest.raises(NotANumber, match="holds no case number"):
        read(text)


def test_a_number_followed_by_more_digits_is_none():
    assert find("20261121-HL-000412-71") is None


def test_a_mistyped_number_is_named_in_its_normal_form():
    with pytest.raises(WrongCheckDigit, match="20261121-HL-000412-8 is mistyped"):
        read("编号20261121hl0004128")


def test_a_very_long_text_is_not_repeated_in_the_complaint_about_it():
    with pytest.raises(NotANumber) as raised:
        read("投诉" * 50_000)

    assert len(str(raised.value)) < 200


@given(st.text())
def test_any_text_is_either_a_number_or_not(text):
    assert (find(text) is None) == _notices(text)


@pytest.mark.parametrize("count", [0, -1, LAST + 1])
def test_a_counter_that_does_not_fit_is_refused(count):
    with pytest.raises(NoNumberLeft, match=f"HL cannot number case {count} of 2026-11-21"):
        make(date(2026, 11, 21), "HL", count)


@pytest.mark.parametrize("code", ["", "H", "hl", "HLX", "H1", "ＨＬ"])
def test_a_code_is_two_capital_letters(code):
    with pytest.raises(ValueError, match="two capital letters"):
        make(date(2026, 11, 21), code, 1)


@pytest.mark.parametrize("word", ["", "路灯坏了", "我的编号是 20260302"])
def test_a_text_without_a_number_tells_none_and_none_misread(word):
    assert told(word) == ("", False)


def test_a_text_tells_the_number_in_it_or_that_one_is_misread():
    number = make(date(2026, 3, 2), "HL", 7)
    last = "0" if number[-1] != "0" else "1"

    assert told(f"查一下{number}") == (number, False)
    assert told(f"查一下{number[:-1]}{last}") == ("", True)
