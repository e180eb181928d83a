"""Why a case was proposed where it was, in sentences."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from backend.web.desk.reasons import reasons
from backend.web.desk.view import Reader
from nlp.category.classify import Classifier
from tests.nlp.city import institution

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NOISE = {"id": "noise", "name": "噪声扰民", "name_en": "Noise", "department": "guards", "words": "噪音:3 太*吵:3"}
WATER = {"id": "water", "name": "供水", "name_en": "Water", "department": "water", "words": "停水:3 水管:2"}
ROUTES = [
    {"department": "market", "words": "饭店:2"},
    {"department": "desk", "places": ["码头"], "kinds": ["complaint"]},
]
TOWN = institution(categories=[NOISE | {"routes": ROUTES}, WATER])


def said(text: str, *, language: str = "zh", **changes: Any) -> list[str]:
    proposal = asdict(Classifier(TOWN).propose(text)) | changes
    return reasons(proposal, TOWN, Reader(language, NOW))


def test_a_routing_rule_is_told_with_what_made_it_hold():
    assert said("饭店噪音")[0] == "按分派规则交市场局：提到“饭店”。"
    assert said("投诉码头噪音")[0] == "按分派规则交服务台：地点在“码头”，属于投诉。"


def test_a_category_s_own_department_is_told_as_that_and_others_only_where_they_are_likely():
    assert said("楼下噪音") == ["这一类通常由城管队办理。"]
    assert said("楼下噪音，停水")[1] == "也可能归水务局。"


def test_the_runner_up_is_told_with_its_words_and_what_would_have_put_it_first():
    told = said("楼下太他妈吵，噪音很大，还停水")

    assert "其次像“供水”：“停水”。" in told
    assert any(line.startswith("不提“") and line.endswith("就会归到“供水”。") for line in told)


def test_a_pattern_is_shown_with_dots():
    assert any("“太…吵”" in line for line in said("停水，水管坏了，楼下太他妈吵"))


def test_a_runner_up_that_no_word_speaks_for_is_not_told():
    assert not [line for line in said("楼下噪音") if "供水" in line]


def test_the_sentences_are_there_in_english():
    told = said("饭店噪音，停水", language="en")

    assert told[0] == "By a routing rule for 市场局: the words “饭店”."
    assert "Next likeliest is “Water”: “停水”." in told


def test_what_the_citizen_chose_and_what_an_older_version_proposed_has_no_reasons():
    assert said("饭店噪音", by="citizen") == []
    assert (
        reasons({"top": [{"category": "噪声扰民", "category_id": "noise"}], "why": []}, TOWN, Reader("zh", NOW)) == []
    )
