"""Two cases of an invented town, and one among many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.topics.similar import Account, Similar, distance, likeness

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIXER = Account("1", "柳河新城小区旁边的搅拌站夜里轰鸣,灰尘很大", at=NOON)
MIXER_TOO = Account("2", "柳河新城附近的搅拌站太吵,夜里没法睡,灰尘也大", at=NOON + timedelta(days=2))
WATER = Account("3", "柳河新城小区昨天起停水,物业没有通知", at=NOON)
MIXER_ELSEWHERE = Account("4", "东湖花园旁边的搅拌站夜里轰鸣,灰尘很大", at=NOON)
BUS = Account("5", "12路公交车要等四十分钟", at=NOON)


def score(one, other):
    return likeness(one, other).score


def test_the_same_matter_at_the_same_place_is_likest():
    same = score(MIXER, MIXER_TOO)

    assert same > 0.5
    assert same > score(MIXER, WATER) + 0.1
    assert score(MIXER, MIXER_ELSEWHERE) < 0.6 * score(MIXER, MIXER)
    assert score(MIXER, BUS) < 0.05


def test_a_case_is_wholly_like_itself():
    assert likeness(MIXER, MIXER).score == 1.0


def test_the_reasons_are_words_place_and_time():
    told = {(reason.kind, reason.text) for reason in likeness(MIXER, MIXER_TOO).reasons}

    assert {("words", "柳河新城"), ("place", "柳河新城"), ("time", "2")} <= told
    assert any(kind == "words" and "搅拌站" in text for kind, text in told)


def test_what_is_long_ago_is_less_alike():
    long_ago = Account("6", MIXER.text, at=NOON - timedelta(days=400))

    assert score(MIXER, long_ago) == pytest.approx(0.7)
    assert all(reason.kind != "time" for reason in likeness(MIXER, long_ago).reasons)


def test_coordinates_say_more_than_names():
    here, beside, far = (
        Account(str(number), "路灯坏了,晚上很黑", spot=spot)
        for number, spot in enumerate([(28.2, 112.9), (28.2003, 112.9003), (28.3, 112.9)])
    )

    near = likeness(here, beside)
    assert near.score > 0.8
    assert any(reason.kind == "distance" and reason.text.isdigit() for reason in near.reasons)
    assert score(here, far) < 0.5


def test_a_hundredth_of_a_degree_north_is_a_good_kilometre():
    assert distance((28.2, 112.9), (28.21, 112.9)) == pytest.approx(1112, abs=1)


def town(size):
    streets = "枫林 银杏 桂花 青石 白塔 南浦 西津 东湖 北辰 长桥".split()
    matters = "路灯不亮 垃圾没人收 井盖坏了 停水两天 电梯坏了 乱停车 施工吵 树枝挡路 下水道堵了 宠物没牵绳".split()
    return [
        Account(f"{n:05}", f"{streets[n % 10]}{n // 10 % 97}号小区{matters[n * 7 % 10]}", at=NOON + timedelta(hours=n))
        for n in range(size)
    ]


def test_the_likest_are_found_among_many():
    many = Similar([*town(300), MIXER, WATER, BUS])

    found = many.like(MIXER_TOO)

    assert found[0].id == "1"
    assert found[0].likeness.score > 0.5
    assert len(many) == 303


def test_a_case_is_not_like_itself_in_the_list():
    assert "1" not in {found.id for found in Similar([MIXER, MIXER_TOO]).like(MIXER)}


def test_where_nothing_is_alike_nothing_is_found():
    assert Similar([]).like(MIXER) == ()
    assert Similar([BUS, WATER]).like(Account("9", "请问公积金怎么提取")) == ()
    assert Similar([BUS]).like(Account("9", "")) == ()


def test_no_term_of_a_case_is_followed_to_more_than_two_hundred_others():
    same = Similar(Account(f"{n:04}", MIXER.text, at=NOON + timedelta(hours=n)) for n in range(600))

    assert {found.id for found in same.like(MIXER_TOO, most=100)} <= {f"{n:04}" for n in range(400, 600)}


TEXTS = st.text(max_size=200) | st.sampled_from([MIXER.text, WATER.text, BUS.text])


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_likeness_is_the_same_from_both_sides_and_between_0_and_1(one, other):
    there, back = likeness(Account("a", one), Account("b", other)), likeness(Account("b", other), Account("a", one))

    assert there == back
    assert 0.0 <= there.score <= 1.0
