"""What waits for whom: which statuses of a case ask somebody with these roles to do something now.

It follows from ``lifecycle.RULES``: a case waits for those who take its next
steps. What only those who lead may do is an exception that nobody waits for;
what the citizen or our own jobs do as well comes by itself; while clocks wait,
so does everybody. Where every way on is asked of those who lead, it waits for
the coordinator too. Who may move a case besides is not told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain.lifecycle import CITIZEN, DISPATCH, HANDLE, LEAD, REVIEW, RULES, SYSTEM, Status

if TYPE_CHECKING:
    from backend.domain.case import Actor

HANDS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (DISPATCH, frozenset({"intake", "dispatcher"})),
    (HANDLE, frozenset({"handler"})),
    (REVIEW, frozenset({"reviewer"})),
    (HANDLE | REVIEW, frozenset({"handler", "reviewer"})),
)
"""Of the roles that may take a step, those whose work it is; the others may, so that nothing stands still."""
LEADING = frozenset({"open_to_lead", "leaders"})
"""What a step asks (``lifecycle.ASKS``) that is for those who lead."""
OURS = frozenset({CITIZEN, SYSTEM})
WORKS = frozenset({"handler"})
"""Whose work is a case that somebody may have taken: theirs, or nobody's of their departments."""
CHECKS = frozenset({"reviewer"})
"""Who looks at what others wrote."""


@dataclass(frozen=True, slots=True)
class Share:
    """Cases in these statuses: of whom."""

    statuses: frozenset[Status]
    officers: frozenset[str] = frozenset()  # who has them: one of these, or nobody; empty: whoever has them
    departments: frozenset[str] = frozenset()  # of nobody's cases, those of these departments; empty: of any
    others: str = ""  # none that this officer has

    def has(self, status: Status, officer: str | None, department: str) -> bool:
        """Whether such a case is among them."""
        if status not in self.statuses or (self.others and officer == self.others):
            return False
        if not self.officers or officer in self.officers:
            return True
        return not officer and (not self.departments or department in self.departments)


def waits_for(status: Status) -> frozenset[str]:
    """The roles whose work it is to bring a case on that stands there."""
    if RULES[status].pauses:
        return frozenset()
    ways = [(to, who) for to, who in RULES[status].then.items() if to is not status and not who & OURS and who != LEAD]
    found = {role for _, who in ways for able, roles in HANDS if able == who for role in roles}
    if ways and all(LEADING & set(RULES[to].asks) for to, _ in ways):
        found.add("coordinator")
    return frozenset(found)


WAITS: dict[Status, frozenset[str]] = {status: waits_for(status) for status in RULES}


def shares(by: Actor) -> tuple[Share, ...]:
    """What this person has to do now; nothing where none of their roles is waited for."""
    theirs = by.stands_in | {by.name}
    found = [
        Share(_of(by, WORKS), theirs, by.departments),
        Share(_of(by, CHECKS), others=by.name),
        Share(_of(by, by.roles - WORKS - CHECKS)),
    ]
    return tuple(share for share in found if share.statuses)


def _of(by: Actor, roles: frozenset[str]) -> frozenset[Status]:
    return frozenset(status for status, who in WAITS.items() if who & roles & by.roles)
