"""Matters that an institution does not handle, and whose they are.

An institution's own rows must weigh as much as its own words do, unless it
takes whatever comes. The usual offices' are told only where the text has
much less of the institution's own words; where it has none
and no row speaks either, the hotline's classifier may still know plainly what
kind of matter it is (``city``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from institutions.words import said
from nlp.segment import UNDERSTOOD

if TYPE_CHECKING:
    from institutions.guidance import Elsewhere
    from institutions.model import Institution
    from nlp.facts import Proposal

ENOUGH = 2.0
"""Two plain words, or one of weight 2, must speak for it: the guidance interrupts the citizen."""
OURS = 0.5
"""Our own words weigh at most so much of a usual office's, or the matter may well be ours."""
PLAIN, PLAINLY = 3.0, 0.75
"""What the hotline's words must weigh together, and its confidence, for a kind of matter to be plain."""


def find(text: str, institution: Institution, *, ours: float = 0.0, city: str = "") -> Elsewhere | None:
    """The guidance that this text calls for, or None.

    ``ours``: what our own words in it weigh; ``city``: what the hotline takes it for, as ``plainly`` tells.
    """
    read = text[:UNDERSTOOD]
    weighed = [(sum(said(row.words, read).values()), row) for row in institution.elsewhere]
    if institution.takes is not None:
        weighed = [(weight, row) for weight, row in weighed if ours <= weight * (OURS if row.id else 1)]
    weight, row = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    if weight >= ENOUGH:
        return row
    return _of_the_city(institution, city) if city and not ours else None


def plainly(proposal: Proposal) -> str:
    """The path of the hotline's category and matter where its words leave no doubt, else ``""``."""
    best = proposal.best
    weight = sum(reason.weight for reason in proposal.why if reason.category == best.category)
    sure = proposal.decided and proposal.confidence >= PLAINLY and weight >= PLAIN
    return (best.matter_id or best.category_id) if sure else ""


def _of_the_city(institution: Institution, path: str) -> Elsewhere | None:
    """The office whose matter of the city that is, and not ours."""
    paths = {path, path.partition("/")[0]}
    return next((row for row in institution.elsewhere if paths & {*row.city}), None)
