"""Passenger station (seed 000): 7 days to decide, 30 to answer in writing, 60 at most; two investigators, a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.services.talks.intake import StoredFile
from tests.institutions.rows.walking import HANDS

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "昨天下午坐的班车半路把我们赶下车，甩客"
TOLD: dict[str, Any] = {
    "route": "长沙到湘潭，14点班",
    "plate": "湘A12345",
    "ticket": "T000123",
    "where": "城南高速路口",
}
DAY = "2026-09-30 15:00"
PHOTO = StoredFile("photo", "image/jpeg", "ticket.jpg", "cd" * 32, 1000)
WRITTEN = "经过：两名人员调取监控。证据：监控、车票。责任：司机。处理：退还票款，停班整顿。"


def test_a_passenger_files_two_look_into_it_and_the_answer_holds_four_things(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "interview", **{"with": "司机", "when": "2026-09-30T15:01+08:00", "text": "承认让旅客下车"})
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="penalty_letter")
    office.move(number, "answered", answer=WRITTEN)

    assert WRITTEN in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"
    assert office.move(number, "archived").status == "archived"


def test_acceptance_is_decided_in_7_days(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    assert office.due(number) == {"accept": "2026-10-07 15:00", "answer": "2026-11-06 15:00"}


def test_while_papers_are_missing_the_clock_waits(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.at("2026-10-02 09:00")
    office.move(number, "supplementing")  # 09:01
    office.at("2026-10-04 09:00")
    office.move(number, "received")  # 09:01, two days later

    assert office.due(number)["accept"] == "2026-10-09 15:00"
    assert office.due(number)["answer"] == "2026-11-08 15:00"


def test_the_written_answer_comes_within_30_days_of_acceptance(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.at("2026-10-01 09:59")
    office.move(number, "accepted")

    assert office.due(number)["result"] == "2026-10-31 10:00"


def test_it_is_put_off_to_60_days_at_most_and_the_reason_told(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.at("2026-10-01 09:59")
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.does(number, "extend", clock="result", until="2026-11-30T10:01+08:00", reason="司机在外地")
    office.does(number, "extend", clock="result", until="2026-11-30T10:00+08:00", reason="司机在外地")

    assert office.due(number)["result"] == "2026-11-30 10:00"
    assert "司机在外地" in office.told(number)
    with office.refuses(number):
        office.does(number, "extend", clock="result", until="2026-12-01T10:00+08:00", reason="还在外地")


def test_one_investigator_is_not_enough_and_nobody_counts_twice(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned")

    for names in ("", "张三", "张三,张三"):
        with office.refuses(number):
            office.move(number, "investigating", investigators=names)
    moved = office.move(number, "investigating", investigators="张三,李四")

    assert moved.record["investigators"] == ["张三", "李四"]


@pytest.mark.parametrize("word", ["经过", "证据", "责任", "处理"])
def test_an_answer_without_one_of_the_four_is_not_given(office: Office, word: str) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number, word):
        office.move(number, "answered", answer=WRITTEN.replace(word, "其他"))


@pytest.mark.parametrize("reply", ["coach", "staff", "agreed", "failed", "unfounded"])
def test_each_written_answer_begins_with_the_four(office: Office, reply: str) -> None:
    row = next(one for one in office.institution.casework.replies if one.id == reply)

    assert office.institution.casework.unsaid(row.text) == ()
    assert office.institution.casework.unsaid(row.text_en) == ()


def test_a_grave_case_is_reviewed_by_a_panel_of_two_who_did_not_write_it(office: Office) -> None:
    number = office.files(STORY + "，有老人受重伤", DAY, **TOLD)
    office.corrects(number, grade="complex")
    office.walks(number, "accepted", "assigned", "investigating")

    with office.refuses(number):
        office.move(number, "answered", answer=WRITTEN)
    office.move(number, "reviewing", answer=WRITTEN)
    with office.refuses(number):
        office.move(number, "answered", by="reviewer", answer=WRITTEN)  # one look is no panel
    office.move(number, "reviewing", by="reviewer")
    answered = office.move(number, "answered", by="coordinator", answer=WRITTEN)

    assert {look["by"] for look in answered.record["reviews"]} == {HANDS["reviewer"], HANDS["coordinator"]}


def test_when_mediation_fails_the_legal_route_is_told(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    office.does(number, "mediation", outcome="failed")

    assert "人民法院" in office.told(number)


def test_what_is_settled_on_the_spot_is_a_record_only(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.does(number, "settled", text="当场退还票款，旅客满意")

    case = office.case(number)
    assert (case.status, case.record["settled"], case.due) == ("closed", True, {})
    assert "当场退还票款" in office.told(number)


def test_what_is_another_authoritys_is_sent_there(office: Office) -> None:
    told = {"transport": "12328", "fares": "12315"}
    numbers = {ground: office.files(STORY, DAY, **TOLD) for ground in told}

    for ground, number in numbers.items():
        office.move(number, "refused", ground=ground)

    assert {ground: told[ground] in office.told(number) for ground, number in numbers.items()} == dict.fromkeys(
        told, True
    )


def test_who_was_not_harmed_may_report(office: Office) -> None:
    number = office.files("我要举报，路过看到班车在站外拉客，我不是乘客", DAY, **TOLD)

    assert office.case(number).kind == "report"
    assert office.case(number).matter_id == "coach/luring"


def test_photos_of_the_ticket_count_as_the_paper(office: Office) -> None:
    number = office.files(STORY, DAY, files=(PHOTO,), **TOLD)

    assert "lacking" not in office.case(number).facts["extra"]


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("昨天售票员态度差，还骂人", ("staff", None)),
        (STORY, ("coach", "coach/dumping")),
        ("昨天班车中途把我们转卖，换到另一辆车", ("coach", "coach/reselling")),
        ("昨天司机站外拉客，强行拉上车", ("coach", "coach/luring")),
        ("昨天票价乱加价，多收了二十", ("coach", "coach/overpricing")),
        ("昨天大巴超员，过道加座坐小板凳", ("coach", "coach/overloading")),
        ("检票员和黄牛内外勾结坑旅客", ("collusion", None)),
        ("昨天托运的行李箱摔坏了，要求赔偿", ("other", None)),
    ],
)
def test_each_kind_of_harm_is_known(office: Office, story: str, place: tuple[str, str | None]) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.matter_id) == place


def test_a_penalty_is_on_the_list_of_penalties(office: Office) -> None:
    penalties = {one.id for one in office.institution.casework.outcomes if one.penalty}

    assert penalties == {"penalty_letter", "suspended"}
