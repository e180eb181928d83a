"""A time is said back as it was understood: no finer than it was told, and never twice."""

from __future__ import annotations

import pytest

from dialogs.values.reading import when_json
from dialogs.values.times import show_when
from institutions.catalog import load_all
from nlp.understand import understand
from tests.dialogs.talking import NOW

HOTLINE = load_all()["hotline"]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("昨晚十一点多，楼下放音响", "11月20日 23点（昨晚十一点多）"),
        ("今天7:40，公交车没有停", "11月21日 7:40（今天7:40）"),
        ("昨天，路灯不亮", "11月20日（昨天）"),
        ("上周，路灯不亮", "11月9日至11月15日（上周）"),
        ("去年，路灯就不亮", "2025年（去年）"),
        ("停电三天了，没人管", "11月18日至11月21日（三天了）"),
        ("2013年8月23日，项目完工", "2013年8月23日"),
        ("2013年9月，项目完工", "2013年9月"),
        ("3月28日，项目完工", "3月28日"),
        ("每天晚上，楼下放音响", "每天晚上"),
    ],
)
def test_a_time_is_shown_as_finely_as_it_was_told(told, shown):
    when = understand(told, now=NOW, institution=HOTLINE).when
    assert when is not None

    assert show_when(when_json(when), "zh") == shown


def test_a_time_is_shown_in_english_too():
    year = {"text": "last year", "start": "2025-01-01T00:00:00+08:00", "end": "2026-01-01T00:00:00+08:00"}
    week = {"text": "last week", "start": "2026-11-09T00:00:00+08:00", "end": "2026-11-16T00:00:00+08:00"}

    assert show_when(year | {"precision": "year", "recurring": False}, "en") == "2025 (last year)"
    assert show_when(week | {"precision": "week", "recurring": False}, "en") == "9 Nov to 15 Nov (last week)"


def test_words_that_no_calendar_holds_are_shown_as_they_are():
    assert (
        show_when({"text": "很久以前", "start": None, "end": None, "precision": None, "recurring": False}, "zh")
        == "很久以前"
    )
