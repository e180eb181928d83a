"""A day and an hour of it are one time, whichever was said first."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.draft.timing import moved, read, together
from tests.dialogs.talking import NOW


def at(*texts: str) -> dict[str, object] | None:
    """Both times as one; None: they are two."""
    known, told = (read(text, NOW) for text in texts)
    assert known is not None
    assert told is not None
    return together(known, told, NOW)


@pytest.mark.parametrize(
    ("one", "other", "start"),
    [
        ("昨天", "晚上十点左右", "2026-11-20T22:00"),
        ("昨晚", "十点半", "2026-11-20T22:30"),
        ("昨晚", "晚上十点", "2026-11-20T22:00"),
        ("昨天晚上", "十点半", "2026-11-20T22:30"),
        ("10月3号", "下午", "2026-10-03T12:00"),
        ("下午", "三点多", "2026-11-20T15:00"),
        ("yesterday", "10 pm", "2026-11-20T22:00"),
    ],
)
def test_the_finer_time_refines_the_first(one, other, start):
    told = at(one, other)

    assert told is not None
    assert str(told["start"]).startswith(start)


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [("晚上", "夜里十二点以后", "夜里十二点以后"), ("昨天晚上", "夜里十一点", "昨天夜里十一点")],
)
def test_a_part_of_the_day_is_said_once(one, other, text):
    told = at(one, other)

    assert told is not None
    assert told["text"] == text


@pytest.mark.parametrize("pair", [("昨天晚上十点", "前天"), ("每天晚上", "十点"), ("昨天", "前天"), ("十点", "十一点")])
def test_two_times_are_not_made_one(pair):
    assert at(*pair) is None


def test_another_day_keeps_the_hour():
    known, told = read("昨天晚上十点", NOW), read("前天", NOW)
    assert known is not None
    assert told is not None

    assert moved(known, told, NOW)["start"] == "2026-11-19T22:00:00+08:00"


def test_a_time_told_alone_takes_the_place_of_the_one_that_stands_there(citizen):
    citizen.says("昨天楼下烧烤店放音响，吵得睡不着")
    citizen.says("同意")

    assert "改好了" in citizen.says("是前天")
    assert "改好了" not in citizen.says("上个月也吵过")
    assert citizen.now.draft.values["when"]["start"].startswith("2026-11-19")
    assert "上个月也吵过" in citizen.now.draft.values["what"]


def test_who_tells_a_place_has_not_said_when(citizen):
    citizen.says("公司拖欠我三个月工资")
    citizen.says("同意")
    citizen.says("星光餐饮公司，在人民路12号")

    assert citizen.now.stage is Stage.ASKING
    assert "when" not in citizen.now.draft.values
