"""Joining a case that others told, and leaving it: who joins is bound to it, and their words stand in its history.

What each told is kept apart in the event's private texts: the desk sees it,
the other citizens do not. Whoever leaves is unbound; what they brought stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN, Status
from backend.services.cases import casework, likeness, reporters
from backend.services.cases.changing import CITIZEN_ACTOR, save
from backend.services.cases.likeness import OPEN
from backend.services.cases.reporters import FIRST, JOINERS, JOINT
from backend.services.talks import conversations
from dialogs.effects import FindSimilar, Join
from dialogs.events import Joined, SimilarFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Draft
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def carry_out(
    work: UnitOfWork, institution: Institution, person: Person, effect: FindSimilar | Join, *, at: datetime
) -> SimilarFound | Joined:
    """Look for a case of others, or join the one that was offered."""
    if isinstance(effect, FindSimilar):
        return SimilarFound(likeness.find(work, institution, person, effect.draft, at=at))
    return join(work, institution, person, effect.number, effect.draft, at=at)


def join(
    work: UnitOfWork, institution: Institution, person: Person, number: str, draft: Draft, *, at: datetime
) -> Joined:
    """Bind this person to the case, once, with what they told and brought. Raises: NoSuchCase."""
    case = work.cases.get(number, lock=True)
    if case.institution != institution.id or case.status not in OPEN:
        return Joined(None)
    if not work.cases.is_bound(number, person.id):
        _note(work, case, person, draft, at=at)
        work.cases.bind(number, person.id, JOINT, at=at)
        work.evidence.attach(number, [key for key, _ in draft.evidence])
        save(work, institution, case)
    brief = conversations.brief_for(work, institution, case, person)
    return Joined(brief, len(work.cases.reporters(number)))


def leave(work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime) -> Case:
    """Unbind this person; the case goes on. Of who filed it, other devices leave too. Raises: NoSuchCase."""
    case = work.cases.get(number, lock=True)
    role = work.cases.roles(person).get(number)
    if role is None:
        return case
    joined = reporters.of_person(reporters.joint(work.cases.history(number)), person)
    voice = joined.voice if joined else 1
    if role in {FIRST, JOINT}:
        kind = JOINT if joined else FIRST
        case.note(Event(at, CITIZEN, "joined", {"role": kind, "voice": voice, "left": True}))
    work.cases.unbind(number, person, with_devices=role == FIRST)
    save(work, institutions[case.institution], case)
    return case


def withdraw(work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime) -> None:
    """Take the case back; where others are in it, this person leaves it instead. Raises: NoSuchCase, WrongMove."""
    work.cases.get(number, lock=True)
    joined = work.cases.voices([number], {JOINT})[number]
    if joined or work.cases.roles(person).get(number) in JOINERS:
        leave(work, institutions, number, person=person, at=at)
        return
    casework.move(work, institutions, number, Status.WITHDRAWN, {}, by=CITIZEN_ACTOR, at=at, acting=person)


def _note(work: UnitOfWork, case: Case, person: Person, draft: Draft, *, at: datetime) -> None:
    before = reporters.joint(work.cases.history(case.number))
    voice = max((one.voice for one in before), default=1) + 1
    private = {"facts": json.dumps(draft.values, ensure_ascii=False), "person": str(person.id)}
    if what := str(draft.values.get("what") or "").strip():
        private["text"] = what
    case.note(Event(at, CITIZEN, "joined", {"role": JOINT, "voice": voice, "channel": person.channel}, private))
    for key, kind in draft.evidence:
        row = work.evidence.get(key)
        case.note(Event(at, CITIZEN, "evidence", {"id": key, "kind": kind, "sha256": row.sha256, "voice": voice}))
