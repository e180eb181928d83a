"""Whether two people tell of one incident, measured on invented pairs."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp.topics.incident import FAR_OFF, SAME, VAGUE, WORDS, Telling, same, same_place, score, thing, things
from nlp.understand import understand

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PAIRS = tomllib.loads((Path(__file__).parent / "incidents.toml").read_text(encoding="utf-8"))
HELD = PAIRS["held_out"]
DAYS = 30
HOTLINE = load_all()["hotline"]


@cache
def told(text: str) -> Telling:
    where = understand(text, now=NOW, institution=HOTLINE).where
    return Telling(text, NOW, where.text if where else "", dict(where.pieces) if where else {})


def offered(pairs, *, apart: int = 0) -> list[bool]:
    """Whether each second of them is offered the case of the first, so many days later."""
    later = [(told(one), told(other)) for one, other in pairs]
    return [
        same(one, Telling(other.text, NOW + timedelta(days=apart), other.place, other.pieces), days=DAYS)
        for one, other in later
    ]


def precision(right: list[bool], wrong: list[bool]) -> float:
    return sum(right) / (sum(right) + sum(wrong))


def test_what_is_offered_is_the_same_and_most_of_the_same_is_offered():
    right = offered(PAIRS["same"])
    wrong = offered(PAIRS["other_matter"]) + offered(PAIRS["other_place"]) + offered(PAIRS["year_apart"], apart=365)

    assert len(right) >= 40
    assert len(wrong) >= 40
    assert precision(right, wrong) >= 0.95
    assert sum(right) / len(right) >= 0.85


def test_so_it_is_with_pairs_that_the_table_of_things_was_not_written_for():
    right, wrong = offered(HELD["same"]), offered(HELD["other"])

    assert min(len(right), len(wrong)) >= 40
    assert precision(right, wrong) >= 0.95
    assert sum(right) / len(right) >= 0.6


def at(metres: float) -> tuple[float, float]:
    return 28.2 + metres / 111_195, 112.9


@pytest.mark.parametrize(("metres", "one_place"), [(0, True), (140, True), (500, False)])
def test_a_pin_says_more_than_names(metres, one_place):
    here, there = (Telling("路灯坏了", NOW, "人民路", {"road": "人民路"}, at(m)) for m in (0, metres))

    assert same_place(here, there) is one_place


def test_noise_is_heard_at_another_house_and_a_lift_stands_in_one():
    def at_house(text: str, house: str) -> Telling:
        return Telling(text, NOW, f"幸福里{house}", {"compound": "幸福里", "building": house})

    assert score(at_house("烧烤店放音响太吵", "3栋"), at_house("楼下烧烤店音响吵得睡不着", "5栋")) >= SAME
    assert score(at_house("电梯坏了三天", "3栋"), at_house("电梯坏了三天", "5栋")) == 0.0


def test_what_both_tell_of_is_said_in_a_word_of_the_table():
    assert thing(told("幸福里的路灯坏了，找张三13800138000"), told("幸福里街灯都不亮")) == "路灯"
    assert thing(told("幸福里停水"), told("幸福里停电")) == ""


def test_words_that_go_with_many_things_count_only_alone():
    assert things("电梯噪音太吵") == {WORDS["电梯"]}
    assert things("太吵了") == {WORDS["太吵"]}
    assert not VAGUE & FAR_OFF


texts = st.one_of(st.text(max_size=40), st.sampled_from([text for pair in PAIRS["same"] for text in pair]))
tellings = st.builds(
    Telling,
    texts,
    st.just(NOW),
    st.sampled_from(["", "幸福里", "人民路"]),
    st.sampled_from([{}, {"compound": "幸福里"}, {"road": "人民路", "number": "3号"}]),
)


@given(tellings, tellings)
def test_the_score_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0.0 <= score(one, other) <= 1.0
    assert score(one, other) == score(other, one)
