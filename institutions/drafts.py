"""How patient an institution is with somebody who has begun to tell and not finished.

The lengths run by the clock: nobody counts working hours at home.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from institutions.words import Wrong

LENGTH = re.compile(r"([1-9]\d{0,4})(m|h|d)")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _is_length(value: str) -> str:
    if not LENGTH.fullmatch(value):
        raise Wrong("", f"{value!r} is no time to wait; write minutes 30m, hours 2h or days 7d, of 24 hours each")
    return value


def _is_night(value: tuple[str, str]) -> tuple[str, str]:
    try:
        begins, ends = (time.fromisoformat(part) for part in value)
    except ValueError:
        raise Wrong("", f"{' '.join(value)!r} should be two times of day, as in 22:00 and 07:30") from None
    if begins.tzinfo or ends.tzinfo:
        raise Wrong("", "the times are the institution's own, without a zone")
    return value


Wait = Annotated[str, AfterValidator(_is_length)]
"""A length of time by the clock."""


class Drafts(BaseModel):
    """When somebody who left is reminded, asked on return, warned, and when what they told is put by and deleted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nudge_after: Wait = "2h"  # silence after which they are reminded, once
    ask_after: Wait = "6h"  # silence after which "continue or start anew?" is asked on return
    keep: Wait = "7d"  # silence after which a draft is closed, and again until it is deleted
    warn_before: Wait = "1d"  # how long before it is closed that is told
    quiet: Annotated[tuple[str, str], AfterValidator(_is_night)] = ("22:00", "07:30")  # no reminder then; equal: never

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if length(self.nudge_after) + length(self.warn_before) >= length(self.keep):
            raise Wrong(
                "keep", f"a draft is kept for {self.keep}, which leaves no time between the reminder and the warning"
            )
        return self


def length(value: str) -> timedelta:
    """How long ``30m``, ``2h`` or ``7d`` is."""
    return int(value[:-1]) * UNITS[value[-1]]
