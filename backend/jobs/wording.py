"""Noticing what was written at the desk, here or in another process: each says it within a second.

One small question a second and process is asked of the store, and the words
are read only when its answer is another; a citizen's turn asks nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from backend.services.office import wording

if TYPE_CHECKING:
    from backend.services.office.served import Served
    from backend.store.engine import Store


class Speaking(Protocol):
    """What it needs of a Site."""

    @property
    def store(self) -> Store:
        """Where the versions are."""

    @property
    def institutions(self) -> Served:
        """As they are served."""


async def follow(site: Speaking, _owner: str) -> int:
    """Say the newest words of each institution."""
    if await site.store.read(wording.marks) != site.institutions.marks:
        site.institutions.speak(await site.store.read(wording.live))
    return 0
