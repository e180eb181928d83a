"""A conversation that is left: what the first word after the pause does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.conversation import Stage
from dialogs.effects import Discard, FileCase
from dialogs.events import DraftDue
from tests.dialogs.talking import brief

STORY = "楼下烧烤店放音响，吵得睡不着"


@pytest.fixture
def left(citizen):
    """Somebody who told what happened, was asked when, and went away."""
    citizen.says(STORY)
    citizen.says("同意")
    return citizen


def falls_due(citizen, step):
    return citizen.event(DraftDue(step, citizen.at, citizen.at + timedelta(days=5)))


def test_the_reminder_says_what_is_missing_and_asks_the_open_question(left):
    left.later(hours=2)
    said = falls_due(left, "nudge")

    assert "还没登记完" in said
    assert "还差：时间、地点" in said
    assert said.endswith("事情是什么时候发生的？")
    assert left.choices == ["继续", "不用了"]
    assert left.now.draft.nudged


def test_the_answer_to_a_reminder_is_taken(left):
    falls_due(left.later(hours=2), "nudge")
    said = left.says("昨晚11点")

    assert "11月20日" in said
    assert left.now.asking == "where"


def test_continue_puts_the_open_question_again(left):
    falls_due(left.later(hours=2), "nudge")

    assert "什么时候" in left.says("继续")
    assert left.now.asking == "when"


def test_yes_to_a_reminder_is_no_answer_to_the_question(left):
    falls_due(left.later(hours=2), "nudge")
    said = left.says("好的")

    assert "没看懂" not in said
    assert "什么时候" in said


def test_yes_to_a_reminder_neither_consents_nor_files(citizen):
    citizen.says(STORY)
    falls_due(citizen.later(hours=2), "nudge")
    citizen.says("好的")
    assert not citizen.now.consented

    citizen.says("同意")
    citizen.to_summary()
    falls_due(citizen.later(hours=2), "nudge")
    said = citizen.says("好的")

    assert "请核对" in said
    assert not citizen.did(FileCase)
    citizen.says("提交")
    assert citizen.did(FileCase)


def test_no_thanks_ends_it_and_nothing_stays(left):
    left.says(photos=2)
    falls_due(left.later(hours=2), "nudge")
    said = left.says("不用了")

    assert "不登记了" in said
    assert left.now.stage is Stage.IDLE
    assert left.now.draft.values == {}
    assert left.did(Discard)[0].evidence == (1, 2)


def test_buttons_of_before_the_reminder_still_count(left):
    falls_due(left.later(hours=2), "nudge")
    left.says(choice="skip")

    assert left.now.asking == "where"


def test_after_a_short_pause_nothing_is_asked_back(left):
    said = left.later(hours=5).says("昨晚11点")

    assert "上次说到" not in said


def test_a_greeting_after_a_long_pause_is_answered_with_what_is_there(left):
    said = left.later(hours=7).says("在吗")

    assert f"上次说到：{STORY}" in said
    assert left.choices == ["继续", "说新的事"]
    assert "什么时候" in left.says("继续")


def test_an_answer_after_a_long_pause_is_taken_and_what_is_there_is_said_first(left):
    said = left.later(days=1).says("昨晚11点")

    assert said.startswith("上次说到")
    assert left.now.draft.values["when"]["start"] == "2026-11-21T23:00:00+08:00"
    assert left.now.asking == "where"


def test_what_was_told_before_stays_and_yesterday_is_understood_from_now(left):
    left.says("昨晚11点")
    left.later(days=1).says("我昨天说到一半的，接着说，在幸福里3栋楼下")

    assert left.now.draft.values["when"]["start"] == "2026-11-20T23:00:00+08:00"
    assert left.now.draft.values["where"]["text"] == "幸福里3栋楼下"


def test_something_new_puts_the_old_by_and_it_can_be_taken_up_again(left):
    left.later(days=1).says("你好")
    said = left.says("说新的事")
    assert "接着上次" in said

    for text in ("中山路的路灯坏了一个星期", "取消", "取消登记"):
        left.says(text)
    back = left.says("接着上次")

    assert STORY in back
    assert left.now.draft.values["what"] == STORY
    assert left.now.asking == "when"


def test_words_about_another_matter_are_kept_until_the_citizen_says_which(left):
    left.says("幸福里3栋楼下")
    asked = left.later(days=2).says("中山路88号路口的红绿灯坏了")

    assert "还是一件新的事" in asked
    left.says("新的事")
    assert "红绿灯" in left.now.draft.values["what"]
    assert left.now.shelf[0].draft.values["what"] == STORY


def test_words_that_were_more_of_the_same_join_it(left):
    left.says("幸福里3栋楼下")
    left.later(days=2).says("中山路88号门口也有人放音响，吵得很")
    left.says("补充这一件")

    assert left.now.draft.values["what"].startswith(STORY)
    assert "中山路88号" in left.now.draft.values["what"]
    assert left.now.draft.values["where"]["text"] == "幸福里3栋楼下"


def test_what_is_closed_is_put_by_and_a_word_takes_it_up(left):
    said = falls_due(left.later(days=7), "close")
    assert "接着上次" in said
    assert left.now.stage is Stage.IDLE

    back = left.later(days=2).says("接着上次")

    assert STORY in back
    assert left.now.asking == "when"


def test_a_fact_alone_takes_up_what_was_put_by(left):
    falls_due(left.later(days=7), "close")
    left.later(days=1).says("幸福里3栋楼下")

    assert left.now.draft.values["what"] == STORY
    assert left.now.draft.values["where"]["text"] == "幸福里3栋楼下"


def test_a_photo_for_an_open_case_does_not_take_up_what_was_put_by(left):
    falls_due(left.later(days=7), "close")
    left.mine = (brief(),)
    said = left.says(photos=1)

    assert "已补充到" in said
    assert left.now.shelf


def test_what_nobody_agreed_to_is_deleted_when_it_closes(citizen):
    citizen.says(STORY)
    said = falls_due(citizen.later(days=7), "close")

    assert "已经删除" in said
    assert citizen.now.shelf == ()
    assert citizen.did(Discard)


def test_the_end_deletes_only_what_was_put_by_first(left):
    falls_due(left.later(days=7), "close")
    left.says("中山路的路灯坏了一个星期")
    falls_due(left.later(days=7), "close")
    falls_due(left, "erase")

    assert ["路灯" in kept.draft.values["what"] for kept in left.now.shelf] == [True]


def test_a_warning_is_forgotten_when_the_citizen_speaks(left):
    assert "只能再留到" in falls_due(left.later(days=6), "warn")
    assert left.now.closes_at
    left.says("昨晚11点")

    assert left.now.closes_at == ""


def test_going_away_for_now_is_no_answer(left):
    said = left.says("等下我先开会")

    assert "不着急" in said
    assert "when" not in left.now.draft.values
    assert left.now.asking == "when"


def test_nothing_to_continue_is_said(citizen):
    assert "没有没登记完的事" in citizen.says("接着上次")


def test_after_a_receipt_nothing_waits(left):
    left.to_summary()
    left.says("提交")

    assert left.now.shelf == ()
    assert "没有没登记完的事" in left.later(days=1).says("接着上次")
