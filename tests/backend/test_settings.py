"""Settings are read once, and what is wrong with them is named without repeating a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.settings import BadPort, BadSettings, KeyNotKept, Settings, cache_folder, load, secret

KEY = "k" * 32


def read(tmp_path, text, environment=None):
    (tmp_path / "jiesu.toml").write_text(text, encoding="utf-8")
    return load(None, environment or {}, here=tmp_path)


def test_without_a_file_the_defaults_serve_one_web_channel(tmp_path):
    settings = load(None, {}, here=tmp_path)

    assert (settings.host, settings.port, settings.url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert settings.database_url == f"sqlite:///{tmp_path}/var/jiesu.db"
    assert settings.evidence_place == f"{tmp_path}/var/evidence"
    assert [(c.name, c.kind) for c in settings.channel] == [("web", "web")]


def test_the_environment_may_name_another_file_and_paths_are_relative_to_it(tmp_path):
    city = tmp_path / "etc"
    city.mkdir()
    (city / "city.toml").write_text('evidence = "files"\ndatabase = "sqlite:///city.db"')

    settings = load(None, {"JIESU_CONFIG": "etc/city.toml"}, here=tmp_path)

    assert settings.evidence_place == f"{city}/files"
    assert settings.database_url == f"sqlite:///{city}/city.db"


def test_absolute_paths_and_other_databases_stay_as_they_are(tmp_path):
    settings = read(tmp_path, 'evidence = "/data/e"\ndatabase = "sqlite:////data/j.db"')
    assert (settings.evidence_place, settings.database_url) == ("/data/e", "sqlite:////data/j.db")

    assert read(tmp_path, 'database = "postgresql://u:p@h/d"').database_url == "postgresql://u:p@h/d"


def test_a_value_may_come_from_the_environment(tmp_path):
    assert read(tmp_path, 'secret_key = "env:KEY"', {"KEY": KEY}).secret_key == KEY


def test_an_unset_variable_stops_the_start_with_its_name(tmp_path):
    with pytest.raises(BadSettings, match=r"jiesu\.toml: channel\.0\.name: the environment has no NAME$"):
        read(tmp_path, '[[channel]]\nname = "env:NAME"\nkind = "web"')


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("lissten = 1", "lissten", "there is no such key"),
        ('folder = "/"', "folder", "there is no such key"),
        ("listen = 8080", "listen", "text in quotation marks"),
        ('listen = "8080"', "listen", "host and a port"),
        ('listen = "h:65536"', "listen", "host and a port"),
        ('listen = "h:²"', "listen", "host and a port"),
        ('public_url = "city.example"', "public_url", "an address such as"),
        ('public_url = "ftp://city"', "public_url", "an address such as"),
        ('database = "mysql://h/d"', "database", "sqlite:///"),
        ('database = "sqlite://"', "database", "sqlite:///"),
        ('evidence = ""', "evidence", ""),
        ('secret_key = "short"', "secret_key", "could be guessed"),
        ("channel = 3", "channel", "under [[channel]]"),
        ('[[channel]]\nname = "web"', "channel.0.kind", "this key is missing"),
        ('[[channel]]\nname = "web"\nkind = "fax"', "channel.0.kind", "this must be 'web', 'telegram', 'wechat'"),
        ("channel = [3]", "channel.0", "a table of keys and values"),
        ('[[channel]]\nname = "Web"\nkind = "web"', "channel.0.name", "small letters"),
        ('[[channel]]\nname = "terminal"\nkind = "web"', "channel.0.name", "which is ours"),
        ('[[channel]]\nname = "a"\nkind = "web"\n' * 2, "channel", "two channels are named a"),
    ],
)
def test_a_bad_value_is_named_with_file_key_and_reason(tmp_path, text, key, reason):
    with pytest.raises(BadSettings) as caught:
        read(tmp_path, text)

    assert caught.value.source == str(tmp_path / "jiesu.toml")
    assert caught.value.key == key
    assert reason in caught.value.reason


def test_no_complaint_repeats_a_secret(tmp_path):
    for text in ('secret_key = "hunter2"', 'database = "mysql://u:hunter2@h/d"', 'secret_key = ["hunter2"]'):
        with pytest.raises(BadSettings) as caught:
            read(tmp_path, text)
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(("content", "reason"), [(b"a = [", "is not TOML"), (b'a = "\xff"', "is not UTF-8")])
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, reason):
    (tmp_path / "jiesu.toml").write_bytes(content)

    with pytest.raises(BadSettings, match=reason):
        load(None, {}, here=tmp_path)


def test_a_named_file_that_is_not_there_stops_the_start(tmp_path):
    with pytest.raises(BadSettings, match="No such file"):
        load(None, {"JIESU_CONFIG": "/nowhere/jiesu.toml"}, here=tmp_path)


def test_who_finds_something_wrong_later_can_name_the_file(tmp_path):
    settings = read(tmp_path, 'institution = "nope"')

    assert str(settings.wrong("institution", "there is none")).startswith(f"{tmp_path}/jiesu.toml: institution: ")


def test_another_port_changes_the_address_too(tmp_path):
    settings = read(tmp_path, 'listen = "[::1]:8080"').listening("9000")

    assert (settings.host, settings.port, settings.url) == ("::1", 9000, "http://[::1]:9000")


@pytest.mark.parametrize("told", ["0", "65536", "many", "-1", "8080.0", "²", "9" * 5000])
def test_what_is_no_port_is_refused(told):
    with pytest.raises(BadPort, match="from 1 to 65535"):
        Settings().listening(told)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = Settings(folder=tmp_path)

    first = secret(settings)

    assert len(first) == 64
    assert secret(settings) == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_the_key_that_is_set_is_the_one(tmp_path):
    assert secret(Settings(folder=tmp_path, secret_key=KEY)) == KEY.encode()


def test_a_key_that_cannot_be_kept_says_what_to_do(tmp_path):
    (tmp_path / "var").write_text("a file is in the way")

    with pytest.raises(KeyNotKept, match="set secret_key"):
        secret(Settings(folder=tmp_path))


def test_an_empty_key_is_never_used(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").touch()

    with pytest.raises(KeyNotKept, match="too short"):
        secret(Settings(folder=tmp_path))


def test_the_cache_is_in_a_folder_of_this_users_own(tmp_path):
    assert cache_folder({"HOME": str(tmp_path)}) == tmp_path / ".cache" / "jiesu"
    assert cache_folder({"HOME": str(tmp_path), "XDG_CACHE_HOME": "/c"}) == Path("/c/jiesu")
    assert cache_folder({}) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('evidence = "ftp://files"', "this must be a folder, or s3://bucket/prefix"),
        ('evidence = "s3://"', "this must be a folder, or s3://bucket/prefix"),
        ('evidence = "var/\\u0000"', "nobody can see"),
        ('listen = "127.0.0.1\\u0000:8080"', "this must be a host and a port"),
        ('database = "sqlite:///a\\u0000b"', "nobody can see"),
        ('public_url = "https://a\\u0000b"', "this must be an address"),
        ("x = " + "[" * 5000 + "]" * 5000, "too many brackets"),
    ],
    ids=["ftp", "no bucket", "NUL", "NUL in listen", "NUL in the database", "NUL in the address", "brackets"],
)
def test_what_could_never_work_is_told_before_it_is_tried(tmp_path, line, why):
    with pytest.raises(BadSettings, match=why):
        read(tmp_path, line)


def test_evidence_may_be_kept_in_a_bucket(tmp_path):
    assert read(tmp_path, 'evidence = "s3://bucket/prefix"').evidence_place == "s3://bucket/prefix"
