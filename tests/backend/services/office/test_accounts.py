"""Who is let in, as whom, and how a wrong password is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.services.office import accounts
from backend.store.accounts import NoSuchToken, Token, TokenExists, User, UserExists

AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
LI = accounts.hash_password("correct horse")


def user(**changes):
    plain = {"name": "li", "password": LI, "roles": frozenset({"handler"}), "institution": None, "disabled": False}
    return User(**plain | changes)


def test_only_the_right_password_lets_in():
    assert accounts.verify(user(), "correct horse")
    assert not accounts.verify(user(), "correct house")


def test_a_disabled_or_unknown_user_is_not_let_in_with_any_password():
    assert not accounts.verify(user(disabled=True), "correct horse")
    assert not accounts.verify(None, "correct horse")


def test_an_unknown_user_costs_as_much_work_as_a_known_one():
    assert not accounts.outdated(accounts.NOBODY), "its settings are those of a real hash"


def test_a_damaged_hash_lets_nobody_in():
    assert not accounts.check_password("no hash", "correct horse")


def test_a_hash_with_weaker_settings_is_to_be_renewed():
    assert accounts.outdated("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$RdescudvJCsgt3ub+b5dWRWJTmaaJObG")
    assert not accounts.outdated(LI)


def test_the_first_user_is_made_once_and_may_do_everything(store):
    assert store.run_now(accounts.add_first_user, LI, at=AT)
    assert not store.run_now(accounts.add_first_user, "another hash", at=AT)

    admin = store.read_now(lambda work: work.accounts.user("admin"))
    assert admin.roles == frozenset(accounts.ROLES)
    assert admin.password == LI


@pytest.mark.parametrize("name", ["", "citizen", "system", "a b", "x" * 41, "<b>"])
def test_nobody_gets_a_name_that_histories_use_for_others_or_that_cannot_be_shown(store, name):
    with pytest.raises(accounts.BadName):
        store.run_now(accounts.add_user, name, LI, ["handler"], at=AT)
    with pytest.raises(accounts.BadName):
        store.run_now(accounts.add_token, "hash", name, at=AT)


def test_a_role_that_does_not_exist_is_named(store):
    with pytest.raises(accounts.UnknownRole, match="'boss'"):
        store.run_now(accounts.add_user, "li", LI, ["boss"], at=AT)


def test_a_name_is_given_once(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)

    with pytest.raises(UserExists):
        store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)


def test_a_login_ends_the_sessions_before_it_and_lasts_a_working_day(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)
    store.run_now(accounts.sign_in, "li", "first", "csrf-1", at=AT)
    store.run_now(accounts.sign_in, "li", "second", "csrf-2", at=AT)

    def seen(session, **later):
        return store.read_now(accounts.signed_in, session, at=AT + timedelta(**later))

    assert seen("first") is None
    assert seen("second", hours=11)[1] == "csrf-2"
    assert seen("second", hours=12) is None


def test_a_password_changed_while_the_old_one_was_checked_does_not_let_in(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)
    store.run_now(accounts.set_password, "li", "another hash")

    with pytest.raises(accounts.NotLetIn):
        store.run_now(accounts.sign_in, "li", "session", "csrf", at=AT, checked=LI)


def test_a_renewed_hash_is_kept_and_the_new_session_lives(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)
    store.run_now(accounts.sign_in, "li", "session", "csrf", at=AT, checked=LI, rehashed="stronger")

    who, _, _ = store.read_now(accounts.signed_in, "session", at=AT)
    assert who.password == "stronger"


def test_a_one_time_password_has_to_be_changed_by_its_user_and_a_renewed_hash_is_no_change(store):
    def must_change():
        return store.read_now(lambda work: work.accounts.user("li")).must_change

    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT, one_time=True)
    store.run_now(accounts.sign_in, "li", "first", "csrf", at=AT, checked=LI, rehashed="stronger")
    assert must_change()

    store.run_now(accounts.sign_in, "li", "second", "csrf", at=AT, checked="stronger", rehashed="own", chosen=True)
    assert not must_change()

    store.run_now(accounts.set_password, "li", LI, one_time=True)
    assert must_change()


def test_the_first_user_has_a_one_time_password(store):
    store.run_now(accounts.add_first_user, LI, at=AT)

    assert store.read_now(accounts.users)[0].must_change


def test_a_disabled_user_is_out_at_once_and_may_be_let_in_again(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)
    store.run_now(accounts.sign_in, "li", "session", "csrf", at=AT)

    store.run_now(accounts.disable, "li")
    assert store.read_now(accounts.signed_in, "session", at=AT) is None
    assert [each.disabled for each in store.read_now(accounts.users)] == [True]

    store.run_now(accounts.disable, "li", disabled=False)
    store.run_now(accounts.sign_in, "li", "another", "csrf", at=AT)
    assert store.read_now(accounts.signed_in, "another", at=AT)


def test_a_program_has_one_token_until_it_is_revoked(store):
    store.run_now(accounts.add_token, "old", "crm", at=AT)
    with pytest.raises(TokenExists, match="crm"):
        store.run_now(accounts.add_token, "new", "crm", at=AT)

    store.run_now(accounts.revoke_token, "crm", at=AT)
    store.run_now(accounts.add_token, "new", "crm", at=AT)

    assert store.read_now(accounts.token_of, "old", at=AT) is None
    assert [row.revoked_at for row in store.read_now(accounts.tokens)] == [AT, None]
    with pytest.raises(NoSuchToken, match="erp"):
        store.run_now(accounts.revoke_token, "erp", at=AT)


def test_who_signs_out_is_out(store):
    store.run_now(accounts.add_user, "li", LI, ["handler"], at=AT)
    store.run_now(accounts.sign_in, "li", "session", "csrf", at=AT)
    store.run_now(accounts.sign_out, "session")

    assert store.read_now(accounts.signed_in, "session", at=AT) is None


def test_a_token_is_found_by_its_hash_alone(store):
    store.run_now(accounts.add_token, accounts.hash_secret("s3cret"), "crm", scope="write", at=AT)

    assert store.read_now(accounts.token_of, accounts.hash_secret("s3cret"), at=AT) == Token(
        "crm", "handler", None, "write"
    )
    assert store.read_now(accounts.token_of, accounts.hash_secret("guess"), at=AT) is None


def test_a_scope_that_does_not_exist_is_named(store):
    with pytest.raises(accounts.UnknownScope, match="'all'"):
        store.run_now(accounts.add_token, "hash", "crm", scope="all", at=AT)


@pytest.mark.parametrize(("scope", "held"), [("read", 1), ("write", 2), ("personal", 3)])
def test_a_scope_holds_those_before_it(scope, held):
    token = Token("crm", "handler", None, scope)

    assert [accounts.allows(token, each) for each in accounts.SCOPES] == [True] * held + [False] * (3 - held)


def test_a_program_sees_phone_numbers_only_with_the_personal_scope():
    assert not accounts.actor_of_token(Token("crm", "handler", "hotline", "write")).personal
    assert accounts.actor_of_token(Token("crm", "handler", "hotline", "personal")).personal


def test_who_only_audits_sees_phone_numbers_masked():
    assert not accounts.actor_of(user(roles=frozenset({"auditor"}))).personal
    assert accounts.actor_of(user(roles=frozenset({"auditor", "manager"}))).personal
