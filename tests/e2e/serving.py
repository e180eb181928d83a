"""A real Jiesu for tests: ``jiesu serve`` as a process of its own, which may be killed and started again (warm.py)."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.e2e import warm

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

JIESU = Path(sys.executable).with_name("jiesu")
PATIENCE = 120.0
"""Seconds that a start may take on a busy machine."""
BETWEEN = 0.05  # seconds between two looks whether it is up


class DidNotStart(Exception):
    """The server ended, or did not answer in time; the message holds the end of its log."""


class CommandFailed(Exception):
    """A command of ours did not end well; the message holds what it said."""


class Server:
    """One Jiesu: a folder with its jiesu.toml, a database, a port, and the process while it runs."""

    def __init__(self, folder: Path, database: str = "sqlite:///var/jiesu.db") -> None:
        self.folder = folder
        self.database_url = database.replace("sqlite:///", f"sqlite:///{folder}/")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        self._process: BaseProcess | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "jiesu.toml").write_text(f'listen = "127.0.0.1:{self.port}"\ndatabase = "{database}"\n')
        self.jiesu("migrate")

    def jiesu(self, *words: str) -> str:
        """What a command prints. Raises: CommandFailed."""
        with TemporaryDirectory() as place:
            out, err = Path(place, "out"), Path(place, "err")
            done = warm.begin(words, self.folder, surroundings(), out=out, err=err)
            done.join(PATIENCE)
            said, complained = (file.read_text(encoding="utf-8") if file.exists() else "" for file in (out, err))
            if done.exitcode != 0:
                done.kill()
                raise CommandFailed(f"jiesu {' '.join(words)} ended with {done.exitcode}: {said}{complained}")
            return said

    def user(self, name: str, *roles: str) -> str:
        """Add a user of the desk; the one-time password."""
        told = [word for role in roles for word in ("--role", role)]
        return self.jiesu("user", "add", name, *told).split()[-1]

    def settled(self, name: str, *roles: str) -> str:
        """Add a user who has been at the desk and chosen a password; that password. It must be running."""
        first = self.user(name, *roles)
        own = f"own {first}"
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._sends(browser, "/desk/login", name=name, password=first)
        self._sends(browser, "/desk/password", now=first, new=own, again=own)
        return own

    def _sends(self, browser: urllib.request.OpenerDirector, page: str, **fields: str) -> None:
        """Open a page of the desk, fill in its form and send it."""
        html = browser.open(self.url + page).read().decode()
        proof = html.split('name="csrf" value="')[-1].split('"')[0]  # of the page's own form, which is the last one
        browser.open(self.url + page, urllib.parse.urlencode({"csrf": proof, **fields}).encode())

    def token(self, name: str, *words: str) -> str:
        """Make a token for a program."""
        return self.jiesu("token", "add", name, *words).split()[-1]

    def start(self) -> None:
        """Begin to serve, and wait until it does. Raises: DidNotStart."""
        self._process = warm.begin(["serve"], self.folder, surroundings(), out=self.log, err=self.log)
        until = time.monotonic() + PATIENCE
        while not answers(f"{self.url}/health/ready"):
            if self._process.exitcode is not None or time.monotonic() > until:
                self.kill()
                raise DidNotStart(self.log.read_text(errors="replace")[-2000:])
            time.sleep(BETWEEN)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator would."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            if self._process.pid is not None and self._process.exitcode is None:
                os.kill(self._process.pid, how)
            self._process.join(PATIENCE)
            self._process = None


def free_port() -> int:
    """A port that nobody listens on just now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def surroundings() -> dict[str, str]:
    """The environment of our processes: ours, without settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("JIESU_")}


def answers(url: str) -> bool:
    """Whether somebody says 200 there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own http address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
