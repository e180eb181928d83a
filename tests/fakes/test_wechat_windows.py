"""How many messages a person's doings allow, in each of the three ways in which quotas may combine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import VirtualClock
from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_fields import fits
from tests.fakes.wechat_windows import MESSAGE, TOUCH, opened, spend
from tests.fakes.wechat_world import Settings, User, World

DOINGS = st.lists(
    st.one_of(st.just("message"), st.just("touch"), st.just("send"), st.integers(1, 200_000)), max_size=40
)


def played(rule, doings):
    """How many messages went out after each of *doings*."""
    world, user, sent = World(VirtualClock(), Settings(quota_rule=rule)), User("a", "o"), 0
    for doing in doings:
        match doing:
            case "message":
                opened(world, user, MESSAGE)
            case "touch":
                opened(world, user, TOUCH)
            case "send":
                try:
                    spend(world, user).left -= 1
                    sent += 1
                except Refusal:
                    pass
            case seconds:
                world.clock.advance(seconds)
    return sent


@given(DOINGS)
def test_nothing_is_sent_that_nobody_opened(doings):
    most = sum({"message": 5, "touch": 3}.get(doing, 0) for doing in doings if isinstance(doing, str))

    assert all(played(rule, doings) <= most for rule in ("max", "latest", "apart"))


@pytest.mark.parametrize(("rule", "sent"), [("max", 5), ("latest", 3), ("apart", 8)])
def test_a_click_after_a_message(rule, sent):
    assert played(rule, ["message", "touch", *["send"] * 10]) == sent


@pytest.mark.parametrize(("rule", "sent"), [("max", 5), ("latest", 0), ("apart", 5)])
def test_a_minute_after_the_click(rule, sent):
    assert played(rule, ["message", "touch", 61, *["send"] * 10]) == sent


@pytest.mark.parametrize(
    ("key", "value", "good"),
    [
        ("thing4", "长" * 20, True),
        ("thing4", "长" * 21, False),
        ("thing4", "a\nb", False),
        ("thing4", " ", False),
        ("character_string1", "20251009-HL-000001-5", True),
        ("character_string1", "编号1", False),
        ("phrase2", "已受理", True),
        ("phrase2", "已经受理了吗", False),
        ("phrase2", "OK", False),
        ("time3", "2025年10月9日 17:00", True),
        ("time3", "17:00", True),
        ("time3", "昨天", False),
        ("date3", "2025-10-09", True),
        ("number1", "12", True),
        ("number1", "十二", False),
        ("letter1", "abc", True),
        ("letter1", "ab1", False),
        ("name1", "王小明", True),
        ("name1", "王小明王小明王小明王小", False),
        ("amount1", "¥12.50", True),
        ("amount1", "十元", False),
        ("phone_number1", "13800138000", True),
        ("phone_number1", "无", False),
        ("car_number1", "沪A12345", True),
        ("symbol1", "!!", True),
        ("symbol1", "ab", False),
        ("poem7", "什么都行", True),
    ],
)
def test_a_field_takes_what_its_name_says(key, value, good):
    assert fits(key, value) is good
