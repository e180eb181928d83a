"""A matter that is not ours: whose it is is said, and nothing filed unless it is wanted."""

from __future__ import annotations

import pytest

from dialogs.conversation import Conversation, Stage
from dialogs.effects import FileCase
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

ALL = load_all()
WATER = "我们小区的自来水停了两天了"


@pytest.fixture
def tourist():
    citizen = Citizen(ALL["tourism"])
    citizen.now = Conversation(consented=True)
    return citizen


@pytest.mark.parametrize("answer", ["不用了", "好的", "知道了，谢谢", "那我打12345", "行", "哦", "谢谢", "2"])
def test_who_goes_where_they_were_sent_files_nothing(tourist, answer):
    tourist.says(WATER)
    if answer == "2":
        answer = str(tourist.choices.index("不用了") + 1)

    tourist.says(answer)

    assert tourist.now.stage is Stage.IDLE
    assert not tourist.now.draft.values


@pytest.mark.parametrize("answer", ["仍要登记", "还是要登记", "要", "就在你们这登记"])
def test_who_insists_is_registered_and_the_case_says_so(tourist, answer):
    tourist.says(WATER)
    tourist.says(answer)
    tourist.to_summary()
    tourist.says("提交")

    draft = tourist.did(FileCase)[0].draft
    assert draft.values["what"] == WATER
    assert "12345" in draft.away


def test_it_is_said_whenever_the_matter_is_told(tourist):
    tourist.says("你好")

    said = tourist.says("火车站的列车晚点，12306也不管")

    assert "12306" in said
    assert tourist.now.stage is Stage.ELSEWHERE


def test_it_is_said_once(tourist):
    tourist.says(WATER)
    tourist.says("仍要登记")

    said = tourist.says("昨天开始的，自来水一点都没有")

    assert tourist.now.stage is not Stage.ELSEWHERE
    assert "还要在这里登记" not in said


def test_who_is_new_is_greeted_and_told_what_may_be_brought():
    citizen = Citizen(ALL["tourism"])

    said = citizen.says(WATER)

    assert said.startswith("您好，这里是旅游投诉受理中心")
    assert "记下了" not in said


def test_our_own_words_outweigh_another_offices(tourist):
    tourist.says("导游没买高铁票，改坐大巴，行程缩水，要求退款")

    assert tourist.now.stage is not Stage.ELSEWHERE


def test_danger_is_nobody_elses(tourist):
    assert "119" in tourist.says("酒店着火了，停水停电")
    assert tourist.now.stage is not Stage.ELSEWHERE


def test_what_the_hotline_plainly_takes_for_another_kind_is_told_whose_it_is(tourist):
    row = next(row for row in ALL["tourism"].elsewhere if row.id == "hospital")

    said = tourist.says("那边的儿科不给看", city="health/administration")

    assert row.say in said


def test_a_question_about_it_asks_again_whether_to_register(tourist):
    tourist.says(WATER)

    said = tourist.says("收费吗")

    assert "不收费" in said
    assert "还要在这里登记吗" in said
    assert tourist.now.stage is Stage.ELSEWHERE


def test_in_english_too():
    citizen = Citizen(ALL["tourism"])

    said = citizen.says("There has been no water in our building since Monday, the tap water is cut")

    assert "12345" in said
    assert "register it here" in said
