"""Who is in danger, whether it is over, and what only sounds like danger."""

from __future__ import annotations

import pytest

from nlp.danger.care import certain, manner, mistaken, over


@pytest.mark.parametrize("text", ["我不想活了", "活着没意思", "拆迁办逼得我跳楼，我老公也走了", "I want to die"])
def test_who_speaks_of_themselves_is_spoken_to(text):
    assert manner(text, "self_harm") == "self_harm"


@pytest.mark.parametrize("text", ["邻居站在楼顶要跳", "我女儿说不想活了", "my friend wants to die"])
def test_somebody_else_in_despair_is_told_apart(text):
    assert manner(text, "self_harm") == "self_harm_other"


@pytest.mark.parametrize(
    ("text", "is_home"), [("我老公正在打我", True), ("我儿子把我妈打了", True), ("有人拿刀砍人", False)]
)
def test_violence_at_home_is_told_apart(text, is_home):
    assert (manner(text, "crime") == "home") is is_home


@pytest.mark.parametrize(
    "text",
    [
        "没事了",
        "误报，不好意思",
        "火灭了",
        "人已经救出来了",
        "不是着火，是烧烤",
        "安全了",
        "消防来了 人出来了",
        "大家都跑出来了",
        "电梯门开了，我们出来了",
        "It was a false alarm",
    ],
)
def test_what_is_over_is_seen_to_be(text):
    assert over(text)


@pytest.mark.parametrize(
    "text",
    [
        "火还没灭",
        "没事吧",
        "没事找事",
        "没有人管",
        "没有了",
        "没问题",
        "人救出来了吗",
        "人出来了，火还在烧",
        "烟出来了",
        "消防来了",
    ],
)
def test_what_is_not_over_is_not(text):
    assert not over(text)


@pytest.mark.parametrize(("text", "is_one"), [("不是着火，看错了", True), ("我没看错，真的着火了", False)])
def test_a_mistake_is_taken_back(text, is_one):
    assert mistaken(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_sure"), [("楼道里好大煤气味", True), ("没有了", False), ("在幸福里3栋楼下", False)]
)
def test_only_words_known_for_danger_make_it_sure(text, is_sure):
    assert certain(text) is is_sure
