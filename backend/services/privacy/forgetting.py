"""A citizen takes back their consent or wants to be forgotten: what goes, what the law keeps, on record.

All of it happens in the unit of the message that asked for it. The case keeps
its facts and history; its handling rests on a duty, not on consent.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN
from backend.services.cases.changing import save
from backend.services.cases.reporters import DEVICE, JOINERS, JOINT_DEVICE
from backend.services.talks import conversations, moving, records
from backend.services.talks.handover import PERSON
from dialogs.conversation import Conversation
from dialogs.events import Forgotten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.effects import Forget
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def withhold(work: UnitOfWork, institutions: Institutions, person: Person, *, at: datetime) -> int:
    """Show who this citizen is only to the handlers of their open cases, on record; of how many."""
    work.forgetting.drop_notices(person.id)
    numbers = sorted(c.number for c in work.cases.bound_cases(person.id) if c.status not in conversations.OVER)
    for number in numbers:
        case = work.cases.get(number, lock=True)
        if case.person == person.id and not case.facts["who"].get("withheld"):
            case.facts = case.facts | {"who": case.facts["who"] | _withheld(case.facts["who"])}
            case.note(Event(at, CITIZEN, "noted", {"consent": "withdrawn"}))
            save(work, institutions[case.institution], case)
    return len(numbers)


def forget(
    work: UnitOfWork,
    institutions: Institutions,
    institution: Institution,
    person: Person,
    effect: Forget,
    *,
    at: datetime,
) -> Forgotten:
    """Delete what this citizen told and no case needs, in every conversation of theirs."""
    drafts = sum(_drafts(Conversation.from_json(state)) for state in work.forgetting.conversations(person.id))
    numbers = sorted(case.number for case in work.cases.bound_cases(person.id))
    code = _unlinked(work, institutions, person, numbers, at=at) if effect.unlink and numbers else ""
    words = work.forgetting.erase_words(person.id, since=None, upto=effect.upto, keep=records.of(work, person.id))
    work.forgetting.drop_notices(person.id)
    files = work.forgetting.drop_files(person.id)
    work.campaigns.forget(person.id, at=at)
    work.bulletins.drop(person.id)
    work.forgetting.drop_conversations(person.id)
    waiting = work.handovers.open_of(person.id, institution.id, PERSON)
    if waiting is not None:
        work.handovers.end(waiting.id, by=CITIZEN, at=at)
    return Forgotten(drafts, words, files, len(numbers), f"{code[:4]}-{code[4:]}" if code else "")


def opens(work: UnitOfWork, case: Case, code: str) -> str:
    """Whose device has that code, which was given for the case to who wanted no more to be heard of it; empty: nobody's."""
    digest = code_digest(case.number, code)
    given = next((e for e in work.cases.history(case.number) if e.detail.get("code") == digest), None)
    if given is None:
        return ""
    return JOINT_DEVICE if given.detail.get("joint") else DEVICE


def code_digest(number: str, code: str) -> str:
    """What the history keeps of a code."""
    return hashlib.sha256(f"{number}\n{code}".encode()).hexdigest()


def _unlinked(work: UnitOfWork, institutions: Institutions, person: Person, numbers: list[str], *, at: datetime) -> str:
    """This chat follows its cases no longer; the code that, with its number, opens each of them all the same."""
    code = moving.new_code(work, f"{person.id}\n{at.isoformat()}")
    roles = work.cases.roles(person.id)
    for number in numbers:
        case = work.cases.get(number, lock=True)
        if case.person == person.id:
            case.person = None
        _unnamed(work, number, person)
        joint = {"joint": True} if roles.get(number) in JOINERS else {}
        case.note(Event(at, CITIZEN, "noted", {"chat": "forgotten", "code": code_digest(number, code), **joint}))
        save(work, institutions[case.institution], case)
    work.forgetting.unlink(person.id, numbers)
    return code


def _unnamed(work: UnitOfWork, number: str, person: Person) -> None:
    """Nothing on record says any more which chat joined; what they told stays, as that of who files does."""
    for event in work.cases.history(number):
        if event.what == "joined" and event.private.get("person") == str(person.id):
            work.cases.erase_text(number, seq=event.seq, key="person")


def _drafts(talk: Conversation) -> int:
    all_of_it = (talk.draft, *talk.waiting, *(kept.draft for kept in talk.shelf), *([talk.aside] if talk.aside else []))
    return sum(bool(draft.values or draft.evidence) for draft in all_of_it)


def _withheld(who: Mapping[str, Any]) -> dict[str, bool]:
    """What is noted of somebody who took back consent; who had asked for confidence keeps it."""
    return {"confidential": True, "withheld": True, "secret": bool(who.get("confidential"))}
