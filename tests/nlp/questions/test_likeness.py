"""A question that is nearly as an institution's file has it, and one that only shares a word with it."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.guidance import Faq
from nlp.questions.likeness import nearest, pairs

ROWS = (
    Faq(id="card", words={"门禁卡": 3}, asks=("门禁卡丢了怎么补办", "补办门禁卡要多少钱"), say="到客服中心办。"),
    Faq(id="fund", words={"维修资金": 3}, asks=("维修资金在哪里查", "動用維修資金要誰同意"), say="由业主表决。"),
    Faq(id="none", words={"别的": 3}, say="没有写下问法。"),
)


@pytest.mark.parametrize(
    ("clause", "row"),
    [
        ("门禁卡丢了怎么补办", "card"),
        ("请问门禁卡丢了怎么补办呢？", "card"),
        ("我的门禁卡丢了怎么补办", "card"),
        ("你好,我想问一下补办门禁卡要多少钱呀", "card"),
        ("动用维修资金要谁同意", "fund"),
        ("维修资金在哪查", "fund"),
    ],
)
def test_politeness_and_a_word_more_or_less_change_nothing(clause: str, row: str) -> None:
    assert nearest(clause, ROWS) == row


@pytest.mark.parametrize(
    "clause", ["门禁卡", "门禁坏了三天没人修", "补办身份证要多少钱呢这个", "维修", "", "？？", "多少钱"]
)
def test_a_word_in_common_is_not_enough(clause: str) -> None:
    assert nearest(clause, ROWS) == ""


def test_what_two_rows_have_alike_goes_to_the_nearer() -> None:
    rows = (
        Faq(id="a", words={"甲": 3}, asks=("装修几点可以开始",), say="早上。"),
        Faq(id="b", words={"乙": 3}, asks=("装修几点可以结束",), say="晚上。"),
    )

    assert [nearest(clause, rows) for clause in ("装修几点可以开始吗", "装修几点可以结束吗")] == ["a", "b"]


@given(st.text(max_size=80))
def test_any_text_is_read_and_is_like_itself(text: str) -> None:
    found = nearest(text, (Faq(id="same", words={"x": 3}, asks=(text,), say="好。"),))

    assert found in {"", "same"}
    assert pairs(text) == pairs(text)


def test_forty_phrasings_are_compared_within_a_fraction_of_a_millisecond() -> None:
    rows = [
        Faq(
            id=f"q{n}", words={"几时": 3}, asks=tuple(f"第{n}种事情的第{k}句话怎么问才好" for k in range(5)), say="好。"
        )
        for n in range(8)
    ]
    nearest("我家楼上漏水三天了怎么办", rows)

    begun = perf_counter()
    for _ in range(200):
        nearest("我家楼上漏水三天了怎么办", rows)

    assert (perf_counter() - begun) / 200 < 0.0005
