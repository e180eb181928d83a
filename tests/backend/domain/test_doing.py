"""The table of acts is whole: labelled, told in both languages, and every rule it names is there."""

from string import Formatter

import pytest

from backend.domain.acts import ACTS, OPEN, ROWS
from backend.domain.doing import FOLDS, NOT_NOW, WHEN
from backend.domain.filled import KINDS

ROLES = {"intake", "dispatcher", "handler", "reviewer", "coordinator", "manager", "admin"}


def test_no_act_stands_there_twice_and_every_fold_is_an_acts():
    assert len(ACTS) == len(ROWS)
    assert set(FOLDS) <= set(ACTS)


def test_every_condition_is_a_rule_with_a_sentence():
    assert {act.when for act in ROWS if act.when} == set(WHEN) == set(NOT_NOW)


@pytest.mark.parametrize("act", ROWS, ids=ACTS)
def test_an_act_is_labelled_somebodys_and_asks_for_what_can_be_read(act):
    assert act.label
    assert act.label_en
    assert act.roles
    assert act.roles <= ROLES
    assert act.statuses
    assert {field.kind for field in act.fields} <= set(KINDS)
    assert all(field.label and field.label_en for field in act.fields)
    assert len({field.key for field in act.fields}) == len(act.fields)


@pytest.mark.parametrize("act", ROWS, ids=ACTS)
def test_free_text_can_be_erased(act):
    assert all(field.private for field in act.fields if field.kind == "text")


@pytest.mark.parametrize("act", [act for act in ROWS if act.told], ids=[act.key for act in ROWS if act.told])
def test_what_is_told_is_told_alike_in_both_languages(act):
    told, told_en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (act.told, act.told_en))

    assert told == told_en
    assert "number" in told
    assert told <= {"number", "say", "claim", "yuan"} | {field.key for field in act.fields}


def test_a_case_that_is_over_can_still_be_linked_assessed_and_looked_at_again():
    assert all(ACTS[key].statuses > OPEN for key in ("link", "assess", "rectified", "name_officer", "repeat"))
