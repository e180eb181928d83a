"""News of cases for people at the desk who are elsewhere: found in the histories, owed once to each place that wants it.

Whoever follows the events may come a second time, after a crash or because
another process follows them too: each place is owed an event once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from backend.domain import notifying
from backend.domain.notifying import News, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.store.notifications import Happened, Owed
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

LATE = timedelta(seconds=30)
"""Who began a unit before another may commit after it: events are looked at once more for so long."""
MOST = 500
"""Events that one unit looks at."""
TOGETHER = 200
"""News that one message tells, or counts."""
BACK_OFF = (60, 300, 900, 3600)
"""Seconds to wait after the first, second … time that a place took nothing; the last one again and again."""
GIVE_UP_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)


class Place(Protocol):
    """What is needed of the settings of a place."""

    name: str
    institution: str
    departments: tuple[str, ...]
    sealed: bool
    digest: str
    language: Any

    @property
    def roles(self) -> Iterable[str]:
        """Empty: all."""

    @property
    def kinds(self) -> Iterable[str]:
        """Empty: all."""


def gather(
    work: UnitOfWork, institutions: Mapping[str, Institution], places: Sequence[Place], *, after: int, at: datetime
) -> tuple[int, int]:
    """Owe the next events to whom they concern: how far that went, and how much it was. ``after`` 0: where it ended."""
    begun = work.notifications.upto()
    if begun is None:
        return work.notifications.begin(), 0
    found = work.notifications.happened(max(after, begun), notifying.EVENTS, limit=MOST)
    rows = [row for one in found for row in _owed(one, institutions, places)]
    told = work.notifications.owe(rows)
    if settled := [one.id for one in found if one.at <= at - LATE]:
        work.notifications.reach(max(settled))
    return (found[-1].id if len(found) == MOST else 0), told


def letter(institutions: Mapping[str, Institution], place: Place, owed: Sequence[Owed], *, url: str) -> tuple[str, str]:
    """Title and text of the message that tells all this."""
    news = [_news(one) for one in owed]
    home = institutions.get(place.institution or news[0].institution)
    zone = ZoneInfo(home.timezone if home else "Asia/Shanghai")
    return notifying.letter(news, place.language, zone, url=url)


def record(work: UnitOfWork, owed: Sequence[Owed], trouble: str, *, owner: str, at: datetime) -> None:
    """Keep that they were sent; or, where there was trouble, try them again later, for a day."""
    if not trouble:
        work.notifications.record([one.id for one in owed], owner=owner, state="sent", at=at)
        return
    for one in owed:
        wait = timedelta(seconds=BACK_OFF[min(one.tries, len(BACK_OFF)) - 1])
        over = at + wait > one.at + GIVE_UP_AFTER and one.tries > len(BACK_OFF)
        state = "failed" if over else "queued"
        work.notifications.record([one.id], owner=owner, state=state, at=at, reason=trouble, due=at + wait)


def _owed(one: Happened, institutions: Mapping[str, Institution], places: Sequence[Place]) -> list[dict[str, Any]]:
    kind = notifying.kind_of(one.what, one.detail)
    institution = institutions.get(one.institution)
    if not kind or institution is None:
        return []
    rows = []
    for place in places:
        wanted = Wanted(
            place.institution,
            frozenset(place.departments),
            frozenset(place.roles),
            frozenset(place.kinds),
            place.sealed,
        )
        concerns = notifying.concerns(kind, one.detail)
        if wanted.takes(kind, concerns, institution=one.institution, department=one.department_id, sealed=one.sealed):
            due = notifying.due(kind, place.digest, one.at, ZoneInfo(institution.timezone))
            told = _told(one, institution, english=place.language == "en")
            rows.append(
                {"place": place.name, "event": one.id, "number": one.number, "kind": kind, "told": told}
                | {"at": one.at, "due_at": due, "changed_at": one.at}
            )
    return rows


def _told(one: Happened, institution: Institution, *, english: bool) -> dict[str, Any]:
    """What is said of it; of a sealed case its number alone."""
    if one.sealed:
        return {"institution": one.institution}
    category = next((c for c in institution.categories if c.id == one.category_id), None)
    name = ((english and category.name_en) or category.name) if category else one.category_id
    clock = next((c for key, c in institution.clocks.items() if key == one.detail.get("clock")), None)
    label = ((english and clock.label_en) or clock.label) if clock else ""
    due = one.detail.get("due") if one.what == "clock" else one.next_due.isoformat() if one.next_due else None
    return {"institution": one.institution, "category": name, "district": one.district, "clock": label, "due": due}


def _news(one: Owed) -> News:
    told, due = one.told, one.told.get("due")
    return News(
        one.kind,
        one.number,
        one.at,
        told["institution"],
        told.get("category", ""),
        told.get("district", ""),
        told.get("clock", ""),
        datetime.fromisoformat(due) if due else None,
    )
