"""Managers say which report they want of each period; when a period is over, its report is ready for them, once."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import periods, rights
from backend.store.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Actor
    from backend.store.wishes import Ready
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

READY_AT = time(8)
"""Local: the night's cases are counted by then, and people come to work."""
MOST = 40
"""Reports that one person may want."""
SHOWN = 12
ELSEWHERE = "Asia/Shanghai"


class TooMany(Exception):
    """Somebody wants more reports than anybody reads."""

    def __init__(self) -> None:
        super().__init__(f"{MOST} reports at most")


class NotAllowed(Exception):
    """This person reads no reports, or not of that institution."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not read that report")


def want(work: UnitOfWork, report: str, institution: str, *, by: Actor, at: datetime) -> None:
    """From the next period that ends. Raises: NotAllowed, TooMany."""
    if not rights.may(by, "export") or (by.institution is not None and institution not in {"", by.institution}):
        raise NotAllowed(by.name)
    mine = work.wishes.of(by.name)
    if len(mine) >= MOST and not any((one.report, one.institution) == (report, institution) for one in mine):
        raise TooMany
    work.wishes.want(Wish(by.name, report, institution, at))


def stop(work: UnitOfWork, report: str, institution: str, *, by: Actor) -> None:
    """No more of these."""
    work.wishes.drop(by.name, report, institution)


def mine(work: UnitOfWork, *, by: Actor) -> tuple[list[Wish], list[Ready]]:
    """What this person wants, and what is ready for them."""
    return work.wishes.of(by.name), work.wishes.waiting(by.name, most=SHOWN)


def tell(work: UnitOfWork, institutions: Institutions, kinds: Mapping[str, str], *, at: datetime) -> int:
    """Reports of the periods that are over are ready; how many were not told before. *kinds*: each report's period.

    A period that had ended when somebody asked for the report is not told of.
    """
    told = 0
    for wish in work.wishes.all():
        home = institutions.get(wish.institution)
        local = at.astimezone(ZoneInfo(home.timezone if home else ELSEWHERE))
        kind = kinds.get(wish.report)
        if kind is None or local.time() < READY_AT:
            continue
        over = periods.holding(kind, local.date()).before()
        ended = datetime.combine(over.last + periods.A_DAY, time(), local.tzinfo)
        if ended > wish.since:
            told += work.wishes.ready(wish, over.first, at=at)
    return told
