"""Categories and the words that decided."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.category.classify import Classifier, Classifiers
from tests.nlp.city import TOWN, institution

CLASSIFIER = Classifier(TOWN)


def category(text: str, *, subject: str = "") -> str:
    return CLASSIFIER.propose(text, subject=subject).best.category_id


def words(text: str) -> list[str]:
    return [reason.word for reason in CLASSIFIER.propose(text).why]


def test_the_words_of_a_category_speak_for_it_and_are_named_with_their_weight():
    proposal = CLASSIFIER.propose("楼下音响太吵")

    assert proposal.best.category == "噪声扰民"
    assert [(why.word, why.category, why.weight) for why in proposal.why] == [
        ("太吵", "噪声扰民", 3.0),
        ("音响", "噪声扰民", 2.0),
    ]
    assert proposal.decided


def test_a_matters_word_speaks_for_its_category_too():
    best = CLASSIFIER.propose("从早上起就没水").best

    assert (best.category, best.matter, best.department) == ("供水", "停水", "抢修队")


def test_a_matter_without_department_has_its_categorys():
    best = CLASSIFIER.propose("水质很差").best

    assert (best.matter, best.department) == ("水质", "水务局")


def test_a_category_without_a_fitting_matter_has_none():
    best = CLASSIFIER.propose("水费怎么这么贵").best

    assert (best.category, best.matter, best.matter_id) == ("供水", None, None)


def test_a_route_hands_the_matter_to_another_department():
    row = {"id": "noise", "name": "噪声扰民", "department": "guards", "words": "噪音:3"}
    routed = institution(categories=[row | {"routes": [{"department": "market", "words": "饭店"}]}])

    assert Classifier(routed).propose("饭店噪音").best.department == "市场局"
    assert Classifier(routed).propose("工地噪音").best.department == "城管队"


def test_the_longest_word_counts_and_what_lies_in_it_does_not():
    assert words("自来水") == ["自来水"]


def test_a_word_that_straddles_two_words_of_the_language_is_none():
    assert words("门卫生病了") == []
    assert words("店里卫生很差") == ["卫生"]


def test_a_word_within_a_longer_word_is_found():
    assert words("食品卫生许可证") == ["食品卫生"]
    assert words("过期食品") == ["过期", "食品"]


@pytest.mark.parametrize("text", ["不是噪音问题，是停水", "不是因为噪音，是停水", "并非噪音，停水了"])
def test_what_is_denied_does_not_count(text):
    assert category(text) == "supply"
    assert "噪音" not in words(text)


@pytest.mark.parametrize("text", ["难道这不是噪音吗", "这是不是噪音", "不是噪音就是灰"])
def test_what_is_denied_only_in_form_counts(text):
    assert words(text) == ["噪音"]


def test_a_word_against_a_category_takes_from_it():
    with_shop = CLASSIFIER.propose("音响店变质")

    assert with_shop.best.category_id == "food"


def test_a_word_said_often_counts_more_than_once_but_less_each_time():
    once, often = (CLASSIFIER.propose("噪音" + "，噪音" * times).why[0].weight for times in (0, 9))

    assert once < often < 4 * once


def test_the_subject_weighs_more_than_the_detail():
    assert category("噪音", subject="过期") == "food"
    assert category("过期", subject="噪音") == "noise"


def test_letters_in_any_case_width_and_script_are_the_same_word():
    shop = institution(
        categories=[
            {"id": "etc", "name": "通行", "department": "desk", "words": "ETC:3"},
            {"id": "noise", "name": "噪声", "department": "desk", "words": "扰民:3"},
        ]
    )

    assert Classifier(shop).propose("ｅｔｃ 扣费").best.category_id == "etc"
    assert Classifier(shop).propose("廣場舞擾民").best.category_id == "noise"


def test_where_no_word_speaks_every_category_is_offered_and_nobody_is_sure():
    proposal = CLASSIFIER.propose("你好")

    assert {candidate.category_id for candidate in proposal.top} == {"noise", "supply", "food"}
    assert (proposal.best.department_id, proposal.confidence, proposal.decided) == ("desk", 0.0, False)
    assert proposal.why == ()
    assert sum(candidate.score for candidate in proposal.top) == pytest.approx(1)


def test_two_categories_that_are_equally_likely_are_left_to_the_citizen():
    proposal = CLASSIFIER.propose("又吵又停水，噪音")

    assert not proposal.decided
    assert {candidate.category_id for candidate in proposal.top[:2]} == {"noise", "supply"}


def test_the_runner_up_and_what_would_change_the_result_are_told():
    proposal = CLASSIFIER.propose("音响太吵，自来水也不好")

    assert proposal.runner_up is not None
    assert proposal.runner_up.category == "供水"
    assert proposal.would_change == ("太吵",)
    assert proposal.would_tip == "停水"
    assert CLASSIFIER.propose("太吵，太吵，音响，自来水").would_tip is None


def test_a_word_that_would_change_the_result_is_in_the_script_of_what_was_said():
    rows = [
        {"id": "fire", "name": "消防通道", "department": "guards", "words": "堵死:3 占道"},
        {"id": "traffic", "name": "交通管理", "department": "guards", "words": "电瓶车 bicycle:3"},
    ]
    classifier = Classifier(institution(categories=rows))

    assert classifier.propose("通道堵死，占道，电瓶车").would_tip is None


def test_a_subject_alone_is_a_short_text():
    assert CLASSIFIER.propose("", subject="停水了") == CLASSIFIER.propose("停水了")


def test_a_lone_hint_decides_nothing():
    hinted = institution(
        categories=[
            {"id": "school", "name": "学校", "department": "desk", "words": "孩子 学费:3"},
            {"id": "noise", "name": "噪声", "department": "desk", "words": "噪音:3"},
        ]
    )

    assert not Classifier(hinted).propose("孩子睡不着").decided
    assert Classifier(hinted).propose("噪音很大，噪音不停").decided


def test_an_institution_without_words_is_read_by_its_names():
    bare = institution(
        categories=[
            {"id": "quality", "name": "产品质量", "department": "desk"},
            {"id": "delivery", "name": "物流配送", "department": "desk"},
        ]
    )

    assert Classifier(bare).propose("你们的质量太差了").best.category_id == "quality"
    assert Classifier(bare).propose("配送超时").best.category_id == "delivery"


def test_one_classifier_serves_an_institution_until_its_file_changes():
    shelf = Classifiers()
    first = shelf.of(TOWN)

    assert shelf.of(TOWN) is first
    assert shelf.of(institution()) is not first


@given(st.text(max_size=300), st.text(max_size=30))
def test_shares_are_shares_whatever_is_said(text, subject):
    proposal = CLASSIFIER.propose(text, subject=subject)

    assert proposal.top
    assert sum(candidate.score for candidate in proposal.top) == pytest.approx(1)
    assert all(better.score >= worse.score for better, worse in pairwise(proposal.top))
    assert 0 <= proposal.confidence <= 1
