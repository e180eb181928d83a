"""Taking back consent and being forgotten, as the citizen meets it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.effects import Discard, Forget, Withhold
from tests.dialogs.talking import HOTLINE, Citizen, brief

STORY = "楼下烧烤店半夜放音响，吵得睡不着"
TEXTS = [
    STORY,
    "同意",
    "忘记我",
    "删除我的信息",
    "删除",
    "不删了",
    "撤回同意",
    "不撤回",
    "取消",
    "返回",
    "昨晚11点",
    "没有",
    "进度",
    "重新开始",
    "删除，也不再通知",
    "forget me",
]


def test_what_is_deleted_and_what_is_kept_is_said_before_it_is_done(citizen):
    citizen.now = Conversation(consented=True)
    citizen.mine = (brief(), brief(open_=False))

    said = citizen.says("忘记我")

    assert "2件" in said
    assert "5年" in said
    assert citizen.did(Forget) == []
    assert citizen.choices == ["删除", "删除，也不再通知", "不删了"]


def test_a_yes_deletes_and_the_next_word_begins_anew(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    citizen.says("忘记我")
    said = citizen.says("删除")

    assert citizen.did(Forget) == [Forget(citizen.at)]
    assert "已删除" in said
    assert (citizen.now.draft, citizen.now.stage, citizen.now.consented) == (Draft(), Stage.IDLE, False)
    assert "同意" in citizen.says(STORY)
    assert citizen.now.stage is Stage.CONSENT


def test_a_no_keeps_everything_and_the_question_comes_back(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    draft = citizen.now.draft
    citizen.says("忘记我")
    said = citizen.says("不删了")

    assert "什么也没有删" in said
    assert citizen.now.draft.values == draft.values
    assert citizen.now.stage is Stage.ASKING


def test_an_answer_instead_of_yes_or_no_is_taken_as_an_answer(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    citizen.says("忘记我")
    citizen.says("昨晚11点")

    assert citizen.did(Forget) == []
    assert "when" in citizen.now.draft.values


def test_who_takes_back_consent_keeps_their_cases_and_loses_the_draft(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    citizen.mine = (brief(),)
    assert "1件" in citizen.says("撤回同意")
    citizen.says("撤回同意")

    assert citizen.did(Withhold) == [Withhold()]
    assert len(citizen.did(Discard)) == 1
    assert (citizen.now.draft, citizen.now.consented, citizen.now.silent) == (Draft(), False, True)


def test_who_never_agreed_has_nothing_to_take_back(citizen):
    assert "没有同意可以撤回" in citizen.says("撤回同意")


def test_to_take_back_consent_where_it_is_asked_for_is_a_no(citizen):
    citizen.says(STORY)
    assert "不登记" in citizen.says("不要再用我的信息")
    assert citizen.now.draft == Draft()


def test_who_agrees_again_is_reminded_and_asked_again(citizen):
    citizen.now = Conversation(silent=True)
    citizen.says(STORY)
    citizen.says("同意")

    assert not citizen.now.silent


def test_what_is_cancelled_is_discarded(citizen):
    citizen.says(STORY, photos=2)
    citizen.says("同意")
    citizen.says("取消")
    citizen.says("取消登记")

    [gone] = citizen.did(Discard)
    assert len(gone.evidence) == 2


def test_what_is_not_agreed_to_is_discarded(citizen):
    citizen.says(STORY, photos=1)
    citizen.says("不同意")

    assert len(citizen.did(Discard)) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=12), st.booleans())
def test_in_any_order_an_answer_comes_and_nothing_goes_without_a_yes(told, has_case):
    citizen = Citizen(HOTLINE)
    citizen.mine = (brief(),) if has_case else ()
    for text in told:
        stage, done = citizen.now.stage, len(citizen.did(Forget)) + len(citizen.did(Withhold))
        assert citizen.says(text).strip()
        if len(citizen.did(Forget)) + len(citizen.did(Withhold)) > done:
            assert stage is Stage.FORGETTING
    for text in ("取消", "取消登记"):
        citizen.says(text)
    assert citizen.now.stage is Stage.IDLE


def test_who_asks_to_be_forgotten_while_somebody_is_in_danger_is_told_to_ask_later():
    citizen = Citizen(HOTLINE)
    citizen.says("幸福里3栋着火了")
    said = citizen.says("忘记我")

    assert "事情过去以后，再发一次" in said
    assert "留个电话好吗" in said
    assert citizen.did(Forget) == []
    assert "忘记我" not in str(citizen.now.alarm)
