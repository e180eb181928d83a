"""The institutions as they are served now: each as its file says, with the words of its live model over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import structlog

from institutions.taught import taught, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.models import Model
    from institutions.model import Institution

log = structlog.get_logger()


class Served(Mapping[str, "Institution"]):
    """By id. Values are replaced whole when another version goes live; whoever holds one keeps a sound one."""

    def __init__(self, shipped: Mapping[str, Institution]) -> None:
        self.shipped = shipped
        self._now = dict(shipped)

    def __getitem__(self, key: str) -> Institution:
        return self._now[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def follow(self, live: Mapping[str, Model]) -> list[Institution]:
        """Serve these versions, and the files alone where there is none; those that changed."""
        changed = []
        for key, institution in self.shipped.items():
            model = live.get(key)
            if version_of(self._now[key]) == (model.number if model else 0):
                continue
            self._now[key] = taught(institution, model.triples, version=model.number) if model else institution
            log.info("learnt words", institution=key, version=model.number if model else None)
            changed.append(self._now[key])
        return changed
