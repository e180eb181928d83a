"""Insults and weariness are seen; matters that use the same words are not taken for them."""

from __future__ import annotations

import pytest

from nlp.danger.abuse import insults, only_vents, upset


@pytest.mark.parametrize(
    "text",
    ["你们都是废物", "傻逼机器人", "他妈的", "滚", "滚蛋！", "你们这群吃干饭的", "tmd", "you idiots", "王八蛋", "妈的"],
)
def test_an_insult_is_seen(text):
    assert insults(text)


@pytest.mark.parametrize(
    "text",
    [
        "垃圾没人清运",
        "狗咬人了",
        "小区操场晚上太吵",
        "你们的垃圾桶满了",
        "他妈妈住院了",
        "我妈的医保卡丢了",
        "精神病院旁边施工",
        "河里滚下来石头",
        "sbs电视台",
        "骗子公司卷款跑路",
        "干部办事拖拉",
        "混凝土开裂",
        "There is a shift at 8",
    ],
)
def test_a_matter_that_uses_the_same_words_is_none(text):
    assert not insults(text)


def test_what_is_told_beside_an_insult_is_no_mere_insult():
    assert only_vents("你们都是废物！")
    assert only_vents("太过分了，真是拖死人")
    assert not only_vents("你们都是废物，路灯坏了一个月都不修")


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("不作为！我的宅基地拖了三年没批，镇里推县里，县里推镇里", "weary"),
        ("打了十几次电话都没人管", "weary"),
        ("反映多次没有解决", "weary"),
        ("太过分了，气死我了", "angry"),
        ("This is outrageous", "angry"),
        ("路灯坏了三天", ""),
        ("请问几点上班", ""),
        ("孩子三年级了想转学", ""),
    ],
)
def test_the_mood_is_told_by_the_words(text, mood):
    assert upset(text) == mood
