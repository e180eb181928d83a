from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.wording import phrase
from tests.dialogs.talking import NUMBER, Citizen, brief

TOLD = "楼下烧烤店每天晚上放音响到十二点"
WISHES = ["投诉", "我要投诉", "我想反映问题", "举報", "I want to file a complaint"]


def to_stage(citizen: Citizen, stage: Stage) -> Citizen:
    """Bring a talk there."""
    citizen.says(TOLD)
    if stage is not Stage.CONSENT:
        citizen.says("同意")
    if stage in {Stage.CONFIRMING, Stage.CHANGING}:
        citizen.to_summary()
    if stage is Stage.CHANGING:
        citizen.says("改一项")
    assert citizen.now.stage is stage
    return citizen


@pytest.mark.parametrize("wish", WISHES)
def test_who_wishes_to_complain_while_telling_is_asked_the_same_again(citizen, wish):
    to_stage(citizen, Stage.ASKING)

    while (now := citizen.now).stage is Stage.ASKING:
        said = citizen.says(wish)
        assert said.startswith(phrase(citizen.now.language, "resume"))
        kept = (citizen.now.asking, citizen.now.misses, citizen.now.draft.values)
        assert kept == (now.asking, 0, now.draft.values)
        citizen.says("匿名" if "匿名" in citizen.choices else "没有")


@pytest.mark.parametrize("stage", [Stage.CONSENT, Stage.CONFIRMING, Stage.CHANGING])
def test_at_every_other_question_it_is_no_answer_either(citizen, stage):
    to_stage(citizen, stage)
    before = citizen.now

    citizen.says("投诉")

    assert (citizen.now.draft.values, citizen.now.misses) == (before.draft.values, 0)
    assert citizen.now.stage in {stage, Stage.CONFIRMING}


def test_before_anything_is_told_nothing_is_gone_on_with(citizen):
    citizen.says("投诉")
    citizen.says("同意")

    assert citizen.says("投诉").startswith("请说说您遇到的事")


def test_a_story_that_says_so_is_a_story(citizen):
    citizen.says("我要投诉楼下烧烤店，每天晚上放音响到十二点")

    assert "烧烤店" in citizen.now.draft.values["what"]


def test_the_menu_lists_ones_own_cases_and_goes_back_to_the_question(citizen):
    to_stage(citizen, Stage.ASKING)
    citizen.mine = (brief(),)

    said = citizen.says("我的投诉")

    assert NUMBER in said
    assert "接着刚才的登记。" in said
