"""Learnt words lie over an institution's own and change nothing else of it."""

from __future__ import annotations

from institutions.catalog import load_all
from institutions.taught import own_words, taught, version_of
from nlp.category.classify import Classifiers
from tests.nlp.shop import SHOP


def test_a_learnt_word_speaks_for_its_category_and_nothing_else_changes():
    after = taught(SHOP, [("smoke", "油烟", 1.5)], version=3)

    assert after.category("smoke").words == SHOP.category("smoke").words | {"油烟": 1.5}
    assert after.category("noise") is SHOP.category("noise")
    assert after.model_dump(exclude={"categories", "version"}) == SHOP.model_dump(exclude={"categories"})
    assert (version_of(after), version_of(SHOP)) == (3, 0)


def test_the_words_of_the_file_stand():
    after = taught(SHOP, [("smoke", "烟尘", 0.5)], version=1)

    assert after.category("smoke").words["烟尘"] == 2.0


def test_a_category_that_the_file_no_longer_has_is_passed_over():
    assert taught(SHOP, [("gone", "油烟", 1.0)], version=1).categories == SHOP.categories


def test_a_matters_word_is_its_categorys_too():
    hotline = load_all()["hotline"]
    category = next(each for each in hotline.categories if each.matters and each.matters[0].words)
    word, weight = next(iter(category.matters[0].words.items()))

    after = taught(hotline, [(category.id, word, 0.5)], version=1)

    assert own_words(category)[word] == weight
    assert after.categories == hotline.categories


def test_a_classifier_notices_that_the_institution_has_learnt():
    classifiers = Classifiers()
    before = classifiers.of(SHOP).propose("油烟")

    after = classifiers.of(taught(SHOP, [("smoke", "油烟", 1.5)], version=1)).propose("油烟")

    assert (before.best.category_id, after.best.category_id) == ("noise", "smoke")
