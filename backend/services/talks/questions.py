"""What the desk asks citizens: their conversations remember which case asks, so that the answer lands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.talks import conversations
from dialogs.engine import step
from dialogs.events import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


def lock_people(work: UnitOfWork, number: str) -> None:
    """Take the locks of all who follow the case, before the case's: ``put`` will change their conversations."""
    for person in sorted(work.cases.people_of(number), key=lambda each: each.id):
        work.people.lock_known(person.id)


def put(work: UnitOfWork, institutions: Mapping[str, Institution], case: Case, *, at: datetime) -> None:
    """Remember in each follower's chat that this case asks. The unit has taken their locks, then the case's."""
    institution = institutions[case.institution]
    for person in work.cases.people_of(case.number):
        now, _ = step(institution, conversations.load(work, person, institution), Asked(case.number))
        conversations.keep(work, person, institution, now, at=at)
