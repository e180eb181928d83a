"""The desk's question is answered in the same chat, and the answer lands in the right case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Stage
from dialogs.effects import Add, FileCase
from dialogs.events import Asked
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen, brief

HOTLINE = load_all()["hotline"]
LAMP = "20261120-HL-000007-9"
PIPE = "我们单元的水管漏水，三天没人修"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody with two cases; the desk asks about the older one."""
    return asked_about_the_lamp()


def asked_about_the_lamp() -> Citizen:
    citizen = Citizen(HOTLINE)
    citizen.now = Conversation(consented=True)
    waiting = frozenset({"received", "withdrawn"})
    lamp = replace(brief(filed=8), number=LAMP, what="路灯坏了", where="人民路12号", may=waiting)
    citizen.mine = (brief(where="幸福里3栋"), lamp)
    return citizen


def test_the_next_words_go_to_the_case_that_asks(citizen):
    citizen.event(Asked(LAMP))
    said = citizen.says("门口从左数第二盏")

    assert citizen.did(Add) == [Add(LAMP, "门口从左数第二盏")]
    assert LAMP in said


def test_the_answer_to_a_word_about_a_finished_case_goes_to_no_other(citizen):
    waiting = replace(citizen.mine[0], may=citizen.mine[1].may)
    citizen.mine = (waiting, citizen.mine[1])
    citizen.event(Asked(NUMBER))
    citizen.says("三号楼的那家")
    over = replace(citizen.mine[1], open=False)
    citizen.mine = (citizen.mine[0], over)
    citizen.event(Asked(LAMP))
    citizen.says("方便，下午打")

    assert citizen.did(Add)[-1] == Add(LAMP, "方便，下午打")


def test_nothing_more_is_not_added_to_an_answer(citizen):
    citizen.event(Asked(LAMP))
    citizen.says("门口从左数第二盏")
    citizen.says("没有了")

    assert len(citizen.did(Add)) == 1


def test_photos_and_words_that_follow_go_there_too(citizen):
    citizen.event(Asked(LAMP))
    citizen.says(photos=1)
    citizen.says(photos=1)
    citizen.says("左边那盏")

    assert [each.number for each in citizen.did(Add)] == [LAMP] * 3


@pytest.mark.parametrize("nothing", ["没有", "没有了", "没有照片", "不知道"])
def test_nothing_is_an_answer(citizen, nothing):
    citizen.event(Asked(LAMP))
    citizen.says(nothing)

    assert citizen.did(Add) == [Add(LAMP, nothing)]


@pytest.mark.parametrize("text", ["进度", "谢谢", "帮助", "你们几点上班", "English", "催一下"])
def test_what_plainly_is_no_answer_is_none(citizen, text):
    citizen.event(Asked(LAMP))
    citizen.says(text)

    assert not citizen.did(Add)


def test_a_number_says_which_case_is_answered(citizen):
    citizen.event(Asked(LAMP))
    citizen.event(Asked(NUMBER))
    citizen.says(f"{LAMP} 是左边那盏", number=LAMP)

    assert [each.number for each in citizen.did(Add)] == [LAMP]


def test_a_new_matter_is_no_answer(citizen):
    citizen.event(Asked(LAMP))
    citizen.says("我还要反映一件事，" + PIPE)

    assert not citizen.did(Add)


def test_while_another_matter_is_told_it_is_asked_which(citizen):
    citizen.says("新的事，" + PIPE)
    citizen.says("新的事")
    asking = citizen.now.asking
    citizen.event(Asked(LAMP))
    citizen.says("左边那盏")

    assert citizen.choices == ["回答：路灯坏了", "接着登记"]
    citizen.says("回答：路灯坏了")
    assert citizen.did(Add) == [Add(LAMP, "左边那盏")]
    assert (citizen.now.stage, citizen.now.asking) == (Stage.ASKING, asking)


@pytest.mark.parametrize("answer", ["接着登记", "2", "漏了三天了"])
def test_what_belongs_to_the_draft_goes_there_and_is_not_asked_again(citizen, answer):
    citizen.says(PIPE)
    citizen.says("新的事")
    citizen.event(Asked(LAMP))
    citizen.says("在幸福里3栋2单元")
    citizen.says(answer)

    assert not citizen.did(Add)
    assert "幸福里3栋2单元" in citizen.now.draft.values["where"]["text"]
    citizen.says("昨天晚上开始的")
    assert citizen.now.held is None


