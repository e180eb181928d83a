"""What a visit-back answer means for the case, and when it is asked: decision rules, no dialog and no database.

Rule of the trade: dissatisfied leads to a second handling by a higher hand
(common core of the institutions, rule 5). How far that goes, each institution
says in its ``survey.reopen`` and ``survey.reopens``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.drafts import by_day

if TYPE_CHECKING:
    from datetime import date

    from institutions.model import Institution
    from institutions.survey import Reopens

A_DAY = timedelta(days=1)
DISCONTENT = 2  # satisfied, of 5: this or less is "not satisfied"


class Verdict(StrEnum):
    """What follows from the answers so far."""

    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"


def verdict(solved: str | None, satisfied: int | None, rule: Reopens = "unsolved", *, again: bool = True) -> Verdict:
    """``solved``: yes, partly, no; ``satisfied``: 1 to 5; None: not yet answered.

    ``again``: the institution's rule allows one more handling.
    """
    if again and rule != "never" and _unhappy(solved, satisfied, rule):
        return Verdict.REOPEN
    return Verdict.CLOSE if solved is not None and satisfied is not None else Verdict.WAIT


def discontent(solved: str | None, satisfied: int | None) -> bool:
    """Whether somebody who said this is called by a person, where the institution calls who is not content."""
    return solved == "no" or (satisfied is not None and satisfied <= DISCONTENT)


def _unhappy(solved: str | None, satisfied: int | None, rule: Reopens) -> bool:
    low = satisfied is not None and satisfied <= DISCONTENT
    return solved == "no" or (low and (rule == "discontent" or solved == "partly"))


@dataclass(frozen=True, slots=True)
class Asking:
    """When somebody is asked, and why then.

    due: at the institution's time; early: before it, since the platform's
    window would be shut by then; shut: at that time though the window is shut,
    by whatever way of the channel is next.
    """

    at: datetime
    why: str


def asking(institution: Institution, answered_at: datetime, window: datetime | None) -> Asking:
    """When who filed a case that was answered then is asked, by day. ``window``: the platform's end; None: no limit."""
    rule, zone = institution.survey, ZoneInfo(institution.timezone)
    due = by_day(over(institution, answered_at, rule.after), institution.drafts, zone)
    if window is None or due <= window:
        return Asking(due, "due")
    if rule.earliest:
        early = by_day(over(institution, answered_at, rule.earliest), institution.drafts, zone)
        if early <= window and early < due:
            return Asking(early, "early")
    return Asking(due, "shut")


def over(institution: Institution, since: datetime, length: str) -> datetime:
    """When *length*, counted from *since*, is over."""
    return clock.due(since, length, zone=ZoneInfo(institution.timezone), hours=institution.hours).at


def settled(institution: Institution, at: datetime) -> date:
    """The last local day of which no answer's window can be open: what was said up to it, who handled it may know.

    A question comes before its answer, so a window begun as that day ended is the latest.
    """
    zone = ZoneInfo(institution.timezone)
    day = at.astimezone(zone).date()
    while over(institution, datetime.combine(day + A_DAY, time(), zone), institution.survey.wait) > at:
        day -= A_DAY
    return day
