"""What a visit-back answer means for the case: decision rules, no dialog and no database.

Rule of the trade: dissatisfied leads to a second handling by a higher hand
(common core of the institutions, rule 5).
"""

from __future__ import annotations

from enum import StrEnum

DISCONTENT = 2  # satisfied, of 5: this or less is "not satisfied"


class Verdict(StrEnum):
    """What follows from the answers so far."""

    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"


def verdict(solved: str | None, satisfied: int | None) -> Verdict:
    """``solved``: yes, partly, no; ``satisfied``: 1 to 5; None: not yet answered."""
    if solved == "no" or (solved == "partly" and satisfied is not None and satisfied <= DISCONTENT):
        return Verdict.REOPEN
    return Verdict.CLOSE if solved is not None and satisfied is not None else Verdict.WAIT