def test_the_same_words_again_tell_not_which_is_meant(citizen):
    citizen.says(PIPE)
    citizen.says("新的事")
    citizen.event(Asked(LAMP))
    citizen.says("左边那盏")
    said = [citizen.says("左边那盏。") for _ in range(2)]

    assert said[0] == said[1]
    citizen.says("1")
    assert citizen.did(Add) == [Add(LAMP, "左边那盏")]


def test_who_announces_more_is_heard_into_that_case(citizen):
    citizen.says(choice=f"more:{NUMBER}")
    citizen.says(photos=2)

    assert citizen.did(Add) == [Add(NUMBER, "", (1, 2))]


def test_a_question_of_a_closed_case_is_forgotten(citizen):
    citizen.event(Asked(LAMP))
    citizen.mine = citizen.mine[:1]
    citizen.says("你好")

    assert citizen.now.questions == ()


SAID = st.sampled_from(
    ["左边那盏", "没有", "新的事", PIPE, "取消", "取消登记", "提交", "接着登记", "回答：路灯坏了", "催一下", "撤回", "不接受",
     "可以了", "申请复核", "补充", "不说了", "路灯那个", "1", "同意", "重新开始", "进度", "繁体", "人工"]
).map(lambda text: {"text": text})  # fmt: skip
TAPPED = st.sampled_from(
    [f"{verb}:{number}" for verb in ("urge", "withdraw", "accept", "reject", "appeal", "rate", "more", "reply")
     for number in (NUMBER, LAMP, "x")] + ["reply.draft", "reason.none", "reason.solved", "withdraw.yes"]
).map(lambda choice: {"choice": choice})  # fmt: skip
ASKS = st.sampled_from([Asked(LAMP), Asked(NUMBER)])


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(SAID, TAPPED, ASKS, st.just({"photos": 1})), max_size=14), st.booleans())
def test_in_any_order_an_answer_comes_and_no_file_is_lost(events, answered):
    citizen = asked_about_the_lamp()
    if answered:
        may = frozenset({"reopened", "appealed"})
        citizen.mine = (replace(brief(answered=True, answer="已处理"), open=True, may=may), *citizen.mine[1:])

    for event in events:
        if isinstance(event, Asked):
            citizen.event(event)
            continue
        before = len(citizen.effects)
        said = citizen.says(**event)
        assert said.strip() or len(citizen.effects) > before
        assert "None" not in said
        assert Conversation.from_json(citizen.now.to_json()) == citizen.now


@given(st.lists(st.one_of(SAID, ASKS), max_size=8))
@settings(max_examples=60, deadline=None)
def test_nothing_is_filed_but_on_the_citizens_word(events):
    citizen = asked_about_the_lamp()
    for event in events:
        citizen.event(event) if isinstance(event, Asked) else citizen.says(**event)

    told = [event for event in events if event == {"text": "提交"}]
    assert len(citizen.did(FileCase)) <= len(told)


def test_that_an_older_matter_goes_on_does_not_change_the_draft_unasked():
    citizen = Citizen(HOTLINE)
    citizen.now = Conversation(consented=True)
    citizen.says("昨天人民路52号的路灯坏了")
    citizen.mine = (brief(where="幸福里3栋"),)
    before = citizen.now.draft
    said = citizen.says("昨晚十二点还在放")

    assert "您说的是补充" in said
    assert citizen.now.draft.values == before.values
    citizen.says("补充：烧烤店放音响")
    assert citizen.did(Add) == [Add(NUMBER, "昨晚十二点还在放")]
    assert citizen.now.draft.values == before.values


def test_what_the_desk_asked_is_said_once_more_after_the_draft(citizen):
    citizen.says("幸福路5号的井盖没了")
    citizen.says("新的事") if citizen.now.stage is Stage.SORTING else None
    citizen.event(Asked(LAMP))
    citizen.says("昨天晚上")
    citizen.says("是晚上八点多")
    citizen.to_summary()
    said = citizen.says("提交")

    assert f"{LAMP} 那件，办理人员还在等您的回答" in said
    citizen.says("左数第二盏")
    assert citizen.did(Add) == [Add(LAMP, "左数第二盏")]
