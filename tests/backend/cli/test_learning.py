"""Learning from the store's cases, and taking it back, from the command line."""

from __future__ import annotations

import pytest

from backend.store.engine import open_store
from nlp.category.classify import Classifier
from tests.backend.services.city import City
from tests.backend.services.school import School


@pytest.fixture
def store(migrated, tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/var/jiesu.db")
    yield store
    store.close()


@pytest.fixture
def taught(store):
    """Cases of an institution that the program has, as many as it takes."""
    school = School(store, "hotline")
    first, second, third = places(school)
    school.files([("唢呐", first)] * 40 + [("灯笼", second)] * 140, closed=True)
    numbers = school.files([("腰鼓", first)] * 60)
    school.correct(third, *numbers)


def places(school):
    """What is proposed where no word says anything, and two other categories."""
    hotline = school.institutions["hotline"]
    first = Classifier(hotline).propose("唢呐").best.category_id
    return (first, *[category.id for category in hotline.categories if category.id != first][:2])


def test_corrections_are_learnt_and_taken_back(migrated, taught, store):
    learnt = migrated("train", "--institution", "hotline")
    again = migrated("train")
    back = migrated("train", "--back")
    nothing = migrated("train", "--institution", "hotline", "--back")

    assert (learnt.code, again.code, back.code, nothing.code) == (0, 0, 0, 1)
    assert learnt.out.startswith("hotline: version 1 with 1 words is live; no category got worse on ")
    assert again.out == "hotline: the same 1 words as before; nothing new\n"
    assert back.out == "hotline: the words of its file alone are in use\n"
    assert nothing.err == "jiesu: hotline uses no learnt words\n"
    moves = store.read_now(lambda work: work.models.moves("hotline"))
    assert [move.state for move in moves] == ["live", "rolled_back"]
    assert all(move.by.startswith("shell:") for move in moves)


def test_where_nothing_was_corrected_that_is_said(migrated, store):
    City(store).citizen().files_a_case()

    ended = migrated("train")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "hotline: no case was corrected among 0 settled ones; nothing to learn\n"


def test_a_version_that_does_harm_is_refused_with_exit_1(migrated, taught, store):
    migrated("train")
    school = School(store, "hotline", count=1000)
    first, _, third = places(school)
    poisoned = school.files([("唢呐", first)] * 200)
    school.correct(third, *poisoned)

    ended = migrated("train")

    assert ended.code == 1
    assert "version 2" in ended.err
    assert "is refused: it is worse in" in ended.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--label", "kind"), "--label needs --csv"),
        (("--csv", "f.csv", "--back"), "--csv learns from a file, --institution and --back are about the store"),
        (("--csv", "f.csv", "--text", "t"), "--csv needs --label"),
        (("--institution", "nope"), "there is no institution 'nope'"),
    ],
)
def test_what_does_not_go_together_is_told(migrated, words, sentence):
    ended = migrated("train", *words)

    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
