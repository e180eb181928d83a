"""Where people at the desk are told elsewhere: what is wrong is named, and no address is ever shown."""

from __future__ import annotations

import pytest

from backend.settings import BadSettings, load


def read(tmp_path, text, environment=None):
    (tmp_path / "jiesu.toml").write_text(text, encoding="utf-8")
    return load(None, environment or {}, here=tmp_path)


def test_the_address_comes_from_the_environment_and_is_not_shown(tmp_path):
    settings = read(tmp_path, '[[notify]]\nname = "duty"\nurl = "env:URL"', {"URL": "wecombot://SECRET"})

    assert settings.notify[0].address(tmp_path) == "wecombot://SECRET"
    assert settings.notify[0].digest == "15m"
    assert "SECRET" not in repr(settings)


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ('digest = "soon"', "notify.0.digest", "daily 09:00"),
        ('digest = "daily 25:00"', "notify.0.digest", "daily 09:00"),
        ('kinds = ["new", "old"]', "notify.0.kinds.1", "must be"),
        ('roles = ["boss"]', "notify.0.roles.0", "must be"),
        ('api_base = "here"', "notify.0.api_base", "an address"),
        ('url = "SECRET"', "notify.0.url", "Apprise"),
        ('name = "Two Words"', "notify.0.name", "small letters"),
        ("colour = 1", "notify.0.colour", "no such key"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, line, key, reason):
    told = {"name": 'name = "duty"', "url": 'url = "wecombot://SECRET"'} | {line.split(" =")[0]: line}

    with pytest.raises(BadSettings, match=reason) as wrong:
        read(tmp_path, "[[notify]]\n" + "\n".join(told.values()))

    assert wrong.value.key == key
    assert "SECRET" not in str(wrong.value)


def test_two_places_have_two_names(tmp_path):
    one = '[[notify]]\nname = "duty"\nurl = "json://127.0.0.1"\n'

    with pytest.raises(BadSettings, match="two of them are named duty"):
        read(tmp_path, one + one)


def test_a_mail_server_has_domains_and_its_address_is_not_shown(tmp_path):
    settings = read(tmp_path, '[mail]\nurl = "file:mail.url"\ndomains = ["example.gov.cn"]')
    (tmp_path / "mail.url").write_text("mailtos://jiesu:SECRET@example.gov.cn\n", encoding="utf-8")

    assert settings.mail is not None
    assert settings.mail.address(tmp_path) == "mailtos://jiesu:SECRET@example.gov.cn"
    assert "SECRET" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ('url = "mailto://SECRET@h"', "mail.domains", "this key is missing"),
        ('url = "mailto://SECRET@h"\ndomains = []', "mail.domains", "name the domains"),
        ('url = "mailto://SECRET@h"\ndomains = ["@example.gov.cn"]', "mail.domains", "is no domain"),
        ('url = "smtp://SECRET@h"\ndomains = ["example.gov.cn"]', "mail.url", "mailtos://"),
        ('domains = ["example.gov.cn"]', "mail.url", "this key is missing"),
    ],
)
def test_a_mail_server_without_its_parts_is_refused(tmp_path, text, key, reason):
    with pytest.raises(BadSettings, match=reason) as wrong:
        read(tmp_path, f"[mail]\n{text}")

    assert wrong.value.key == key
    assert "SECRET" not in str(wrong.value)
