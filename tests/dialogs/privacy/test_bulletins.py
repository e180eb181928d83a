"""Who wants to be told each month how it went says so in a short message; who complains of bulletins is heard."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.effects import StopBulletins, WantBulletin
from dialogs.events import Bulletined, Subject
from dialogs.privacy.bulletins import stops, wants
from tests.dialogs.talking import HOTLINE, NUMBER, Citizen

SEVERAL = Bulletined(
    "ask", options=(Subject("place", NUMBER, "幸福里"), Subject("department", NUMBER, "城市管理局", "City Management"))
)


@pytest.mark.parametrize(
    "text",
    ["订阅月报", "我想订阅月报", "请帮我订一份月报", "怎么订月报", "訂閱月報", "每月发月报给我", "monthly bulletin", "Subscribe to the monthly bulletin",
     "Please send me the monthly bulletin", "I want a monthly bulletin"],
)  # fmt: skip
def test_the_wish_is_understood_in_many_words(text):
    assert wants(text)


@pytest.mark.parametrize(
    "text", ["退订月报", "我要退订月报", "取消订阅月报", "不要再发月报了", "别发月报了", "月报不要发了", "退訂月報", "stop the bulletin",
             "Please stop the monthly bulletin", "unsubscribe from the bulletin"],
)  # fmt: skip
def test_so_is_the_wish_for_no_more(text):
    assert stops(text)
    assert not wants(text)


@pytest.mark.parametrize(
    "text", ["你们的月报都是假的", "物业每月发的账单不对", "订阅的会员退不了钱", "月报", "取消", "公司逼我们写月报到半夜", "the bulletin board fell on a child"]
)  # fmt: skip
def test_what_is_a_complaint_is_no_wish(text):
    assert not wants(text)
    assert not stops(text)


def test_of_several_one_is_chosen_by_tapping_or_by_its_name():
    citizen = Citizen(HOTLINE)
    citizen.says("订阅月报")
    assert "退订月报" in citizen.event(SEVERAL)
    assert citizen.choices == ["幸福里", "城市管理局"]

    citizen.says("幸福里")
    citizen.says(choice=f"bulletin:department:{NUMBER}")

    assert citizen.did(WantBulletin) == [
        WantBulletin(), WantBulletin("place", NUMBER), WantBulletin("department", NUMBER),
    ]  # fmt: skip


def test_in_a_draft_its_place_is_meant_and_its_question_is_asked_again():
    citizen = Citizen(HOTLINE)
    citizen.says("幸福里小区门口路灯坏了一个月了")
    citizen.says("同意")
    asking = citizen.now.asking
    citizen.says("订阅月报")
    said = citizen.event(Bulletined("on", "幸福里小区"))

    assert citizen.did(WantBulletin)[0].place.startswith("幸福里")
    assert "“幸福里小区”的月报" in said
    assert (citizen.now.stage, citizen.now.asking) == (Stage.ASKING, asking)


def test_in_an_alarm_nobody_speaks_of_bulletins():
    citizen = Citizen(HOTLINE)
    citizen.says("楼道里好大煤气味，有人晕倒了")
    citizen.says("订阅月报")
    citizen.says("退订月报")

    assert not citizen.did(WantBulletin)
    assert not citizen.did(StopBulletins)


def test_it_is_stopped_in_each_language():
    for wish, told in (("退订月报", "不再发"), ("退訂月報", "不再發"), ("stop the bulletin", "no more bulletins")):
        citizen = Citizen(HOTLINE)
        citizen.says(wish)

        assert citizen.did(StopBulletins)
        assert told in citizen.event(Bulletined("off"))
