"""Users and tokens, kept by who may, each change on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from backend.domain.case import Actor
from backend.domain.granting import LastAdmin, NotYoursToGive, Profile
from backend.domain.scope import EVERYTHING
from backend.services.office import absence, accounts, keeping, programs
from backend.services.office.desk import OnlyLooks
from backend.store import tables as t
from backend.store.accounts import NoSuchToken, NoSuchUser, UserExists
from backend.store.auditing import Wanted
from institutions.catalog import load_all

AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
ALL = load_all()
SHELL = Actor("shell:root", frozenset({"admin"}), confidant=True)
OFFICE = min(each.id for each in ALL["hotline"].departments)


def profile(*roles, institution="hotline", departments=(), confidant=False):
    return Profile(frozenset(roles), institution, departments, confidant)


def hire(store, name, told, by=SHELL):
    store.run_now(keeping.add, ALL, name, "a hash", told, by=by, at=AT)
    return store.read_now(lambda work: accounts.actor_of(work.accounts.user(name)))


def user(store, name):
    return store.read_now(lambda work: work.accounts.user(name))


def deeds(store, **asked):
    rows = store.read_now(lambda work: work.auditing.kept(None, Wanted(**asked), below=None, limit=50))
    return [(row.deed.by, row.deed.what, row.deed.subject, row.deed.detail) for row in rows]


def test_a_change_is_on_record_with_before_and_after(store):
    admin = hire(store, "admin", profile("admin", institution=None))
    hire(store, "li", profile("handler"), by=admin)

    assert store.run_now(keeping.change, ALL, "li", profile("handler", departments=(OFFICE,)), by=admin, at=AT)

    by, what, subject, detail = deeds(store)[0]
    assert (by, what, subject) == ("admin", "user_changed", "li")
    assert detail == {"before": {"departments": []}, "after": {"departments": [OFFICE]}}
    assert [row[1] for row in deeds(store)] == ["user_changed", "user_added", "user_added"]
    assert not store.run_now(keeping.change, ALL, "li", profile("handler", departments=(OFFICE,)), by=admin, at=AT)


def test_a_form_made_before_another_changed_them_is_refused(store):
    hire(store, "li", profile("handler"))
    seen = keeping.mark(user(store, "li"))
    store.run_now(keeping.change, ALL, "li", profile("reviewer"), by=SHELL, at=AT, seen=seen)

    with pytest.raises(keeping.ChangedMeanwhile):
        store.run_now(keeping.change, ALL, "li", profile("handler"), by=SHELL, at=AT, seen=seen)


def test_of_two_admins_who_shut_each_other_out_one_stays(store):
    first, second = (hire(store, name, profile("admin", institution=None)) for name in ("first", "second"))

    store.run_now(keeping.block, "second", blocked=True, by=first, at=AT)
    with pytest.raises(OnlyLooks):
        store.run_now(keeping.block, "first", blocked=True, by=second, at=AT)
    with pytest.raises(LastAdmin):
        store.run_now(keeping.block, "first", blocked=True, by=first, at=AT)
    with pytest.raises(LastAdmin):
        store.run_now(keeping.change, ALL, "first", profile("handler", institution=None), by=first, at=AT)


def test_a_manager_takes_over_nobody_who_may_more(store):
    hire(store, "admin", profile("admin"))
    hire(store, "keeper", profile("handler", confidant=True))
    hire(store, "far", profile("handler", institution="property"))
    manager = hire(store, "chen", profile("manager", "handler"))

    for name in ("admin", "keeper"):
        with pytest.raises(NotYoursToGive):
            store.run_now(keeping.reset_password, name, "mine", by=manager, at=AT)
    with pytest.raises(NoSuchUser):
        store.run_now(keeping.reset_password, "far", "mine", by=manager, at=AT)
    with pytest.raises(NotYoursToGive):
        store.run_now(keeping.change, ALL, "chen", profile("manager", "admin"), by=manager, at=AT)
    store.run_now(keeping.block, "keeper", blocked=True, by=manager, at=AT)
    assert user(store, "keeper").disabled
    assert [one.name for one in store.read_now(keeping.shown, by=manager)] == ["admin", "chen", "keeper"]


@pytest.mark.parametrize("name", ["li\u202e", "l\u200bi", "li\n", "ｌｉ", "Li", "shell:li", "system"])
def test_a_name_that_hides_something_or_looks_like_anothers_is_not_given(store, name):
    hire(store, "li", profile("handler"))

    with pytest.raises((accounts.BadName, UserExists)):
        hire(store, name, profile("handler"))


def test_a_reset_and_a_sign_out_end_the_sessions(store):
    hire(store, "li", profile("handler"))
    for end in (
        lambda: store.run_now(keeping.sign_out, "li", by=SHELL, at=AT),
        lambda: store.run_now(keeping.reset_password, "li", "another", by=SHELL, at=AT),
    ):
        store.run_now(accounts.sign_in, "li", "session", "csrf", at=AT)
        end()
        assert store.read_now(accounts.signed_in, "session", at=AT) is None
    assert user(store, "li").signed_in_at == AT


def test_a_token_of_departments_sees_their_cases_alone_until_it_ends(store):
    told = profile("handler", departments=(OFFICE,))
    ends = AT + timedelta(days=1)
    store.run_now(programs.add, ALL, "h1", "crm", told, scope="read", by=SHELL, at=AT, expires=ends)

    token = store.read_now(accounts.token_of, "h1", at=AT)
    assert accounts.actor_of_token(token).departments == {OFFICE}
    assert store.read_now(accounts.token_of, "h1", at=ends) is None
    with pytest.raises(accounts.Over):
        store.run_now(programs.add, ALL, "h2", "late", told, scope="read", by=SHELL, at=AT, expires=AT)


def test_an_ended_token_gives_its_name_away_and_a_revoked_one_opens_no_more(store):
    told, ends = profile("handler"), AT + timedelta(days=1)
    store.run_now(programs.add, ALL, "h1", "crm", told, scope="read", by=SHELL, at=AT, expires=ends)
    store.run_now(programs.add, ALL, "h2", "crm", told, scope="write", by=SHELL, at=ends)

    store.run_now(programs.revoke, "crm", by=SHELL, at=ends)

    assert store.read_now(accounts.token_of, "h2", at=ends) is None
    with pytest.raises(NoSuchToken):
        store.run_now(programs.revoke, "crm", by=SHELL, at=ends)
    assert [row[1] for row in deeds(store)] == ["token_revoked", "token_added", "token_added"]


def test_a_manager_keeps_no_tokens(store):
    manager = hire(store, "chen", profile("manager"))

    with pytest.raises(OnlyLooks):
        store.run_now(programs.add, ALL, "h1", "crm", profile("handler"), scope="read", by=manager, at=AT)


def test_the_record_of_an_empty_office_is_empty(store):
    assert deeds(store) == []
    assert store.read_now(lambda work: work.auditing.events(EVERYTHING, Wanted(), below=None, limit=5)) == []


def test_absences_models_and_wordings_stand_in_the_record_too(store):
    hire(store, "li", profile("handler"))
    store.run_now(absence.away, "li", until=AT + timedelta(days=1), deputy=None, by=SHELL, at=AT)

    def learn(work):
        work.conn.execute(
            insert(t.wordings).values(
                institution="hotline", number=1, at=AT, by="chen", why="shorter", words={}, changes=[], restores=None
            )
        )

    store.run_now(learn)

    assert [row[1:] for row in deeds(store)] == [
        ("wording_changed", "hotline 1", {"why": "shorter"}),
        ("away", "li", {"until": (AT + timedelta(days=1)).isoformat()}),
        ("user_added", "li", {"before": {}, "after": keeping.told(profile("handler"))}),
    ]
    assert [row[1] for row in deeds(store, what="wording_")] == ["wording_changed"]
