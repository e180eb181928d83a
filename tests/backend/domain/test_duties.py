"""Whom a case waits for follows from the table of its life."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.domain.duties import WAITS, Share, shares
from backend.domain.lifecycle import RULES, Status

S = Status


def waiting(role):
    return {status for status, roles in WAITS.items() if role in roles}


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("dispatcher", {S.RECEIVED, S.ACCEPTED, S.RETURNED, S.TRANSFERRED, S.REOPENED}),
        ("intake", {S.RECEIVED, S.ACCEPTED, S.RETURNED, S.TRANSFERRED, S.REOPENED}),
        ("handler", {S.ASSIGNED, S.INVESTIGATING, S.MEDIATING, S.PLANNED, S.REOPENED, S.TRANSFERRED}),
        ("reviewer", {S.PLANNED, S.REVIEWING, S.APPEALED}),
        ("coordinator", {S.RETURNED, S.APPEALED}),
        ("manager", set()),
        ("auditor", set()),
    ],
)
def test_each_role_is_waited_for_where_its_work_is(role, statuses):
    assert waiting(role) == statuses


def test_nobody_is_waited_for_where_the_citizen_is_awaited_or_a_job_goes_on():
    assert {status for status in RULES if not WAITS[status]} == {
        S.SUPPLEMENTING, S.SUSPENDED, S.REFUSED, S.ANSWERED, S.VISITING_BACK, S.CLOSED, S.ARCHIVED, S.WITHDRAWN,
    }  # fmt: skip


@pytest.mark.parametrize("status", [status for status in RULES if WAITS[status]])
def test_whoever_is_waited_for_may_move_the_case(status):
    for role in WAITS[status]:
        assert any(role in who for who in RULES[status].then.values())


def test_a_handler_has_their_own_cases_and_nobodys_of_their_departments():
    lin = Actor("lin", frozenset({"handler"}), "hotline", departments=frozenset({"roads"}), stands_in=frozenset({"wu"}))

    (share,) = shares(lin)

    assert share.officers == {"lin", "wu"}
    assert share.departments == {"roads"}


def test_a_reviewer_does_not_look_at_what_they_wrote_themselves():
    (share,) = shares(Actor("zhou", frozenset({"reviewer"})))

    assert share == Share(frozenset({S.PLANNED, S.REVIEWING, S.APPEALED}), others="zhou")


def test_who_has_no_work_of_this_kind_has_no_share():
    assert shares(Actor("shen", frozenset({"auditor", "manager"}))) == ()
