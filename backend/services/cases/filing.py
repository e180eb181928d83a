"""A draft becomes a case: number, facts, proposal, clocks, first events, all in the unit it is called in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import numbers, running
from backend.domain.case import Case, Event
from backend.domain.lifecycle import CITIZEN, Status
from backend.services.cases import finding, marking
from dialogs.draft import papers
from dialogs.slots import ASSERTED, OWN
from institutions.taught import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Draft
    from institutions.model import Institution


def file_case(
    work: UnitOfWork,
    institution: Institution,
    person: Person | None,
    draft: Draft,
    *,
    at: datetime,
    since: str = "",
    source: str = "",
    by: str = CITIZEN,
) -> Case:
    """Make the case that this citizen has confirmed. Its clocks run from *since* (ISO time), else from *at*.

    Without a *person* no chat follows it: *by* has written it down for somebody who came by another door, *source*.
    """
    zone = ZoneInfo(institution.timezone)
    day = at.astimezone(zone).date()
    place = _place(institution, draft)
    begun = datetime.fromisoformat(since) if since else at
    case = Case(
        number=numbers.make(day, institution.code, work.cases.next_count(institution.code, day)),
        institution=institution.id,
        source=person.channel if person else source,
        person=person.id if person else None,
        kind=draft.kind,
        status=Status.RECEIVED,
        category_id=place["category_id"],
        matter_id=place["matter_id"],
        department_id=place["department_id"],
        grade=draft.grade,
        facts=_facts(institution, draft.values, noted(institution, draft)),
        proposal=draft.proposal or {},
        filed_at=at,
        sealed=institution.seals(place["category_id"]),
    )
    running.begin(institution, case, at=begun, first=True)
    told = _filed(case) | {"since": draft.begun or at.isoformat()} | _learnt(institution)
    told |= {"beside": draft.twin} if draft.twin else {}
    case.note(Event(at, by, "filed", told, {"facts": json.dumps(case.facts, ensure_ascii=False)}))
    files = [_own(work, key) if draft.twin else key for key, _ in draft.evidence]
    _note_evidence(work, case, files, by=by, at=at)
    marking.mark(work, institution, case, at=at)
    case.next_warning = running.next_alarm(institution, case)
    work.cases.add(case, day=day)
    finding.keep(work, case)
    if person:
        work.cases.bind(case.number, person.id, "citizen", at=at)
    work.evidence.attach(case.number, files)
    return case


def promised(case: Case) -> datetime | None:
    """When the citizen gets an answer at the latest."""
    return case.due.get("answer")


def _place(institution: Institution, draft: Draft) -> dict[str, Any]:
    """Category, matter and department: what was proposed, else the institution's default."""
    if draft.proposal and draft.proposal["top"]:
        best: dict[str, Any] = draft.proposal["top"][0]
        return best
    first = institution.categories[0].id
    return {"category_id": first, "matter_id": None, "department_id": institution.default_department}


def noted(institution: Institution, draft: Draft) -> dict[str, Any]:
    """What the handler should know of how it was filed: not ours, and which papers are missing."""
    missing = "、".join(paper.name for paper in papers.lacking(institution, draft))
    return {key: told for key, told in (("not_ours", draft.away), ("lacking", missing)) if told}


def _facts(institution: Institution, values: Mapping[str, Any], notes: dict[str, Any]) -> dict[str, Any]:
    """The draft's values under the contract's names; absent ones are None."""
    anonymous = bool(values.get("anonymous")) or not (values.get("who") or values.get("contact"))
    return {
        "who": {
            "name": values.get("who"),
            "contact": values.get("contact"),
            "anonymous": anonymous,
            "confidential": institution.confidential == "always" or bool(values.get("confidential")),
        },
        **{key: values.get(key) for key in ("what", "target", "when", "where", "request")},
        "extra": {key: value for key, value in values.items() if key not in ASSERTED and key not in OWN} | notes,
    }


def _filed(case: Case) -> dict[str, Any]:
    return {
        "source": case.source,
        "kind": case.kind,
        "grade": case.grade,
        "category_id": case.category_id,
        "matter_id": case.matter_id,
        "department_id": case.department_id,
        "due": {name: due.isoformat() for name, due in case.due.items()},
    }


def _learnt(institution: Institution) -> dict[str, int]:
    """Which learnt words had a say in the proposal; with none, nothing is told."""
    version = version_of(institution)
    return {"model": version} if version else {}


def _own(work: UnitOfWork, key: int) -> int:
    """The file for this case too, where it belongs to the case of the same facts already."""
    row = work.evidence.get(key)
    if row.number is None:
        return key
    return work.evidence.add(
        row.person,
        kind=row.kind,
        media_type=row.media_type,
        filename=row.filename,
        sha256=row.sha256,
        size=row.bytes,
        at=row.at,
        words=row.words,
    )


def _note_evidence(work: UnitOfWork, case: Case, files: Iterable[int], *, by: str, at: datetime) -> None:
    for key in files:
        row = work.evidence.get(key)
        case.note(Event(at, by, "evidence", {"id": key, "kind": row.kind, "sha256": row.sha256}))
