"""Two officers at once: what happened to a case since a page was shown, so that nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.case import Actor
    from backend.domain.lifecycle import Status
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork

QUIET = frozenset({"looked", "clock", "notice", "joined"})
"""Lines of a history that change nothing a handler decides by."""


class Overtaken(Exception):
    """Something happened to the case that this handler had not seen."""

    def __init__(self, number: str, news: Sequence[PastEvent]) -> None:
        told = "; ".join(f"{event.what} by {event.by}" for event in news)
        super().__init__(f"case {number} was changed meanwhile: {told}")
        self.number, self.news = number, tuple(news)


def since(work: UnitOfWork, number: str, seen: int) -> list[PastEvent]:
    """What happened after that event."""
    return [event for event in work.cases.history(number) if event.seq > seen]


def refuse_unseen(number: str, news: Sequence[PastEvent], *, by: Actor) -> None:
    """What others did, and every move: one's own came from another window."""
    unseen = [e for e in news if e.what not in QUIET and (e.by != by.name or e.what == "moved")]
    if unseen:
        raise Overtaken(number, unseen)


def same_move(event: PastEvent, to: Status, told: Mapping[str, str], *, by: Actor) -> bool:
    """Whether that event is the move that is wanted now, by the same person."""
    if event.what != "moved" or event.by != by.name or event.detail["to"] != to.value:
        return False
    done = {**event.detail, **event.private}
    listed = "ground_id" in done  # then its ground was told by name and is kept in the institution's words
    kept = {key: ",".join(value) if isinstance(value, list) else value for key, value in done.items()}
    return all(kept.get(key) == value for key, value in told.items() if not (listed and key == "ground"))


def written(work: UnitOfWork, number: str, what: str, text: str, *, seen: int, by: Actor) -> bool:
    """Whether the same words came in twice by one press too many."""
    return any(
        event.what == what and event.by == by.name and event.private.get("text") == text.strip()
        for event in since(work, number, seen)
    )
