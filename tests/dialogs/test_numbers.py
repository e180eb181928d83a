"""Identity cards, plates, orders: told once they are not asked for, told wrong they are asked for again."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

ID, MISTYPED = "11010519491231002X", "110105194912310021"


def at(institution: str, first: str) -> Citizen:
    citizen = Citizen(load_all()[institution])
    citizen.says(first)
    citizen.says("同意")
    return citizen


def asked_for(citizen: Citizen, slot: str) -> None:
    while citizen.now.asking != slot:
        answers = {"who": "王芳", "contact": "13800138000", "target": "星光机械厂", "claim_sum": "工资6000元"}
        citizen.says(answers.get(citizen.now.asking, "没有"))


@pytest.mark.parametrize(
    ("institution", "text", "slot", "value"),
    [
        ("toll_etc", "昨天湘A12345过城南收费站被多扣了钱", "plate", "湘A12345"),
        ("bus_reward", "昨天上午102路公交车司机拒载，工号1208", "driver_number", "1208"),
        ("bus_reward", "昨天上午102路公交车司机拒载，工号1208", "route", "102路"),
        ("airline", "昨天航班CA1234延误八小时", "flight", "CA1234"),
        ("market", "网上买的鞋子开胶，订单号A20260301，商家不退款", "order_number", "A20260301"),
        ("onsite", "牛奶过期了，小票号000123", "receipt", "000123"),
        ("labour", f"工厂拖欠我两个月工资，身份证{ID}", "id_number", ID),
        ("labour", f"工厂拖欠我两个月工资，身份证{ID}", "birth_date", "1949-12-31"),
        ("labour", f"工厂拖欠我两个月工资，身份证{ID}", "gender", "女"),
    ],
)
def test_a_number_told_fills_the_slot_that_is_wanted(institution, text, slot, value):
    citizen = at(institution, text)

    assert citizen.now.draft.values[slot] == value


def test_an_order_number_that_looks_like_a_phone_is_no_phone():
    citizen = at("market", "网上买的鞋子开胶，订单号13800138000，商家不退款")

    assert citizen.now.draft.values["order_number"] == "13800138000"
    assert "contact" not in citizen.now.draft.values


def test_a_mistyped_identity_number_is_not_taken():
    citizen = at("labour", f"工厂拖欠我两个月工资，身份证{MISTYPED}")

    assert "id_number" not in citizen.now.draft.values


def test_the_citizen_hears_that_the_check_digit_is_wrong():
    citizen = at("labour", "工厂拖欠我两个月工资")
    asked_for(citizen, "id_number")

    assert "核对不上" in citizen.says(MISTYPED)
    assert citizen.now.asking == "id_number"

    citizen.says(ID)

    assert citizen.now.draft.values["id_number"] == ID


def test_words_are_no_identity_number():
    citizen = at("labour", "工厂拖欠我两个月工资")
    asked_for(citizen, "id_number")

    assert "18位" in citizen.says("在家里放着呢")


def test_an_identity_number_is_shown_masked():
    citizen = at("labour", f"工厂拖欠我两个月工资，身份证{ID}")

    assert ID not in citizen.to_summary().replace(f"身份证{ID}", "")


@pytest.mark.parametrize(
    ("institution", "text", "slot", "value"),
    [
        ("canteen", "昨天中午第一中学食堂的饭是馊的", "school", "第一中学"),
        ("education", "投诉阳光幼儿园乱收费", "school", "阳光幼儿园"),
        ("toll_etc", "城南收费站多扣了我30元", "station", "城南收费站"),
        ("bank", "人民路支行排队两个小时没人管", "branch", "人民路支行"),
        ("tourism", "星光旅行社强制购物", "scenic_spot", "星光旅行社"),
        ("social_security", "我在红星机械厂上班，三年没交社保", "insured_unit", "红星机械厂"),
        ("labour", "我在红星机械厂上班，三个月没发工资", "target", "红星机械厂"),
        ("municipal", "滨河路改造工程夜里施工", "project", "滨河路改造工程"),
    ],
)
def test_a_named_organisation_fills_the_slot_that_is_wanted(institution, text, slot, value):
    citizen = at(institution, text)

    assert citizen.now.draft.values[slot] == value
