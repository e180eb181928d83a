"""Words and patterns where they stand, and what does not count there."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.category.lexicon import Hit, Lexicon, Spans, strengths
from nlp.segment import Segmenter

WORDS = ("拖欠*工资", "拖欠", "工资", "农民工", "半夜*施工", "夜", "bus", "street lamp", "小学", "烧烤", "咨询")
LEXICON = Lexicon(WORDS)
SEGMENTER = Segmenter(LEXICON.plain)


def found(text: str, lexicon: Lexicon = LEXICON) -> list[str]:
    hits = lexicon.find(text, SEGMENTER.bounds(text)).hits
    return [hit.word for hit in sorted(hits, key=lambda hit: hit.start)]


def said(text: str, *, head: int = 0) -> dict[str, float]:
    return strengths(LEXICON.find(text, SEGMENTER.bounds(text)).hits, text, head=head)


def test_a_pattern_takes_the_place_of_its_parts_and_leaves_what_lies_in_its_gap():
    assert found("老板拖欠我们农民工的工资") == ["拖欠*工资", "农民工"]


def test_the_parts_count_where_they_stand_apart():
    assert found("拖欠货款,工资照发") == ["拖欠", "工资"]


def test_a_longer_word_over_all_of_a_pattern_takes_its_place():
    assert found("拖欠工资", Lexicon(["拖欠工资", "拖欠*工资"])) == ["拖欠工资"]


def test_of_two_patterns_that_share_a_part_one_counts():
    assert found("老板拖欠工人工资", Lexicon(["拖欠*工资", "工人*工资"])) == ["拖欠*工资"]


def test_a_pattern_is_where_it_stands():
    text = "他们半夜还在施工"

    assert LEXICON.find(text, SEGMENTER.bounds(text)).hits == [Hit("半夜*施工", 2, 8)]


def test_letters_are_whole_words():
    assert found("the bus hit two street lamps") == ["bus", "street lamp"]
    assert found("business, streetlamp, abus") == []


@pytest.mark.parametrize("text", ["小学旁边的烧烤", "小学门口烧烤", "小学附近烧烤", "小学对面的烧烤", "小学后面烧烤"])
def test_a_word_that_only_tells_where_counts_little(text):
    assert said(text)["小学"] < said(text)["烧烤"] == 1.0


@pytest.mark.parametrize("text", ["麻烦咨询一下,烧烤", "我想咨询一下烧烤", "请咨询个问题,烧烤"])
def test_a_polite_beginning_is_no_matter(text):
    assert list(said(text)) == ["烧烤"]


def test_a_question_for_advice_still_is_one():
    assert list(said("咨询电话打不通")) == ["咨询"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))), st.integers(0, 30), st.integers(0, 30))
def test_a_span_is_held_when_one_of_them_holds_it(spans, start, end):
    assert Spans(spans).hold(start, end) == any(begin <= start and end <= stop for begin, stop in spans)


@given(st.text(alphabet="拖欠工资农民夜半施,bus 小学旁边咨询一下不是", max_size=80))
def test_every_hit_holds_what_it_says_and_no_word_stands_in_another(text):
    hits = LEXICON.find(text, SEGMENTER.bounds(text)).hits

    assert all(text[hit.start : hit.end] == hit.word for hit in hits if "*" not in hit.word)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert set(said(text)) <= {hit.word for hit in hits}


@pytest.mark.parametrize("piece", ["拖欠", "拖欠工资", "问一下", "半夜施", "小学旁边", "不是不是"])
def test_time_grows_no_faster_than_the_text(piece):
    text = piece * (4000 // len(piece))
    bounds = SEGMENTER.bounds(text)
    begun = process_time()
    strengths(LEXICON.find(text, bounds).hits, text, head=30)

    assert process_time() - begun < 0.08  # 20 ms for 1,000 characters


def test_what_is_asked_for_besides_is_told_wherever_it_stands():
    lexicon = Lexicon(["烧烤店"], also=["烧烤", "店"])

    found = lexicon.find("烧烤店旁的店", SEGMENTER.bounds("烧烤店旁的店"))

    assert [hit.word for hit in found.hits] == ["烧烤店"]
    assert found.also == [("烧烤", 0, 2), ("店", 2, 3), ("店", 5, 6)]


def test_a_subject_says_more_and_its_words_are_counted_apart():
    text = "工资。烧烤,烧烤"
    hits = LEXICON.find(text, SEGMENTER.bounds(text)).hits

    assert strengths(hits, text, subject=2, weight=4.0) == {"工资": 4.0, "烧烤": pytest.approx(1.347, abs=1e-3)}


def test_a_longer_word_says_more_and_so_does_what_is_asked_for():
    text = "农民工很累,希望发工资"
    said = strengths(LEXICON.find(text, SEGMENTER.bounds(text)).hits, text)

    assert said["农民工"] == pytest.approx(1.2)
    assert said["工资"] == pytest.approx(2.0)


def test_where_somebody_lives_is_not_what_they_speak_of():
    assert said("我住在师范小学宿舍，烧烤太吵")["小学"] < said("小学有烧烤")["小学"]
    assert said("我住在师范小学宿舍，烧烤太吵")["烧烤"] == said("烧烤太吵")["烧烤"]
