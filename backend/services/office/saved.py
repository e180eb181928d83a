"""Lists that people save to come back to: so many each, under a name; those who lead may share theirs with colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights
from backend.services.cases.casework import Empty
from backend.services.office.desk import OnlyLooks
from backend.services.office.listing import ASKABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor
    from backend.store.filters import Filter
    from backend.store.work import UnitOfWork

MOST = 30
LONGEST_NAME = 32  # characters


class TooMany(Exception):
    """They have as many saved lists as anybody may."""

    def __init__(self, most: int) -> None:
        super().__init__(f"there are {most} saved lists already")
        self.most = most


class NoSuchFilter(Exception):
    """They have no saved list of that number."""

    def __init__(self, key: int) -> None:
        super().__init__(f"there is no saved list {key} of theirs")
        self.key = key


def seen(work: UnitOfWork, *, by: Actor) -> list[Filter]:
    """Their own, then what colleagues share with them."""
    return work.filters.of(by.name, by.institution)


def keep(work: UnitOfWork, name: str, query: Mapping[str, str], *, shared: bool, by: Actor) -> None:
    """Save a list; the same once more changes nothing. Raises: Empty, TooMany, OnlyLooks: they may not share."""
    told = {key: value for key, value in query.items() if key in ASKABLE and value}
    name = _name(name)
    _may_share(by, shared=shared)
    own = [one for one in seen(work, by=by) if one.user == by.name]
    if any((one.name, one.query) == (name, told) for one in own):
        return
    if len(own) >= MOST:
        raise TooMany(MOST)
    work.filters.add(by.name, by.institution, name, told, shared=shared)


def change(work: UnitOfWork, key: int, name: str, *, shared: bool, by: Actor) -> None:
    """Call one's list otherwise, share it or no more. Raises: Empty, NoSuchFilter, OnlyLooks: they may not share."""
    name = _name(name)
    _may_share(by, shared=shared)
    if not work.filters.change(key, by.name, name=name, shared=shared):
        raise NoSuchFilter(key)


def drop(work: UnitOfWork, key: int, *, by: Actor) -> None:
    """One's list goes; what is gone already is no error."""
    work.filters.drop(key, by.name)


def _name(told: str) -> str:
    name = " ".join(told.split())[:LONGEST_NAME]
    if not name:
        raise Empty("name")
    return name


def _may_share(by: Actor, *, shared: bool) -> None:
    if shared and not rights.may(by, "share"):
        raise OnlyLooks(by.name)
