"""The REST call that tells where an institution's cases may stand and go, so that no program copies the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain.acts import ROWS
from backend.domain.filled import options
from backend.domain.lifecycle import ASKS, RULES, moves, stages
from backend.services.cases.casework import Unknown
from backend.web.api.calls import Call
from backend.web.api.models import Lifecycle, LifecycleFilter

if TYPE_CHECKING:
    from backend.domain.acts import Act
    from backend.web.api.calls import Asked
    from institutions.model import Institution


async def read_lifecycle(asked: Asked, told: LifecycleFilter) -> dict[str, Any]:
    """The statuses and moves of one institution."""
    key = told.institution or asked.actor.institution or asked.site.settings.institution
    if key not in asked.site.institutions:
        raise Unknown("institution", key)
    institution = asked.site.institutions[key]
    used = stages(institution)
    return {
        "statuses": [
            {"key": status.value, "label": rule.label, "told": rule.told}
            for status, rule in RULES.items()
            if status in used
        ],
        "moves": [
            {
                "from": status.value,
                "to": to.value,
                "roles": sorted(roles),
                "needs": list(RULES[to].needs),
                "may": list(RULES[to].may),
                "asks": [ASKS[key] for key in RULES[to].asks],
            }
            for status, to, roles in moves(institution)
        ],
        "acts": [_act(act, institution) for act in ROWS],
    }


def _act(act: Act, institution: Institution) -> dict[str, Any]:
    """One row of the table of acts, with this institution's choices."""
    fields = [
        {
            "key": field.key,
            "label": field.label,
            "label_en": field.label_en,
            "kind": field.kind,
            "needed": field.needed,
            "private": field.private,
            "options": [
                {"key": one.key, "label": one.label, "label_en": one.label_en}
                for one in options(field, None, institution)
            ],
        }
        for field in act.fields
    ]
    return {
        "key": act.key,
        "label": act.label,
        "label_en": act.label_en,
        "roles": sorted(act.roles),
        "statuses": sorted(act.statuses & stages(institution)),
        "told": act.told,
        "fields": fields,
    }


CALLS = (
    Call("GET", "/lifecycle", "Statuses and moves of an institution", "一个机构的状态和流转规则", "read", read_lifecycle,
         Lifecycle, query=LifecycleFilter),
)  # fmt: skip
