"""Who sees which case, who sees whose it is, and which department a complaint is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain import rights
from backend.domain.case import Actor
from institutions.catalog import load_all
from tests.backend.domain.small_town import case as made

HOTLINE = load_all()["hotline"]
OFFICE = HOTLINE.departments[0]
HANDLER = Actor("li", frozenset({"handler"}), "hotline")
OWN = replace(HANDLER, departments=frozenset({OFFICE.id}))
LEADER = Actor("zhao", frozenset({"coordinator"}), "hotline")


def about(target="", **who):
    """A case of that department, with that target and citizen."""
    it = made()
    it.institution, it.department_id = "hotline", OFFICE.id
    told = {"name": "李芳", "contact": "+8613800138000", "anonymous": False, "confidential": False} | who
    it.facts = {**it.facts, "who": told, "target": target}
    return it


def test_a_deputy_sees_the_case_of_who_is_away_but_no_sealed_one():
    it = about()
    it.department_id, it.officer = "elsewhere", "wang"
    stands_in = replace(OWN, stands_in=frozenset({"wang"}))

    assert (rights.sees(OWN, it), rights.sees(stands_in, it)) == (False, True)
    it.sealed, it.record = True, {"named": ["wang"]}
    assert not rights.sees(stands_in, it)


def test_a_sealed_case_is_its_confidants_and_the_officers_named():
    it = about()
    it.sealed, it.record = True, {"named": ["li"]}

    assert rights.sees(HANDLER, it)
    assert not rights.sees(LEADER, it)
    assert rights.sees(replace(LEADER, confidant=True), it)
    assert not rights.sees(replace(HANDLER, program=True), it)
    assert not rights.sees(replace(LEADER, confidant=True, institution="property"), it)


@pytest.mark.parametrize(
    "target",
    [OFFICE.name, f"{OFFICE.name}窗口的工作人员", f" {OFFICE.name[:2]} {OFFICE.name[2:]} ", OFFICE.name_en.upper()],
)
def test_nobody_of_the_unit_complained_of_sees_who_complains(target):
    it = about(target)

    assert not rights.unmasks(OWN, it, HOTLINE)
    assert rights.unmasks(HANDLER, it, HOTLINE)
    assert rights.unmasks(LEADER, it, HOTLINE)


@pytest.mark.parametrize("target", ["", "楼下烧烤店", "局"])
def test_another_target_hides_nobody(target):
    assert rights.unmasks(OWN, about(target), HOTLINE)


def test_who_wants_to_stay_unknown_is_seen_by_no_handler_but_by_one_named_for_the_sealed_case():
    it = about(confidential=True)
    assert not rights.unmasks(HANDLER, it, HOTLINE)
    assert rights.unmasks(LEADER, it, HOTLINE)

    it.sealed, it.record = True, {"named": ["li"]}
    assert rights.unmasks(HANDLER, it, HOTLINE)


def test_the_citizen_and_our_own_jobs_come_with_the_case():
    it = about()
    it.sealed = True

    assert rights.sees(Actor("citizen", frozenset({"citizen"})), it)
    assert rights.sees(Actor("system", frozenset({"system"})), it)
