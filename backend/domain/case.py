"""A case: what a citizen told us, where it stands, and its history that only grows.

Changes are methods; who and when are arguments; doing one twice is doing it
once. New events gather in ``fresh`` until the store chains and saves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import RULES, Status, stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from institutions.model import Institution


NEVER = datetime.min.replace(tzinfo=UTC)
DECIDED = frozenset({Status.ANSWERED, Status.REFUSED})
"""Entering these decides what the citizen asked for; they may object to it for a time."""


class WrongMove(Exception):
    """The case cannot go there from here, or not by this person."""

    def __init__(self, number: str, current: Status, wanted: Status, why: str = "that move is not allowed") -> None:
        super().__init__(f"case {number} is {current}; it cannot become {wanted}: {why}")
        self.number, self.current, self.wanted = number, current, wanted


class WrongRole(WrongMove):
    """The case may go there, but others must take it there."""

    def __init__(self, number: str, current: Status, wanted: Status, roles: Iterable[str]) -> None:
        super().__init__(number, current, wanted, f"only {', '.join(sorted(roles))} may")
        self.roles = frozenset(roles)


class Missing(Exception):
    """A move lacks something that the lifecycle asks for."""

    def __init__(self, wanted: Status, field_name: str) -> None:
        super().__init__(f"{wanted} needs {field_name}")
        self.wanted, self.field = wanted, field_name


class NoSuchDepartment(Missing):
    """The case is to go to a department that the institution does not have."""

    def __init__(self, wanted: Status, institution: str, department: str) -> None:
        super().__init__(wanted, "department")
        self.args = (f"{wanted} needs a department of {institution}; it has no {department!r}",)
        self.department = department


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a desk user, a program, the citizen or a job."""

    name: str  # a user's name, "citizen", "system"
    roles: frozenset[str]
    institution: str | None = None  # None: every institution
    personal: bool = True  # may see names and phone numbers whole


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history. ``private`` holds free text and personal data, which can be erased."""

    at: datetime
    by: str
    what: str  # filed, moved, corrected, said, noted, evidence, clock, notice, looked, rated, joined, erased
    detail: dict[str, Any] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """One matter of one citizen. Facts are JSON values under the contract's names."""

    number: str
    institution: str
    source: str  # telegram, wechat, web, terminal, phone, counter …
    person: int | None  # who filed it, as the store knows them
    kind: str
    status: Status
    category_id: str
    matter_id: str | None
    department_id: str
    grade: str
    facts: dict[str, Any]  # who{…}, what, target, when{…}, where{…}, request, extra{…}
    proposal: dict[str, Any]  # what nlp proposed and why, as it was when filed
    filed_at: datetime
    status_at: datetime = NEVER  # when it entered its status; a new case: when it was filed
    due: dict[str, datetime] = field(default_factory=dict)
    answer: str = ""
    closed_at: datetime | None = None
    round: int = 1  # counts the times it was worked on: 1, and one more for each reopening
    decided_at: datetime | None = None  # when it was last answered or refused
    urged: int = 0  # how often the citizen pressed for it since then
    record: dict[str, Any] = field(default_factory=dict)  # what was done to it beside moving: see ``acts``
    officer: str | None = None  # who has it; None: whoever of its department takes it
    parent: str | None = None  # the case it was split from or is handled with
    sealed: bool = False  # only officers named for it open it
    head: str = ""  # hash of the last saved event
    seq: int = 0  # of the last saved event
    version: int = 0
    fresh: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.status_at is NEVER:
            self.status_at = self.filed_at

    def note(self, event: Event) -> None:
        """Add a line to the history."""
        self.fresh.append(event)

    def move(
        self,
        to: Status,
        *,
        by: Actor,
        at: datetime,
        institution: Institution,
        given: Mapping[str, str],
    ) -> bool:
        """Change status; False when it already stands there with the same department and answer.

        ``given`` holds note, answer, department (an id), ground as far as told.
        Raises: WrongMove, Missing, NoSuchDepartment.
        """
        if to is self.status and self._same(given):
            return False
        who = RULES[self.status].then.get(to)
        if who is None or not {self.status, to} <= stages(institution):
            raise WrongMove(self.number, self.status, to)
        if not who & by.roles:
            raise WrongRole(self.number, self.status, to, who)
        for need in RULES[to].needs:
            if not given.get(need, "").strip():
                raise Missing(to, need)
        if (department := given.get("department")) and department not in {d.id for d in institution.departments}:
            raise NoSuchDepartment(to, institution.id, department)
        self._enter(to, by=by, at=at, given=given)
        return True

    def _same(self, given: Mapping[str, str]) -> bool:
        """A repeated move may leave things out; another department or another answer is another move."""
        department = given.get("department") or self.department_id
        answer = given.get("answer") or self.answer
        match self.status:
            case Status.ASSIGNED:
                return department == self.department_id
            case Status.ANSWERED:
                return answer == self.answer
            case _:
                return True

    def _enter(self, to: Status, *, by: Actor, at: datetime, given: Mapping[str, str]) -> None:
        detail = {"from": self.status.value, "to": to.value}
        if given.get("department"):
            detail["department"] = self.department_id = given["department"]
        if given.get("answer"):
            self.answer = given["answer"]
        if to is Status.REOPENED:
            self.round += 1
        if to in DECIDED:
            self.decided_at, self.urged = at, 0
        private = {key: given[key] for key in ("note", "answer", "ground") if given.get(key)}
        self.status, self.status_at = to, at
        if to is not Status.ARCHIVED:  # filing it away does not close it again
            self.closed_at = at if to in {Status.CLOSED, Status.WITHDRAWN, Status.REFUSED} else None
        self.note(Event(at, by.name, "moved", detail, private))
