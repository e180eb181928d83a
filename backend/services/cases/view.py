"""A case as JSON, with the contract's keys; names and numbers of persons masked unless the reader may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.domain.lifecycle import RULES
from backend.services.cases import reporters
from backend.services.privacy.masking import masked, masked_name, masked_phone, masked_text, secrets, starred
from backend.services.privacy.veiling import secrets_of, veiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from institutions.model import Institution

KINDS = {
    "complaint": "投诉",
    "report": "举报",
    "consult": "咨询",
    "suggestion": "建议",
    "help": "求助",
    "thanks": "表扬",
}
GRADES = {"emergency": "特急", "urgent": "紧急", "ordinary": "一般", "complex": "复杂", "minor": "轻微"}
PRIVATE_EXTRAS = frozenset({"id_number", "phone_number", "card_number", "address", "birth_date", "representatives"})
"""Slots of the institutions' own that name or reach a person."""
TOLD = ("note", "answer", "ground", "text", "remark")
"""Private texts of an event that its reader sees; the filed facts stand in the case itself."""


INNER = frozenset({"withheld", "secret"})
"""What is noted of a citizen and is no part of CASE."""


def may_see(by: Actor, case: Case, institution: Institution | None = None) -> bool:
    """Whether this reader may see name and contact whole, once they have asked: see ``rights``, which says so."""
    return rights.unmasks(by, case, institution)


def finds(by: Actor, case: Case) -> bool:
    """Whether this reader finds the case by its citizen's name and number too; others by what they read of it."""
    return rights.may(by, "find_person") and rights.unmasks(by, case, None)


def reads(by: Actor, case: Case, word: str) -> bool:
    """Whether that word stands in what the citizen told as this reader reads it, with its stars.

    Who works for a department may be of the very one complained of: where
    somebody is, they find by what no such reader is kept from.
    """
    facts, hidden = case.facts, secrets_of(case.facts["who"])
    told = [facts["what"], facts["request"], facts["target"], (facts["where"] or {}).get("text")]
    read = veiled if by.departments and facts["target"] else masked_text
    return any(word.casefold() in read(str(text), hidden).casefold() for text in told if text)


def unseen(by: Actor, history: Sequence[PastEvent]) -> tuple[str, ...]:
    """What tells who joined in confidence, for a reader who may not know them."""
    if by.personal and rights.may(by, "unmask_secret"):
        return ()
    joined = (one.facts for one in reporters.joint(history) if one.facts.get("confidential"))
    return tuple(told for facts in joined for told in secrets({**facts, "name": facts.get("who")}))


def case_json(
    case: Case,
    institution: Institution,
    history: Sequence[PastEvent],
    evidence: Sequence[EvidenceRow],
    *,
    personal: bool,
    unseen: tuple[str, ...] = (),
) -> dict[str, Any]:
    """CASE. ``personal``: the reader may see names and contacts whole; others not even those in what was written.

    ``unseen``: what tells who joined in confidence; it is masked for the former too.
    """
    hidden = secrets(case.facts["who"]) + unseen
    zone = ZoneInfo(institution.timezone)
    category = next((c for c in institution.categories if c.id == case.category_id), None)  # gone from the file: its id
    matter = next(
        (m for m in (category.matters if category else ()) if f"{case.category_id}/{m.id}" == case.matter_id), None
    )
    return {
        "number": case.number,
        "institution": case.institution,
        "source": case.source,
        "kind": case.kind,
        "kind_label": KINDS[case.kind],
        "status": case.status.value,
        "status_label": RULES[case.status].label,
        "category": category.name if category else case.category_id,
        "category_id": case.category_id,
        "matter": matter.name if matter else None,
        "matter_id": case.matter_id if matter else None,
        "department": institution.office(case.department_id).name,
        "department_id": case.department_id,
        "co_departments": [d.name for key in case.record.get("co", ()) for d in institution.departments if d.id == key],
        "grade": case.grade,
        "grade_label": GRADES[case.grade],
        **_facts(case, personal=personal),
        "evidence": [_file(row, personal=personal) for row in evidence],
        "filed_at": _time(case.filed_at, zone),
        "due": {name: _time(due, zone) for name, due in case.due.items()},
        "events": [
            event_json(event, zone, personal=personal and not unseen, hidden=unseen if personal else hidden)
            for event in history
        ],
    }


def event_json(event: PastEvent, zone: ZoneInfo, *, personal: bool, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    """One line of the history; an erased text is null. ``hidden``: see ``masking.secrets``."""
    keys = event.private if "act" in event.detail else TOLD
    told = {key: event.private[key] for key in keys if key in event.private}
    private = told if personal else masked(told, hidden)
    return {"at": _time(event.at, zone), "by": event.by, "what": event.what, "detail": {**event.detail, **private}}


def _facts(case: Case, *, personal: bool) -> dict[str, Any]:
    facts = case.facts
    told = {key: facts[key] for key in ("what", "target", "when", "where", "request")}
    if personal:
        return {"who": _named(facts["who"]), **told, "extra": dict(facts["extra"])}
    hidden = secrets(facts["who"])
    who = _named(facts["who"]) | {"contact": masked_phone(facts["who"]["contact"])}
    if who["confidential"] or who["anonymous"]:
        who["name"] = masked_name(who["name"])
    extra = {
        key: starred(value) if key in PRIVATE_EXTRAS else masked(value, hidden) for key, value in facts["extra"].items()
    }
    return {"who": who, **masked(told, hidden), "extra": extra}


def _named(who: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in who.items() if key not in INNER}


def _file(row: EvidenceRow, *, personal: bool) -> dict[str, Any]:
    name = row.filename if personal else masked_text(row.filename)
    return {"id": row.id, "kind": row.kind, "filename": name, "sha256": row.sha256, "bytes": row.bytes}


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()
