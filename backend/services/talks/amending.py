"""A citizen tells more of a case in which minutes count: its facts change at once, and every word is on record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.domain.case import Event
from backend.domain.lifecycle import CITIZEN
from backend.services.cases import casework
from backend.services.cases.changing import save
from dialogs.slots import ASSERTED, OWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from dialogs.effects import Amend
    from institutions.model import Institution

PERSON = {"who": "name", "contact": "contact"}


def amend(work: UnitOfWork, institutions: Mapping[str, Institution], effect: Amend, *, at: datetime) -> Case:
    """Put what changed into the case's facts, and the words and files beside them. Raises: NoSuchCase, Stale."""
    case = work.cases.get(effect.number, lock=True)
    if effect.over:
        case.note(Event(at, CITIZEN, "said", {"danger": "over"}, {"text": effect.text}))
    fill(case, effect.values, at=at)
    save(work, institutions[case.institution], case)
    return casework.add(work, institutions, effect.number, "" if effect.over else effect.text, effect.evidence, at=at)


def fill(case: Case, values: Mapping[str, Any], *, at: datetime) -> None:
    """Put these facts, told by the citizen, into the case, and that into its history."""
    if values:
        case.facts = _with(case.facts, values)
        told = {"facts": json.dumps(values, ensure_ascii=False)}
        case.note(Event(at, CITIZEN, "corrected", {"facts": sorted(values)}, told))


def _with(facts: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with these values, each under its name in the contract."""
    who = dict(facts.get("who") or {})
    who |= {name: values[key] for key, name in PERSON.items() if key in values}
    if who.get("name") or who.get("contact"):
        who["anonymous"] = False
    if values.get("confidential"):
        who["confidential"] = True
    own = {key: value for key, value in values.items() if key in ASSERTED - {"who", "contact", "evidence"}}
    extra = {key: value for key, value in values.items() if key not in ASSERTED and key not in OWN}
    return {**facts, "who": who, **own, "extra": {**(facts.get("extra") or {}), **extra}}
