"""Danger: the number first, then where and which phone, a case in any case, and no second one for the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.conversation import Stage
from dialogs.effects import Amend, FileCase, Hand, Reopen
from dialogs.events import AlarmDue
from dialogs.messages import Location
from tests.dialogs.talking import NOW, NUMBER, Citizen, brief

GAS = "楼道里好大煤气味，有人晕倒了"
BARBECUE = "楼下烧烤店半夜放音响，吵得睡不着，在幸福里3栋楼下"


def filed(citizen: Citizen) -> dict[str, Any]:
    """What the one emergency case holds, with all that was added to it."""
    (case,) = [effect.draft for effect in citizen.did(FileCase) if effect.draft.grade == "emergency"]
    values = dict(case.values)
    for more in citizen.did(Amend):
        values |= more.values
    return values


def test_the_number_comes_first_and_then_one_question(citizen):
    said = citizen.says(GAS)

    assert "119" in said.split("\n")[0]
    assert said.count("？") == 1
    assert citizen.choices == ["发送位置", "跳过"]


def test_those_on_duty_see_it_before_there_is_a_case(citizen):
    citizen.says(GAS)

    assert citizen.did(Hand) == [Hand("danger")]
    assert citizen.did(FileCase) == []


def test_place_and_phone_make_the_case_without_consent_or_confirmation(citizen):
    for text in (GAS, "幸福里3栋2单元"):
        citizen.says(text)
    said = citizen.says("13800138000")

    values = filed(citizen)
    assert values["where"]["text"] == "幸福里3栋2单元"
    assert values["contact"] == "+8613800138000"
    assert NUMBER in said
    assert not citizen.now.consented


def test_who_tells_everything_at_once_is_asked_nothing(citizen):
    said = citizen.says("幸福里3栋2单元着火了，我叫李芳，电话13800138000")

    assert "119" in said.split("\n")[0]
    assert NUMBER in said
    assert "？" not in said


def test_who_says_no_more_has_a_case_all_the_same(citizen):
    citizen.says(GAS)
    said = citizen.event(AlarmDue())

    assert len(citizen.did(FileCase)) == 1
    assert NUMBER in said
    assert "在哪里" in said


@pytest.mark.parametrize("words", ["手机快没电了", "来不及说了", "我先跑了", "烟太大说不了话"])
def test_who_may_be_gone_with_the_next_moment_has_a_case_at_once(citizen, words):
    said = citizen.says(f"{GAS}，{words}")

    assert len(citizen.did(FileCase)) == 1
    assert NUMBER in said
    assert said.count("？") == 1
    citizen.says("幸福里3栋2单元")
    assert filed(citizen)["where"]["text"] == "幸福里3栋2单元"


def test_a_phone_that_dies_later_files_what_is_known(citizen):
    citizen.says(GAS)
    citizen.says("幸福里3栋2单元，手机要关机了")

    assert filed(citizen)["where"]["text"] == "幸福里3栋2单元"


def test_its_clocks_run_from_the_first_word(citizen):
    citizen.says(GAS)
    citizen.later(seconds=100).says("幸福里3栋2单元")
    citizen.later(seconds=10).says("13800138000")

    (made,) = citizen.did(FileCase)
    assert made.since == NOW.isoformat()


def test_what_is_told_after_the_case_is_added_to_it(citizen):
    citizen.says(GAS)
    citizen.event(AlarmDue())
    citizen.says(pin=Location(28.2, 112.9, "人民公园"))
    citizen.says("有两个老人还在里面", photos=1)

    values = filed(citizen)
    assert (values["where"]["lat"], values["where"]["lon"]) == (28.2, 112.9)
    assert citizen.did(Amend)[-1].evidence == (1,)
    assert "两个老人" in citizen.did(Amend)[-1].text


def test_a_pin_is_asked_for_where_words_alone_do_not_lead_there(citizen):
    said = citizen.says("107国道加油站对面路上一个大坑，刚才有个骑电动车的大姐栽进去了头上都是血")

    assert "120" in said.split("\n")[0]
    assert "定位" in said.split("\n")[-1]


def test_a_pin_and_words_about_the_place_are_both_kept(citizen):
    citizen.says("107国道加油站对面路上一个大坑，刚才有个骑电动车的大姐栽进去了头上都是血")
    citizen.says(pin=Location(28.1123, 112.9034, "107国道加油站"))
    citizen.says("13800138000")

    where = filed(citizen)["where"]
    assert (where["lat"], where["lon"]) == (28.1123, 112.9034)
    assert "107国道" in where["text"]


@pytest.mark.parametrize("again", [GAS, "又有一个人晕倒了", "味道越来越大，煤气还在漏"])
def test_the_same_danger_told_again_makes_no_second_case(citizen, again):
    for text in (GAS, "幸福里3栋2单元", "13800138000", again):
        citizen.says(text)

    assert len(citizen.did(FileCase)) == 1
    assert citizen.did(Amend)[-1].text == again


def test_another_danger_of_it_is_told_its_own_number(citizen):
    for text in (GAS, "幸福里3栋2单元", "13800138000"):
        citizen.says(text)

    assert "119" in citizen.says("现在着火了").split("\n")[0]


def test_a_danger_in_another_house_is_a_case_of_its_own(citizen):
    for text in ("幸福里3栋2单元着火了", "13800138000", "阳光花园5栋1单元也着火了"):
        citizen.says(text)

    assert len({effect.draft.values["where"]["text"] for effect in citizen.did(FileCase)}) == 2


def test_a_danger_in_the_middle_of_another_matter_leaves_that_open(citizen):
    for text in (BARBECUE, "同意", "人民路12号着火了"):
        citizen.says(text)
    said = citizen.says("13800138000")

    assert "烧烤" not in str(filed(citizen)["what"])
    assert "接着刚才的登记" in said
    assert citizen.now.stage is Stage.ASKING
    assert "烧烤" in citizen.now.draft.values["what"]


def test_a_danger_in_the_matter_that_is_being_told_takes_it_over(citizen):
    for text in ("小区门口井盖丢了，很危险，在幸福里3栋门口", "同意", "刚才有个老人掉进去了，一动不动", "13800138000"):
        citizen.says(text)

    values = filed(citizen)
    assert "井盖" in str(values["what"])
    assert "幸福里3栋" in values["where"]["text"]
    assert citizen.now.draft.values == {}


@pytest.mark.parametrize("words", ["没事了", "误报，不好意思", "闻错了，是隔壁烧饭", "不是着火，看错了"])
def test_no_danger_after_all_is_noted_on_the_case_and_thanked_for(citizen, words):
    for text in (GAS, "幸福里3栋2单元", "13800138000"):
        citizen.says(text)
    said = citizen.says(words)

    assert citizen.did(Amend)[-1] == Amend(NUMBER, {}, words, (), over=True)
    assert "谢谢" in said
    assert citizen.now.stage is Stage.IDLE


def test_no_danger_after_all_before_there_is_a_case_is_on_record_too(citizen):
    citizen.says(GAS)
    said = citizen.says("没事了，闻错了")

    assert len(citizen.did(FileCase)) == 1
    assert citizen.did(Amend)[-1].over
    assert "谢谢" in said
    assert citizen.now.stage is Stage.IDLE


def test_cancelling_ends_it_and_the_danger_stays_on_record(citizen):
    citizen.says(GAS)
    citizen.says("取消")

    assert citizen.now.stage is Stage.IDLE
    assert len(citizen.did(FileCase)) == 1


def test_two_answers_that_are_none_leave_a_question_open(citizen):
    for text in (GAS, "快点来人啊", "还等什么呢"):
        citizen.says(text)

    assert citizen.now.alarm.asking == "contact"


def test_who_despairs_hears_the_helpline_and_is_not_questioned(citizen):
    first = citizen.says("我真的不想活了，厂里拖了我八个月工资")
    second = citizen.says("我好累")

    assert "12356" in first.split("\n")[0]
    assert "110" in first
    assert "我在听" in second
    assert "？" not in second
    assert "证据" not in first + second
    assert Hand("self_harm") in citizen.did(Hand)
    assert "工资" in str(filed(citizen)["what"])


def test_who_speaks_of_somebody_else_is_told_to_call_for_them(citizen):
    said = citizen.says("我邻居站在楼顶要跳楼")

    assert "110" in said.split("\n")[0]
    assert "那个人现在在哪里" in said


def test_who_is_hurt_at_home_is_asked_whether_a_call_is_safe(citizen):
    citizen.says("我老公正在打我，快来人")
    said = citizen.says("幸福里3栋2单元501")
    citizen.says("别打电话")

    assert "打电话安全吗" in said
    assert "别打电话" in str(filed(citizen)["what"])
    assert "contact" not in filed(citizen)


def test_an_institution_may_add_its_own_number(citizen):
    citizen.institution = citizen.institution.model_copy(
        update={"danger": {"gas": type("Row", (), {"say": "燃气抢修电话 12345。", "say_en": ""})()}}
    )

    assert "燃气抢修电话" in citizen.says(GAS)


def test_words_about_something_else_are_heard_once_nothing_is_asked(citizen):
    for text in (GAS, "幸福里3栋2单元", "13800138000", "中山路的路灯坏了一个星期，晚上太黑，请派人修路灯"):
        citizen.says(text)

    assert citizen.now.stage is not Stage.ALARM
    assert "路灯" in citizen.now.draft.values["what"]


def test_a_danger_of_yesterday_is_another_one(citizen):
    for text in (GAS, "幸福里3栋2单元", "13800138000"):
        citizen.says(text)
    long_ago = (NOW - timedelta(days=1)).isoformat()
    citizen.now = replace(citizen.now, alarm=replace(citizen.now.alarm, at=long_ago))

    citizen.says(GAS)

    assert citizen.now.alarm.number == ""


@pytest.mark.parametrize("words", ["催一下", "催办", "快点处理", "怎么还没人来"])
def test_who_only_presses_has_told_no_place(citizen, words):
    citizen.says(GAS)
    said = citizen.says(words)

    assert "在哪里" in said
    assert "where" not in citizen.now.alarm.draft.values


@pytest.mark.parametrize("words", ["撤回", "撤回投诉", "不用处理了"])
def test_who_takes_it_back_leaves_that_to_a_person(citizen, words):
    citizen.says(GAS)
    said = citizen.says(words)

    assert "核实" in said
    assert [effect.over for effect in citizen.did(Amend)] == [True]


def test_who_despairs_is_not_taken_at_the_word_that_nobody_need_care(citizen):
    citizen.says("我不想活了")
    citizen.says("撤回投诉")

    assert [effect.over for effect in citizen.did(Amend) if effect.over] == []
    assert citizen.now.stage is Stage.ALARM


def test_a_danger_told_instead_of_the_reason_leaves_the_answer_rejected(citizen):
    citizen.mine = (brief(answered=True, answer="已查处"),)
    citizen.says("不满意")
    assert citizen.now.stage is Stage.REASON
    said = citizen.says(GAS)

    assert "119" in said.split("\n")[0]
    assert [(effect.number, effect.text) for effect in citizen.did(Reopen)] == [(NUMBER, GAS)]
    assert citizen.now.wish == ""


def test_a_danger_told_after_a_case_was_taken_back_reopens_nothing(citizen):
    citizen.mine = (brief(),)
    for text in ("撤回", "是", GAS):
        citizen.says(text)

    assert citizen.did(Reopen) == []
    assert citizen.now.stage is Stage.ALARM
