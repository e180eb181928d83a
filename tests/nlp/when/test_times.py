"""What citizens say about time, and what it means on Friday 20 November 2026 at 8:10."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.when.times import find

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 8, 10, tzinfo=ZONE)


def told(text: str, now: datetime = NOW) -> tuple[str, str, str]:
    """Start, end and precision of the time meant first."""
    when = find(text, now)[0][0]
    return f"{when.start:%Y-%m-%d %H:%M}", f"{when.end:%Y-%m-%d %H:%M}", when.precision


DAYS = {
    "2026年11月3日": "2026-11-03",
    "二〇二六年十一月三日": "2026-11-03",
    "11月3号": "2026-11-03",
    "11.3": "2026-11-03",
    "11/3": "2026-11-03",
    "2026-11-03": "2026-11-03",
    "今天": "2026-11-20",
    "昨日": "2026-11-19",
    "昨天晚点四个小时": "2026-11-19",
    "昨儿": "2026-11-19",
    "前天": "2026-11-18",
    "大前天": "2026-11-17",
    "三天前": "2026-11-17",
    "上周三": "2026-11-11",
    "上上周五": "2026-11-06",
    "上禮拜天": "2026-11-15",
    "周三": "2026-11-18",
    "下周三": "2026-11-25",
    "上个月5号": "2026-10-05",
    "25号": "2026-10-25",
    "12月1日": "2025-12-01",
    "去年国庆": "2025-10-01",
    "中秋节": "2026-09-25",
    "农历八月十五": "2026-09-25",
    "大年初一": "2026-02-17",
    "清明": "2026-04-05",
    "１１月３号": "2026-11-03",
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_told_in_any_of_its_ways_is_that_day(text, day):
    start, end, precision = told(text)

    assert (start, precision) == (f"{day} 00:00", "day")
    assert end == f"{datetime.fromisoformat(day) + timedelta(days=1):%Y-%m-%d %H:%M}"


CLOCKS = {
    "昨晚十一点多": ("2026-11-19 23:00", "hour"),
    "昨晚两点": ("2026-11-20 02:00", "hour"),
    "前天半夜12点": ("2026-11-19 00:00", "hour"),
    "昨天凌晨两点": ("2026-11-19 02:00", "hour"),
    "昨天中午一点": ("2026-11-19 13:00", "hour"),
    "下午三点": ("2026-11-19 15:00", "hour"),
    "七点半": ("2026-11-20 07:30", "minute"),
    "八点半": ("2026-11-19 08:30", "minute"),
    "23:10": ("2026-11-19 23:10", "minute"),
    "十一点一刻": ("2026-11-19 11:15", "minute"),
    "大前天早上八点半": ("2026-11-17 08:30", "minute"),
    "15号晚上9点": ("2026-11-15 21:00", "hour"),
    "2026/11/18 09:20": ("2026-11-18 09:20", "minute"),
    "夜里一两点": ("2026-11-20 01:00", "hour"),
}


@pytest.mark.parametrize(("text", "expected"), CLOCKS.items())
def test_a_clock_time_is_the_last_such_time_that_has_been(text, expected):
    start, _, precision = told(text)

    assert (start, precision) == expected


PARTS = {
    "昨晚": ("2026-11-19 18:00", "2026-11-20 00:00"),
    "早上": ("2026-11-20 06:00", "2026-11-20 09:00"),
    "傍晚": ("2026-11-19 17:00", "2026-11-19 19:00"),
    "晚上": ("2026-11-19 18:00", "2026-11-20 00:00"),
    "周三下午": ("2026-11-18 12:00", "2026-11-18 18:00"),
}


@pytest.mark.parametrize(("text", "expected"), PARTS.items())
def test_a_part_of_the_day_is_a_stretch_of_hours(text, expected):
    assert told(text) == (*expected, "part")


SPANS = {
    "从昨晚到今早": ("2026-11-19 18:00", "2026-11-20 09:00", "part"),
    "上午九点到十一点半": ("2026-11-19 09:00", "2026-11-19 11:30", "minute"),
    "昨天下午1点到3点": ("2026-11-19 13:00", "2026-11-19 15:00", "hour"),
    "晚上十点到凌晨两点": ("2026-11-19 22:00", "2026-11-20 02:00", "hour"),
    "十月一号到五号": ("2026-10-01 00:00", "2026-10-06 00:00", "day"),
    "8月份到10月份": ("2026-08-01 00:00", "2026-11-01 00:00", "month"),
    "从10月份开始一直到现在": ("2026-10-01 00:00", "2026-11-20 08:10", "month"),
    "上个月15号以来": ("2026-10-15 00:00", "2026-11-20 08:10", "day"),
    "最近半个月": ("2026-11-05 00:00", "2026-11-20 08:10", "week"),
    "已经持续一周了": ("2026-11-13 00:00", "2026-11-20 08:10", "week"),
    "两个月了": ("2026-09-20 00:00", "2026-11-20 08:10", "month"),
    "国庆节期间": ("2026-10-01 00:00", "2026-10-08 00:00", "day"),
    "半个世纪了": ("1976-11-20 00:00", "2026-11-20 08:10", "year"),
    "今年上半年": ("2026-01-01 00:00", "2026-07-01 00:00", "month"),
    "10月中旬": ("2026-10-11 00:00", "2026-10-21 00:00", "week"),
    "上周": ("2026-11-09 00:00", "2026-11-16 00:00", "week"),
    "去年": ("2025-01-01 00:00", "2026-01-01 00:00", "year"),
}


@pytest.mark.parametrize(("text", "expected"), SPANS.items())
def test_a_stretch_of_time_has_both_ends(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text", ["每天晚上", "一到周末就放", "周一到周五早上", "每晚10点到12点", "天天夜里", "晚上都在放音乐"]
)
def test_what_happens_again_and_again_is_marked(text):
    assert find(text, NOW)[0][0].recurring


def test_a_weekday_is_read_before_since():
    assert told("路灯上周五起全部不亮") == ("2026-11-13 00:00", "2026-11-20 08:10", "day")


NO_TIMES = [
    "请不要把居民的安全当儿戏",
    "电话13800138000",
    "3栋2单元1201室",
    "8号楼",
    "308房",
    "5号线",
    "16路公交",
    "花了12.5元",
    "提了三点意见",
    "有一点吵",
    "五一路",
    "六一小区",
    "桂花路16号旁边",
    "三年级",
    "三天两头",
    "今年5岁",
    "保质期45天",
    "生产日期2026年9月2日",
    "订单20263344556677",
    "2月30日",
    "目前",
    "快中秋节了还没修好",
    "都快到冬至了",
    "",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_numbers_that_are_no_times_are_left_alone(text):
    assert find(text, NOW) == []


def test_the_time_of_the_matter_comes_before_how_long_it_lasts():
    found = find("昨晚十一点多楼下又在唱歌，都一个礼拜了", NOW)

    assert [(when.text, start) for when, start, _ in found] == [("昨晚十一点多", 0), ("一个礼拜了", 14)]


def test_a_wish_for_other_hours_is_not_when_it_happened():
    assert find("建议把闭馆时间从五点延到九点", NOW) == []


@pytest.mark.parametrize("text", ["大概上周四吧", "就是昨天。", "嗯 大前天早上八点半"])
def test_a_bare_answer_is_understood_with_its_small_words(text):
    assert len(find(text, NOW)) == 1


def test_an_appointment_lies_ahead_where_a_complaint_looks_back():
    assert find("12月1日", NOW, past=False)[0][0].start.year == 2026
    assert find("12月1日", NOW)[0][0].start.year == 2025


def test_after_midnight_the_evening_just_past_is_last_night():
    past_midnight = datetime(2026, 11, 20, 0, 30, tzinfo=ZONE)

    assert told("昨晚", past_midnight)[0] == "2026-11-19 18:00"
    assert told("半夜", past_midnight)[0] == "2026-11-19 23:00"


def test_times_are_in_the_zone_of_now():
    west = timezone(timedelta(hours=-5))

    assert find("昨天", NOW.astimezone(west))[0][0].start.utcoffset() == timedelta(hours=-5)


CHUNKS = st.sampled_from(
    "昨 天 晚上 每天 十 一 点 半 上 周 三 2026 年 11 月 3 号 日 到 从 : - . / 前 后 个 多 初 底 农历 腊 五一 国庆 季度 世纪 00 99 至今 以来 了 的 两 几 小时".split()
)


@given(st.lists(CHUNKS, max_size=25).map("".join))
def test_any_jumble_of_time_words_is_read_without_a_stumble(text):
    for when, start, end in find(text, NOW):
        assert when.text == text[start:end] != ""
        assert when.start <= when.end
        assert when.start.tzinfo is ZONE
        assert when.precision in {"minute", "hour", "part", "day", "week", "month", "year"}


@pytest.mark.parametrize("now", [datetime(1, 1, 1, tzinfo=ZONE), datetime(9999, 12, 31, 23, 59, tzinfo=ZONE)])
@pytest.mark.parametrize("text", [*DAYS, *CLOCKS, *PARTS, *SPANS, "60日内", "三年后", "9999年12月31日", "0001年"])
def test_at_either_end_of_the_calendar_nothing_stumbles(text, now):
    for when, _, _ in find(text, now):
        assert when.start <= when.end


@given(st.text(max_size=200), st.datetimes(timezones=st.just(ZONE)))
def test_any_text_at_any_time_is_read_without_a_stumble(text, now):
    for when, start, end in find(text, now):
        assert when.text == text[start:end]
        assert when.start <= when.end


@pytest.mark.parametrize(
    "text", ["每天", "昨天今天", "一", "1", "三年多", "零一二三四", "2020年1月1日到", "上", "从", "1:", "年", "大"]
)
def test_reading_time_grows_with_the_text_and_no_faster(text):
    def seconds(length: int) -> float:
        told = text * (length // len(text))
        best = float("inf")
        for _ in range(3):
            began = time.thread_time()  # of the processor, so that a busy machine does not count
            find(told, NOW)
            best = min(best, time.thread_time() - began)
        return best

    assert seconds(16_000) < 32 * max(seconds(2_000), 0.002)  # eight times as long; the square would be 64


@pytest.mark.parametrize("text", ["赵国庆", "李国庆。"])
def test_somebody_named_after_the_feast_is_no_time(text):
    assert find(text, NOW) == []


@pytest.mark.parametrize("text", ["国庆", "过国庆", "赵国庆说国庆来修"])
def test_the_feast_itself_is_one(text):
    assert find(text, NOW)
