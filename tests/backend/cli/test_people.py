"""Users, tokens and places from the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from backend.services.office import accounts
from backend.store.auditing import Wanted
from backend.store.engine import open_store


def read(tmp_path, f, *args, **told):
    store = open_store(f"sqlite:///{tmp_path}/var/jiesu.db")
    try:
        return store.read_now(f, *args, **told)
    finally:
        store.close()


def test_a_user_gets_a_password_that_is_told_once_and_opens_the_desk(migrated, tmp_path):
    ended = migrated("user", "add", "li", "--role", "handler", "--role", "intake", "--institution", "property")

    password = ended.out.strip()
    user = read(tmp_path, lambda work: work.accounts.user("li"))
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert accounts.verify(user, password)
    assert (user.roles, user.institution) == ({"handler", "intake"}, "property")


def test_a_new_password_ends_the_old_one(migrated, tmp_path):
    old = migrated("user", "add", "li", "--role", "handler").out.strip()

    new = migrated("user", "password", "li").out.strip()

    user = read(tmp_path, lambda work: work.accounts.user("li"))
    assert accounts.verify(user, new)
    assert not accounts.verify(user, old)


def test_a_password_that_was_told_here_must_be_changed_at_the_desk(migrated, tmp_path):
    for words in (("user", "add", "li", "--role", "handler"), ("user", "password", "li")):
        migrated(*words)

        assert read(tmp_path, lambda work: work.accounts.user("li")).must_change


def test_users_are_listed_with_what_they_may_do(migrated):
    migrated("user", "add", "li", "--role", "reviewer", "--role", "handler", "--institution", "property")
    migrated("user", "add", "an", "--role", "auditor")
    migrated("user", "disable", "an")

    assert migrated("user", "list").out.splitlines() == [
        "an\tauditor\tevery\tevery\tdisabled",
        "li\thandler,reviewer\tproperty\tevery\tone-time password",
    ]
    migrated("user", "enable", "an")
    assert migrated("user", "list").out.startswith("an\tauditor\tevery\tevery\tone-time password\n")


def test_a_token_is_given_once_until_it_is_taken_back(migrated, tmp_path):
    first = migrated("token", "add", "crm").out.strip()
    refused = migrated("token", "add", "crm")
    assert (refused.code, refused.out) == (1, "")
    assert "jiesu token revoke crm" in refused.err

    assert migrated("token", "revoke", "crm").code == 0
    second = migrated("token", "add", "crm", "--scope", "write").out.strip()

    assert read(tmp_path, accounts.token_of, accounts.hash_secret(first), at=datetime.now(UTC)) is None
    assert read(tmp_path, accounts.token_of, accounts.hash_secret(second), at=datetime.now(UTC)) is not None
    old, new = (line.split("\t") for line in migrated("token", "list").out.splitlines())
    assert (old[:4], new[:4]) == (["crm", "handler", "every", "read"], ["crm", "handler", "every", "write"])
    assert (old[5].split()[0], new[5]) == ("revoked", "active")


PAGES = (("owners", 'institution = "property"'), ("city", ""))


def test_a_token_is_printed_last_and_only_its_hash_is_kept(migrated, tmp_path):
    told = migrated("token", "add", "crm", "--scope", "write").out.splitlines()[-1]

    token = read(tmp_path, accounts.token_of, accounts.hash_secret(told), at=datetime.now(UTC))
    assert (token.name, token.role, token.institution, token.scope) == ("crm", "handler", None, "write")
    assert told.encode() not in (tmp_path / "var" / "jiesu.db").read_bytes()


def test_a_place_gets_a_code_and_links_that_hold_it(migrated, tmp_path):
    out = migrated("place", "add", "3栋门口", "--fill", "where=幸福里3栋").out

    code = out.split()[1]
    place = read(tmp_path, lambda work: work.places.get(code))
    assert (place.name, place.fill) == ("3栋门口", {"where": "幸福里3栋"})
    assert f"http://127.0.0.1:8080/chat/web?place={code}" in out


def test_a_place_is_reached_by_the_channels_of_its_institution(migrated, tmp_path):
    channels = (f'[[channel]]\nname = "{name}"\nkind = "web"\n{more}\n' for name, more in PAGES)
    (tmp_path / "jiesu.toml").write_text("\n".join(channels))

    assert "/chat/city?place=" in migrated("place", "add", "3栋门口", "--fill", "where=幸福里3栋").out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("user", "add", "li", "--role", "boss"), 2, "choose one of: intake, "),
        (("user", "add", "citizen", "--role", "handler"), 2, '"citizen" and "system" are reserved'),
        (("user", "add", "li", "--role", "handler", "--institution", "nope"), 2, "choose one of: agriculture, "),
        (("user", "password", "li"), 1, "jiesu user add li --role ROLE"),
        (("user", "disable", "li"), 1, "no user li"),
        (("token", "revoke", "crm"), 1, "jiesu token list"),
        (("token", "add", "crm", "--scope", "all"), 2, "'all'"),
        (("token", "add", "crm", "--role", "boss"), 2, "'boss'"),
        (("place", "add", "x", "--fill", "where"), 2, "says no slot"),
        (("place", "add", "x", "--fill", "were=y"), 2, "'were'"),
        (("place", "add", "x", "--fill", "contact=12"), 2, "fill.contact"),
    ],
)
def test_what_cannot_be_done_is_named(migrated, words, code, named):
    ended = migrated(*words)

    assert (ended.code, ended.out) == (code, "")
    assert named in ended.err


def test_a_name_is_given_once(migrated):
    migrated("user", "add", "li", "--role", "handler")

    assert migrated("user", "add", "li", "--role", "handler").code == 1


def test_a_database_without_schema_says_run_jiesu_migrate(jiesu):
    ended = jiesu("user", "add", "li", "--role", "handler")

    assert ended.code == 1
    assert ended.err.endswith("run jiesu migrate\n")


def test_a_handler_of_departments_and_a_confidant_are_kept_so(migrated, tmp_path):
    told = ("--institution", "hotline", "--department", "urban_management", "--confidant")
    migrated("user", "add", "li", "--role", "handler", *told)

    user = read(tmp_path, lambda work: work.accounts.user("li"))
    assert (user.departments, user.confidant) == (("urban_management",), True)

    migrated("user", "reach", "li", "--institution", "hotline")
    user = read(tmp_path, lambda work: work.accounts.user("li"))
    assert (user.institution, user.departments, user.confidant) == ("hotline", (), False)


def test_a_department_is_one_of_its_institution(migrated):
    alone = migrated("user", "add", "li", "--role", "handler", "--department", "urban_management")
    wrong = migrated("user", "add", "li", "--role", "handler", "--institution", "hotline", "--department", "moon")

    assert (alone.code, wrong.code) == (2, 2)
    assert "--institution" in alone.err
    assert "urban_management" in wrong.err


def test_an_officer_is_away_with_a_deputy_until_the_end_of_a_day_and_back(migrated, tmp_path):
    for name in ("li", "wang"):
        migrated("user", "add", name, "--role", "handler")

    assert migrated("user", "away", "li", "--until", "2099-01-05", "--deputy", "wang").code == 0
    assert "away until 2099-01-06T00:00:00" in migrated("user", "list").out
    assert migrated("user", "away", "wang", "--until", "2099-01-05", "--deputy", "li").code == 1
    assert migrated("user", "away", "wang", "--until", "2020-01-05").code == 2
    assert migrated("user", "away", "wang", "--until", "soon").code == 2
    migrated("user", "back", "li")

    ledger = read(tmp_path, lambda work: work.duty.absences("li"))
    assert [(one.deputy, one.until == one.since) for one in ledger] == [("wang", False), ("wang", True)]
    assert read(tmp_path, lambda work: work.accounts.officer("li")).away_until is None


def test_what_the_shell_does_to_users_and_tokens_is_on_record(migrated, tmp_path):
    migrated("user", "add", "an", "--role", "admin")
    migrated("user", "add", "li", "--role", "handler", "--institution", "property")
    assert migrated("user", "roles", "li", "--role", "reviewer").code == 0
    migrated("token", "add", "crm", "--institution", "property")

    rows = read(tmp_path, lambda work: work.auditing.kept(None, Wanted(), below=None, limit=9))
    assert [(row.deed.what, row.deed.subject) for row in rows] == [
        ("token_added", "crm"), ("user_changed", "li"), ("user_added", "li"), ("user_added", "an"),
    ]  # fmt: skip
    assert {row.deed.by.partition(":")[0] for row in rows} == {"shell"}
    assert read(tmp_path, lambda work: work.accounts.user("li")).roles == {"reviewer"}


def test_the_last_admin_is_not_shut_out(migrated):
    migrated("user", "add", "an", "--role", "admin")

    ended = migrated("user", "disable", "an")

    assert (ended.code, "last admin" in ended.err) == (1, True)


def test_a_token_of_departments_has_an_end(migrated, tmp_path):
    words = ("--institution", "hotline", "--department", "urban_management", "--expires", "2099-12-31")
    told = migrated("token", "add", "crm", *words).out.strip()

    token = read(tmp_path, accounts.token_of, accounts.hash_secret(told), at=datetime.now(UTC))
    assert token.departments == ("urban_management",)
    assert "active until " in migrated("token", "list").out
    assert migrated("token", "add", "late", "--expires", "2020-01-01").code == 2
