"""What a place tells that is the answer to a question: where, whom it is about, and never what it is about."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

ASKED = "事情发生在哪里"


def first(citizen: Citizen) -> str | None:
    """The category that stands first, where any word speaks for one."""
    proposal = citizen.now.draft.proposal or {}
    return proposal["top"][0]["category_id"] if proposal.get("why") else None


@pytest.mark.parametrize(
    "home",
    [
        "师范学院教师公寓3号楼",
        "阳光医院家属楼1单元",
        "铁路局家属院2栋",
        "麻石岭老机械厂宿舍4栋",
        "城东派出所对面的院子",
        "东方超市楼上",
        "老电厂宿舍",
        "市一中对面",
        "税务局家属区5栋",
        "公交公司宿舍2单元",
        "法院家属楼",
        "社保局后面的巷子",
        "第三小学门口",
        "旅行社楼上",
        "车管所旁边的小区",
    ],
)
def test_who_lives_beside_an_office_does_not_complain_of_it(citizen, home):
    citizen.says("屋里没得水用")
    citizen.says("同意")
    assert ASKED in citizen.says("昨天夜里")

    citizen.says(home)

    assert first(citizen) == "urban"


def test_a_name_that_no_list_holds_stays_before_its_place(citizen):
    for text in ("家里停水了", "同意", "昨天夜里", "我住在麻石岭老机械厂宿舍4栋"):
        citizen.says(text)

    assert citizen.now.draft.values["where"]["text"] == "麻石岭老机械厂宿舍4栋"


@pytest.mark.parametrize("office", ["青石镇政府", "没别的了，青石镇政府", "城东派出所", "人民路社区居委会", "县教育局"])
def test_an_office_answers_whom_it_is_about(office):
    citizen = Citizen(load_all()["masses"])
    said = citizen.says("宅基地拖了三年没批，镇里推县里，县里推镇里")
    for text in ("同意", "青石镇", *["跳过"] * 3):
        if "哪个单位" in said:
            break
        said = citizen.says(text)
    assert "哪个单位" in said

    citizen.says(office)

    assert citizen.now.draft.values["target"] in office
    assert citizen.now.asking != "target"
    assert citizen.now.draft.values["where"]["text"] == "青石镇"


def test_the_house_behind_a_place_stays_with_it_and_is_complained_of_by_nobody(citizen):
    for text in ("屋里没得水用", "同意", "昨天夜里", "人民医院家属楼3单元"):
        citizen.says(text)

    assert citizen.now.draft.values["where"]["text"] == "人民医院家属楼3单元"
    assert "target" not in citizen.now.draft.values


def test_an_address_asked_for_is_not_where_it_happened():
    citizen = Citizen(load_all()["labour"])
    said = citizen.says("公司拖欠我工资，从9月到现在")
    citizen.says("同意")
    for _ in range(12):
        if "联系地址" in said:
            break
        said = citizen.says("跳过")

    citizen.says("石桥村6号")

    assert citizen.now.draft.values["address"] == "石桥村6号"
    assert "where" not in citizen.now.draft.values


def test_a_boss_without_a_name_is_asked_for_where_a_name_is_needed():
    citizen = Citizen(load_all()["labour"])
    for text in ("老板拖欠我工资", "同意"):
        citizen.says(text)
    said = citizen.says("从9月到现在")

    assert "哪个单位" in said
