"""``jiesu`` as a process of its own that need not import first: forked from one that has, and that does nothing else.

An import takes two seconds of a processor and tests start dozens of processes.
What the installed command does itself, tests/backend/test_main.py and
tests/backend/cli try with processes that begin from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

from backend.cli import call

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["backend.main", "backend.cli.serving", "backend.cli.people", __name__])


def begin(words: Sequence[str], folder: Path, environment: Mapping[str, str], *, out: Path, err: Path) -> BaseProcess:
    """Start ``jiesu`` with these words in that folder; it appends to the files what it says."""
    told = (tuple(words), str(folder), dict(environment), str(out.resolve()), str(err.resolve()))
    process = FORKING.Process(target=_become, args=told, daemon=True)
    process.start()
    return process


def _become(words: Sequence[str], folder: str, environment: Mapping[str, str], out: str, err: str) -> None:
    """In the new process: everything as if a shell had started it, then the command."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), stream)
    sys.exit(call(words))
