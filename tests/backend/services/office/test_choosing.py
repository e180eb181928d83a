"""A manager looks through what was learnt: word by word, with examples, and tries a sentence; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.services.office import choosing, learning
from backend.services.office.learning import NoTeacher
from institutions.taught import version_of
from tests.backend.services.school import HANDLER, MANAGER, School
from tests.nlp.shop import KITCHEN, SHOP

SMOKE = ("smoke", "油烟")


@pytest.fixture
def school(store):
    school = School(store)
    school.confirmed()
    school.corrected()
    school.learns()
    return school


def words(school, number=1):
    return {(key, word) for key, word, _ in school.store.read_now(lambda work: work.models.get("shop", number)).triples}


def choose(school, *kept, number=1):
    found, version = school.store.read_now(choosing.material, "shop", number, by=MANAGER)
    lesson = choosing.chosen(found, SHOP, version, kept)
    model = school.unit(choosing.settle, lesson, version, by=MANAGER, at=school.later(hours=1))
    school.follows()
    return model


OTHER = ("lift", "歌声")


def refuses(school):
    """A second version, with a word too many."""
    rows = [[*SMOKE, 1.5, 3, 0.5, 0.0], [*OTHER, 2.5, 3, 0.5, 0.0]]
    how = {"figures": {}, "examples": 9, "corrected": 4, "state": "refused", "by": "night", "at": school.now}
    return school.unit(lambda work: work.models.add("shop", words=rows, **how))


def test_what_is_left_of_a_version_is_checked_and_goes_live(school):
    model = choose(school, SMOKE, number=refuses(school))

    assert (model.number, model.state, [row[:2] for row in model.triples]) == (3, "live", [SMOKE])
    assert sum(n for n, _, _ in model.figures.values()) > 0
    assert school.states() == [(1, "replaced"), (2, "refused"), (3, "live")]


def test_words_that_nobody_wants_are_not_learnt_again_until_they_are_allowed(school):
    choose(school, SMOKE, number=refuses(school))

    assert OTHER in school.store.read_now(learning.ground, "shop").barred
    (one,) = school.store.read_now(choosing.unwanted, "shop", by=MANAGER)
    assert (one.category, one.word, one.by) == (*OTHER, "陈经理")

    assert school.unit(choosing.allow, "shop", *OTHER, by=MANAGER, at=school.now)
    assert not school.unit(choosing.allow, "shop", *OTHER, by=MANAGER, at=school.now)
    assert OTHER not in school.store.read_now(learning.ground, "shop").barred
    assert school.store.read_now(choosing.unwanted, "shop", by=MANAGER) == []


def test_with_no_word_left_the_live_version_is_taken_back(school):
    assert choose(school) is None

    assert school.states() == [(1, "rolled_back")]
    assert version_of(school.institutions["shop"]) == 0


def test_keeping_every_word_changes_nothing(school):
    assert choose(school, *words(school)) is None
    assert school.states() == [(1, "live")]


def test_words_that_waited_for_their_check_go_live_once_there_are_cases_to_check_with(store):
    school = School(store)
    school.confirmed(20)
    school.corrected(15)
    school.learns()
    assert school.states() == [(1, "proposed")]
    school.confirmed()

    model = choose(school, *words(school))

    assert model is not None
    assert model.state == "live"


def test_corrections_wait_until_something_is_learnt(school):
    assert school.store.read_now(choosing.waiting, "shop", by=MANAGER).count == 0

    school.now = school.later(days=2)
    (number,) = school.corrected(1)

    told = school.store.read_now(choosing.waiting, "shop", by=MANAGER)
    assert (told.count, [case.number for case in told.cases]) == (1, [number])


def test_a_word_is_told_with_the_corrected_cases_that_say_it(school):
    found = school.store.read_now(choosing.examples, "shop", *SMOKE, by=MANAGER)

    assert 0 < len(found) <= choosing.SHOWN
    assert all("油烟" in case.facts["what"] and case.category_id == "smoke" for case in found)
    assert school.store.read_now(choosing.examples, "shop", "smoke", "%", by=MANAGER) == ()


def test_the_lexicon_tells_where_a_word_comes_from(school):
    live = school.store.read_now(learning.live)["shop"]

    found = {(one.category, one.word): one.version for one in choosing.entries(SHOP, live)}

    assert found["smoke", "油烟"] == 1
    assert 0 in found.values()


def test_a_sentence_is_tried_with_a_version_and_with_the_file_alone(school):
    live = school.store.read_now(choosing.versions, "shop", 1, by=MANAGER)

    assert choosing.tried(SHOP, live, KITCHEN[0]).best.category_id == "smoke"
    assert choosing.tried(SHOP, None, KITCHEN[0]).best.category_id == "noise"
    assert school.store.read_now(choosing.versions, "shop", 99, by=MANAGER) is None


def test_only_managers_of_the_institution_look_through_words(school):
    for actor in (HANDLER, replace(MANAGER, institution="hotline")):
        for ask in (choosing.waiting, choosing.unwanted):
            with pytest.raises(NoTeacher):
                school.store.read_now(ask, "shop", by=actor)
        with pytest.raises(NoTeacher):
            school.store.read_now(choosing.examples, "shop", *SMOKE, by=actor)
        with pytest.raises(NoTeacher):
            school.unit(choosing.allow, "shop", *SMOKE, by=actor, at=school.now)
        with pytest.raises(NoTeacher):
            school.store.read_now(choosing.material, "shop", 1, by=actor)
