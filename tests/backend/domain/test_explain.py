"""Each clock says why it ends when it does, in Chinese and English."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.domain import running
from backend.domain.case import Case
from backend.domain.explain import BEGINNINGS, explain, moved, spell
from backend.domain.lifecycle import Status
from institutions.casework import Extension
from institutions.model import Category, Clock, Department, Institution

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A time in Shanghai: ``2026-09-30 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def town(length: str, starts: str = "accepted") -> Institution:
    return Institution(
        id="town",
        code="TW",
        name="小镇",
        name_en="Town",
        accepts="小镇的事",
        accepts_en="Town matters",
        departments=(Department(id="works", name="工务"),),
        categories=(Category(id="roads", name="路", department="works"),),
        default_department="works",
        clocks={
            "result": Clock(
                label="办结",
                starts=starts,
                stops=("closed",),
                length=length,
                extension=Extension(by="15wd", times=2),
            )
        },
    )


def case(institution: Institution, begun: datetime) -> Case:
    one = Case(
        "20260930-TW-000001-0",
        "town",
        "web",
        1,
        "complaint",
        Status(institution.clocks["result"].starts),
        "roads",
        None,
        "works",
        "ordinary",
        {},
        {},
        begun,
    )
    running.begin(institution, one, at=begun)
    return one


def told(begun: str, length: str, *, starts: str = "accepted", now: str | None = None) -> tuple[str, str]:
    institution = town(length, starts)
    found = explain(institution, case(institution, at(begun)), "result", now=at(now or begun))
    assert found is not None
    return found.zh, found.en


def test_a_week_over_national_day_names_the_holiday_and_the_day_made_up_for():
    assert told("2026-09-30 10:00", "5wd", now="2026-10-12 09:00") == (
        "周二 17:30 到期：受理后 5 个工作日（9 月 30 日当天不计；10 月 1—7 日国庆放假，10 月 10 日补班）",
        (
            "ends Tuesday 17:30: 5 working days after it was taken up (30 September itself does not count; "
            "1–7 October off for National Day, 10 October is worked)"
        ),
    )


def test_a_sunday_that_is_worked_is_told_as_such():
    assert told("2025-12-31 10:00", "1wd") == (
        "周日 17:30 到期：受理后 1 个工作日（12 月 31 日当天不计；1 月 1—3 日元旦放假，1 月 4 日补班）",
        (
            "ends Sunday 17:30: 1 working day after it was taken up (31 December itself does not count; "
            "1–3 January off for New Year, 4 January is worked)"
        ),
    )


def test_an_end_farther_away_has_its_date_and_another_year_its_number():
    assert told("2025-11-20 10:00", "60d")[0].startswith("2026 年 1 月 19 日（周一）10:00 到期")
    assert told("2026-09-01 10:00", "7d")[0] == "9 月 8 日（周二）10:00 到期：受理后 7 天（从 9 月 1 日 10:00 起）"
    assert told("2026-09-01 10:00", "7d")[1] == (
        "ends Tuesday, 8 September, 10:00: 7 days after it was taken up (from 1 September, 10:00)"
    )


def test_by_the_clock_no_holiday_is_told_because_none_counts():
    assert "放假" not in told("2026-09-30 10:00", "7d")[0]


def test_working_hours_over_a_night_say_from_when_they_run():
    assert told("2026-10-08 16:30", "2wh", starts="received") == (
        "周五 09:30 到期：登记后 2 个工作小时（从 10 月 8 日 16:30 起）",
        "ends Friday 09:30: 2 working hours after it was filed (from 8 October, 16:30)",
    )


def test_a_holiday_over_a_month_end_is_told_with_both_months():
    zh, en = told("2025-01-27 10:00", "1wd")

    assert "1 月 28 日—2 月 4 日春节放假" in zh
    assert "28 January – 4 February off for Spring Festival" in en


def test_a_pause_is_told_with_both_its_ends():
    institution = town("5wd")
    one = case(institution, at("2026-10-12 10:00"))
    one.status, one.status_at = Status.SUPPLEMENTING, at("2026-10-13 09:00")
    running.resume(institution, one, "supplementing", since=one.status_at, at=at("2026-10-15 10:00"))
    found = explain(institution, one, "result", now=at("2026-10-15 10:00"))

    assert found is not None
    assert found.due == at("2026-10-21 17:30")
    assert "10 月 13 日 09:00 至 10 月 15 日 10:00 暂停，不计时" in found.zh
    assert "it stood still from 13 October, 09:00 to 15 October, 10:00" in found.en


def test_a_new_date_is_told():
    institution = town("5wd")
    one = case(institution, at("2026-10-12 10:00"))
    running.extend(institution, one, "result", "5wd", at=at("2026-10-14 10:00"))
    found = explain(institution, one, "result", now=at("2026-10-14 10:00"))

    assert found is not None
    assert (found.due, found.zh[-7:]) == (at("2026-10-26 17:30"), "延期 1 次）")


def test_days_that_nobody_has_announced_are_said_to_be_so():
    institution = town("5wd")
    one = case(institution, at("2090-03-01 10:00"))
    found = explain(institution, one, "result", now=at("2090-03-01 10:00"))

    assert found is not None
    assert found.provisional
    assert "节假日安排尚未公布，日期可能调整" in found.zh
    assert "the day may change" in found.told("en")


@pytest.mark.parametrize(
    ("begun", "length", "expected"),
    [
        ("2026-10-12 10:00", "5wd", ("", "")),
        ("2026-09-30 10:00", "7d", ("", "")),
        (
            "2026-09-30 10:00",
            "1wd",
            (
                "受理后 1 个工作日；10 月 1—7 日国庆放假",
                "1 working day after it was taken up; 1–7 October off for National Day",
            ),
        ),
    ],
)
def test_a_citizen_is_told_only_what_moved_the_end(begun, length, expected):
    institution = town(length)

    assert moved(institution, case(institution, at(begun)), "result") == expected


def test_of_a_case_from_before_beginnings_were_kept_only_the_end_is_told():
    institution = town("5wd")
    one = case(institution, at("2026-10-12 10:00"))
    one.record.clear()
    found = explain(institution, one, "result", now=at("2026-10-12 10:00") + timedelta(days=20))

    assert found is not None
    assert (found.zh, found.en) == ("10 月 19 日（周一）17:30 到期", "ends Monday, 19 October, 17:30")


def test_a_clock_that_does_not_run_has_nothing_to_explain():
    institution = town("5wd")

    assert explain(institution, case(institution, at("2026-10-12 10:00")), "answer", now=at("2026-10-12 10:00")) is None


def test_every_status_can_start_a_clock_that_is_explained():
    assert set(BEGINNINGS) == {*Status, "corrected"}


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        ("30m", "30 分钟", "30 minutes"),
        ("1wd", "1 个工作日", "1 working day"),
        ("3wm", "3 个工作分钟", "3 working minutes"),
        ("4wh", "4 个工作小时", "4 working hours"),
    ],
)
def test_a_length_is_spelt_out(length, zh, en):
    assert (spell(length, "zh"), spell(length, "en")) == (zh, en)
