"""Where a phone number or a place is asked for, a chat that can has a button that sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogs.conversation import Stage
from dialogs.messages import Location

if TYPE_CHECKING:
    from tests.dialogs.talking import Citizen

NOISE = "楼下烧烤店半夜放音响，吵得睡不着"


@pytest.fixture
def sharing(citizen: Citizen) -> Citizen:
    """Somebody whose chat has such buttons, and who has agreed."""
    citizen.shares = True
    for text in (f"昨晚十一点{NOISE}", "同意"):
        citizen.says(text)
    return citizen


def test_the_place_is_asked_for_with_a_button_that_sends_it(sharing):
    assert sharing.now.asking == "where"
    assert sharing.choices[0] == "发送位置"

    sharing.says(pin=Location(28.2, 112.9, "人民公园"))

    assert sharing.now.asking != "where"


def test_the_phone_is_asked_for_with_a_button_that_sends_it(sharing):
    for text in ("幸福里3栋", "没有", "李芳"):
        sharing.says(text)
    assert sharing.now.asking == "contact"
    assert sharing.choices[0] == "发送我的手机号"

    sharing.says(contact="13800138000")

    assert sharing.now.draft.values["contact"] == "13800138000"


@pytest.mark.parametrize(("told", "label"), [((), "发送位置"), (("幸福里3栋", "没有", "李芳"), "发送我的手机号")])
def test_the_words_of_such_a_button_alone_are_no_answer(sharing, told, label):
    for text in told:
        sharing.says(text)
    asked = sharing.now.asking

    assert "直接打字" in sharing.says(label)
    assert (sharing.now.stage, sharing.now.asking) == (Stage.ASKING, asked)
    assert label in sharing.choices


def test_a_chat_without_such_buttons_has_none(citizen):
    for text in (f"昨晚十一点{NOISE}", "同意"):
        citizen.says(text)
    assert citizen.choices == ["跳过"]


def test_whoever_asks_for_a_case_by_its_number_can_send_their_phone(citizen):
    citizen.shares = True
    citizen.says("查一下 20261121-HL-000412-7", number="20261121-HL-000412-7")

    assert citizen.choices == ["发送我的手机号"]
    assert "直接打字" in citizen.says("发送我的手机号")
    assert citizen.now.stage is Stage.CLAIMING
