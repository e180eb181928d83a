"""With a name, without one or in confidence; for another, as an agent, with others: said back once, never asked."""

from __future__ import annotations

import pytest

from dialogs.conversation import Conversation, Stage
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

STORY = "幸福里3栋楼下烧烤店昨晚11点放音响，吵得睡不着"


@pytest.fixture
def asked_for_phone(citizen):
    for text in (STORY, "同意", "没有", "李芳"):
        citizen.says(text)
    assert citizen.now.asking == "contact"
    return citizen


@pytest.mark.parametrize(
    ("wrong", "why"),
    [("1380013800", "只有10位"), ("138001380001", "有12位"), ("12345678901", "座机"), ("138****8000", "看不到")],
)
def test_what_is_wrong_with_a_phone_is_said(asked_for_phone, wrong, why):
    assert why in asked_for_phone.says(wrong)
    assert asked_for_phone.now.asking == "contact"


def test_a_phone_wrong_twice_is_kept_as_told(asked_for_phone):
    asked_for_phone.says("1380013800")

    assert "先按您写的记下" in asked_for_phone.says("1380013801")
    assert asked_for_phone.now.draft.values["contact"] == "1380013801"
    assert asked_for_phone.now.asking != "contact"


@pytest.mark.parametrize("text", ["852 9123 4567", "010-88886666", "400-812-3456", "+44 20 7946 0958"])
def test_a_phone_of_another_form_is_taken_at_once(asked_for_phone, text):
    asked_for_phone.says(text)

    assert asked_for_phone.now.draft.values["contact"].startswith("+")


def test_on_whose_behalf_is_said_back_and_the_phone_stays_the_speakers(citizen):
    said = citizen.says("我妈昨天在幸福里3栋楼下被物业的保安推倒了")

    assert "您是替母亲反映的" in said
    assert citizen.now.draft.values["on_behalf"] == "母亲"
    assert "母亲" not in citizen.says("同意")


def test_in_english_it_is_said_in_english():
    citizen = Citizen(load_all()["hotline"])
    citizen.now = Conversation(language="en", chosen=True)

    said = citizen.says("On behalf of my mother: the lamp in Renmin Road has been broken for a month")

    assert "someone else (mother)" in said


def test_an_agent_is_asked_for_the_letter_and_may_bring_it_later():
    citizen = Citizen(load_all()["hotline"])

    said = citizen.says("我是张强的代理律师，他在工地干了三个月没拿到工资")

    assert "委托书" in said
    assert "以后补也行" in said
    assert citizen.now.draft.values["agent"] == "代理律师"
    assert citizen.now.draft.values["on_behalf"] == "张强"


def test_a_guardian_shows_another_paper():
    citizen = Citizen(load_all()["hotline"])

    assert "监护关系证明" in citizen.says("我是孩子的监护人，网吧昨晚让他通宵上网")


def test_several_are_noted_with_their_number_and_words(citizen):
    said = citizen.says("我们十几户家里都没有热水")

    assert "一起反映" in said
    assert citizen.now.draft.values["voices"] == 10
    assert citizen.now.draft.values["voices_told"] == "我们十几户"


@pytest.mark.parametrize(
    ("words", "asked"), [("我们二十几户联名反映", True), ("我们3户联名反映", False), ("全村村民联名反映", True)]
)
def test_many_are_asked_once_for_representatives(words, asked):
    citizen = Citizen(load_all()["masses"])
    citizen.says(f"{words}，李家村村口的河被养猪场排污半年了")
    citizen.says("同意")
    seen = []
    while citizen.now.stage is Stage.ASKING:
        seen.append(citizen.now.asking)
        citizen.says("没有")

    assert seen.count("representatives") == asked
    assert citizen.now.stage is Stage.CONFIRMING


def test_no_name_from_the_first_words_is_never_asked_for(citizen):
    assert "按匿名登记" in citizen.says(f"{STORY}。我不想留名字")
    citizen.says("同意")
    seen = [citizen.now.asking]
    while citizen.now.stage is Stage.ASKING:
        citizen.says("没有")
        seen.append(citizen.now.asking)

    assert not {"who", "contact"} & set(seen)


def test_where_a_name_is_needed_it_is_said_why_and_taken_without(owner):
    assert "要留姓名和电话" in owner.says("幸福里3栋2单元1201室的电梯昨天又停了，我不想留名字")
    owner.says("同意")
    while owner.now.asking != "who":
        owner.says("没有")

    assert "先这样登记" in owner.says("匿名")
    assert owner.now.asking not in {"who", "contact"}


def test_a_phone_left_beside_no_name_is_kept(citizen):
    citizen.says(f"{STORY}。我不想留名字，电话13800138000")

    assert citizen.now.draft.values["contact"] == "+8613800138000"
    assert "anonymous" not in citizen.now.draft.values


@pytest.mark.parametrize("plea", ["保密", "请帮我保密", "千万不要告诉他们是我说的"])
def test_confidence_is_kept_at_any_moment_and_the_question_stays(citizen, plea):
    for text in (STORY, "同意"):
        citizen.says(text)

    assert "为您保密" in citizen.says(plea)
    assert citizen.now.draft.values["confidential"] is True
    assert citizen.now.asking == "evidence"


def test_whether_it_is_confidential_is_only_a_question(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.says("你们保密吗？")

    assert "confidential" not in citizen.now.draft.values


def test_who_thinks_better_of_it_is_asked_for_the_name(citizen):
    for text in (STORY, "同意", "没有", "匿名", "没有"):
        citizen.says(text)
    assert citizen.now.stage is Stage.CONFIRMING

    citizen.says("实名")

    assert citizen.now.asking == "who"


def test_nameless_while_photos_are_asked_for_is_kept_and_the_talk_goes_on(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    assert citizen.now.asking == "evidence"

    said = citizen.says("匿名")

    assert "按匿名登记" in said
    assert "照片" not in said
    assert citizen.now.asking == "request"
    assert citizen.says(photos=1).count("收到1张照片") == 1


def test_in_danger_nothing_of_it_is_said(citizen):
    said = citizen.says("我妈被车撞倒了，流了很多血，在人民路路口")

    assert "替母亲" not in said


def test_a_saved_conversation_keeps_how_many_they_are(citizen):
    citizen.says("我们十几户家里都没有热水")

    assert Conversation.from_json(citizen.now.to_json()) == citizen.now
