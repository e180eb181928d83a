"""Who goes away, who comes back, and whose words only sound like it."""

from __future__ import annotations

import pytest

from dialogs.resuming.leaving import continued, continues, greets, postpones
from tests.dialogs.talking import heard_of


@pytest.mark.parametrize(
    "text",
    [
        "我昨天说到一半的，接着说", "继续", "接着上次", "接着说吧", "你好，我回来了", "刚才没说完", "我上次还没填完", "忙完了，继续",
        "繼續", "我昨天說到一半的", "我們接著上次的來", "Continue", "I'm back", "ok let's go on", "go on", "好的 继续", "接着上次的说",
    ],
)  # fmt: skip
def test_somebody_comes_back(text):
    assert continues(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "继续施工到半夜", "他们还在继续", "接着又来了一拨人", "上次说的那家店", "昨天", "没说完就挂了电话", "我来了三次都没人",
        "电梯坏了", "不继续", "继续教育学院不退费", "回来的路上摔了", "13800138000", "昨晚11点", "continue to make noise",
    ],
)  # fmt: skip
def test_a_story_is_no_coming_back(text):
    assert not continues(text)


def test_what_is_told_besides_is_kept_and_the_day_of_the_talk_is_no_fact():
    rest = continued(heard_of("我昨天说到一半的，接着说，是在幸福里3栋楼下"))

    assert rest is not None
    assert rest.text == "是在幸福里3栋楼下"
    assert rest.facts.when is None
    assert rest.facts.where is not None
    assert rest.facts.where.text == rest.text[rest.facts.pieces[0].start : rest.facts.pieces[0].end]


@pytest.mark.parametrize("text", ["继续施工到半夜", "昨天没说完就挂了电话，态度很差"])
def test_a_story_that_begins_alike_stays_whole(text):
    assert continued(heard_of(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "等下我先开会", "等一下", "稍等", "我先忙了，回头再说", "待会儿再填", "不好意思，等下我接个电话", "晚点再弄",
        "先去开会，一会儿再说", "我等下拍照发你", "我先去赶车，回头再说", "brb", "one moment", "later",
    ],
)  # fmt: skip
def test_somebody_goes_away_for_now(text):
    assert postpones(text)


@pytest.mark.parametrize(
    "text",
    ["等了一个小时没人来", "回头一看烟都出来了", "稍等半天也没人理", "明天就要开庭了", "先收钱不办事", "later they came back", "改天",
     "我先生开会时晕倒了", "等"],
)  # fmt: skip
def test_a_story_is_no_going_away(text):
    assert postpones(text) == (text == "改天")


@pytest.mark.parametrize("text", ["你好", "您好！", "在吗？", "hello", "", "👋", "早上好", "有人吗"])
def test_a_greeting_says_nothing(text):
    assert greets(heard_of(text))


@pytest.mark.parametrize("text", ["你好，楼下很吵", "喂狗的人", "开始漏水了", "李芳"])
def test_more_than_a_greeting_says_something(text):
    assert not greets(heard_of(text))
