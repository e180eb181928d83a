"""The property manager: twelve categories, and response times by urgency."""

import pytest

from institutions.catalog import load_all
from institutions.model import Institution


@pytest.fixture(scope="module")
def compound() -> Institution:
    return load_all()["property"]


def test_the_twelve_categories_of_a_yearly_summary_are_there(compound: Institution) -> None:
    assert [category.name for category in compound.categories] == [
        "环境卫生",
        "公共设施管理",
        "安全管理",
        "员工管理",
        "装修管理",
        "客户服务",
        "停车场管理",
        "机电设备管理",
        "维修服务",
        "财务管理",
        "会所管理",
        "交通管理",
    ]


def test_every_category_has_ten_words_and_every_matter_four(compound: Institution) -> None:
    poor = [c.id for c in compound.categories if len(c.words) < 10]
    poor += [f"{c.id}/{m.id}" for c in compound.categories for m in c.matters if len(m.words) < 4]

    assert poor == []


@pytest.mark.parametrize(
    ("matter", "promise"),
    [
        ("security/incident", "30m"),
        ("machinery/utilities", "1h"),
        ("renovation/noise", "2h"),
        ("environment/hygiene", "24h"),
        ("facilities/public_facility", "48h"),
        ("facilities/elevator", "48h"),
    ],
)
def test_urgent_matters_have_their_own_promise(compound: Institution, matter: str, promise: str) -> None:
    assert compound.matter(matter).clocks["answer"] == promise


def test_an_ordinary_matter_is_answered_within_a_day(compound: Institution) -> None:
    length = compound.clocks["answer"].length

    assert isinstance(length, dict)
    assert length["ordinary"] == "24h"


@pytest.mark.parametrize("word", ["电梯", "异响", "电梯停运"])
def test_an_elevator_stuck_or_rattling_is_a_public_facility(compound: Institution, word: str) -> None:
    owners = [f"{c.id}/{m.id}" for c in compound.categories for m in c.matters if word in m.words]

    assert owners == ["facilities/elevator"]
    assert compound.department_for("facilities", "facilities/elevator").name == "工程部"


def test_the_flat_is_asked_after_the_place(compound: Institution) -> None:
    assert compound.required == ("what", "when", "where", "building", "unit", "room", "evidence", "who", "contact")


def test_the_visit_back_comes_three_days_after_the_answer(compound: Institution) -> None:
    assert compound.survey.after == "3d"
    assert compound.clocks["visit_back"].length == "5d"


def test_an_owner_gives_a_name_which_can_be_kept_from_others(compound: Institution) -> None:
    assert (compound.code, compound.anonymous, compound.confidential) == ("PM", False, "offered")


@pytest.mark.parametrize("number", ["110", "119", "120", "95598", "12345"])
def test_what_is_not_the_manager_s_is_sent_to_the_right_number(compound: Institution, number: str) -> None:
    assert any(number in row.say and number in row.say_en for row in compound.elsewhere)
