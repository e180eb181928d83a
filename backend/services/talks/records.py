"""Which of a citizen's words belong to their cases: the story each was made of, and what was said to it later."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from backend.domain.lifecycle import CITIZEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork


def of(work: UnitOfWork, person_id: int, *, but: str = "") -> Callable[[datetime], bool]:
    """Whether a message received at that time is part of one of the person's cases, *but* that."""
    numbers = [case.number for case in work.cases.bound_cases(person_id) if case.number != but]
    return within(event for events in work.cases.histories(numbers).values() for event in events)


def within(events: Iterable[PastEvent]) -> Callable[[datetime], bool]:
    """Whether a message received at that time is part of that history: a unit has one time for both."""
    own = [event for event in events if event.by == CITIZEN]
    moments = {event.at for event in own}
    spans = [(datetime.fromisoformat(event.detail.get("since", event.at.isoformat())), event.at)
             for event in own if event.what == "filed"]  # fmt: skip

    def belongs(at: datetime) -> bool:
        return at in moments or any(since <= at <= until for since, until in spans)

    return belongs
