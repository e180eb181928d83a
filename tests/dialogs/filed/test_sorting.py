"""Somebody with a case says more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conversation import Conversation, Stage
from dialogs.effects import Add, Reopen, Urge
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen, brief

HERE = "幸福里3栋楼下"
AGAIN = "昨晚烧烤店又放音响了，比上次还吵"


@pytest.fixture
def citizen() -> Citizen:
    citizen = Citizen(load_all()["hotline"])
    citizen.now = Conversation(consented=True)
    return citizen


def test_more_about_an_open_case_is_added_to_it(citizen):
    citizen.mine = (brief(where=HERE),)
    citizen.says(AGAIN)
    said = citizen.says("补充这一件")

    assert citizen.did(Add) == [Add(NUMBER, AGAIN)]
    assert NUMBER in said


def test_an_answered_case_can_be_worked_on_again(citizen):
    citizen.mine = (brief(answered=True, where=HERE),)
    citizen.says(AGAIN)

    assert citizen.choices == ["还没解决，请重新办理", "补充这一件", "新的事"]
    citizen.says("还没解决，请重新办理")
    assert citizen.did(Reopen) == [Reopen(NUMBER, AGAIN)]


def test_what_happened_elsewhere_is_a_new_matter_without_a_question(citizen):
    citizen.mine = (brief(where=HERE),)
    citizen.says("人民路12号的路灯坏了一个星期，晚上太黑")

    assert citizen.now.stage is Stage.ASKING
    assert citizen.now.draft.values["where"]["text"] == "人民路12号"


def test_who_presses_instead_of_answering_speaks_of_that_case(citizen):
    citizen.mine = (brief(where=HERE),)
    citizen.says(AGAIN)
    citizen.says("快点处理")

    assert citizen.did(Add) == [Add(NUMBER, AGAIN)]
    assert [each.number for each in citizen.did(Urge)] == [NUMBER]
    assert citizen.now.stage is Stage.IDLE


@pytest.mark.parametrize(("text", "told"), [("好的", "以后有事随时找我"), ("提交", NUMBER)])
def test_who_only_agrees_after_filing_begins_nothing(citizen, text, told):
    citizen.mine = (brief(where=HERE),)
    said = citizen.says(text)

    assert told in said
    assert citizen.now.stage is Stage.IDLE


def test_it_is_asked_only_once(citizen):
    citizen.mine = (brief(where=HERE),)
    citizen.says(AGAIN)
    citizen.says("嗯？")

    assert citizen.now.stage is Stage.ASKING
    assert citizen.now.draft.values["what"] == AGAIN


def test_a_case_answered_long_ago_is_not_brought_up(citizen):
    citizen.mine = (brief(answered=True, filed=90),)
    citizen.says(AGAIN)

    assert citizen.now.stage is Stage.ASKING


LAMP = "路灯坏了一个月没人修"


@pytest.fixture
def asked(citizen: Citizen) -> Citizen:
    """Somebody who spoke of their lamp again, and is asked which matter it is."""
    citizen.mine = (replace(brief(where=HERE), what=LAMP),)
    citizen.says("路灯还是不亮")
    return citizen


@pytest.mark.parametrize("said", ["今天早上看还是黑的", "幸福里3栋楼下", "又没人来"])
def test_words_that_go_on_about_the_case_are_the_answer(asked, said):
    asked.says(said)

    assert asked.did(Add) == [Add(NUMBER, f"路灯还是不亮\n{said}")]
    assert asked.now.stage is Stage.IDLE


def test_other_words_are_kept_and_it_is_asked_once_more(asked):
    said = asked.says("电线杆上的编号是12")

    assert "还是一件新的事" in said
    assert asked.now.stage is Stage.SORTING
    asked.says("补充这一件")
    assert asked.did(Add) == [Add(NUMBER, "路灯还是不亮\n电线杆上的编号是12")]


def test_a_third_time_it_is_not_asked(asked):
    asked.says("电线杆上的编号是12")
    asked.says("颜色是灰的")

    assert asked.now.stage is not Stage.SORTING
    assert "电线杆上的编号是12" in asked.now.draft.values["what"]


@pytest.mark.parametrize("said", ["另外楼下有人乱停车", "是新的事", "人民路52号的井盖没了"])
def test_words_that_begin_anew_or_name_another_place_are_a_new_matter(asked, said):
    asked.says(said)

    assert asked.now.stage is not Stage.SORTING
    assert asked.did(Add) == []
