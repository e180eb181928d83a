"""Which commands there are, and that each error ends as one sentence with its exit code."""

from __future__ import annotations

import errno
import importlib
import io
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

import backend
from backend.cli import MODULES, app, call, logs
from backend.cli.errors import REFUSED, TOLD, WRONG_USE, Refused, sentence
from backend.store.accounts import UserExists


def names(module):
    commands = importlib.import_module(f"backend.cli.{module}").commands
    own = {c.name or c.callback.__name__.replace("_", "-") for c in commands.registered_commands}
    return own | {group.name for group in commands.registered_groups}


@pytest.mark.parametrize("module", MODULES)
def test_each_command_is_found_in_its_module(module):
    assert names(module) == set(MODULES[module])


@pytest.mark.parametrize("words", [[], ["dance"], ["classify"], ["user", "add", "li"], ["serve", "--port"]])
def test_wrong_use_is_one_sentence_and_exit_2(words, jiesu):
    ended = jiesu(*words)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("jiesu: ")
    assert "--help" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("told", ["many", "0", "70000"])
def test_a_port_that_is_none_is_told_in_plain_words(told, jiesu):
    assert jiesu("serve", "--port", told).err == f"jiesu: --port must be a number from 1 to 65535, not '{told}'\n"


@pytest.mark.parametrize(
    "words", [["user", "add"], ["user", "password"], ["token", "add"], ["token", "revoke"], ["place", "add"], ["serve"]]
)
def test_help_shows_no_types_and_no_braces(words, jiesu):
    ended = jiesu(*words, "-h")

    assert ended == jiesu(*words, "--help")
    assert ended.code == 0
    assert not set("{}<>") & set(ended.out)


def test_the_version_is_told(jiesu):
    assert re.fullmatch(r"jiesu \d+\.\d+\.\d+\n", jiesu("--version").out)


def test_help_names_every_command(jiesu):
    ended = jiesu("--help")

    assert ended.code == 0
    assert all(name in ended.out for found in MODULES.values() for name in found)


@pytest.mark.parametrize("path", TOLD)
def test_every_error_that_is_told_of_exists(path):
    module, _, name = path.rpartition(".")

    assert issubclass(getattr(importlib.import_module(module), name), Exception)


def test_an_error_says_what_is_wrong_and_what_to_do():
    told, code = sentence(UserExists("li"))

    assert told.startswith("there is a user li already; ")
    assert told.endswith("jiesu user password li")
    assert code == REFUSED


def test_of_several_errors_at_once_the_first_is_told():
    told = sentence(ExceptionGroup("both", [Refused("the port is taken", "choose another"), ValueError()]))

    assert told == ("the port is taken; choose another", REFUSED)


def test_a_fault_of_ours_says_how_to_find_it_and_repeats_no_text():
    told, code = sentence(ValueError("13800138000"))

    assert "JIESU_DEBUG=1" in told
    assert "13800138000" not in told
    assert code == REFUSED


def test_a_traceback_is_shown_only_to_who_asks_for_it(jiesu, capsys):
    assert "Traceback" not in jiesu("deliveries").err

    call(["deliveries"], debug=True)
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        ("classify", "aiohttp sqlalchemy telegram wechatpy"),
        ("user", "telegram wechatpy"),
        ("doctor", "telegram wechatpy"),
    ],
)
def test_a_command_imports_what_it_needs_and_no_more(command, needless):
    program = f"import sys; from backend.cli import app; app([{command!r}]); print(*sys.modules)"

    heard = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert not set(needless.split()) & set(heard.stdout.split())


def test_all_commands_are_there_when_none_is_named():
    assert len(app([]).registered_groups) == len(MODULES)
    assert WRONG_USE == 2


def test_logs_go_to_standard_error_and_tell_no_local_variables(capsys):
    logs.set_up(json=True)
    words = "13800138000"
    try:
        assert len(words) / 0
    except ZeroDivisionError:
        structlog.get_logger().exception("something went wrong", number="20261121-HL-000001-0")

    told = capsys.readouterr()
    assert told.out == ""
    assert json.loads(told.err)["event"] == "something went wrong"
    assert "ZeroDivisionError" in told.err
    assert words not in told.err


class Full(io.StringIO):
    """Standard error on a full disk."""

    def write(self, text):
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("json", [True, False])
@pytest.mark.parametrize("gone", ["full", "closed", "none"])
def test_a_log_that_cannot_be_written_breaks_nothing(monkeypatch, json, gone):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", {"full": Full(), "closed": closed, "none": None}[gone])
    monkeypatch.setattr(logging.getLogger(), "handlers", [])

    logs.set_up(json=json)

    structlog.get_logger().warning("a word", told="\ud800")
    logging.getLogger("aiohttp.server").warning("another")

    assert logging.getLogger().handlers  # set up all the same, and nothing was raised on the way


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("classify - <&-", "standard input is closed"),
        ("chat <&-", "standard input is closed"),
        ("chat --script - --json <&-", "standard input is closed"),
        ("classify 噪音 >&-", "standard output is closed"),
    ],
)
def test_a_closed_stream_is_one_sentence(tmp_path, ending, told):
    program = (
        f"exec {sys.executable} -c 'import sys; from backend.cli import call; sys.exit(call(sys.argv[1:]))' {ending}"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(backend.__file__).parent.parent), "HOME": str(tmp_path)}

    done = subprocess.run(
        ["/bin/sh", "-c", program],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode in {1, 2}
    assert done.stderr.startswith(f"jiesu: {told}")
    assert done.stderr.count("\n") == 1
