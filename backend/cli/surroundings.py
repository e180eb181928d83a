"""What a command finds around it: settings, institutions, the time, its TEXT."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backend import settings as configuration
from backend.cli.errors import WrongUse
from backend.services.office import institutions, yearly

if TYPE_CHECKING:
    from backend.settings import Settings
    from institutions.model import Institution


LONGEST = 64  # characters of a name in a history


def settings() -> Settings:
    """Those of this working directory. Raises: BadSettings."""
    return configuration.load(None, os.environ, here=Path.cwd())


def now() -> datetime:
    """The only clock of the command line."""
    return datetime.now(UTC)


def institution(named: str) -> Institution:
    """The one that is named, else the configured one. Raises: WrongUse, BadSettings, BadInstitution."""
    here = settings()
    key = named or here.institution
    try:
        return yearly.going_by(institutions.one(key, here.institutions_place), yearly.days(here.calendar_place))
    except KeyError:
        pass
    choice = f"choose one of: {', '.join(institutions.names(here.institutions_place))}"
    if named:
        raise WrongUse(f"there is no institution {key!r}", choice)
    raise here.wrong("institution", f"there is no {key!r}; {choice}")


def operator() -> str:
    """Who runs this, as histories name them: the user of the machine."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without users
        user = "somebody"
    return f"shell:{user}"[:LONGEST]


def require_input() -> None:
    """Raises: WrongUse: nothing can be typed or piped into this process."""
    if sys.stdin is None:
        raise WrongUse("standard input is closed", "type or pipe something into it")


def text(told: str) -> str:
    """TEXT as it was given, or standard input for ``-``, without its last line break."""
    if told != "-":
        return told.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    require_input()
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace").removesuffix("\n").removesuffix("\r")
