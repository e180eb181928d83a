"""The set-up's sentences, and when it has nothing to do."""

from __future__ import annotations

import sys

import pytest

from scripts import install

SAID = {
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "the disk is full",
    "[Errno 13] Permission denied: '.venv'": "may not be written",
    "was not created successfully because ensurepip is not available": "apt install python3-venv",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "not the one that was locked",
    "SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED": "PIP_CERT",
    "ReadTimeoutError: Read timed out.\nERROR: No matching distribution found for jieba": "did not answer in time",
    "ERROR: No matching distribution found for jieba==0.42.1": "lacks a file",
    "error: metadata-generation-failed": "use Python 3.11",
    "something new": "something new",
}


@pytest.mark.parametrize("output", SAID)
def test_every_known_trouble_is_told_with_what_to_do(output):
    assert SAID[output] in install.explain(output)


def test_a_record_cut_short_counts_as_none(tmp_path):
    (tmp_path / "installed.json").write_text('{"run": "ab', encoding="utf-8")

    assert install.recorded(tmp_path / "installed.json") == {}


def test_an_unchanged_lock_is_not_installed_again():
    record = {"run": install.fingerprint(install.LOCKS["run"])}

    assert install.installed(record, "run")
    assert not install.installed(record, "test")


@pytest.fixture
def anew(tmp_path, monkeypatch):
    """A place without any environment, whose tools are there in an instant and say what pip says."""
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "RECORD", tmp_path / "installed.json")
    monkeypatch.setattr(install, "make_environment", lambda python: None)
    monkeypatch.setattr(install, "install", lambda lock: None)


def test_a_set_up_says_that_it_begins_and_that_it_is_done_also_into_a_file(anew, capsys):
    install.set_up("run")

    began, done = capsys.readouterr().err.splitlines()
    assert began.startswith("setting up .venv with ")
    assert done == "ready: .venv/bin/jiesu"


def test_what_pip_says_about_other_systems_is_not_shown(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(install, "say", shown.append)
    told = "print('Ignoring colorama: markers'); print('  DEPRECATION: jieba'); print('Collecting aiohttp')"

    install.run([sys.executable, "-c", told], total=2)

    assert shown == ["[1/2] Collecting aiohttp"]


def test_both_lock_files_name_equal_versions():
    run, everything = (
        {line for line in install.LOCKS[level].read_text(encoding="utf-8").splitlines() if "==" in line}
        for level in ("run", "test")
    )

    assert run <= everything
    assert not any(line.startswith(("pytest", "ruff", "playwright")) for line in run)
