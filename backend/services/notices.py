"""Telling citizens: one notice for everybody bound to a case, queued with the change that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import notice
from dialogs.speaking.traditional import traditional
from dialogs.wording import HANT, ZH, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


SPOKEN = {
    "zh": "关于您的诉求（{number}），办理人员给您留言：\n{text}",
    "en": "The handler of your case ({number}) writes:\n{text}",
}


def tell(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    given: Mapping[str, str],
    *,
    at: datetime,
    acting: int | None,
) -> int:
    """Queue what the new status says to all bound people but the one who caused it; returns how many."""
    people = [p for p in work.cases.people_of(case.number) if p.id != acting]
    told = [(p.id, text) for p in people if (text := sentence(institution, case, given, p.language))]
    for person, text in told:
        work.outbox.queue(person, number=case.number, kind="status", text=text, at=at)
    return len(told)


def sentence(institution: Institution, case: Case, given: Mapping[str, str], language: str) -> str:
    """What the case's status tells, in the citizen's language; empty where the citizen need not know."""
    department = institution.department(case.department_id)
    name = named(language, department.name, department.name_en)
    told = notice(case.status, language, number=case.number, department=name, given=given)
    return traditional(told, *given.values()) if language == HANT else told


def spoken(number: str, text: str, language: str) -> str:
    """A handler's own words to the citizen, with the case they belong to."""
    if language == HANT:
        return traditional(SPOKEN[ZH]).format(number=number, text=text)
    return SPOKEN.get(language, SPOKEN[ZH]).format(number=number, text=text)
