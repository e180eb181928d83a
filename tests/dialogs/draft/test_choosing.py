"""Which category, where the words leave it open."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen
from tests.nlp.city import institution

OPEN = "楼下音响太吵，自来水也停水了"


def at_the_summary(text: str, **changes: object) -> Citizen:
    citizen = Citizen(institution(anonymous=True, **changes))
    for words in (text, "同意"):
        citizen.says(words)
    citizen.to_summary()
    return citizen


def filed(citizen: Citizen) -> dict[str, Any]:
    (effect,) = [effect for effect in citizen.effects if isinstance(effect, FileCase)]
    assert effect.draft.proposal is not None
    return effect.draft.proposal


def test_where_two_are_likely_both_are_offered_with_the_summary_and_none_of_them():
    citizen = at_the_summary(OPEN)

    assert citizen.choices == ["供水（停水）", "噪声扰民", "都不是", "提交", "改一项"]


def test_choosing_one_files_the_case_under_it_without_another_question():
    citizen = at_the_summary(OPEN)

    assert "已登记" in citizen.says("噪声扰民")
    proposal = filed(citizen)
    assert (proposal["top"][0]["category_id"], proposal["by"], proposal["decided"]) == ("noise", "citizen", True)


def test_one_that_was_proposed_keeps_its_matter_and_department():
    citizen = at_the_summary(OPEN)
    citizen.says("1")

    best = filed(citizen)["top"][0]
    assert (best["matter_id"], best["department_id"]) == ("supply/outage", "plumbers")


def test_none_of_these_offers_all_the_others_and_a_person():
    citizen = at_the_summary(OPEN)

    citizen.says("都不是")

    assert citizen.choices == ["食品卫生", "说不好，由工作人员定", "返回"]


def test_what_is_chosen_from_the_others_files_the_case_as_well():
    citizen = at_the_summary(OPEN)
    for words in ("都不是", "食品卫生"):
        citizen.says(words)

    assert filed(citizen)["top"][0]["department_id"] == "market"


def test_who_leaves_it_to_a_person_is_filed_at_the_default_department():
    citizen = at_the_summary(OPEN)
    for words in ("都不是", "说不好，由工作人员定"):
        citizen.says(words)

    proposal = filed(citizen)
    assert (proposal["top"][0]["department_id"], proposal["decided"], proposal["by"]) == ("desk", False, "nobody")


def test_who_just_submits_leaves_the_category_undecided():
    citizen = at_the_summary(OPEN)

    assert "已登记" in citizen.says("提交")
    assert filed(citizen)["decided"] is False


def test_going_back_from_the_others_shows_the_summary_again():
    citizen = at_the_summary(OPEN)
    citizen.says("都不是")

    assert "请核对" in citizen.says("返回")
    assert citizen.now.stage is Stage.CONFIRMING


@pytest.mark.parametrize("text", ["楼下音响太吵，噪音很大", "楼下出了一件怪事说不清楚"])
def test_what_is_clear_and_what_nothing_speaks_for_is_not_asked(text):
    assert at_the_summary(text).choices == ["提交", "改一项"]


def test_in_danger_nobody_is_asked_for_a_category():
    citizen = at_the_summary(OPEN + "，救命着火了")

    assert "都不是" not in citizen.choices


@pytest.mark.parametrize("key", sorted(load_all()))
def test_in_every_institution_an_unclear_matter_can_be_left_to_a_person(key):
    one = load_all()[key]
    citizen = Citizen(one)
    words = [f"{category.name}，" for category in one.categories]
    for text in ("".join(words) + "这事我说不清", "同意"):
        citizen.says(text)
    citizen.to_summary()

    assert citizen.now.stage is Stage.CONFIRMING
    assert len(citizen.choices) <= 6
