"""Several processes of ours that serve one port, and begin and end with the first of them.

What they share is the store. Who ends by itself is started again; where the
first is gone, however it ended, the pipe that it held says so to the others.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

log = structlog.get_logger()

AGAIN_SECONDS = 1.0
END_SECONDS = 15.0
SERVE = (sys.executable, "-c", "from backend.cli import run; run()", "serve")


class Beside:
    """One more process, started again when it ends by itself."""

    def __init__(self, told: Sequence[str]) -> None:
        self._told, self._stop = told, threading.Event()
        self._process = self._start()
        self._thread = threading.Thread(target=self._watch, name="beside", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Tell it to stop."""
        self._stop.set()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def join(self) -> None:
        """Wait until it has; who takes too long is killed."""
        self._thread.join(END_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*SERVE, *self._told], stdin=subprocess.PIPE, start_new_session=True)

    def _watch(self) -> None:
        while True:
            ended = self._process.wait()
            if self._stop.is_set():
                return
            log.error("a process beside us ended and is started again", status=ended)
            if self._stop.wait(AGAIN_SECONDS):
                return
            self._process = self._start()


@contextmanager
def beside(told: Sequence[str], count: int) -> Iterator[None]:
    """Have *count* more processes of ``serve``, which are told that."""
    others = [Beside(told) for _ in range(count)]
    try:
        yield
    finally:
        for each in others:
            each.end()
        for each in others:
            each.join()


def end_with_the_first() -> None:
    """Stop as for SIGTERM when the process that started us is gone or wants us to."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="first", daemon=True).start()
