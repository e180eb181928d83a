"""No text raises, and none takes long: whatever it is made of, reading it is linear."""

from __future__ import annotations

from datetime import datetime
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp import corrections
from nlp.category.classify import Classifier
from nlp.matters import split
from nlp.segment import normal
from nlp.understand import understand
from nlp.when import times as when

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
HOTLINE = load_all()["hotline"]
CLASSIFIER = Classifier(HOTLINE)

MOST = 0.020
"""Seconds for a thousand characters."""

SHORT = 0.25
"""Thousands of characters that a shorter text counts for: what is done once for each text is no matter of length."""

FRAGMENTS = st.sampled_from(
    "昨天 前天 上周三 下午 三点 半 每天 每晚 从 到 至 大概 左右 以后 之前 2026年 11月 21日 初八 中秋节 最近 半年 三天两头 个 的 了 第"
    " 在 住 人民路 中山路 88号 五一路 小区 花园 3栋 2单元 1203室 对面 门口 旁边 交叉口 路 巷 村 组 市 区 县 长沙 朝阳区 北京"
    " 我叫 姓 王 张三 本人 先生 女士 电话 13800138000 0731-55512345 转 801 12345 110105 19491231 002X 湘A 12345 订单号 身份证 @ a@b.cn"
    " 不是 是 应该 改成 说错了 打错了 不对 刚才 另外 第一 1. 2、 一、 还有一件事"
    " 煤气 着火 打人 停水 噪音 拖欠 工资 物业 希望 请 要求 尽快 投诉 举报 咨询 建议 谢谢 你好 吗 ， 。 ！ ？ ； ： 、 ( ) “ ” # * - / \\ \n"
    " my name is please yesterday at 3 pm last Monday Road Street Building 5 Room not but it was every night the street light is broken"
    " 😭 ㊙ ﷽ Ａ １ 這裡 樓下 嘅 \u200b \u0000 \ud83d İ ß ﬁ".split(" ")
)
PIECES = FRAGMENTS | st.text(max_size=8) | st.text(st.characters(exclude_categories=[]), max_size=8)
MIXED = st.lists(PIECES, max_size=40).map("".join)
REPEATED = st.builds(lambda piece, times: piece * times, st.lists(PIECES, max_size=4).map("".join), st.integers(1, 400))
TEXTS = st.builds(lambda *parts: "".join(parts)[:4000], MIXED, REPEATED, MIXED)

READERS: dict[str, Callable[[str], object]] = {
    "understand": lambda text: understand(text, now=NOW, institution=HOTLINE),
    "with a subject": lambda text: understand(text, now=NOW, institution=HOTLINE, subject=text[:40]),
    "propose": CLASSIFIER.propose,
    "corrections": lambda text: corrections.find(normal(text)),
    "split": lambda text: split(text, CLASSIFIER.propose(text), CLASSIFIER.propose),
}


def took(read, text) -> float:
    """Seconds of the best of six readings, as others use the machine too; one is enough where it was quick."""
    best = float("inf")
    for _ in range(6):
        began = thread_time()
        read(text)
        best = min(best, thread_time() - began)
        if best <= MOST * max(SHORT, len(text) / 1000):
            break
    return best


@pytest.fixture(scope="module", autouse=True)
def warm():
    """What is read once a process is no text's affair."""
    for read in READERS.values():
        read("昨天下午人民路88号小区门口有噪音，我叫王丽，电话13800138000。" * 300)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=TEXTS)
def test_no_text_raises_or_takes_long(read, text):
    assert took(read, text) <= MOST * max(SHORT, len(text) / 1000)


@pytest.mark.parametrize(
    "piece", ["每天", "昨天", "3栋", "路", "在", "1", "a", "不是", "另外", "我叫", "。", "\n", "the ", "😭", "*"]
)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_a_piece_said_two_thousand_times_takes_linear_time(read, piece):
    text = (piece * 4000)[:4000]

    assert took(read, text) <= MOST * len(text) / 1000


def test_ten_thousand_characters_of_every_day_take_fifty_milliseconds():
    text = "每天" * 5000

    assert took(lambda told: when.find(told, NOW), text) < 0.050


def test_a_message_longer_than_what_is_understood_costs_no_more():
    text = "楼下烧烤店太吵，" * 5000

    assert took(READERS["understand"], text) <= MOST * 4
