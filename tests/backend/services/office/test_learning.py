"""Corrections become words; words go live when they harm nobody, and can be taken back; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.services.office import learning
from backend.services.office.learning import LearntMeanwhile, NeverPassed, NoTeacher, NotLive
from backend.store.models import NoSuchModel
from institutions.taught import version_of
from nlp.category.classify import Classifier
from nlp.category.verdict import held_out
from tests.backend.services.school import HANDLER, MANAGER, School, confirm
from tests.nlp.shop import KITCHEN, SHOP


@pytest.fixture
def school(store):
    return School(store)


def back(school, **how):
    former = school.unit(learning.roll_back, "shop", by=how.pop("by", MANAGER), at=school.later(hours=1), **how)
    school.follows()
    return former


def again(school, number, by=MANAGER):
    return school.unit(learning.go_live, "shop", number, by=by, at=school.later(hours=1))


def proposes(school, text):
    return Classifier(school.institutions["shop"]).propose(text).best.category_id


def test_corrections_teach_and_what_passes_goes_live(school):
    school.confirmed()
    school.corrected()
    assert proposes(school, KITCHEN[0]) == "noise"

    model, told = school.learns()

    assert (model.state, model.number, version_of(school.institutions["shop"])) == ("live", 1, 1)
    assert ("smoke", "油烟") in {(key, word) for key, word, _ in model.triples}
    assert all(after >= before for _, before, after in model.figures.values())
    assert "version 1" in told
    assert "is live; no category got worse" in told
    assert proposes(school, KITCHEN[0]) == "smoke"


def test_without_corrections_nothing_is_learnt_and_that_is_said(school):
    school.confirmed(3)

    assert school.learns() == (
        None,
        f"shop: no case was corrected among {len(examples(school))} settled ones; nothing to learn",
    )
    assert school.states() == []


def examples(school):
    return school.store.read_now(learning.ground, "shop").examples


def test_learning_twice_from_the_same_makes_no_second_version(school):
    school.confirmed()
    school.corrected()
    school.learns()

    model, told = school.learns()

    assert model is None
    assert "nothing new" in told
    assert school.states() == [(1, "live")]


def test_few_cases_to_check_with_let_nothing_go_live(school):
    school.confirmed(20)
    school.corrected(15)

    model, told = school.learns()

    assert model.state == "proposed"
    assert "waits" in told
    assert school.store.read_now(lambda work: work.models.checks("shop")) == {}


def test_a_poisoned_class_does_not_go_live(school):
    school.confirmed()
    honest = school.files([("大排档的歌声，广播也响", "noise")] * 20, closed=True)
    school.corrected()
    school.learns()
    assert any(held_out(number) for number in honest)

    school.corrected(140, text="楼下大排档的歌声和广播", to="lift")
    model, told = school.learns()

    assert model.state == "refused"
    assert "worse in noise" in told
    assert school.states() == [(1, "live"), (2, "refused")]
    assert version_of(school.institutions["shop"]) == 1


def test_the_cases_to_check_with_are_frozen_and_never_learnt_from(school):
    school.confirmed()
    numbers = school.corrected()
    school.learns()
    frozen = school.store.read_now(lambda work: work.models.checks("shop"))

    school.correct("lift", next(number for number in numbers if number in frozen))
    school.corrected(60)
    school.learns()

    assert school.store.read_now(lambda work: work.models.checks("shop")) == frozen
    assert not any(held_out(example.number) for example in examples(school))


def test_a_confirmed_case_is_an_example_before_it_is_closed_and_an_untouched_one_is_none(school):
    open_, *others = school.files([("楼下音响噪音大", "noise")] * 9)
    settled = next(number for number in others if not held_out(number))
    confirm(school, settled)

    numbers = {example.number for example in examples(school)}

    assert settled in numbers
    assert open_ not in numbers


def test_a_version_is_taken_back_and_the_one_before_is_live_again(school):
    school.confirmed()
    school.corrected()
    school.learns()
    school.corrected(20, text="油烟和广播，炒菜味呛人")
    assert school.learns()[0].state == "live"

    assert back(school) == 1
    assert school.states() == [(1, "live"), (2, "rolled_back")]
    assert back(school) is None
    assert school.states() == [(1, "rolled_back"), (2, "rolled_back")]
    assert school.institutions["shop"] is SHOP
    with pytest.raises(NotLive, match="uses no learnt words"):
        back(school)


def test_what_was_taken_back_does_not_return_by_itself(school):
    school.confirmed()
    school.corrected()
    school.learns()
    back(school)

    model, told = school.learns()

    assert model is None
    assert "mark no word clearly enough" in told


def test_a_manager_may_put_a_version_live_that_was_live_before(school):
    school.confirmed()
    school.corrected()
    school.learns()
    back(school)

    assert again(school, 1)
    assert not again(school, 1)
    assert school.states() == [(1, "live")]
    moves = school.store.read_now(learning.past, "shop", by=MANAGER, limit=9).moves[1]
    assert [(move.by, move.state) for move in moves] == [
        ("night", "live"),
        ("陈经理", "rolled_back"),
        ("陈经理", "live"),
    ]


def test_a_version_that_was_never_checked_cannot_go_live(school):
    school.confirmed(20)
    school.corrected(15)
    school.learns()

    with pytest.raises(NeverPassed, match="is proposed"):
        again(school, 1)
    with pytest.raises(NoSuchModel, match="no learnt version 7"):
        again(school, 7)


def test_only_managers_of_the_institution_teach(school):
    other = replace(MANAGER, institution="hotline")

    for actor in (HANDLER, other):
        with pytest.raises(NoTeacher):
            again(school, 1, by=actor)
        with pytest.raises(NoTeacher):
            back(school, by=actor)
        with pytest.raises(NoTeacher):
            school.store.read_now(learning.past, "shop", by=actor, limit=1)


def test_a_stale_button_takes_nothing_back(school):
    school.confirmed()
    school.corrected()
    school.learns()

    with pytest.raises(NotLive, match="version 4"):
        back(school, number=4)

    assert school.states() == [(1, "live")]


def test_two_that_learn_at_once_make_one_version(school):
    school.confirmed()
    school.corrected()
    found = school.store.read_now(learning.ground, "shop")
    lesson = learning.lesson(found, SHOP)
    school.unit(learning.record, lesson, by="one", at=school.now)

    with pytest.raises(LearntMeanwhile):
        school.unit(learning.record, lesson, by="two", at=school.now)

    assert school.states() == [(1, "live")]


def test_a_case_says_which_version_proposed(school):
    school.confirmed()
    school.corrected()
    school.learns()

    number = school.citizen(institution="shop").files_a_case("油烟从广播室飘进厨房")

    (filed,) = [e for e in school.store.read_now(lambda work: work.cases.history(number)) if e.what == "filed"]
    assert filed.detail["model"] == 1
    assert school.case(number).category_id == "smoke"
