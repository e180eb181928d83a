"""Matters that an institution does not handle, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from institutions.model import Elsewhere, Institution

ENOUGH = 2.0
"""Two plain words, or one of weight 2, must speak for it: the guidance interrupts the citizen."""


def find(text: str, institution: Institution) -> Elsewhere | None:
    """The guidance that this text calls for, or None."""
    weighed = [(sum(w for word, w in row.words.items() if word in text), row) for row in institution.elsewhere]
    weight, row = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return row if weight >= ENOUGH else None
