"""Which days are worked in years of which an office knows more than the program: a value, made by who reads the file.

The days themselves (weekends, statutory holidays, days made up for) are
reckoned in ``backend.domain.workdays``; how the file is written and what is
wrong with one is known in ``backend.domain.announced``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The announced days of some years, whole: what is told of a year replaces everything else known of it."""

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()  # days off, be they weekdays or weekends
    workdays: frozenset[date] = frozenset()  # Saturdays and Sundays that are worked


USUAL = Calendar()
"""Nothing beyond what the program knows."""
