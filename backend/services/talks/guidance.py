"""What guides a citizen and takes more than the dialog may do: the hotline's opinion, and dates on the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from dialogs.draft import papers
from institutions import catalog
from nlp.questions import elsewhere
from nlp.understand import CLASSIFIERS

if TYPE_CHECKING:
    from dialogs.conversation import Draft
    from institutions.model import Institution
    from nlp.facts import Facts

MOMENT = timedelta(microseconds=1)
"""A span's end is no part of it."""


def city(text: str, facts: Facts, institution: Institution) -> str:
    """What the hotline plainly takes a text for that holds none of our own words, as a path of its categories.

    Slow (the hotline's words are many), so it is asked outside the unit and only where the answer can matter.
    """
    if institution.takes is None or facts.what is None or facts.danger or facts.proposal.why:
        return ""
    return elsewhere.plainly(CLASSIFIERS.of(_hotline()).propose(text))


def until(institution: Institution, draft: Draft, *, at: datetime) -> tuple[dict[str, datetime], frozenset[str]]:
    """By when each paper of such a matter can be brought, by its id, and those whose time was over before *at*."""
    zone = ZoneInfo(institution.timezone)
    ends: dict[str, datetime] = {}
    for paper in papers.needed(institution, draft):
        start = at if paper.since == "filed" else _happened(draft)
        if paper.within and start is not None:
            ends[paper.id] = clock.due(start, paper.within, zone=zone, hours=institution.hours).at
    late = frozenset(key for key, end in ends.items() if clock.late(end, at))
    return {key: end for key, end in ends.items() if key not in late}, late


def _happened(draft: Draft) -> datetime | None:
    """When it happened, as far as it was understood."""
    when = draft.values.get("when") or {}
    if not when.get("start"):
        return None
    start = datetime.fromisoformat(when["start"])
    return max(start, datetime.fromisoformat(when["end"]) - MOMENT) if when.get("end") else start


@cache
def _hotline() -> Institution:
    return catalog.read(catalog.BUILT_IN / "hotline.toml")
