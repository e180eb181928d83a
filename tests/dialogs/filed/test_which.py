"""Which of several cases somebody means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.filed.which import meant
from nlp.facts import When
from tests.dialogs.talking import NOW, brief

NOISE = replace(brief(filed=1), number="1", what="烧烤店半夜放音响", where="幸福里3栋")
LAMP = replace(brief(filed=8), number="2", what="中山路的路灯坏了", where="中山路")
TOLL = replace(brief(filed=20), number="3", what="ETC扣了两次", where="永安南收费站")
ALL = (NOISE, LAMP, TOLL)


@pytest.mark.parametrize(("words", "case"), [("路灯", LAMP), ("etc", TOLL), ("幸福里", NOISE), ("中山路路灯", LAMP)])
def test_words_of_the_matter_or_the_place_tell_it(words, case):
    assert meant(words, ALL) == (case,)


def test_without_words_all_are_meant():
    assert meant("", ALL) == ALL


def test_words_that_no_case_holds_mean_none():
    assert meant("井盖", ALL) == ()


def test_when_it_was_told_tells_it_too():
    week = When("上周", NOW - timedelta(days=10), NOW - timedelta(days=5), "week")

    assert meant("", ALL, week) == (LAMP,)
