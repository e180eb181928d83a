"""The alerts of the desk: whose they are, how many wait, and that somebody has seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.store.alerts import For

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.alerts import Alert
    from backend.store.work import UnitOfWork

MOST = 100
"""Alerts that one page shows; the counter ends there too."""


def reader(by: Actor) -> For:
    """Whose alerts this actor reads."""
    departments = by.departments if rights.narrowed(by) else ()
    return For(by.name, by.roles, by.institution, departments, by.stands_in, scope.of(by))


def waiting(work: UnitOfWork, *, by: Actor) -> list[Alert]:
    """The newest that wait for this actor."""
    return work.alerts.unseen(reader(by), limit=MOST)


def count(work: UnitOfWork, *, by: Actor) -> int:
    """How many, up to MOST."""
    return work.alerts.count(reader(by), most=MOST)


def see(work: UnitOfWork, *, by: Actor, at: datetime, number: str | None = None, upto: int | None = None) -> int:
    """This actor has seen those of one case, or all up to one of them; how many there were."""
    return work.alerts.see(reader(by), at=at, number=number, upto=upto)
