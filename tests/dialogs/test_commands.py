"""Steering words, and stories that only contain them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.commands import chosen, command, correction, declines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取消", "cancel"),
        ("取消。", "cancel"),
        ("取消吧", "cancel"),
        ("给我找个人", "human"),
        ("我不想办了", "cancel"),
        ("不弄了", "cancel"),
        ("never mind", "cancel"),
        (" Cancel ", "cancel"),
        ("他们取消了我的订单", ""),
        ("查进度", "progress"),
        ("我要查进度", "progress"),
        ("没有了", "skip"),
        ("不知道", "skip"),
        ("匿名", "anonymous"),
        ("不匿名", "named"),
        ("请帮我保密", "confidential"),
        ("对的，提交", "submit"),
        ("重新开始", "restart"),
        ("ＥＮＧＬＩＳＨ", "english"),
        ("谢谢", "thanks"),
        ("好，提交", "submit"),
        ("可以了", "submit"),
        ("係", "submit"),
        ("確認", "submit"),
        ("对的没问题，谢谢", "submit"),
        ("好像是昨天", ""),
        ("算了算了，不投诉了，怕孩子被针对", "cancel"),
        ("不投诉了，取消", "cancel"),
        ("对方取消了", ""),
    ],
)
def test_a_command_is_the_whole_message(text, expected):
    assert command(text) == expected


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("不是3栋，是5栋", ("3栋", "5栋")),
        ("不是昨天是前天", ("昨天", "前天")),
        ("不是张三，应该是李四。", ("张三", "李四")),
        ("这不是我的", None),
    ],
)
def test_not_this_but_that_is_a_correction(text, pair):
    assert correction(text) == pair


def test_a_choice_is_named_by_label_id_or_number():
    offered = (("submit", "提交"), ("change", "改一项"))

    assert chosen("改一项", offered, numbered=False) == "change"
    assert chosen("submit", offered, numbered=False) == "submit"
    assert chosen("２", offered, numbered=True) == "change"
    assert chosen("2", offered, numbered=False) == ""
    assert chosen("3", offered, numbered=True) == ""


def test_a_short_no_declines_and_a_story_does_not():
    assert declines("没有照片了")
    assert declines("不知道员工号")
    assert declines("不方便留")
    assert not declines("不要再放音响")
    assert not declines("没用，昨晚还在吵")
    assert not declines("没人管的垃圾堆了一个月，就在楼下门口，臭得不行，一直没有人来清理")


@given(st.text(max_size=200))
def test_no_text_breaks_the_commands(text):
    correction(text)
    declines(text)

    assert isinstance(command(text), str)
    assert chosen(text, (("a", "b"),), numbered=True) in {"", "a"}
