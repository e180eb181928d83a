"""A case as JSON, with the contract's keys; names and phone numbers masked unless the reader may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain.lifecycle import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from institutions.model import Institution

SHORT = 6  # characters: of a shorter text nothing is shown
KINDS = {
    "complaint": "投诉",
    "report": "举报",
    "consult": "咨询",
    "suggestion": "建议",
    "help": "求助",
    "thanks": "表扬",
}
GRADES = {"emergency": "特急", "urgent": "紧急", "ordinary": "一般", "complex": "复杂", "minor": "轻微"}
PRIVATE_EXTRAS = frozenset({"id_number", "phone_number", "card_number", "address", "birth_date"})
"""Slots of the institutions' own that name or reach a person."""
TOLD = ("note", "answer", "ground", "text", "remark")
"""Private texts of an event that its reader sees; the filed facts stand in the case itself."""


def case_json(
    case: Case,
    institution: Institution,
    history: Sequence[PastEvent],
    evidence: Sequence[EvidenceRow],
    *,
    personal: bool,
) -> dict[str, Any]:
    """CASE. ``personal``: the reader may see names and contacts whole."""
    zone = ZoneInfo(institution.timezone)
    category = institution.category(case.category_id)
    matter = next((m for m in category.matters if f"{category.id}/{m.id}" == case.matter_id), None)
    return {
        "number": case.number,
        "institution": case.institution,
        "source": case.source,
        "kind": case.kind,
        "kind_label": KINDS[case.kind],
        "status": case.status.value,
        "status_label": RULES[case.status].label,
        "category": category.name,
        "category_id": category.id,
        "matter": matter.name if matter else None,
        "matter_id": case.matter_id if matter else None,
        "department": institution.department(case.department_id).name,
        "department_id": case.department_id,
        "co_departments": [],
        "grade": case.grade,
        "grade_label": GRADES[case.grade],
        **_facts(case, personal=personal),
        "evidence": [_file(row) for row in evidence],
        "filed_at": _time(case.filed_at, zone),
        "due": {name: _time(due, zone) for name, due in case.due.items()},
        "events": [event_json(event, zone) for event in history],
    }


def event_json(event: PastEvent, zone: ZoneInfo) -> dict[str, Any]:
    """One line of the history; an erased text is null."""
    private = {key: event.private[key] for key in TOLD if key in event.private}
    return {"at": _time(event.at, zone), "by": event.by, "what": event.what, "detail": {**event.detail, **private}}


def masked_phone(phone: str | None) -> str | None:
    """``138****8000``; a short number shows its last two digits only."""
    if not phone:
        return None
    digits = phone.partition(";")[0].removeprefix("+86")  # without an extension
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else f"****{digits[-2:]}"


def masked_name(name: str | None) -> str | None:
    """``李**``."""
    return name[0] + "*" * (len(name) - 1) if name else None


def _starred(value: object) -> str:
    """The first and last two characters."""
    text = str(value)
    return f"{text[:2]}{'*' * max(4, len(text) - 4)}{text[-2:]}" if len(text) > SHORT else "****"


def _facts(case: Case, *, personal: bool) -> dict[str, Any]:
    facts = case.facts
    who = dict(facts["who"])
    if not personal:
        who["contact"] = masked_phone(who["contact"])
        if who["confidential"]:
            who["name"] = masked_name(who["name"])
    extra = {
        key: value if personal or key not in PRIVATE_EXTRAS else _starred(value)
        for key, value in facts["extra"].items()
    }
    return {"who": who, **{key: facts[key] for key in ("what", "target", "when", "where", "request")}, "extra": extra}


def _file(row: EvidenceRow) -> dict[str, Any]:
    return {"id": row.id, "kind": row.kind, "filename": row.filename, "sha256": row.sha256, "bytes": row.bytes}


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()
