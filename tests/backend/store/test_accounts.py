from __future__ import annotations

import pytest

from backend.store.accounts import NoSuchUser, Token, User, UserExists
from tests.backend.store.samples import NOON, later


def wang(work):
    work.accounts.add_user("wang", "$argon2id$1", {"handler", "reviewer"}, "hotline", at=NOON)


def test_a_user_is_read_as_they_were_added(work):
    assert not work.accounts.any_user()

    wang(work)

    assert work.accounts.any_user()
    assert work.accounts.user("wang") == User(
        "wang", "$argon2id$1", frozenset({"handler", "reviewer"}), "hotline", disabled=False
    )
    assert work.accounts.user("zhao") is None


def test_a_name_is_taken_once(work):
    wang(work)

    with pytest.raises(UserExists, match="wang"):
        wang(work)

    assert work.accounts.any_user()  # the unit goes on after the refusal


def test_a_session_lasts_until_it_expires(work):
    wang(work)
    work.accounts.add_session("s1", "wang", "csrf", at=NOON, expires=later(30))

    assert work.accounts.session("s1", now=later(29)) == (work.accounts.user("wang"), "csrf")
    assert work.accounts.session("s1", now=later(30)) is None
    assert work.accounts.session("s2", now=NOON) is None

    work.accounts.touch("s1", at=later(20))
    assert work.accounts.session("s1", now=later(30)) is None
    work.accounts.touch("s1", at=later(20), expires=later(50))
    assert work.accounts.session("s1", now=later(30)) is not None


@pytest.mark.parametrize(
    "end",
    [
        lambda accounts: accounts.end_session("s1"),
        lambda accounts: accounts.end_sessions("wang"),
        lambda accounts: accounts.set_password("wang", "$argon2id$2"),
        lambda accounts: accounts.set_roles("wang", ["admin"]),
        lambda accounts: accounts.disable("wang"),
        lambda accounts: accounts.sweep(later(30)),
    ],
    ids=["log out", "everywhere", "password", "roles", "disabled", "swept"],
)
def test_a_session_is_ended(work, end):
    wang(work)
    work.accounts.add_session("s1", "wang", "csrf", at=NOON, expires=later(30))

    end(work.accounts)

    assert work.accounts.session("s1", now=NOON) is None


def test_a_change_of_an_account_is_seen(work):
    wang(work)

    work.accounts.set_password("wang", "$argon2id$2")
    work.accounts.set_roles("wang", ["admin"])
    work.accounts.disable("wang")

    assert work.accounts.user("wang") == User("wang", "$argon2id$2", frozenset({"admin"}), "hotline", disabled=True)
    with pytest.raises(NoSuchUser, match="zhao"):
        work.accounts.set_password("zhao", "x")


def test_sweeping_leaves_sessions_that_last(work):
    wang(work)
    work.accounts.add_session("s1", "wang", "csrf", at=NOON, expires=later(30))
    work.accounts.add_session("s2", "wang", "csrf", at=NOON, expires=later(60))

    assert work.accounts.sweep(later(30)) == 1
    assert work.accounts.session("s2", now=later(30)) is not None


def test_a_token_opens_until_it_is_revoked(work):
    work.accounts.add_token("h1", "open311", "handler", None, "write", at=NOON)

    assert work.accounts.token("h1", now=NOON) == Token("open311", "handler", None, "write")
    assert work.accounts.token("h2", now=NOON) is None
    work.accounts.revoke_token("open311", at=later(1))
    assert work.accounts.token("h1", now=NOON) is None
