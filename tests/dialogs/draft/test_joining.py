"""A case of others is offered once, in two steps, and joined on a plain word alone."""

from __future__ import annotations

import pytest

from dialogs.conversation import Alike, Stage
from dialogs.effects import FileCase, FindSimilar, Join
from dialogs.events import VisitBackDue
from tests.dialogs.talking import HOTLINE, NUMBER, Citizen

NOISE = "幸福里楼下烧烤店半夜放音响，吵得睡不着"
ALIKE = Alike(
    "20261120-HL-000007-1",
    "烧烤店",
    "Noise",
    "幸福里",
    "2026-11-20T12:00:00+08:00",
    3,
    "办理中",
    "With the department",
    "城市管理局",
    "City Management",
)


@pytest.fixture
def citizen():
    made = Citizen(HOTLINE)
    made.similar = ALIKE
    return made


def asked(citizen: Citizen) -> str:
    citizen.says(NOISE)
    return citizen.says("同意")


def test_it_is_offered_as_soon_as_matter_and_place_are_known(citizen):
    said = asked(citizen)

    assert "附近已有3人反映了类似的事：幸福里，烧烤店，11月20日起。" in said
    assert citizen.choices == ["是同一件", "不是", "看看"]
    assert ALIKE.number not in said


def test_not_before_the_place_is_known_and_not_before_consent(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着")
    assert citizen.did(FindSimilar) == []
    citizen.says("同意")
    assert citizen.did(FindSimilar) == []
    assert "类似的事" in citizen.says("在幸福里3栋")


def test_danger_never_waits_for_it(citizen):
    citizen.says("幸福里3栋楼道里好大煤气味，有人晕倒了")
    citizen.says("同意")

    assert citizen.did(FindSimilar) == []


@pytest.mark.parametrize("yes", ["是同一件", "看看", "1", "对，就是这件", "看一下", "same"])
def test_what_it_is_and_what_joining_means_comes_before_it(citizen, yes):
    asked(citizen)
    said = citizen.says(yes)

    assert "加入后" in said
    assert citizen.choices == ["加入这件", "单独登记"]
    assert citizen.did(Join) == []


@pytest.mark.parametrize("yes", ["加入这件", "加入", "1", "好的", "一起反映"])
def test_a_plain_yes_joins_with_all_that_was_told(citizen, yes):
    asked(citizen)
    citizen.says("看看")
    said = citizen.says(yes)

    (joined,) = citizen.did(Join)
    assert (joined.number, joined.draft.values["what"]) == (ALIKE.number, NOISE)
    assert f"已加入 {NUMBER}，现在共有2人反映" in said
    assert (citizen.now.stage, citizen.now.draft.values) == (Stage.IDLE, {})


@pytest.mark.parametrize("no", ["不是", "单独登记", "不一样", "另外一件", "2", "没有", "no"])
def test_no_is_taken_and_never_asked_again(citizen, no):
    asked(citizen)
    citizen.says(no)

    assert citizen.now.stage is Stage.ASKING
    citizen.to_summary()
    citizen.says("提交")
    assert len(citizen.did(FindSimilar)) == 1
    assert citizen.did(Join) == []
    assert len(citizen.did(FileCase)) == 1


@pytest.mark.parametrize("told", [{"text": "希望晚上10点后不放音响"}, {"text": "13800138000"}, {"photos": 2}])
def test_who_tells_on_instead_is_heard_and_the_question_is_left(citizen, told):
    asked(citizen)
    citizen.says(**told)

    assert citizen.now.stage is not Stage.JOINING
    assert citizen.now.draft.evidence or citizen.now.draft.values.keys() & {"request", "contact"}
    citizen.to_summary()
    citizen.says("提交")
    assert citizen.did(Join) == []
    assert citizen.did(FileCase)[0].draft.alike is None


def test_a_question_in_the_middle_is_answered_and_the_offer_put_again(citizen):
    asked(citizen)
    said = citizen.says("你们几点上班？")

    assert "类似的事" in said
    citizen.says("看看")
    assert "加入后" in citizen.says("你们几点上班？")


def test_what_can_no_longer_be_joined_goes_on_alone(citizen):
    citizen.joinable = False
    asked(citizen)
    citizen.says("看看")
    said = citizen.says("加入")

    assert "接着登记您的" in said
    assert citizen.now.draft.values["what"] == NOISE
    assert citizen.now.stage is Stage.ASKING


def test_an_institution_that_offers_it_to_nobody_does_not_look(citizen):
    joining = HOTLINE.joining.model_copy(update={"offered": False})
    citizen.institution = HOTLINE.model_copy(update={"joining": joining})
    asked(citizen)

    assert citizen.did(FindSimilar) == []


def test_a_visit_back_meanwhile_harms_nothing(citizen):
    asked(citizen)
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("看看")

    assert "加入后" in citizen.says("进度")


def test_in_english(citizen):
    citizen.says("English")
    citizen.says("The lamp in Renmin Road is broken")
    said = citizen.says("agree")

    assert "Is it the same matter?" in said
    assert "Noise, since 20 Nov" in said


def test_two_matters_each_are_looked_for(citizen):
    citizen.says("人民路的路灯坏了一个月了，另外幸福里楼下烧烤店半夜放音响吵得睡不着")
    citizen.says("同意")
    citizen.says("分开")
    citizen.says("看看")
    said = citizen.says("加入")

    assert "接着说您提到的另一件" in said
    assert len(citizen.did(FindSimilar)) == 2
