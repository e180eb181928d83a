"""Whom a campaign may ask and when, and what its answers come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.domain import campaign
from backend.domain.campaign import Case, LeftOut, Said, Schedule
from backend.domain.questionnaire import FIVE, SEVERAL, Answer, Option, Question
from backend.domain.rates import wilson

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SCORE = Question("a", FIVE, "几分？")


def scored(*scores: int, group: str = "") -> list[Said]:
    return [Said(Answer((str(score),)), group=group) for score in scores]


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (Case(None), LeftOut.NO_CHAT),
        (Case(1, sealed=True), LeftOut.SEALED),
        (Case(1, veiled=True), LeftOut.FORGOTTEN),
        (Case(1, withheld=True), LeftOut.NO_CONSENT),
        (Case(1, gone=True), LeftOut.GONE),
        (Case(1, opted_out=True), LeftOut.OPTED_OUT),
        (Case(1, asked=4), LeftOut.OFTEN),
        (Case(1, asked=3), None),
    ],
)
def test_who_may_not_be_asked_is_left_out_for_a_reason(case, why):
    assert campaign.left_out(case, most=4) == why


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (TODAY, TODAY, ""),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2), "period.future"),
        (TODAY, TODAY - timedelta(days=1), "period.turned"),
        (TODAY - timedelta(days=366), TODAY, "period.long"),
    ],
)
def test_a_period_is_refused_with_its_reason(first, last, why):
    assert campaign.wrong_period(first, last, today=TODAY) == why


def test_a_schedule_that_is_over_or_turned_round_is_refused():
    hour = timedelta(hours=1)

    assert campaign.wrong_schedule(Schedule(NOON, NOON + hour), now=NOON) == ""
    assert campaign.wrong_schedule(Schedule(NOON + hour, NOON), now=NOON) == "schedule.turned"
    assert campaign.wrong_schedule(Schedule(NOON - 2 * hour, NOON - hour), now=NOON) == "schedule.past"
    assert campaign.wrong_schedule(Schedule(NOON, NOON + 3000 * hour), now=NOON) == "schedule.long"
    assert campaign.wrong_schedule(Schedule(NOON, NOON + hour, per_day=0), now=NOON) == "schedule.caps"


def test_the_night_is_the_institutions_own():
    night = ("22:00", "07:30")

    assert not campaign.is_quiet(NOON, night, CHINA)
    assert campaign.is_quiet(NOON + timedelta(hours=11), night, CHINA)  # 23:00
    assert campaign.is_quiet(NOON + timedelta(hours=19), night, CHINA)  # 7:00
    assert not campaign.is_quiet(NOON, ("12:00", "12:00"), CHINA)


def test_caps_are_kept_by_the_day_and_by_the_hour():
    caps = Schedule(NOON, NOON, per_day=10, per_hour=3)

    assert campaign.allowance(caps, today=0, hour=0, most=50) == 3
    assert campaign.allowance(caps, today=9, hour=1, most=50) == 1
    assert campaign.allowance(caps, today=12, hour=0, most=50) == 0
    assert campaign.allowance(Schedule(NOON, NOON), today=9000, hour=900, most=50) == 50


def test_shares_have_wilsons_interval_and_a_scale_its_mean():
    told = campaign.distribution(SCORE, [*scored(5, 5, 5, 1), Said(Answer())])

    assert (told.answered, told.passed, told.mean) == (4, 1, 4.0)
    best = told.cells[-1]
    assert (best.count, best.share) == (3, 0.75)
    assert (best.low, best.high) == pytest.approx(wilson(3, 4))


def test_of_several_choices_each_share_is_of_the_people():
    several = Question("s", SEVERAL, "哪些？", options=(Option("1", "灯"), Option("2", "路")))
    told = campaign.distribution(several, [Said(Answer(("1", "2"))), Said(Answer(("1",)))])

    assert [cell.share for cell in told.cells] == [1.0, 0.5]


def test_who_was_drawn_less_counts_more():
    stand_for = campaign.weights({"东区": 900, "西区": 100}, {"东区": 10, "西区": 10})
    said = [Said(Answer(("5",)), stand_for["东区"])] * 10 + [Said(Answer(("1",)), stand_for["西区"])] * 10
    told = campaign.distribution(SCORE, said)

    assert told.cells[-1].share == pytest.approx(0.9)
    assert (told.cells[-1].low or 0) < (wilson(18, 20) or (0,))[0]  # unequal weights are worth fewer people


def test_a_stratum_in_which_nobody_answered_weighs_nothing():
    assert campaign.weights({"东区": 900, "西区": 100}, {"东区": 10}) == {"东区": 1.0}


def test_a_group_of_four_is_not_told_of_nor_what_would_give_it_away():
    said = [*scored(*[5] * 4, group="东"), *scored(*[5] * 6, group="南"), *scored(*[5] * 20, group="西")]
    told = {group.name: group.answered for group in campaign.by_group(SCORE, said)}

    assert told == {"东": None, "南": None, "西": 20}


def test_a_cell_of_one_in_a_group_is_not_told_of_nor_what_would_give_it_away():
    group = campaign.by_group(SCORE, scored(*[5] * 9, *[4] * 6, 1, group="东"))[0]

    assert {cell.value: cell.count for cell in group.cells} == {"1": None, "2": None, "3": None, "4": None, "5": 9}
