"""Nobody gives what they have not, and somebody stays who can give everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import granting
from backend.domain.case import Actor
from backend.domain.granting import LastAdmin, NotYoursToGive, Profile, Unfit
from backend.domain.rights import ROLES
from institutions.catalog import load_all

ALL = load_all()
MANAGER = Actor("陈经理", frozenset({"manager", "handler"}), "hotline")
ADMIN = Actor("admin", frozenset({"admin"}))
ROLE_SETS = st.frozensets(st.sampled_from(ROLES), min_size=1)


def profile(*roles, institution="hotline", **more):
    return Profile(frozenset(roles), institution, **more)


@given(mine=ROLE_SETS, theirs=ROLE_SETS)
def test_who_is_no_admin_makes_nobody_who_may_more_than_they(mine, theirs):
    by = Actor("陈经理", mine - {"admin"} | {"manager"}, "hotline")

    try:
        granting.check_gift(by, profile(*theirs))
    except NotYoursToGive:
        assert theirs - by.roles - granting.WORKING
    else:
        assert theirs <= by.roles | granting.WORKING


def test_a_manager_hires_who_works_on_cases_but_no_auditor_and_no_admin():
    chief = Actor("王主管", frozenset({"manager"}), "hotline")

    granting.check_gift(chief, profile("handler", "reviewer"))
    granting.check_gift(Actor("王主管", frozenset({"manager"}), "hotline"), profile("manager"))
    for role in ("auditor", "admin"):
        with pytest.raises(NotYoursToGive, match=role):
            granting.check_gift(chief, profile(role))


@pytest.mark.parametrize("institution", ["property", None])
def test_who_belongs_to_an_institution_gives_no_other(institution):
    granting.check_gift(MANAGER, profile("handler"))
    with pytest.raises(NotYoursToGive, match="institution"):
        granting.check_gift(MANAGER, profile("handler", institution=institution))


def test_only_a_confidant_makes_confidants():
    with pytest.raises(NotYoursToGive, match="confidant"):
        granting.check_gift(ADMIN, profile("handler", confidant=True))
    granting.check_gift(Actor("admin", ADMIN.roles, confidant=True), profile("handler", confidant=True))


def test_a_manager_shuts_out_no_admin_and_an_admin_any_confidant():
    with pytest.raises(NotYoursToGive, match="role admin"):
        granting.check_reach(MANAGER, profile("admin"))
    granting.check_reach(ADMIN, profile("handler", confidant=True))


def test_a_handler_keeps_nobody():
    with pytest.raises(NotYoursToGive, match="users"):
        granting.check_gift(Actor("小赵", frozenset({"handler"})), profile("handler"))


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (Profile(frozenset()), "roles"),
        (profile("boss"), "role"),
        (profile("handler", institution="atlantis"), "institution"),
        (profile("handler", institution=None, departments=("road",)), "homeless"),
        (profile("handler", departments=("atlantis",)), "department"),
    ],
)
def test_nobody_is_made_what_does_not_exist(told, what):
    with pytest.raises(Unfit) as refused:
        granting.check_profile(told, ALL)

    assert refused.value.what == what


def test_the_last_admin_of_everything_stays_one():
    admin, local = profile("admin", institution=None), profile("admin")

    for then in (None, local, profile("handler", institution=None)):
        with pytest.raises(LastAdmin):
            granting.check_last("admin", admin, then, [local])
        granting.check_last("admin", admin, then, [admin])
    granting.check_last("li", local, None, [])
