"""A question in the middle is answered wherever it is asked, and the talk goes on where it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Stage
from dialogs.effects import FileCase
from dialogs.events import VisitBackDue
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen, brief

ALL = load_all()
STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着"


@pytest.fixture
def agreed(citizen):
    citizen.now = Conversation(consented=True)
    return citizen


def test_a_question_in_the_middle_is_answered_and_the_open_one_put_again(agreed):
    agreed.says("中山路的路灯坏了，昨晚发现的")
    asked = agreed.now.asking

    said = agreed.says("你们几点上班？")

    assert "工作日 8:30–12:00" in said
    assert said.index("上班") < said.index("接着说")
    assert agreed.now.asking == asked


def test_a_question_leaves_no_trace_in_the_draft(agreed):
    agreed.says("中山路的路灯坏了，昨晚发现的")
    before = agreed.now.draft

    for text in (
        "收费吗",
        "多久有结果",
        "会不会泄露我的名字",
        "你是机器人吗",
        "要带什么材料",
        "What are your opening hours?",
    ):
        agreed.says(text)

    assert agreed.now.draft.values == before.values
    assert agreed.now.draft.tries == before.tries
    assert agreed.now.misses == 0


def test_a_fact_beside_a_question_is_noted_and_the_question_answered(agreed):
    agreed.says("楼下烧烤店放音响，吵得睡不着")

    said = agreed.says("昨晚十一点，在幸福里3栋楼下。收费吗？")

    assert "不收费" in said
    assert agreed.now.draft.values["where"]["text"] == "幸福里3栋楼下"
    assert "when" in agreed.now.draft.values
    assert "收费" not in agreed.now.draft.values["what"]


def test_a_story_that_begins_with_a_question_is_greeted_first(citizen):
    said = citizen.says("路灯坏了三天了，多久有结果？").split("\n")

    assert said[0].startswith("您好")
    assert "7天内答复" in said[1]
    assert citizen.now.stage is Stage.CONSENT


def test_a_question_at_the_summary_shows_the_summary_again(agreed):
    agreed.says(STORY)
    agreed.to_summary()

    said = agreed.says("最后问一次，会保密吗")

    assert "会保密" in said
    assert "请核对" in said
    assert "提交" in agreed.choices


def test_submitting_with_a_question_files_and_answers(agreed):
    agreed.says(STORY)
    agreed.to_summary()

    said = agreed.says("提交，收费吗？")

    assert len(agreed.did(FileCase)) == 1
    assert "不收费" in said
    assert NUMBER in said


@pytest.mark.parametrize("begin", ["withdraw", "claim", "sort", "visit", "cancel", "consent"])
def test_whatever_was_asked_is_asked_again(agreed, begin):
    agreed.mine = (brief(),)
    match begin:
        case "withdraw":
            agreed.says(choice=f"withdraw:{NUMBER}")
        case "claim":
            agreed.says("20261121-HL-000999-1", number="20261121-HL-000999-1")
        case "sort":
            agreed.says("昨晚又吵了，孩子睡不着")
        case "visit":
            agreed.event(VisitBackDue(NUMBER))
        case "cancel":
            agreed.mine = ()
            agreed.says(STORY)
            agreed.says("取消")
        case "consent":
            agreed.mine, agreed.now = (), Conversation()
            agreed.says(STORY)
    stage, survey, choices = agreed.now.stage, agreed.now.survey, agreed.choices

    said = agreed.says("收费吗")

    assert "不收费" in said
    assert (agreed.now.stage, agreed.now.survey) == (stage, survey)
    assert agreed.choices == choices
    assert "？" in said or "手机号" in said


def test_who_asks_about_secrecy_before_giving_a_name_is_not_asked_for_it_twice():
    citizen = Citizen(ALL["whistleblow"])
    for text in ("我举报采购部刘经理吃回扣，今年3月招标那次", "同意", "刘经理", "没有"):
        citizen.says(text)
    assert citizen.now.asking == "who"

    said = citizen.says("你先说保不保密")

    assert "保密" in said
    assert "？" not in said
    assert citizen.choices == ["匿名"]
    assert "匿名" in citizen.says("匿名")
    assert citizen.now.draft.values["anonymous"]


@pytest.mark.parametrize("key", ["whistleblow", "discipline"])
@pytest.mark.parametrize("text", ["会不会查到我头上", "能保密吗", "请帮我保密", "我怕被报复", "可以匿名吗"])
def test_secrecy_is_answered_wherever_it_is_asked(key, text):
    citizen = Citizen(ALL[key])
    assert "保密" in (first := citizen.says(text)) or "匿名" in first

    for told in ("今年3月采购部刘经理收了供应商回扣", "同意"):
        citizen.says(told)
    while citizen.now.stage is Stage.ASKING:
        assert "保密" in (said := citizen.says(f"{text}？")) or "匿名" in said
        citizen.says("没有")
    assert "保密" in (said := citizen.says(text)) or "匿名" in said


def test_a_wish_for_secrecy_answers_what_is_wished(agreed):
    agreed.now = Conversation(consented=True)
    for text in (STORY, "没有", "匿名"):
        agreed.says(text)
    assert agreed.now.asking == "request"

    agreed.says("希望保密")

    assert agreed.now.draft.values["request"] == "希望保密"


def test_whether_it_is_ours_is_answered_for_what_was_told(agreed):
    assert "说说是什么事" in agreed.says("这个归你们管吗")
    agreed.says("中山路的路灯坏了")

    assert "归我们管" in agreed.says("这个归你们管吗")


def test_what_is_not_ours_is_said_once_when_that_is_asked_too():
    citizen = Citizen(ALL["tourism"])

    said = citizen.says("我们小区的自来水停了两天了你们管不管")

    assert said.count("12345") == 1
    assert citizen.now.stage is Stage.ELSEWHERE


def test_a_question_of_an_institutions_own_is_answered_with_its_own_words():
    citizen = Citizen(ALL["bus_reward"])

    assert "50元" in citizen.says("奖励多少钱？")


def test_a_matter_told_as_a_question_of_its_own_is_still_a_matter():
    citizen = Citizen(ALL["product"])

    said = citizen.says("同一批水壶都漏电，会召回吗？")

    assert "同一批次有多人反映" in said
    assert "漏电" in citizen.now.draft.values["what"]


def test_no_danger_is_taken_for_a_question(agreed):
    assert "119" in agreed.says("楼道里好大煤气味，有人晕倒了，你们管不管？")


def test_how_it_stands_is_asked_in_words_and_told_for_the_right_case(agreed):
    lamp = brief()
    agreed.mine = (
        lamp.__class__(**{**_fields(lamp), "what": "中山路的路灯坏了", "number": "20261120-HL-000001-2"}),
        lamp,
    )

    assert "20261120-HL-000001-2" in agreed.says("路灯修好了没有")
    assert NUMBER in agreed.says("烧烤店那个处理得怎么样了")
    both = agreed.says("有结果了吗")
    assert NUMBER in both
    assert "20261120-HL-000001-2" in both


def test_somebody_without_a_case_is_told_so(agreed):
    assert "还没有" in agreed.says("处理得怎么样了")


def test_a_thing_that_no_case_is_about_is_a_new_matter(agreed):
    agreed.mine = (brief(),)

    agreed.says("地铁四号线开通了没有")

    assert "地铁" in str(agreed.now.draft.values.get("what"))


def test_how_a_case_stands_is_told_in_the_middle_of_another_draft(agreed):
    agreed.says("小区门口井盖丢了")
    asked = agreed.now.asking
    agreed.mine = (brief(),)

    said = agreed.says("烧烤店那个怎么样了")

    assert NUMBER in said
    assert agreed.now.asking == asked


def _fields(case):
    return {name: getattr(case, name) for name in case.__dataclass_fields__}


FACTS = ["楼下烧烤店放音响，吵得睡不着", "昨晚十一点", "幸福里3栋楼下", "我叫李芳", "13800138000"]
QUESTIONS = [
    "收费吗",
    "你们几点上班？",
    "会不会泄露我的名字",
    "要带什么材料",
    "你是机器人吗",
    "多久有结果？",
    "How long will it take?",
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(FACTS), st.lists(st.sampled_from(QUESTIONS), min_size=6, max_size=6), st.booleans())
def test_questions_in_between_change_no_case(facts, questions, beside):
    def filed(asked):
        citizen = Citizen(ALL["hotline"])
        citizen.now = Conversation(consented=True)
        for n, fact in enumerate(facts):
            citizen.says(f"{fact}。{questions[n]}" if asked and beside else fact)
            if asked and not beside:
                citizen.says(questions[n])
        if citizen.now.stage is Stage.ASKING:
            citizen.to_summary()
        if asked:
            citizen.says(questions[-1])
        citizen.says("提交")
        values = citizen.did(FileCase)[0].draft.values
        return {key: str(value).replace("。", "") for key, value in values.items()}

    assert filed(asked=True) == filed(asked=False)
