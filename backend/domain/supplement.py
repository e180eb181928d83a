"""Until when a citizen is asked to add something: the day that was named, what is missing, when to remind, what follows.

``Case.record["supplement"]`` keeps ``until`` (a day of the institution, ISO; the
whole day belongs to it), ``lacks`` (keys of slots) and ``remind`` (when; gone
once it was done). It counts while the case stands at SUPPLEMENTING and its
clocks wait. Without a day the institution's longest wait stands
(``running.cap``). Pure: who is told, and how, services know.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock, drafts
from backend.domain.hands import names
from backend.domain.lifecycle import Status
from backend.domain.refusals import BadField
from backend.domain.workdays import working_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Case
    from institutions.model import Institution

USUAL = (3, 5, 10)
"""Working days that the desk offers."""
FILES = "evidence"
"""What may be missing beside slots: a photo, a paper."""
LAST = time(23, 59)
REMINDED = time(10)
"""When, on the day before the last."""
SOON = timedelta(hours=6)
"""A reminder so soon after the question is none."""
BEFORE_SHUT = timedelta(hours=1)
"""So long before a platform's window shuts we remind while it is open."""


def missing(institution: Institution) -> tuple[str, ...]:
    """The keys of what may be asked for again: the institution's slots, and files."""
    return tuple(dict.fromkeys((*institution.slots, FILES)))


def latest(institution: Institution, at: datetime) -> date:
    """The last day that may be named: what the institution waits at most, counted from *at*."""
    zone = ZoneInfo(institution.timezone)
    cap = institution.casework.supervision.pause_cap
    return clock.due(at, cap, zone=zone, hours=institution.hours).at.astimezone(zone).date()


def usual(institution: Institution, at: datetime) -> tuple[tuple[int, date], ...]:
    """(working days, the day that ends them), as far as the institution waits so long."""
    zone, most = ZoneInfo(institution.timezone), latest(institution, at)
    days = working_days(at.astimezone(zone).date() + timedelta(days=1))
    found = [day for day, _ in islice(days, max(USUAL))]
    return tuple((n, found[n - 1]) for n in USUAL if found[n - 1] <= most)


def checked(institution: Institution, given: Mapping[str, str], *, at: datetime) -> dict[str, str]:
    """Day and missing slots as they are kept; what was not told is left out. Raises: BadField."""
    told: dict[str, str] = {}
    if given.get("until"):
        told["until"] = _day(institution, given["until"], at=at).isoformat()
    if lacks := names(given.get("lacks", "")):
        if strange := set(lacks) - set(missing(institution)):
            one = min(strange)
            raise BadField(
                Status.SUPPLEMENTING, "lacks", f"has no {one!r} here", f"本机构没有“{one[:40]}”这一项，请重新勾选。"
            )
        told["lacks"] = ",".join(lacks)
    return told


def _day(institution: Institution, told: str, *, at: datetime) -> date:
    today, most = at.astimezone(ZoneInfo(institution.timezone)).date(), latest(institution, at)
    try:
        day = date.fromisoformat(told.strip())
    except ValueError:
        why, zh = "is no day like 2026-11-25", "补充的截止日期没有看懂，请写成 2026-11-25 这样。"
        raise BadField(Status.SUPPLEMENTING, "until", why, zh) from None
    if day <= today:
        why, zh = f"must be after {today}", "补充的截止日期最早是明天，请改晚一点。"
        raise BadField(Status.SUPPLEMENTING, "until", why, zh)
    if day > most:
        why = f"must not be after {most}: the institution waits no longer"
        zh = f"等市民补充最晚到{most.month}月{most.day}日，请改早一点。"
        raise BadField(Status.SUPPLEMENTING, "until", why, zh)
    return day


def until(institution: Institution, case: Case) -> datetime | None:
    """The end of the day that was named; None: the case does not wait for the citizen, or no day was named."""
    day = case.record.get("supplement", {}).get("until")
    if case.status is not Status.SUPPLEMENTING or not day:
        return None
    return ends(institution, date.fromisoformat(day))


def ends(institution: Institution, day: date) -> datetime:
    """The last minute of that day there."""
    return datetime.combine(day, LAST, ZoneInfo(institution.timezone))


def remind_at(case: Case) -> datetime | None:
    """When the citizen is to be reminded; None: not, or they were."""
    told = case.record.get("supplement", {}).get("remind")
    waits = case.status is Status.SUPPLEMENTING and "resumed" not in case.record
    return datetime.fromisoformat(told) if told and waits else None


def reminded(case: Case) -> None:
    """It was done, or it is too late for it."""
    case.record["supplement"] = {key: value for key, value in case.record["supplement"].items() if key != "remind"}


def reminder(institution: Institution, day: date, *, at: datetime, shuts: datetime | None) -> datetime | None:
    """When to remind of *day*, once and by day; None: it is so near that nobody needs it.

    ``shuts``: when the citizen's platform takes no free message any more (None: always, or not even now). Where that
    is before the usual time, the reminder comes while it is still open.
    """
    zone = ZoneInfo(institution.timezone)
    usual_ = drafts.by_day(datetime.combine(day - timedelta(days=1), REMINDED, zone), institution.drafts, zone)
    if shuts is not None and shuts - BEFORE_SHUT < usual_:
        early = _by_light(shuts - BEFORE_SHUT, institution, zone)
        if early >= at + SOON:
            return early
    return usual_ if usual_ >= at + SOON else None


def _by_light(at: datetime, institution: Institution, zone: ZoneInfo) -> datetime:
    """*at*, or the last moment before the night that it falls into."""
    while drafts.by_day(at, institution.drafts, zone) > at:
        at -= timedelta(minutes=15)
    return at
