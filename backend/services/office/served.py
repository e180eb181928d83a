"""The institutions as they are served now: each as its file says, with its live model's words and its own sentences.

One that is served no longer, while cases of it are kept, is no member and not
counted, but ``served[its id]`` gives what is left of it, to be read by.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, overload

import structlog

from backend.services.office import wording
from institutions.taught import taught, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.models import Model
    from backend.store.wording import Wording
    from institutions.gone import Gone
    from institutions.model import Institution

T = TypeVar("T")
NONE: Mapping[str, Gone] = MappingProxyType({})
log = structlog.get_logger()


class Served(Mapping[str, "Institution"]):
    """By id. Values are replaced whole when another version goes live; whoever holds one keeps a sound one."""

    def __init__(self, shipped: Mapping[str, Institution], left: Mapping[str, Gone] = NONE) -> None:
        self.shipped = shipped
        self._taught = dict(shipped)  # with what was learnt, before anything is said in another way
        self._said: dict[str, Wording] = {}
        self._now = dict(shipped)
        self.left = {key: one for key, one in left.items() if key not in shipped}  # of those that were served once

    def __getitem__(self, key: str) -> Institution:
        """As it is served, or what is left of it. Raises: KeyError: there never was such an institution."""
        found = self._now.get(key)
        return found if found is not None else self.left[key]

    def __contains__(self, key: object) -> bool:
        """Whether it is served."""
        return key in self._now

    @overload
    def get(self, key: str, /) -> Institution | None: ...

    @overload
    def get(self, key: str, /, default: Institution | T) -> Institution | T: ...

    def get(self, key: str, /, default: Institution | T | None = None) -> Institution | T | None:
        """The one that is served under that id."""
        return self._now.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    @property
    def marks(self) -> dict[str, int]:
        """The version of its sentences that each institution speaks; those that have none are left out."""
        return {key: version.number for key, version in self._said.items()}

    def follow(self, live: Mapping[str, Model]) -> list[Institution]:
        """Serve these versions, and the files alone where there is none; those that changed."""
        changed = []
        for key, institution in self.shipped.items():
            model = live.get(key)
            if version_of(self._now[key]) == (model.number if model else 0):
                continue
            self._taught[key] = taught(institution, model.triples, version=model.number) if model else institution
            self._now[key] = wording.laid_over(self._taught[key], institution, self._said.get(key))
            log.info("learnt words", institution=key, version=model.number if model else None)
            changed.append(self._now[key])
        return changed

    def speak(self, said: Mapping[str, Wording]) -> list[Institution]:
        """Say these versions from now on, and what the files say where there is none; those that changed."""
        changed = []
        for key, institution in self.shipped.items():
            version = said.get(key)
            if (version.number if version else 0) == self.marks.get(key, 0):
                continue
            self._said = {one: kept for one, kept in self._said.items() if one != key}
            if version is not None:
                self._said[key] = version
                for place, why in wording.usable(institution, wording.words_of(version))[1].items():
                    log.warning("words cannot be said", institution=key, part=place.part, key=place.key, why=str(why))
            self._now[key] = wording.laid_over(self._taught[key], institution, version)
            log.info("own words", institution=key, version=version.number if version else None)
            changed.append(self._now[key])
        return changed
