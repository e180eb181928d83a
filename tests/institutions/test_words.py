"""Word lists: how they are written, and what they find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from institutions.words import Words, said

WORDS: TypeAdapter[dict[str, float]] = TypeAdapter(Words)

bare = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).filter(
    lambda word: word.strip("-") and not set(word) & set("*_")
)
weights = st.integers(1, 400).map(lambda hundredths: hundredths / 100)


@given(st.dictionaries(bare, weights, max_size=12))
def test_a_word_list_written_out_reads_back_the_same(words: dict[str, float]) -> None:
    written = "  ".join(f"{word}:{weight}" for word, weight in words.items())

    assert WORDS.validate_python(written) == words


@given(st.text(max_size=40))
def test_any_text_is_a_word_list_or_refused_as_one(text: str) -> None:
    try:
        words = WORDS.validate_python(text)
    except ValidationError:
        return

    assert all(weight > 0 for weight in words.values())


def test_a_word_without_weight_weighs_one_and_a_minus_stays_with_its_word() -> None:
    assert WORDS.validate_python("物业费:3 小区 -通知:2") == {"物业费": 3.0, "小区": 1.0, "-通知": 2.0}


@pytest.mark.parametrize("weight", ["nan", "inf", "-1", "0"])
def test_a_weight_is_a_number_above_zero(weight: str) -> None:
    with pytest.raises(ValidationError, match="must be above 0"):
        WORDS.validate_python(f"噪音:{weight}")


@pytest.mark.parametrize("text", ["拖欠工资", "老板拖欠了我们三个月工资不给", "拖欠 工资"])
def test_a_star_stands_for_a_few_characters_of_the_same_clause(text: str) -> None:
    assert said({"拖欠*工资": 3}, text) == {"拖欠*工资": 3}


@pytest.mark.parametrize(
    "text", ["拖欠货款，工资照发", "拖欠货款,工资照发", "拖欠了九个字那么多的东西工资", "工资拖欠", "拖欠"]
)
def test_a_star_never_reaches_beyond_a_clause_or_eight_characters(text: str) -> None:
    assert said({"拖欠*工资": 3}, text) == {}


def test_letters_match_whole_words_in_any_case_and_number() -> None:
    words = WORDS.validate_python("bus:2 street_lamp:3 etc*card")

    assert set(said(words, "The Bus passed two STREET LAMPS")) == {"bus", "street lamp"}
    assert said(words, "business, streetlamp, etcetera") == {}
    assert set(said(words, "ETC的card坏了")) == {"etc*card"}


def test_a_word_against_is_found_without_its_minus() -> None:
    assert said({"鱼": 2, "-鱼缸": 3}, "肉掉进鱼缸") == {"鱼": 2, "-鱼缸": -3}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("*工资", "on both sides"),
        ("拖欠*", "on both sides"),
        ("拖欠**工资", "on both sides"),
        ("-*工资:2", "on both sides"),
        ("_", "on both sides"),
        ("street_", "only between two words"),
        ("a*b*c*d*e", "more than 3"),
        ("拖欠*工资 拖欠*工资:2", "twice"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        WORDS.validate_python(written)
