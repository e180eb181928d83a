"""What a monthly bulletin tells of one place, department or institution: sums alone, and none so small that it is somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain.rates import Rate

if TYPE_CHECKING:
    from datetime import timedelta

LONGEST = 500
"""Characters of a bulletin."""
ALL, DEPARTMENT, PLACE = "all", "department", "place"
"""What one may be about: ``key`` is empty, a department's id, or the name of a compound or community."""

NOTHING = Rate()


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of one month. ``half``: half of its cases were answered within; None: more than half wait still."""

    received: int = 0
    kinds: tuple[tuple[str, int], ...] = ()  # (category id, cases), all of them
    half: timedelta | None = None
    on_time: Rate = NOTHING
    solved: Rate = NOTHING
