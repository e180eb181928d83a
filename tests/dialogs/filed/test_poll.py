"""A survey campaign as a citizen lives through it: taps, words, photos, and the wish to be left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.effects import AnswerPoll, RefusePolls
from dialogs.events import Ask, PollDue, Polled
from tests.dialogs.talking import NUMBER, Citizen

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"
CLEAN = Ask(7, "a", "choice", "楼道干净吗？", (("1", "干净"), ("2", "不干净")), first=True)
WHICH = Ask(7, "b", "several", "哪里不干净？", (("1", "电梯"), ("2", "楼梯"), ("3", "门口")))
SCORE = Ask(7, "c", "scale5", "打几分？", tuple((str(n), str(n)) for n in range(1, 6)), required=False)
WORDS = Ask(7, "d", "text", "还想说什么？", required=False)
PHOTO = Ask(7, "e", "photo", "拍一张楼道")


def asked(citizen: Citizen, ask: Ask) -> str:
    return citizen.event(PollDue("楼道卫生", "耽误您一分钟。", ask))


def test_the_first_question_says_who_asks_and_offers_to_be_left_alone(citizen):
    said = asked(citizen, CLEAN)

    assert "【楼道卫生】" in said
    assert "楼道干净吗？" in said
    assert citizen.now.offered == (("poll:7:a:1", "干净"), ("poll:7:a:2", "不干净"), ("poll:7:a:never", "不再问我"))


@pytest.mark.parametrize("how", [{"choice": "poll:7:a:2"}, {"text": "不干净"}, {"text": "2"}])
def test_a_choice_is_tapped_typed_or_named_by_its_place(citizen, how):
    asked(citizen, CLEAN)
    citizen.says(**how)

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "a", ("2",))]


@pytest.mark.parametrize("text", ["4", "4分", "４"])
def test_a_score_is_typed(citizen, text):
    asked(citizen, SCORE)
    citizen.says(text)

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "c", ("4",))]


@pytest.mark.parametrize("text", ["6", "9分", "０"])
def test_a_score_that_there_is_not_is_no_new_matter(citizen, text):
    asked(citizen, SCORE)
    citizen.says(text)

    assert [one.question for one in citizen.did(AnswerPoll)] == ["c"]
    assert not citizen.now.draft.values


def test_several_are_tapped_and_taken_back_until_that_is_all(citizen):
    asked(citizen, WHICH)
    citizen.says(choice="poll:7:b:1")
    citizen.says(choice="poll:7:b:3")
    assert ("poll:7:b:3", "✓ 门口") in citizen.now.offered
    citizen.says(choice="poll:7:b:1")
    assert not citizen.did(AnswerPoll)
    citizen.says("选好了")

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "b", ("3",))]


def test_several_are_named_in_one_message(citizen):
    asked(citizen, WHICH)
    citizen.says("电梯、门口")

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "b", ("1", "3"))]


def test_words_answer_a_question_that_asks_for_words(citizen):
    asked(citizen, WORDS)
    citizen.says("电梯里的灯总是坏，物业从来不修")

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "d", text="电梯里的灯总是坏，物业从来不修")]


def test_a_photo_answers_a_question_that_asks_for_one(citizen):
    asked(citizen, PHOTO)
    citizen.says(photos=1)

    assert [one.evidence for one in citizen.did(AnswerPoll)] == [(1,)]


def test_what_need_not_be_answered_is_passed_by(citizen):
    asked(citizen, WORDS)
    citizen.says("跳过")

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "d")]


@pytest.mark.parametrize("text", ["不再问我", "以后不要再问我了", "别再发问卷了", "don't ask me again"])
def test_who_wants_to_be_asked_no_more_is_heard_whenever_they_say_so(citizen, text):
    citizen.says(text)
    assert citizen.did(RefusePolls) == [RefusePolls(0)]

    asked(citizen, CLEAN)
    citizen.says(text)
    assert citizen.did(RefusePolls)[-1] == RefusePolls(7)


def test_a_new_matter_is_no_answer_to_a_choice(citizen):
    asked(citizen, CLEAN)
    citizen.says(STORY)

    assert not citizen.did(AnswerPoll)
    assert citizen.now.draft.values["what"]


def test_words_are_no_answer_any_more_once_something_else_was_asked(citizen):
    asked(citizen, WORDS)
    citizen.now = replace(citizen.now, offered=())
    citizen.says("电梯里的灯总是坏，物业从来不修")

    assert not citizen.did(AnswerPoll)


def test_a_danger_is_no_answer(citizen):
    asked(citizen, WORDS)
    citizen.says("有人晕倒了，快来人")

    assert not citizen.did(AnswerPoll)


def test_a_campaign_does_not_disturb_a_draft_and_its_buttons_count_all_the_same(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    asking = citizen.now.asking
    asked(citizen, CLEAN)
    citizen.says(choice="poll:7:a:1")
    said = citizen.event(Polled(7, "poll.thanks"))

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "a", ("1",))]
    assert "谢谢您" in said
    assert citizen.now.asking == asking
    citizen.says("没有")
    assert citizen.now.asking != asking


def test_the_next_question_follows_the_answer_and_the_last_one_is_thanked_for(citizen):
    asked(citizen, CLEAN)
    assert "打几分" in citizen.event(Polled(7, ask=SCORE))
    assert "谢谢您" in citizen.event(Polled(7, "poll.thanks"))
    assert citizen.now.poll is None


def test_who_breaks_off_says_so_by_one_tap(citizen):
    asked(citizen, PHOTO)
    citizen.says(choice="poll:7:e:quit")

    assert citizen.did(AnswerPoll) == [AnswerPoll(7, "e", leaves=True)]


def test_a_visit_back_that_came_later_has_the_words(citizen):
    asked(citizen, WORDS)
    citizen.says(choice=f"visit:{NUMBER}:solved:yes")

    assert not citizen.did(AnswerPoll)


def test_it_speaks_english(citizen):
    citizen.now = replace(citizen.now, language="en", chosen=True)

    said = asked(citizen, replace(SCORE, text="How clean is it?"))

    assert "How clean is it? (1 is the lowest, 5 the highest)" in said
    assert ("poll:7:c:skip", "Skip") in citizen.now.offered
