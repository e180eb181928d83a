"""What an answer is held against, and what is found: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Heard:
    """What the citizen told, how the case stands, and what the message has beside the answer."""

    what: str = ""
    request: str = ""
    kind: str = "complaint"  # institutions.model.Kind
    refused: bool = False  # it is not taken up, or was not upheld by whoever decided
    places: tuple[str, ...] = ()  # as they were said
    days: tuple[date, ...] = ()  # of what happened once, not of what goes on
    own: tuple[str, ...] = ()  # the citizen's own names and numbers, and what else they told of themself
    others: tuple[str, ...] = ()  # names of those who joined, and of who wants to stay unknown: nobody reads them
    around: int = 0  # characters that the message has beside the answer
    remedy_told: bool = False  # the message itself says how to object


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at before the answer goes out. It stops nothing."""

    key: str  # see ``saying.SAYINGS``
    of: str  # whose words the stretch is cut from: answer, what, request, place, day; "": nothing is there
    start: int  # characters of ``of``; 0 and 0 where nothing is there
    end: int
    quote: str
    why: str
    why_en: str
    mend: str
    mend_en: str
