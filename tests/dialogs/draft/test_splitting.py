"""Several matters in one message: two cases by consent, or one, and none is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Stage
from dialogs.effects import FileCase
from tests.dialogs.talking import HOTLINE, Citizen
from tests.fuzzing import examples

LAMP, GRILL = "幸福里小区门口路灯坏了一个月了", "楼下烧烤店半夜放音响吵得睡不着"
BOTH = f"{LAMP}，另外{GRILL}"


def told(text: str = BOTH) -> Citizen:
    citizen = Citizen(HOTLINE)
    citizen.says(text)
    citizen.says("同意")
    return citizen


def filed(citizen: Citizen) -> list[dict[str, Any]]:
    return [effect.draft.values for effect in citizen.did(FileCase)]


def test_two_matters_are_offered_as_two_cases_and_nothing_is_split_unasked():
    citizen = told()

    assert citizen.now.stage is Stage.SPLITTING
    assert citizen.choices == ["分开登记", "合成一件"]
    assert citizen.now.draft.values["what"] == BOTH


@pytest.mark.parametrize("answer", ["分开", "分开登记", "好的", "都要", "1", "分別登記", "各登各的"])
def test_apart_they_become_two_cases_one_after_the_other(answer):
    citizen = told()
    citizen.says(answer)
    citizen.says("我叫李芳，13800138000")
    citizen.to_summary()
    said = citizen.says("提交")
    assert GRILL in said
    citizen.to_summary()
    citizen.says("提交")

    lamp, grill = filed(citizen)
    assert (lamp["what"], grill["what"]) == (LAMP, GRILL)
    assert lamp["who"] == grill["who"] == "李芳"
    assert lamp["contact"] == grill["contact"] == "+8613800138000"
    assert citizen.now.waiting == ()


@pytest.mark.parametrize("answer", ["合成一件", "合成一件吧", "两件都要，一起说", "不用分", "2", "一起"])
def test_together_they_stay_one_case_that_tells_both(answer):
    citizen = told()
    citizen.says(answer)
    citizen.to_summary()
    citizen.says("提交")

    (one,) = filed(citizen)
    assert LAMP in one["what"]
    assert GRILL in one["what"]


def test_who_answers_with_a_fact_is_asked_once_more_and_then_they_stay_one():
    citizen = told()
    citizen.says("我叫李芳")
    assert citizen.now.to_json()["stage"] == Stage.SPLITTING

    citizen.says("13800138000")

    assert citizen.now.stage is Stage.ASKING
    assert citizen.now.draft.values["contact"] == "+8613800138000"
    assert citizen.now.draft.values["what"] == BOTH


def test_what_is_told_before_both_holds_for_both():
    citizen = Citizen(HOTLINE)
    citizen.says("我叫李芳，13800138000")
    citizen.says("同意")
    citizen.says("想反映两件事：一是公司拖欠我三个月工资，二是物业乱收停车费")
    citizen.says("分开")

    (waiting,) = citizen.now.waiting
    assert waiting.values["who"] == "李芳"
    assert waiting.values["what"] == "物业乱收停车费"
    assert "工资" in citizen.now.draft.values["what"]


def test_a_place_told_of_one_matter_is_not_the_others_unless_that_points_at_it():
    citizen = told("中山路88号路口的红绿灯不亮了，另外公司拖欠我三个月工资")
    citizen.says("分开")

    (wages,) = citizen.now.waiting
    assert "where" not in wages.values
    assert citizen.now.draft.values["where"]["text"].startswith("中山路88号")


def test_who_drops_the_first_can_go_on_with_the_other():
    citizen = told()
    citizen.says("分开")
    citizen.says("取消")
    assert GRILL in citizen.says("取消登记")

    assert GRILL in citizen.says("接着上次")
    assert citizen.now.draft.values["what"] == GRILL


def test_photos_sent_instead_of_an_answer_are_kept():
    citizen = told()
    citizen.says(photos=2)
    citizen.says("分开")

    assert len(citizen.now.draft.evidence) == 2


def test_danger_among_several_matters_is_never_held_up():
    citizen = Citizen(HOTLINE)

    assert "119" in citizen.says("小区门口路灯坏了一个月了，另外楼道里好大煤气味，有人晕倒了")


words = st.sampled_from(
    ["同意", "分开", "合成一件", "昨晚11点", "我叫李芳", "13800138000", "没有", "提交", "取消", "取消登记", "接着上次",
     "继续", "幸福里3栋楼下", "匿名", "你们几点上班", "返回", "进度"]
)  # fmt: skip


def stories(now: Conversation) -> str:
    drafts = (now.draft, *now.waiting, *(kept.draft for kept in now.shelf))
    return "\n".join(str(draft.values.get("what", "")) for draft in drafts)


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0, 8, 200]), words), max_size=14))
def test_the_second_matter_is_filed_or_kept_whatever_becomes_of_the_first(script):
    citizen = told()
    citizen.says("分开")
    dropped = False
    for hours, word in script:
        citizen.later(hours=hours)
        was, had = citizen.now.stage, GRILL in str(citizen.now.draft.values.get("what"))
        assert citizen.says(word)
        dropped |= was is Stage.CANCELLING and had and citizen.now.stage is Stage.IDLE

    everything = stories(citizen.now) + "".join(str(values["what"]) for values in filed(citizen))
    assert dropped or GRILL in everything
