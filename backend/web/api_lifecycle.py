"""The REST call that tells where an institution's cases may stand and go, so that no program copies the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import RULES, moves, stages
from backend.services.casework import Unknown
from backend.web.api_calls import Call
from backend.web.api_models import Lifecycle, LifecycleFilter

if TYPE_CHECKING:
    from backend.web.api_calls import Asked


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
            {"from": status.value, "to": to.value, "roles": sorted(roles), "needs": list(RULES[to].needs)}
            for status, to, roles in moves(institution)
        ],
    }


CALLS = (
    Call("GET", "/lifecycle", "Statuses and moves of an institution", "一个机构的状态和流转规则", "read", read_lifecycle,
         Lifecycle, query=LifecycleFilter),
)  # fmt: skip
