"""Rewarded reports on bus drivers (seed 003): 3 working days to report, 3 to verify, 50 yuan to the first, 15 days to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.services.cases import rewards
from backend.services.talks.intake import StoredFile

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "昨天上午9点102路公交车司机闯红灯"
TOLD: dict[str, Any] = {"route": "102路", "plate": "湘A12345", "driver_number": "1208", "where": "人民路口"}
DAY = "2026-10-12 10:05"  # a Monday
VIDEO = StoredFile("video", "video/mp4", "pass.mp4", "ab" * 32, 1000)
PHOTO = StoredFile("photo", "image/jpeg", "phone.jpg", "cd" * 32, 1000)
ACT = "湘A12345 2026-10-11 09:00"


def proven(office: Office, story: str = STORY, day: str = DAY) -> str:
    number = office.files(story, day, files=(VIDEO,), **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="proven")
    office.move(number, "answered", answer="已经查实，驾驶员已停岗学习。")
    return number


def test_the_first_reporter_is_paid_50_yuan_when_it_is_proven(office: Office) -> None:
    number = proven(office)

    office.at("2026-10-14 10:00")
    office.does(number, "reward", offence=ACT, by="coordinator")

    assert "50 元" in office.told(number)
    assert office.due(number)["claim"] == "2026-10-29 10:01"
    office.does(number, "claim", note="转账")
    assert office.case(number).record["reward"] == "claimed"
    assert "claim" not in office.due(number)


def test_who_reports_the_same_act_later_gets_nothing(office: Office) -> None:
    first, second = proven(office), proven(office, "昨天上午9点看到102路公交车闯红灯")
    office.does(first, "reward", offence=ACT, by="coordinator")

    with office.refuses(second, "first"):
        office.does(second, "reward", offence="湘A12345，2026-10-11 09:00", by="coordinator")


def test_joint_reporters_share_it_to_the_fen(office: Office) -> None:
    numbers = [proven(office, f"昨天上午9点102路公交车在第{n}个路口闯红灯") for n in (1, 2, 3)]

    office.does(numbers[0], "reward", offence=ACT, by="coordinator", **{"with": ",".join(numbers[1:])})

    told = [office.told(number) for number in numbers]
    assert ["16.68 元" in told[0], "16.66 元" in told[1], "16.66 元" in told[2]] == [True, True, True]


def test_a_reward_that_nobody_claims_lapses_after_15_days(office: Office) -> None:
    number = proven(office)
    office.at("2026-10-14 10:00")
    office.does(number, "reward", offence=ACT, by="coordinator")

    assert office.unit(rewards.lapse, office.institutions, at=office.at("2026-10-29 10:01")) == 0
    assert office.unit(rewards.lapse, office.institutions, at=office.at("2026-10-29 10:03")) == 1

    assert office.case(number).record["reward"] == "lapsed"


def test_the_verdict_or_an_explanation_comes_within_3_working_days(office: Office) -> None:
    number = office.files(STORY, "2026-09-30 10:05", files=(VIDEO,), **TOLD)

    assert office.due(number) == {"answer": "2026-10-10 17:00"}  # 8, 9 and Saturday 10 October, at 17:00


def test_it_is_received_from_9_to_17_on_working_days(office: Office) -> None:
    assert office.institution.hours.spans == (("09:00", "17:00"),)


def test_what_came_later_than_3_working_days_is_said_and_refused(office: Office) -> None:
    number = office.files(
        "10月6日上午9点102路公交车司机闯红灯", DAY, **TOLD
    )  # Tuesday, in the holidays: until the 10th

    assert "3个工作日" in office.receipt
    office.move(number, "refused", ground="too_late")
    assert "超过3个工作日" in office.told(number)


def test_what_came_within_3_working_days_is_not_late(office: Office) -> None:
    office.files("10月7日上午9点102路公交车司机闯红灯", "2026-10-10 16:00", files=(VIDEO,), **TOLD)

    assert "来不及" not in office.receipt
    assert "还缺" not in office.receipt


def test_a_red_light_needs_a_video_of_the_whole_pass(office: Office) -> None:
    number = office.files(STORY, DAY, files=(PHOTO,), **TOLD)

    assert "闯红灯全过程的视频" in office.case(number).facts["extra"]["lacking"]


@pytest.mark.parametrize(
    ("story", "category"),
    [("昨天102路公交车逆行，越过双黄线", "wrong_way"), ("昨天102路公交司机开车抽烟", "smoking_phone")],
)
def test_for_the_other_acts_a_photo_will_do(office: Office, story: str, category: str) -> None:
    case = office.case(office.files(story, DAY, files=(PHOTO,), **TOLD))

    assert case.category_id == category
    assert "lacking" not in case.facts["extra"]


def test_it_takes_a_true_name_and_no_nameless_report(office: Office) -> None:
    assert not office.institution.anonymous
    assert {"who", "contact"} <= set(office.institution.required)


def test_nobody_grants_another_sum(office: Office) -> None:
    number = proven(office)

    with office.refuses(number, "50 here by the rules"):
        office.does(number, "reward", offence=ACT, yuan="80", by="coordinator")


def test_the_rule_of_the_reward_is_data(office: Office) -> None:
    rule = office.institution.casework.reward

    assert rule is not None
    assert (rule.sum, rule.claim, rule.shared) == (50, "15d", True)


def test_a_report_that_is_not_proven_is_explained_and_rated(office: Office) -> None:
    number = office.files(STORY, DAY, files=(VIDEO,), **TOLD)
    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="unproven")
    office.move(number, "answered", answer="录像显示当时是绿灯，谢谢您的举报。")

    office.asks_back()
    assert office.rates(number).status == "closed"
