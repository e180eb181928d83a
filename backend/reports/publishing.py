"""What may be told to everybody: no count, and no difference of counts, that could point at a person.

Rows under five are not named but told together; what they come to is told
only as "<5" where it is less than that. (If they were named, the total minus
the other rows would give the number away.) A rate of fewer than five people is
not told either: it would be what one of them said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FEW = 5
FEWER = f"<{FEW}"
SHOWN = 10  # rows of a table


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be seen: the rows that are named, largest first, and what all others come to."""

    rows: tuple[tuple[str, int], ...]
    rest: int | str  # a count, "<5", or 0: there are no others


def publish(counts: Mapping[str, int], *, shown: int = SHOWN) -> Published:
    """The table with those names."""
    largest = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    named = tuple((name, count) for name, count in largest[:shown] if count >= FEW)
    return Published(named, few(sum(counts.values()) - sum(count for _, count in named)))


def few(count: int) -> int | str:
    """The count, or that it is small."""
    return FEWER if 0 < count < FEW else count
