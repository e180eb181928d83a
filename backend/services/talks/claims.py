"""Following a case from another device: the number and the phone on file together open it, wrong tries are limited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN
from backend.services.cases import reporters
from backend.services.cases.changing import save
from backend.services.cases.reporters import FIRST, JOINT_DEVICE
from backend.services.privacy import forgetting
from backend.services.talks import conversations, slips
from backend.store.cases import NoSuchCase
from dialogs.events import Claimed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import Claim
    from institutions.model import Institution

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TRIES = 5
"""Wrong tries of one person in an hour before they must wait."""
TRIES_HOUR, TRIES_DAY = 10, 30
"""Wrong tries at one number, by whomever: a phone has too few digits to be guessed at more often."""


def claim(
    work: UnitOfWork, institutions: Mapping[str, Institution], person: Person, effect: Claim, *, at: datetime
) -> Claimed:
    """Bind this person to the case if the phone is the one on file, or the code was given for it.

    A case that does not exist looks the same as a wrong phone.
    """
    number = effect.number
    if _locked(work, person, number, at):
        return Claimed(number, None, locked=True)
    try:
        case = work.cases.get(number, lock=True)
    except NoSuchCase:
        case = None
    role = _role(work, case, effect, at=at) if case else ""
    if case is None or not role:
        work.people.note_wrong_claim(person.id, number, at=at)
        return Claimed(number, None)
    work.cases.bind(number, person.id, role, at=at)
    if role == FIRST:
        case.person = person.id
    slips.used(work, number, effect.code, at=at)
    institution = institutions[case.institution]
    case.note(Event(at, CITIZEN, "joined", {"channel": person.channel}))
    save(work, institution, case)
    return Claimed(number, conversations.brief_for(work, institution, case, person))


def _role(work: UnitOfWork, case: Case, effect: Claim, *, at: datetime) -> str:
    """Whose device it is, by the phone of who filed the case or joined it, or by the code; empty: nothing is proved."""
    if effect.phone and case.facts["who"]["contact"] == effect.phone:
        return slips.first(work, case)
    if effect.code and (
        role := forgetting.opens(work, case, effect.code) or slips.opens(work, case, effect.code, at=at)
    ):
        return role
    joined = reporters.joint(work.cases.history(case.number)) if effect.phone else []
    return JOINT_DEVICE if reporters.by_phone(joined, effect.phone) else ""


def _locked(work: UnitOfWork, person: Person, number: str, at: datetime) -> bool:
    """Numbers that do not exist count alike, so that a lock tells nothing."""
    people = work.people
    return (
        people.wrong_claims(person.id, since=at - HOUR) >= TRIES
        or people.wrong_claims_of(number, since=at - HOUR) >= TRIES_HOUR
        or people.wrong_claims_of(number, since=at - DAY) >= TRIES_DAY
    )
