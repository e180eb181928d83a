"""What the dialog wants for a citizen is done: each effect goes to the service whose it is, in the unit of the message.

Not here: what a message means (the dialog), and who hears of it (the services).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.campaigns import answering
from backend.services.cases import casework, filing, visitback
from backend.services.privacy import exporting, forgetting, looks
from backend.services.talks import aftercare, amending, bulletins, claims, guidance, handover, joining, moving
from dialogs.effects import (
    Accept,
    Add,
    Amend,
    AnswerPoll,
    Appeal,
    AskCopy,
    AskLooks,
    Claim,
    Discard,
    FileCase,
    FindSimilar,
    Forget,
    Hand,
    Join,
    Leave,
    MoveDraft,
    Rate,
    RefusePolls,
    Reopen,
    StopBulletins,
    TakeDraft,
    Urge,
    WantBulletin,
    WantNews,
    Withdraw,
    Withhold,
)
from dialogs.events import CaseFiled
from dialogs.wording import named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import Effect
    from dialogs.events import Event
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


class NotBound(Exception):
    """The dialog wanted to change a case for somebody who may not follow it; the unit must not commit."""

    def __init__(self, number: str) -> None:
        super().__init__(f"this citizen is not bound to case {number}")
        self.number = number


def carry_out(
    work: UnitOfWork,
    institutions: Institutions,
    institution: Institution,
    person: Person,
    effect: Effect,
    *,
    at: datetime,
) -> Event | None:
    """Do what the dialog wants for this person; what comes of it goes back as an event. Raises: NotBound."""
    match effect:
        case FileCase(draft, since):
            case = filing.file_case(work, institution, person, draft, at=at, since=since)
            department = institution.office(case.department_id)
            name = named(person.language, department.name, department.name_en)
            handover.about(work, institution, person, case.number, danger=bool(draft.danger), at=at)
            until, late = guidance.until(institution, draft, at=at)
            return CaseFiled(case.number, name, filing.promised(case), until, late)
        case FindSimilar() | Join():
            return joining.carry_out(work, institution, person, effect, at=at)
        case MoveDraft() | TakeDraft() | Discard():
            return moving.carry_out(work, institution, person, effect, at=at)
        case Forget() | Withhold() | AskLooks() | AskCopy() | WantBulletin() | StopBulletins():
            return _on_own_data(work, institutions, institution, person, effect, at=at)
        case Hand():
            return handover.ask(work, institution, person, effect, at=at)
        case AnswerPoll() | RefusePolls():
            return answering.carry_out(work, person, effect, at=at)
        case WantNews(wish):
            work.people.set_wish(person.id, wish)
        case Claim():
            return claims.claim(work, institutions, person, effect, at=at)
        case Add() | Amend() | Rate() | Reopen() | Withdraw() | Leave() | Urge() | Accept() | Appeal():
            return _on_own_case(work, institutions, person, effect, at=at)
    return None


def _on_own_data(
    work: UnitOfWork,
    institutions: Institutions,
    institution: Institution,
    person: Person,
    effect: Forget | Withhold | AskLooks | AskCopy | WantBulletin | StopBulletins,
    *,
    at: datetime,
) -> Event | None:
    """What is kept of the citizen: forgotten, kept back, shown; and what is sent to them unasked each month."""
    match effect:
        case Forget():
            return forgetting.forget(work, institutions, institution, person, effect, at=at)
        case Withhold():
            forgetting.withhold(work, institutions, person, at=at)
        case AskLooks():
            return looks.of_person(work, institutions, person)
        case AskCopy():
            return exporting.offer(work, person, at=at)
        case WantBulletin() | StopBulletins():
            return bulletins.carry_out(work, institution, person, effect, at=at)
    return None


def _on_own_case(
    work: UnitOfWork,
    institutions: Institutions,
    person: Person,
    effect: Add | Amend | Rate | Reopen | Withdraw | Leave | Urge | Accept | Appeal,
    *,
    at: datetime,
) -> Event | None:
    """What only they may do who are bound to the case. Raises: NotBound."""
    if not work.cases.is_bound(effect.number, person.id):
        raise NotBound(effect.number)
    match effect:
        case Add(number, text, evidence, about):
            casework.add(work, institutions, number, text, evidence, at=at, about=about)
        case Urge() | Accept() | Appeal():
            return aftercare.carry_out(work, institutions, effect, person=person.id, at=at)
        case Amend():
            amending.amend(work, institutions, effect, at=at)
        case Rate():
            return visitback.rate(work, institutions, effect, person=person.id, at=at)
        case Reopen(number, text, evidence):
            return casework.reopen(work, institutions, number, text, evidence, person=person.id, at=at)
        case Leave(number):
            joining.leave(work, institutions, number, person=person.id, at=at)
        case Withdraw(number):
            joining.withdraw(work, institutions, number, person=person.id, at=at)
    return None
