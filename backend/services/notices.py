"""Telling citizens: one notice for everybody bound to a case, queued with the change that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.domain.lifecycle import Status
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

ENDS = ("。", "！", "？", ".", "!", "?")


def tell(
    work: UnitOfWork, institution: Institution, case: Case, given: Mapping[str, str], *, at: datetime, acting: int | None
) -> int:
    """Queue what the new status says to all bound people but the one who caused it; returns how many."""
    people = [p for p in work.cases.people_of(case.number) if p.id != acting]
    told = [(p.id, text) for p in people if (text := sentence(institution, case, case.status, given, p.language))]
    for person, text in told:
        work.outbox.queue(person, number=case.number, kind="status", text=text, at=at)
    return len(told)


def sentence(institution: Institution, case: Case, status: Status, given: Mapping[str, str], language: str) -> str:
    """What a status tells, in the citizen's language; empty where the citizen need not know."""
    rule = RULES[status]
    department = institution.department(case.department_id)
    english = language == "en"
    facts = {
        "number": case.number,
        "department": department.name_en if english and department.name_en else department.name,
        **{key: _ended(given.get(key, ""), english=english) for key in ("note", "ground", "answer")},
    }
    return (rule.told_en if english else rule.told).format(**facts).strip()


def _ended(text: str, *, english: bool) -> str:
    """The officer's words with a full stop, since another sentence follows them."""
    text = text.strip()
    return text if not text or text.endswith(ENDS) else text + ("." if english else "。")
