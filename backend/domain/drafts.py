"""What falls due for a draft that its citizen has left: remind, warn, close, and in the end delete.

Pure plan: what is known of the draft and the institution's patience in, the
next step and its time out. Who is reached how, and what is said, others know.
A message of ours never arrives by night: it waits for the morning. And it is
only sent while the platform lets us write freely to somebody who has been
silent; what cannot be told in time is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from backend.domain import planning
from backend.domain.delivery import REMIND_WITHIN
from institutions.drafts import length

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from institutions.drafts import Drafts

MARGIN = REMIND_WITHIN + timedelta(minutes=5)
"""So long before the night, or before a platform's window shuts, we no longer begin to write: sending may take a while."""


class Step(StrEnum):
    """What is done."""

    NUDGE = "nudge"  # say what is missing, once
    WARN = "warn"  # say when it will be closed
    CLOSE = "close"  # put it by, or drop it where nobody agreed to it
    ERASE = "erase"  # delete the oldest that was put by


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the drafts of one conversation stand. Times are aware."""

    heard_at: datetime  # the citizen's last word
    open: bool  # something is told and neither filed nor put by
    asleep: bool = False  # a person has the chat, or minutes count: nothing is said by itself
    nudged: bool = False
    closes_at: datetime | None = None  # they were told so
    put_by: datetime | None = None  # when the oldest of those put by was


@dataclass(frozen=True, slots=True)
class Due:
    """The next step, and when."""

    step: Step
    at: datetime


def next_step(standing: Standing, patience: Drafts, zone: ZoneInfo) -> Due | None:
    """What comes next if the citizen stays silent; None: nothing."""
    steps = [_of_open(standing, patience, zone)] if standing.open else []
    if standing.put_by is not None:
        steps.append(Due(Step.ERASE, standing.put_by + length(patience.keep)))
    return min(steps, key=lambda due: due.at, default=None)


def closing(heard_at: datetime, patience: Drafts) -> datetime:
    """When a draft is closed that nobody adds a word to."""
    return heard_at + length(patience.keep)


def by_day(at: datetime, patience: Drafts, zone: ZoneInfo) -> datetime:
    """*at*, or the end of the night that it falls into or is about to, in the institution's zone."""
    return planning.by_day(at, patience.quiet, zone, margin=MARGIN)


def free(at: datetime, heard_at: datetime, window: timedelta | None) -> bool:
    """Whether we may write then to somebody whose last word was at *heard_at*; no window: always."""
    return window is None or at <= heard_at + window - MARGIN


def _of_open(standing: Standing, patience: Drafts, zone: ZoneInfo) -> Due:
    closes = standing.closes_at or closing(standing.heard_at, patience)
    if not standing.asleep and standing.closes_at is None:
        if not standing.nudged:
            nudge = by_day(standing.heard_at + length(patience.nudge_after), patience, zone)
            if nudge < closes - length(patience.warn_before):
                return Due(Step.NUDGE, nudge)
        return Due(Step.WARN, by_day(closes - length(patience.warn_before), patience, zone))
    return Due(Step.CLOSE, by_day(closes, patience, zone))  # which is told as well
