"""Who wants few notices says so in words; a story that speaks of notices is a story."""

from __future__ import annotations

import re

import pytest

from dialogs.commands import squeeze
from dialogs.filed.telling import WISHES

SAID = {
    "results": ["只告诉我结果", "进度不用告诉我", "有结果再告诉我", "只要最后的结果就行", "only tell me the result"],
    "none": ["不要再通知我", "别给我发通知了", "不用通知我了", "stop notifying me"],
    "all": ["恢复通知", "继续通知我", "notify me again", "请恢复通知"],
}
STORIES = [
    "物业停水不通知我们",
    "没有人告诉我结果",
    "只通知了一半的人",
    "结果",
    "进度",
    "不要了",
    "通知我去办事大厅又不给办",
]


@pytest.mark.parametrize(("wish", "text"), [(wish, text) for wish, texts in SAID.items() for text in texts])
def test_a_wish_is_understood_as_the_one_it_is(wish, text):
    assert [key for key, shape in WISHES.items() if shape.fullmatch(squeeze(text))] == [wish]


@pytest.mark.parametrize("text", STORIES)
def test_a_story_is_no_wish(text):
    assert not any(re.fullmatch(shape, squeeze(text)) for shape in WISHES.values())
