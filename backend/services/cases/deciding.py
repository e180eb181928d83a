"""What was decided about a citizen's case, as the chat tells of it: why, until when they may object, is it rated.

Reads only; deciding itself is ``casework``'s and ``visitback``'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.lifecycle import Status, stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.history import PastEvent
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.events import Brief
    from institutions.model import Institution

REASONED = frozenset({Status.REFUSED, Status.TRANSFERRED})
"""Why a case stands there, and where to go instead, is in its history alone."""
RATED = frozenset({Status.VISITING_BACK, Status.CLOSED, Status.ARCHIVED})


def object_by(institution: Institution, decided_at: datetime | None) -> datetime | None:
    """Until when a decision of that time can be objected to; None: there is none, or nobody reviews here."""
    if decided_at is None or Status.APPEALED not in stages(institution):
        return None
    zone, review = ZoneInfo(institution.timezone), institution.review
    ends = (each for each in (review.within, review.leader) if each)
    return max(clock.due(decided_at, each, zone=zone, hours=institution.hours).at for each in ends)


def told(work: UnitOfWork, cases: Sequence[Case], person: Person, briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    """The briefs of these cases, in their order, with what was decided."""
    reasoned = [case.number for case in cases if case.status in REASONED]
    histories = work.cases.histories(reasoned) if reasoned else {}
    done = [case.number for case in cases if case.status in RATED]
    rated = work.surveys.answered(done) if done else frozenset()
    asking = work.surveys.asking(done) if done else frozenset()
    return tuple(
        _reasoned(
            replace(
                brief,
                own=case.person == person.id,
                rated=(case.number, case.round) in rated,
                visiting=(case.number, case.round) in asking,
                round=case.round,
            ),
            histories.get(case.number, ()),
        )
        for case, brief in zip(cases, briefs, strict=True)
    )


def _reasoned(brief: Brief, history: Sequence[PastEvent]) -> Brief:
    """With what was written when the case was moved last: the ground, and the note beside it."""
    moved = next((event for event in reversed(history) if event.what == "moved"), None)
    if moved is None:
        return brief
    return replace(brief, ground=moved.private.get("ground") or "", note=moved.private.get("note") or "")
