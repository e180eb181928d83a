"""Voice notes whose words nobody has: a person listens, writes them down, and they count as the citizen's own.

They go into the draft while it is open, else onto the case: what it lacked is
filled in, nothing that stands there changes. Once is enough: who comes second
changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN
from backend.services.cases.casework import Empty
from backend.services.cases.changing import save
from backend.services.files import unheard
from backend.services.office import desk
from backend.services.talks import amending, conversations
from backend.store.evidence import NoSuchEvidence
from dialogs.conversation import Draft
from dialogs.draft.filling import absorb
from dialogs.draft.voices import untold
from dialogs.engine import step
from dialogs.events import Heard, Transcribed
from nlp.understand import understand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from backend.domain.case import Actor, Case
    from backend.services.files.unheard import Homes
    from backend.store.evidence import EvidenceRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


def heard(text: str, institution: Institution, *, at: datetime) -> Heard:
    """The words, understood as of when the note was sent. Slow, so it runs outside the unit. Raises: Empty."""
    words = text.strip()
    if not words:
        raise Empty("text")
    now = at.astimezone(ZoneInfo(institution.timezone))
    return Heard(words, understand(words, now=now, institution=institution), at)


def waiting(work: UnitOfWork, homes: Homes, *, by: Actor) -> list[tuple[EvidenceRow, str]]:
    """The notes that this actor may listen to and nobody has, oldest first, with their institutions. Raises: OnlyLooks."""
    _works(by)
    return unheard.waiting(work, homes, by=by)


def note(work: UnitOfWork, homes: Homes, evidence_id: int, *, by: Actor) -> tuple[EvidenceRow, str]:
    """One voice note and its institution. Raises: NoSuchEvidence: there is none such for this actor; OnlyLooks."""
    _works(by)
    row = work.evidence.get(evidence_id)
    institution = unheard.belongs(work, homes, row)
    if row.kind != "voice" or not unheard.hears(work, row, institution, by=by):
        raise NoSuchEvidence(evidence_id)
    return row, institution


def transcribe(
    work: UnitOfWork,
    institutions: Institutions,
    homes: Homes,
    evidence_id: int,
    words: Heard,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Keep what a note says; False: somebody wrote it down before. Raises: NoSuchEvidence, OnlyLooks."""
    row, _ = note(work, homes, evidence_id, by=by)
    if row.person is not None:
        work.people.lock_known(row.person)  # a draft with this note may be filed just now
        row = work.evidence.get(evidence_id)
    if not work.evidence.put_into_words(evidence_id, words.text):
        return False
    if row.number is not None:
        case = work.cases.get(row.number, lock=True)
        _tell_case(work, institutions[case.institution], case, row, words, by=by, at=at)
    elif row.person is not None:
        _tell_drafts(work, institutions, row.person, Transcribed(evidence_id, words), at=at)
    return True


def _tell_drafts(
    work: UnitOfWork, institutions: Institutions, person_id: int, event: Transcribed, *, at: datetime
) -> None:
    """Whichever conversation of theirs holds the note."""
    person = work.people.get(person_id)
    for institution in institutions.values():
        before = work.people.conversation(person_id, institution.id)
        if before is None:
            continue
        told, _ = step(institution, conversations.load(work, person, institution), event)
        if told.to_json()["draft"] != before.get("draft"):
            conversations.keep(work, person, institution, told, at=at)


def _tell_case(
    work: UnitOfWork, institution: Institution, case: Case, row: EvidenceRow, words: Heard, *, by: Actor, at: datetime
) -> None:
    told = {"evidence": row.id, "written_by": by.name}
    case.note(Event(at, CITIZEN, "said", told, {"text": words.text}))
    values = _lacking(institution, case, absorb(Draft(), words, institution).values)
    if untold(str(case.facts.get("what") or "")):
        values["what"] = words.text
    amending.fill(case, values, at=at)
    save(work, institution, case)


def _lacking(institution: Institution, case: Case, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the case does not know yet; where people may stay nameless, who is nameless stays so."""
    who, facts = case.facts.get("who") or {}, {**case.facts, **(case.facts.get("extra") or {})}
    known = {key for key, value in facts.items() if value} - {"who"} | {"what"}
    known |= {key for key, name in amending.PERSON.items() if who.get(name)}
    if who.get("anonymous") and institution.anonymous:
        known |= amending.PERSON.keys()
    return {key: value for key, value in told.items() if key not in known}


def _works(by: Actor) -> None:
    if not rights.may(by, "talk"):
        raise desk.OnlyLooks(by.name)
