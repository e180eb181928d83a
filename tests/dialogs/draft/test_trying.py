"""Who has not spoken with the other side is told that it is quicker, and may file all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.draft.trying import not_yet
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

MARKET = load_all()["market"]
STORY = "昨天在幸福超市买的牛奶过期了，要求退一赔十"


def asked(language: str = "zh") -> Citizen:
    citizen = Citizen(MARKET)
    citizen.now = replace(citizen.now, consented=True, language=language)
    citizen.says(STORY)
    assert citizen.now.asking == "raised_before"
    return citizen


@pytest.mark.parametrize(
    "answer",
    [
        "没有",
        "还没有",
        "没找过",
        "没有协商过",
        "没找商家，直接来投诉的",
        "还没跟老板说",
        "no",
        "not yet",
        "No, I haven't",
    ],
)
def test_who_has_not_tried_is_told_what_is_quicker_and_goes_on(answer: str) -> None:
    citizen = asked()

    said = citizen.says(answer)

    assert "先和对方谈往往更快" in said
    assert citizen.now.draft.values["raised_before"] == answer
    assert citizen.now.asking == "respondent_address"


@pytest.mark.parametrize(
    "answer", ["找过，不同意退款", "没联系上", "没人理我", "没有结果", "谈了三次没谈成", "they refused"]
)
def test_who_has_tried_is_told_nothing_of_it(answer: str) -> None:
    assert not not_yet(answer)


def test_it_can_be_skipped_like_any_other_question() -> None:
    citizen = asked()

    citizen.says("跳过")

    assert "raised_before" in citizen.now.draft.skipped


def test_a_phone_told_with_it_is_not_lost() -> None:
    citizen = asked()

    citizen.says("没有，我电话13800138000")

    assert citizen.now.draft.values["contact"] == "+8613800138000"
