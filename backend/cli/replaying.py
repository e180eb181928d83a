"""The files around a script: where its lines come from and where the answers go."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from backend import settings as configuration
from backend.cli import logs, surroundings
from backend.cli.errors import WrongUse
from backend.cli.script import replay
from nlp import segment


def replay_file(named: str, institution: str) -> None:
    """Replay a file, or standard input for ``-``, onto standard output. Raises: WrongUse, BadLine."""
    logs.set_up(json=False, level=logging.WARNING)
    whose = surroundings.institution(institution)
    if (cache := configuration.cache_folder(os.environ)) is not None:
        segment.prepare(cache)
    if named == "-":
        surroundings.require_input()
        lines, folder = iter(sys.stdin.buffer.readline, b""), Path.cwd()
        replay(lines, "standard input", folder=folder, institution=whose, write=_write)
        return
    try:
        content = Path(named).read_bytes()
    except OSError as error:
        raise WrongUse(f"the script {named} cannot be read: {error.strerror}", "name a file of JSON lines") from error
    folder = Path(named).resolve().parent
    replay(content.splitlines(keepends=True), named, folder=folder, institution=whose, write=_write)


def _write(row: bytes) -> None:
    sys.stdout.buffer.write(row)
    sys.stdout.buffer.flush()
