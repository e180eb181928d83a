"""Conversations as the store keeps them, and the citizen's cases as the chat tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import RULES, Status
from dialogs.conversation import Conversation
from dialogs.events import Brief

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

SAID = frozenset({Status.ANSWERED, Status.VISITING_BACK, Status.CLOSED})
"""There is an answer, and nobody is working on it now."""
OVER = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.REFUSED})


def load(work: UnitOfWork, person: Person, institution: Institution) -> Conversation:
    """The conversation so far, or a new one."""
    state = work.people.conversation(person.id, institution.id)
    return Conversation.from_json(state) if state else Conversation(language=person.language)


def keep(work: UnitOfWork, person: Person, institution: Institution, now: Conversation, *, at: datetime) -> None:
    """Save it, and the language for notices."""
    work.people.save_conversation(person.id, institution.id, now.to_json(), at=at)
    if now.language != person.language:
        work.people.set_language(person.id, str(now.language))


def briefs(work: UnitOfWork, institutions: Mapping[str, Institution], person: Person) -> tuple[Brief, ...]:
    """The person's cases, newest first."""
    return tuple(brief(institutions[case.institution], case) for case in work.cases.bound_cases(person.id))


def brief(institution: Institution, case: Case) -> Brief:
    """One case, as the chat tells of it."""
    rule, department = RULES[case.status], institution.department(case.department_id)
    return Brief(
        number=case.number,
        label=rule.label,
        label_en=rule.label_en,
        department=department.name,
        department_en=department.name_en or department.name,
        filed_at=case.filed_at,
        what=case.facts.get("what") or "",
        promised=case.due.get("answer"),
        answer=case.answer,
        open=case.status not in OVER,
        answered=case.status in SAID,
        where=(case.facts.get("where") or {}).get("text", ""),
    )
