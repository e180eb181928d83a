"""The file that an institution is read from: where it is, what it holds now, and what is wrong or thin in it.

The file is the truth; nobody changes it here. What was learnt since it was
read is laid over it elsewhere (``served``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.services.office import institutions, thinness
from institutions import catalog

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Examined:
    """What somebody who writes the file should know."""

    name: str  # of the file
    own: bool  # of the deployment's own folder, not one that comes with the program
    mistakes: tuple[str, ...]
    thin: tuple[tuple[str, str], ...]  # a key of the file, and a sentence


def place(key: str, own: Path | None = None) -> Path:
    """The file of that institution. Raises: KeyError: there is none."""
    if key not in institutions.names(own):
        raise KeyError(key)
    ours = own / f"{key}.toml" if own else None
    return ours if ours and ours.is_file() else catalog.BUILT_IN / f"{key}.toml"


def examine(key: str, own: Path | None = None) -> Examined:
    """The file as it is now, which may be newer than what is served. Slow: 0.02 s, the first time 0.5 s. Raises: KeyError."""
    path = place(key, own)
    found, mistakes = institutions.mistakes(path)
    thin = thinness.thin(found) if found is not None and not mistakes else []
    return Examined(path.name, path.parent == own, tuple(str(each) for each in mistakes), tuple(thin))
