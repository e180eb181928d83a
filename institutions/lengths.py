"""Lengths of time as institutions write them: by the clock, or counted in working time."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from institutions.words import Wrong

LENGTH = re.compile(r"(\d+)(m|h|d|wm|wh|wd)")


def _is_length(value: str) -> str:
    if not LENGTH.fullmatch(value):
        raise Wrong(
            "",
            f"{value!r} is no duration; write minutes 30m, hours 2h, days 7d, working minutes 3wm, hours 4wh or days 5wd",
        )
    return value


Length = Annotated[str, AfterValidator(_is_length)]
"""A duration: minutes, hours, days (24 h) by the clock; working minutes and hours; working days."""
