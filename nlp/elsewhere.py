"""Matters that an institution does not handle, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from institutions.words import said

if TYPE_CHECKING:
    from institutions.model import Elsewhere, Institution

ENOUGH = 2.0
"""Two plain words, or one of weight 2, must speak for it: the guidance interrupts the citizen."""


def find(text: str, institution: Institution) -> Elsewhere | None:
    """The guidance that this text calls for, or None."""
    weighed = [(sum(said(row.words, text).values()), row) for row in institution.elsewhere]
    weight, row = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return row if weight >= ENOUGH else None
