"""The command line in a folder of its own, called as the shell would call it."""

from __future__ import annotations

import io
import shutil
import sys
from typing import NamedTuple

import pytest

from backend.cli import call
from tests.logs import plain_logs


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("JIESU_CONFIG", "JIESU_DEBUG", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    yield
    plain_logs()


@pytest.fixture
def jiesu(capsys, monkeypatch):
    """Call it with these words; ``stdin`` is typed into it."""

    def ended(*words, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = call(words)
        return Ended(code, *capsys.readouterr())

    return ended


@pytest.fixture
def migrated(jiesu, tmp_path, sqlite_template):
    """The same, where the database has its schema."""
    (tmp_path / "var").mkdir()
    shutil.copy(sqlite_template, tmp_path / "var" / "jiesu.db")
    return jiesu
