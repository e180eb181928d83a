"""A whole message into facts."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.understand import understand
from tests.nlp.city import TOWN

if TYPE_CHECKING:
    from nlp.facts import Facts

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Saturday
SCRAPS = [
    "我叫",
    "王芳",
    "13800138000",
    "昨天",
    "着火",
    "没有",
    "希望",
    "请",
    "投诉",
    "物业",
    "3栋",
    "，",
    "。",
    "?",
    "😀",
    "\x00",
    "\ud800",
    "<b>",
    "'; --",
    "１２",
    "這",
    " ",
]


def read(text: str, **more: str) -> Facts:
    return understand(text, now=NOW, institution=TOWN, **more)


def test_one_message_tells_nearly_all():
    text = "您好，昨晚幸福里3栋楼下烧烤店放音响，太吵了，要求停业。我叫王芳，13800138000"
    facts = read(text)

    assert facts.what == text.removeprefix("您好，")
    assert (facts.who, facts.contact) == ("王芳", "+8613800138000")
    assert facts.when is not None
    assert facts.when.start.date() == NOW.date() - timedelta(days=1)
    assert facts.where is not None
    assert "幸福里" in facts.where.text
    assert facts.target is not None
    assert facts.target.endswith("烧烤店")
    assert facts.request == "要求停业"
    assert (facts.kind, facts.urgency, facts.danger) == ("complaint", "ordinary", None)
    assert facts.proposal.best.category == "噪声扰民"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "您好，在吗",
        "我要投诉",
        "您好，我要投诉！",
        "我想反映一个问题",
        "13800138000",
        "我叫王芳",
        "我叫王芳，电话13800138000",
        "昨天下午",
        "没有",
        "是的，没有了",
        "匿名",
        "不知道",
        "確認",
        "😀😀",
        "……",
        "Hello",
        "I want to complain",
    ],
)
def test_a_text_that_tells_no_matter_has_no_what(text):
    assert read(text).what is None
    assert read(text).request is None


@pytest.mark.parametrize(
    "text", ["漏水", "楼下太吵", "这里的饭菜有虫子", "There is no water in our building", "1203没水了"]
)
def test_a_few_words_can_tell_a_matter(text):
    assert read(text).what == text


def test_greetings_are_left_out_of_the_matter():
    assert read("尊敬的领导：我们小区停水了").what == "我们小区停水了"
    assert read("领导您好！小区停水了").what == "小区停水了"
    assert read("班主任老师，体罚学生").what == "班主任老师，体罚学生"


def test_danger_comes_with_the_grade():
    facts = read("楼道里好大煤气味 有人晕了")

    assert (facts.danger, facts.urgency) == ("gas", "emergency")


def test_a_question_is_the_request_of_a_consult():
    facts = read("请问水费在哪里交？谢谢")

    assert (facts.kind, facts.request, facts.target) == ("consult", "请问水费在哪里交？", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投诉大鹏健身房卷款跑路", "大鹏健身房"),
        ("我们小区物业不作为", "物业"),
        ("班主任，体罚学生", "班主任"),
        ("司机半路甩客", "司机"),
        ("请物业公司来修一下", None),
        ("漏水", None),
    ],
)
def test_the_target_is_whom_it_is_about(text, expected):
    assert read(text).target == expected


def test_the_last_thing_asked_for_is_the_request():
    facts = read("希望大家看看，店里卖过期食品，要求退款并道歉。谢谢！")

    assert facts.request == "要求退款并道歉"


@pytest.mark.parametrize("text", ["我想申请公租房，条件都有了", "盼盼路的行道树死了一大半", "公司聘请的保安打人"])
def test_a_word_that_holds_an_asking_verb_asks_for_nothing(text):
    assert read(text).request is None


def test_facts_keep_the_citizens_own_characters():
    facts = read("投訴楼下的餐廳太吵，希望儘快處理")

    assert facts.target == "餐廳"
    assert facts.request == "希望儘快處理"


def test_a_subject_helps_where_the_detail_says_little():
    facts = read("你好", subject="小区停水")

    assert facts.what == "小区停水"
    assert facts.proposal.best.matter == "停水"


def test_only_four_thousand_characters_are_read():
    assert read("好" * 4000 + "停水").proposal.why == ()


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=[]), max_size=200),
        st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join),
    )
)
def test_any_text_is_understood_and_every_piece_points_into_it(text):
    facts = read(text)

    assert all(text[piece.start : piece.end] == piece.text for piece in facts.pieces)
    assert all(piece.text for piece in facts.pieces)


@pytest.mark.parametrize(
    "scrap", ["的", "1", "13800138000 ", "我叫", "没有着火", "投诉王", "😀", "<script>", "' OR 1=1 --", "\x00"]
)
def test_a_hundred_thousand_characters_are_understood_at_once(scrap):
    began = time.thread_time()
    read((scrap * 100_000)[:100_000])

    assert time.thread_time() - began < 2
