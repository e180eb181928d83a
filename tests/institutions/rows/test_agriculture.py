"""County agriculture bureau (seed 004): each matter to its station; mediation in three copies, its agreement followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from institutions.catalog import load_all

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

STORY = "上个月在镇上买的稻种种下去不出苗"
TOLD: dict[str, Any] = {"when": "上个月", "where": "城关镇李家村", "crop": "水稻"}
DAY = "2026-09-28 10:05"  # a Monday; National Day is 1 to 7 October, Saturday the 10th is worked


def test_both_sides_agree_and_the_bureau_sees_to_it_that_it_is_kept(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    assert office.case(number).facts["extra"]["crop"] == "水稻"

    office.walks(number, "accepted", "assigned", "investigating", "mediating")
    office.does(number, "mediation", outcome="agreed", text="退还种子款，赔偿两千元")
    office.does(number, "outcome", outcome="agreement", due="2026-11-20")
    office.move(number, "answered", answer="双方已签协议，一式三份。")
    assert "双方达成协议" in office.told(number)

    office.asks_back()
    assert office.rates(number).status == "closed"
    office.at("2026-11-19 10:00")
    office.does(number, "rectified", outcome="0", on="2026-11-19")
    assert office.move(number, "archived").status == "archived"


def test_the_agreement_is_signed_in_three_copies_and_followed(office: Office) -> None:
    work = office.institution.casework
    agreement = next(one for one in work.outcomes if one.id == "agreement")

    assert agreement.rectify
    assert "一式三份" in next(one.text for one in work.replies if one.id == "agreement")


@pytest.mark.parametrize(("outcome", "said"), [("failed", "仲裁"), ("failed", "起诉"), ("alone", "自行和解")])
def test_what_becomes_of_a_mediation_is_told(office: Office, outcome: str, said: str) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "mediating")

    office.does(number, "mediation", outcome=outcome)

    assert said in office.told(number)


def test_what_is_not_fit_for_mediation_is_explained(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "outcome", outcome="unfit")
    case = office.move(number, "answered", answer="是播得太深，不适合调解，已当面说明。")

    assert [one["id"] for one in case.record["outcomes"]] == ["unfit"]


def test_its_clocks_are_the_hotlines(office: Office) -> None:
    hotline = load_all()["hotline"].clocks
    own = office.institution.clocks

    assert {name: clock.length for name, clock in own.items()} == {name: hotline[name].length for name in own}
    assert office.due(office.files(STORY, DAY, **TOLD)) == {"accept": "2026-09-29 17:30", "answer": "2026-10-05 10:05"}


@pytest.mark.parametrize(
    ("story", "category", "station"),
    [
        ("买的稻种发芽率低，不出苗", "seed", "seed"),
        ("买的复合肥烧苗，土壤板结", "fertiliser", "soil"),
        ("果园的柑橘落果，果树不挂果", "fruit", "fruit"),
        ("隔壁打除草剂飘到我家地里，叶子枯了，有药害", "chemical", "protection"),
        ("大棚辣椒苗长不好，蔬菜减产", "cash_crop", "cash_crop"),
        ("水稻大面积倒伏，稻飞虱严重", "staple", "township"),
        ("养猪场的粪水流到田里，污水发臭", "pollution", "environment"),
        ("市场上的菜农药残留超标，要求送检", "produce", "testing"),
        ("蚕种有病，蚕都死了，蚕茧绝收", "silkworm", "sericulture"),
        ("农资店卖假农药，没有登记证", "fake_inputs", "enforcement"),
    ],
)
def test_each_of_the_ten_matters_has_its_station(office: Office, story: str, category: str, station: str) -> None:
    case = office.case(office.files(story, DAY, **TOLD))

    assert (case.category_id, case.department_id) == (category, station)


def test_what_a_court_has_already_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(STORY, DAY, **TOLD)

    office.move(number, "refused", ground="court")

    assert "12348" in office.told(number)
