"""One matter or two in a message."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp.category.classify import Classifier
from nlp.matters import split
from tests.nlp.city import TOWN

LISTS = tomllib.loads((Path(__file__).parent / "matters.toml").read_text(encoding="utf-8"))
SMALL = Classifier(TOWN)


def told(text, classifier):
    return split(text, classifier.propose(text), classifier.propose, glance=classifier.glance)


@pytest.fixture(scope="module")
def hotline():
    return Classifier(load_all()["hotline"])


def test_two_matters_are_seen_and_one_told_at_length_stays_one(hotline):
    two = sum(len(told(text, hotline)) > 1 for text in LISTS["two"])
    wrongly = sum(len(told(text, hotline)) > 1 for text in LISTS["one"])

    assert len(LISTS["two"]) == len(LISTS["one"]) == 20
    assert two / 20 >= 0.8, "recall"
    assert two / (two + wrongly) >= 0.95, "precision"


def test_each_matter_says_where_it_is_told_and_what_it_is():
    text = "楼下音响太吵。另外，家里没水了"

    first, second = told(text, SMALL)

    assert text[first.start : first.end] == "楼下音响太吵。"
    assert text[second.start : second.end] == "另外，家里没水了"
    assert (first.proposal.best.category_id, second.proposal.best.category_id) == ("noise", "supply")


@pytest.mark.parametrize(
    "text",
    [
        "楼下音响太吵。另外，广场舞也太吵",
        "楼下音响太吵，家里没水了",
        "楼下音响太吵。另外，请给我一个答复",
        "家里停水。原因：1. 爆管 2. 水费",
        "楼下音响太吵",
        "楼下音响太吵：一、半夜还在唱歌跳舞；二、家里没水了也没人管",
        "",
    ],
)
def test_a_cue_alone_makes_no_second_matter(text):
    assert told(text, SMALL) == ()


@given(
    st.lists(
        st.sampled_from(["楼下太吵", "停水", "另外", "。", "1. ", "2、", "第二件事", "\n", "谢谢", "没水"]), max_size=40
    )
)
def test_matters_stand_in_order_within_the_text(parts):
    text = "".join(parts)

    matters = told(text, SMALL)

    places = [at for matter in matters for at in (matter.start, matter.end)]
    assert places == sorted(places)
    assert len(matters) != 1
    assert not places or (places[0] >= 0 and places[-1] <= len(text))


@pytest.mark.parametrize("text", LISTS["two"] + LISTS["one"])
def test_a_glance_sees_the_same_matters(text, hotline):
    whole = hotline.propose(text)

    assert split(text, whole, hotline.propose, glance=hotline.glance) == split(text, whole, hotline.propose)
