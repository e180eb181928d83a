"""A channel's keys are those of the contract; what is missing or wrong is named, and no secret is repeated."""

from __future__ import annotations

import pytest

from backend.settings import BadSettings, load

TELEGRAM = {"kind": "telegram", "token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "secret_token": "s3cret-_"}
WECHAT = {
    "kind": "wechat",
    "appid": "wx0000000000000000",
    "secret": "0123456789abcdef",
    "token": "JiesuToken",
    "aes_key": "a" * 43,
}
TEMPLATE = '[channel.templates.status]\nid = "T"\n'


def read(tmp_path, given, after=""):
    keys = "".join(f"{key} = {value if value in ('true', 'false') else repr(value)}\n" for key, value in given.items())
    (tmp_path / "jiesu.toml").write_text(f'[[channel]]\nname = "city"\n{keys}{after}', encoding="utf-8")
    return load(None, {}, here=tmp_path).channel[0]


def test_a_bot_has_the_addresses_of_the_platform_unless_told_otherwise(tmp_path):
    bot = read(tmp_path, TELEGRAM)

    assert (bot.kind, bot.mode, bot.groups, bot.api_base) == (
        "telegram",
        "webhook",
        "refuse",
        "https://api.telegram.org",
    )


def test_a_bot_that_is_asked_needs_no_secret(tmp_path):
    told = {key: value for key, value in TELEGRAM.items() if key != "secret_token"}

    assert read(tmp_path, told | {"mode": "polling"}).secret_token == ""


def test_an_account_is_safe_and_unverified_unless_told_otherwise(tmp_path):
    account = read(tmp_path, WECHAT)

    assert (account.mode, account.account, account.verified) == ("safe", "service", False)
    assert (account.previous_aes_key, account.api_base) == ("", "https://api.weixin.qq.com")


def test_a_plain_account_needs_no_key(tmp_path):
    told = {key: value for key, value in WECHAT.items() if key != "aes_key"}

    assert read(tmp_path, told | {"mode": "plain"}).aes_key == ""


def test_a_template_names_the_fields_that_it_has(tmp_path):
    account = read(tmp_path, WECHAT | {"verified": "true"}, TEMPLATE + 'case = "character_string1"\nnote = "thing4"')

    assert account.templates["status"].fields == {"case": "character_string1", "note": "thing4"}


def without(given, key):
    return {name: value for name, value in given.items() if name != key}


WRONG = [
    (without(TELEGRAM, "token"), "", "token", "this key is missing"),
    (TELEGRAM | {"token": "hunter2"}, "", "token", "@BotFather"),
    (without(TELEGRAM, "secret_token"), "", "secret_token", "anybody could speak for Telegram"),
    (TELEGRAM | {"secret_token": "hunter2 "}, "", "secret_token", "1 to 256 letters"),
    (TELEGRAM | {"secret_token": "密"}, "", "secret_token", "1 to 256 letters"),
    (TELEGRAM | {"mode": "push"}, "", "mode", "'webhook' or 'polling'"),
    (TELEGRAM | {"groups": "all"}, "", "groups", "'refuse' or 'bind'"),
    (TELEGRAM | {"api_base": "api.telegram.org"}, "", "api_base", "an address"),
    (TELEGRAM | {"appid": "wx0000000000000000"}, "", "appid", "there is no such key"),
    (without(WECHAT, "appid"), "", "appid", "this key is missing"),
    (WECHAT | {"appid": "gh_123"}, "", "appid", "AppID"),
    (without(WECHAT, "secret"), "", "secret", "this key is missing"),
    (WECHAT | {"secret": ""}, "", "secret", "without blanks"),
    (WECHAT | {"token": "hunter-2"}, "", "token", "3 to 32 letters"),
    (without(WECHAT, "aes_key"), "", "aes_key", "this key is missing"),
    (WECHAT | {"aes_key": "hunter2"}, "", "aes_key", "43 letters"),
    (WECHAT | {"aes_key": "a" * 44}, "", "aes_key", "43 letters"),
    (WECHAT | {"previous_aes_key": "hunter2"}, "", "previous_aes_key", "43 letters"),
    (WECHAT | {"mode": "compat"}, "", "mode", "'safe' or 'plain'"),
    (WECHAT | {"account": "personal"}, "", "account", "'service' or 'subscription'"),
    (WECHAT | {"verified": "perhaps"}, "", "verified", "true or false"),
    (WECHAT | {"secret_token": "x"}, "", "secret_token", "there is no such key"),
    (WECHAT, TEMPLATE, "templates.status.note", "the template says nothing"),
    (WECHAT, TEMPLATE + 'case = "Nummer"', "templates.status.case", "a field of the template"),
    (WECHAT, TEMPLATE + 'case = "thing1"\nwhen = "time3"', "templates.status.when", "there is no such key"),
    (WECHAT, TEMPLATE.replace("status", "reply"), "templates.reply", "'status', 'message', 'survey' or 'nudge'"),
    (WECHAT, TEMPLATE.replace('"T"', '""') + 'case = "thing1"', "templates.status.id", "must not be empty"),
    ({"kind": "web", "token": "x"}, "", "token", "there is no such key"),
]


@pytest.mark.parametrize(("given", "after", "key", "reason"), WRONG, ids=[f"{w[0]['kind']} {w[2]}" for w in WRONG])
def test_what_is_wrong_is_named_with_file_key_and_reason(tmp_path, given, after, key, reason):
    with pytest.raises(BadSettings) as caught:
        read(tmp_path, given, after)

    assert caught.value.source == str(tmp_path / "jiesu.toml")
    assert caught.value.key == f"channel.0.{key}"
    assert reason in caught.value.reason
    assert "hunter2" not in str(caught.value)


def test_no_secret_shows_where_settings_are_printed(tmp_path):
    told = repr((read(tmp_path, TELEGRAM), read(tmp_path, WECHAT)))

    assert not [
        secret for secret in ("AAHdqTcv", "s3cret-_", "0123456789abcdef", "JiesuToken", "aaaa") if secret in told
    ]
