"""A hundred dangers and more, none missed; sixty look-alikes and more, none taken for one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.danger.clues import CLUES
from nlp.danger.threats import CRIES
from nlp.danger.urgency import SIGNS, danger, judge
from nlp.segment import normal

HERE = Path(__file__).parent
LISTS, MORE = (tomllib.loads((HERE / name).read_text(encoding="utf-8")) for name in ("danger.toml", "danger_more.toml"))
FRESH = tomllib.loads((HERE / "danger_fresh.toml").read_text(encoding="utf-8"))
ROUNDS = [(text, row["kinds"]) for row in FRESH["danger"] for text in row["texts"]]
MARKS = st.sampled_from(["", "。", "!!", "😭😭", "\n", " 急", ",求你们了"])


def test_the_lists_are_as_long_as_they_say():
    assert len(LISTS["danger"]) == 100
    assert len(LISTS["harmless"]) == 60


@pytest.mark.parametrize("told", [*LISTS["danger"], *MORE["danger"]], ids=lambda told: told["text"])
def test_somebody_in_danger_is_told_the_right_number(told):
    found = danger(normal(told["text"]))

    assert found is not None
    assert found.value in {told["kind"], *told.get("or", [])}


@pytest.mark.parametrize("told", [*LISTS["harmless"], *MORE["harmless"]], ids=lambda told: told["text"])
def test_what_only_sounds_like_danger_is_no_emergency(told):
    assert danger(normal(told["text"])) is None


@pytest.mark.parametrize(("text", "kinds"), ROUNDS, ids=[text for text, _ in ROUNDS])
def test_whoever_tells_of_danger_in_words_of_their_own_is_heard(text, kinds):
    assert danger(normal(text)) is not None


def test_the_number_told_is_nearly_always_one_that_helps():
    found = [(danger(normal(text)), kinds) for text, kinds in ROUNDS]

    assert sum(one is not None and one.value in kinds for one, kinds in found) >= 0.96 * len(ROUNDS)


@pytest.mark.parametrize("text", [text for row in FRESH["harmless"] for text in row["texts"]])
def test_everyday_words_that_also_dangers_use_are_no_emergency(text):
    assert danger(normal(text)) is None


@pytest.mark.parametrize(
    "answer", "我妈 我老婆 两个人 在桥上 在水里 楼顶 一个女的 老人 好的 算了 我害怕 电梯里 我自己".split()
)
def test_a_short_answer_to_a_question_is_no_emergency(answer):
    assert danger(normal(answer)) is None


@given(st.sampled_from(LISTS["danger"]), MARKS, st.sampled_from(["", "你好,", "喂,", "急急急 ", "快点!"]))
def test_greetings_cries_and_marks_around_it_hide_no_danger(told, after, before):
    assert danger(normal(before + told["text"] + after)) is not None


def test_the_words_that_made_it_an_emergency_are_named():
    judged = judge("我家三楼着火了，快来", kind="help")

    assert (judged.grade, judged.danger, judged.words) == ("emergency", "fire", "着火")


def test_the_words_that_made_it_urgent_are_named():
    judged = judge("从早上停水到现在", kind="complaint")

    assert (judged.grade, judged.danger, judged.words) == ("urgent", None, "停水")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没人管不想活了", "self_harm"),
        ("是不是煤气漏了", "gas"),
        ("着火了 过来救火", "fire"),
        ("着火了还没扑灭", "fire"),
        ("消防没来 楼上着火了", "fire"),
        ("我怕 他拿着刀在门口", "crime"),
        ("昨晚开始一直有煤气味", "gas"),
        ("保安在睡觉，怎么叫都叫不醒", None),
        ("手机掉进下水道了", None),
        ("房贷压得人喘不过气", None),
        ("被骚扰电话困扰，被困扰半年", None),
    ],
)
def test_the_words_around_decide_whether_it_is_so(text, expected):
    found = danger(normal(text))

    assert (found.value if found else None) == expected


@pytest.mark.parametrize("sign", [*SIGNS, *CRIES], ids=lambda sign: f"{sign.kind}-{''.join(sorted(sign.needs))}")
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_no_text_that_a_sign_would_match_is_passed_over_for_its_characters(sign, data):
    told = data.draw(st.from_regex(sign.words))

    assert not sign.needs.isdisjoint(told.lower().replace("ſ", "s"))


@pytest.mark.parametrize("clues", CLUES, ids=lambda clues: f"{clues.kind}-{''.join(sorted(clues.needs[0]))}")
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_no_text_that_holds_two_clues_is_passed_over_for_its_characters(clues, data):
    first, second = data.draw(st.from_regex(clues.first)), data.draw(st.from_regex(clues.second))

    assert not clues.needs[0].isdisjoint(first)
    assert not clues.needs[1].isdisjoint(second)
