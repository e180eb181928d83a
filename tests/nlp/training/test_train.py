"""Learning from a city's own letters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from nlp.training import fitting, model_file, train
from nlp.training.features import KINDS
from nlp.training.train import Letter
from tests.nlp.letters import LETTERS, silent


def test_what_was_learnt_is_told_again(model):
    right = [model.propose(each.detail, subject=each.subject).best.category == each.label for each in LETTERS]

    assert all(right)


def test_the_same_letters_and_seed_give_the_same_model(model):
    again = train.train(LETTERS, seed=1, told=silent)

    assert model_file.dump(again) == model_file.dump(model)


def test_letters_held_out_say_how_sure_is_sure_enough(model):
    figures = model.history["held_out"]

    assert figures["right_when_decided"] >= 0.975
    assert figures["decided"] > 0.5
    assert model.history["letters"] == {"供水": 34, "公交": 33, "噪声": 33}


def test_no_letter_is_tried_by_weights_that_saw_its_double():
    twice = [*LETTERS[:20], *LETTERS[:20]]

    folds = train.split(twice, seed=3).tolist()

    assert folds[:20] == folds[20:]
    assert len(set(folds)) == train.FOLDS


def test_the_model_says_what_the_weights_say(model):
    """The model counts and adds up by itself, without the libraries that fitted it."""
    letters = LETTERS[::7]
    counts = train.counted(letters, (), train.DEFAULT, silent)
    wanted = np.array([sorted(model.labels).index(each.label) for each in letters])
    everything = np.ones(len(letters), dtype=bool)
    fitted = fitting.fit(counts, wanted, everything, 3, seed=1)
    scores = fitting.score(fitted, [kind.whole for kind in counts])

    small = train.train(letters, seed=1, told=silent)
    for each, expected in zip(letters, scores, strict=True):
        shares = {c.category: c.score for c in small.propose(each.detail, subject=each.subject).top}
        raised = np.exp(small.calibration.sharpness * expected)
        assert [shares[label] for label in small.labels] == pytest.approx(raised / raised.sum(), abs=1e-3)


def test_each_kind_of_feature_can_be_left_out():
    for kind in KINDS:
        alone = train.train(LETTERS[::4], seed=1, told=silent, kinds=[kind])

        assert alone.propose("停水两天了", subject="停水两天了").best.category == "供水"


def test_texts_without_a_label_tell_how_rare_a_word_is(model):
    more = [("", f"{number}号楼停水") for number in range(200)]

    told = train.train(LETTERS, seed=1, told=silent, unlabelled=more)

    [before], [after] = ([b for b in m.blocks if b.kind == "detail words"] for m in (model, told))
    assert after.rarity[after.index["停水"]] < before.rarity[before.index["停水"]]
    assert told.history["unlabelled"] == 200


def test_progress_only_goes_forward():
    shares = []

    train.train(LETTERS[::3], seed=1, told=lambda doing, share: shares.append(share))

    assert all(before <= after for before, after in pairwise(shares))
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ([], "two labels are needed"),
        ([Letter("", "停水", "供水")] * 3, "there is 1"),
        ([Letter("", "停水", "供水")] * 3 + [Letter("", "太吵", "噪声")], "no more have 噪声"),
        ([Letter("", "停水", str(number)) for number in range(9)], "no more have 0, 1, 2, 3, 4 and 4 others"),
        ([Letter("", "停水", str(number)) for number in range(1001)], "1001 labels are more than the 1000"),
    ],
)
def test_too_little_to_learn_from_is_said(letters, said):
    with pytest.raises(train.Unfit, match=said):
        train.train(letters, seed=1, told=silent)


@pytest.mark.parametrize("text", ["", "???", "啊"])
def test_letters_that_say_nothing_teach_nothing_and_break_nothing(text):
    blank = train.train([Letter("", text, "甲"), Letter("", text, "乙")] * 3, seed=1, told=silent)

    assert not blank.propose("停水了").decided
