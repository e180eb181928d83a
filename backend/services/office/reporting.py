"""Managers say which report they want of each period; when a period is over, its report is ready for them, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import periods
from backend.services.office import deeds, letters
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


def want(
    work: UnitOfWork, report: str, institution: str, *, by: Actor, at: datetime,
    way: str = "", address: str = "", language: str = "zh",
) -> None:  # fmt: skip
    """From the next period that ends; by that way outside the desk too. Raises: NotAllowed, TooMany."""
    if not letters.may_read(by, institution):
        raise NotAllowed(by.name)
    mine = work.wishes.of(by.name)
    had = next((one for one in mine if (one.report, one.institution) == (report, institution)), None)
    if len(mine) >= MOST and had is None:
        raise TooMany
    wish = Wish(by.name, report, institution, at, way, address, language)
    work.wishes.want(wish)
    work.letters.readdress(wish)
    before = {"way": had.way, "address": had.address} if had else {"way": "", "address": ""}
    if (after := {"way": way, "address": address}) != before:
        subject = f"{report} {institution}".strip()
        deeds.note(
            work, "report_sent_to", subject, by=by, at=at, institution=by.institution, before=before, after=after
        )


def stop(work: UnitOfWork, report: str, institution: str, *, by: Actor) -> None:
    """No more of these, nor of those that wait to be sent."""
    for wish in work.wishes.of(by.name):
        if (wish.report, wish.institution) == (report, institution):
            work.letters.readdress(replace(wish, way=""))
    work.wishes.drop(by.name, report, institution)


def mine(work: UnitOfWork, *, by: Actor) -> tuple[list[Wish], list[Ready]]:
    """What this person wants, and what is ready for them."""
    return work.wishes.of(by.name), work.wishes.waiting(by.name, most=SHOWN)


def tell(work: UnitOfWork, institutions: Institutions, kinds: Mapping[str, str], *, at: datetime) -> int:
    """Reports of the periods that are over are ready; how many were not told before. *kinds*: each report's period.

    A period that had ended when somebody asked for the report is not told of. Where they want it outside the desk too,
    a letter is owed with it, in the next working time.
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
            told += _tell(work, wish, over, home, at=at)
    return told


def _tell(work: UnitOfWork, wish: Wish, over: periods.Period, home: Institution | None, *, at: datetime) -> bool:
    """Whether it was new."""
    notice = work.wishes.ready(wish, over.first, at=at)
    if notice is not None and wish.way:
        due = letters.working_time(home, at)
        work.letters.owe(notice, wish, due=due, at=at)
    return notice is not None
