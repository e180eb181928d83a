"""A residents' committee (seed 004): verified, then accepted; experts may join; the result is carried out and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "楼道里堆满杂物，垃圾没人清，味道很臭"
TOLD: dict[str, Any] = {"compound": "幸福里", "where": "幸福里3栋", "when": "昨天"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October


def test_it_is_verified_accepted_put_right_checked_and_rated_by_the_resident(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["compound"] == "幸福里"

    office.move(number, "accepted", note="到现场看过，情况属实")
    office.walks(number, "assigned", "investigating")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="fixed", due="2026-10-03")
    office.move(number, "answered", answer="杂物已清走，10月3日再去看一次。")
    office.at("2026-10-03 10:00")
    office.does(number, "rectified", outcome="0", on="2026-10-03")

    assert office.case(number).record["outcomes"][0]["done"] == "2026-10-03"
    office.asks_back()
    assert office.rates(number, satisfied=5).status == "closed"
    assert "到现场看过" in office.told(number)


def test_what_is_not_found_on_the_spot_is_not_taken_up(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="not_found")

    assert "没有看到您说的情况" in office.told(number)


def test_experts_from_outside_may_join_the_inquiry(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned")

    office.move(number, "investigating", investigators="王工,市防水协会刘工")

    assert office.case(number).record["investigators"] == ["王工", "市防水协会刘工"]


def test_neighbours_can_be_brought_together(office: Office) -> None:
    number = office.files("楼上邻居半夜吵架跺脚，邻里矛盾很深", DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    office.does(number, "mediation", outcome="agreed", text="晚上十点后不再拖动家具")

    assert office.case(number).record["mediation"] == "agreed"
    assert "双方达成协议" in office.told(number)


def test_its_clocks_are_the_hotlines(office: Office) -> None:
    hotline = load_all()["hotline"].clocks
    own = office.institution.clocks

    assert {name: clock.length for name, clock in own.items()} == {name: hotline[name].length for name in own}
    assert office.due(office.files(STORY, DAY, **TOLD)) == {"accept": "2026-09-29 17:30", "answer": "2026-10-05 10:05"}


@pytest.mark.parametrize(
    ("story", "category", "department"),
    [
        (STORY, "environment", "environment"),
        ("楼上邻居漏水不肯赔，吵了好几次架", "neighbours", "mediation"),
        ("小区健身器材坏了，路灯也不亮", "facilities", "facilities"),
        ("楼道里有陌生人推销，门口打架没人管，治安很差", "safety", "safety"),
        ("老人想申请低保和高龄补贴，没人帮忙办", "welfare", "welfare"),
    ],
)
def test_each_topic_has_its_group(office: Office, story: str, category: str, department: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, department)
