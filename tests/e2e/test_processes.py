"""`jiesu serve --processes 2`, for real: both answer, who is killed comes back, and with the first all are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.serving import Server, surroundings

PATIENCE = 60.0  # seconds that a start may take on a busy machine
LISTENS = "0A"

pytestmark = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux's list of connections")


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path)


@pytest.fixture
def first(server):
    command = [sys.executable, "-c", "from backend.cli import run; run()", "serve", "--processes", "2"]
    process = subprocess.Popen(
        command, cwd=server.folder, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield process
    process.kill()
    process.wait()
    soon(lambda: not listening(server.port))


def listening(port):
    rows = [row.split() for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == LISTENS for row in rows)


def beside(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for task in children.parent.parent.iterdir() for pid in (task / "children").read_text().split()]


def soon(so):
    until = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_both_listen_who_is_killed_comes_back_and_all_end_together(server, first):
    soon(lambda: listening(server.port) == 2)
    (other,) = beside(first)

    os.kill(other, signal.SIGKILL)
    soon(lambda: beside(first) not in ([], [other]) and listening(server.port) == 2)

    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert listening(server.port) == 0


def test_where_the_first_is_killed_the_others_end_by_themselves(server, first):
    soon(lambda: listening(server.port) == 2)
    first.kill()

    soon(lambda: listening(server.port) == 0)
