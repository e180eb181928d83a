"""The ways to a person that are open, the best first, and why the others are not."""

from __future__ import annotations

import pytest

from backend.domain.delivery import NO_TEMPLATE, NO_WAY, NOT_ALLOWED, SHUT, ladder
from bots import Way

TALK = Way("customer_service", within=True)
NOTICE = Way("subscription", grant="S1", kinds=frozenset({"status"}))
FORM = Way("template", kinds=frozenset({"status", "message"}))


@pytest.mark.parametrize(
    ("kind", "free", "grants", "open_", "shut"),
    [
        ("status", 1, {"S1": 1}, ["customer_service", "subscription", "template"], []),
        ("status", 0, {"S1": 1}, ["subscription", "template"], [SHUT]),
        ("status", 0, {"S1": 0}, ["template"], [SHUT, NOT_ALLOWED]),
        ("message", 0, {"S1": 1}, ["template"], [SHUT, NO_TEMPLATE]),
        ("reply", 0, {"S1": 1}, [], [SHUT, NO_TEMPLATE, NO_TEMPLATE]),
        ("reply", 3, {}, ["customer_service"], [NO_TEMPLATE, NO_TEMPLATE]),
        ("status", -1, {}, ["template"], [SHUT, NOT_ALLOWED]),
    ],
)
def test_what_is_open_depends_on_what_the_person_did_and_allowed(kind, free, grants, open_, shut):
    assert ladder((TALK, NOTICE, FORM), kind, free=free, grants=grants) == (open_, shut)


def test_a_way_without_conditions_is_always_open():
    assert ladder((Way("message"),), "reply", free=0, grants={}) == (["message"], [])


def test_an_account_without_any_way_says_so():
    assert ladder((), "status", free=5, grants={}) == ([], [NO_WAY])
