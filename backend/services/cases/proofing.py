"""Looking over an answer before it is sent: for the desk's form and for programs. Nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights
from backend.services.cases import answers, casework
from backend.services.office.desk import OnlyLooks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.domain.lifecycle import Status
    from backend.store.work import UnitOfWork
    from institutions.model import Institution
    from nlp.answers.heard import Caution


def look(
    work: UnitOfWork,
    institutions: Mapping[str, Institution],
    number: str,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> tuple[Caution, ...]:
    """What to look at before that move is made with these words. Raises: NoSuchCase, NotYours, OnlyLooks."""
    if not rights.may(by, "move"):
        raise OnlyLooks(by.name)
    case = casework.opened(work, number, by=by)
    return answers.cautions(work, institutions[case.institution], case, to, given, by=by, at=at)
