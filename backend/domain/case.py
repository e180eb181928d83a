"""A case: what a citizen told us, where it stands, and its history that only grows.

Changes are methods; who and when are arguments; doing one twice is doing it
once. New events gather in ``fresh`` until the store chains and saves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from backend.domain import blanks, hands
from backend.domain.lifecycle import RULES, Status, shut, stages
from backend.domain.refusals import Missing, NoSuchDepartment, NotYet, WrongMove, WrongRole
from institutions.gone import WHY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from institutions.model import Institution

__all__ = ["Actor", "Case", "Event", "Missing", "NoSuchDepartment", "NotYet", "WrongMove", "WrongRole"]

NEVER = datetime.min.replace(tzinfo=UTC)
DECIDED = frozenset({Status.ANSWERED, Status.REFUSED})
"""Entering these decides what the citizen asked for; they may object to it for a time."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a desk user, a program, the citizen or a job."""

    name: str  # a user's name, "citizen", "system"
    roles: frozenset[str]
    institution: str | None = None  # None: every institution
    personal: bool = True  # may see names and phone numbers whole
    program: bool = False  # acts for people whom we do not know
    departments: frozenset[str] = frozenset()  # whom they work for, by id; none: every department
    confidant: bool = False  # sees sealed cases and names officers for them
    stands_in: frozenset[str] = frozenset()  # officers who are away, whose cases are theirs until then


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
    next_warning: datetime | None = None  # when somebody is to be told of its clocks: see ``running``
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

        ``given`` holds note, answer, department (an id), ground as far as told, and what the rule ``may`` have:
        co (ids, divided by commas), officer, right (an id), investigators (names, divided by commas), and warned: what
        the check of the answer said before, keys divided by commas.
        Raises: WrongMove, Missing, NoSuchDepartment, BadField.
        """
        if to is self.status and self._same(given, by, institution):
            return False
        if shut(institution, by.roles):
            raise NotYet(self.number, self.status, to, *WHY)
        who = RULES[self.status].then.get(to)
        if who is None or to not in stages(institution):
            raise WrongMove(self.number, self.status, to)
        if not who & by.roles:
            raise WrongRole(self.number, self.status, to, who)
        for need in RULES[to].needs:
            if not given.get(need, "").strip():
                raise Missing(to, need)
        offices = {department.id for department in institution.departments}
        for office in (given.get("department"), given.get("right"), *hands.names(given.get("co", ""))):
            if office and office not in offices:
                raise NoSuchDepartment(to, institution.id, office)
        hands.check(hands.Attempt(self, to, by, given, institution))
        blanks.check(to, given, institution)
        self._enter(to, by=by, at=at, given=given)
        hands.own(self, by=by, at=at, institution=institution)
        return True

    def go_with(self, parent: Case, *, by: Actor, at: datetime, given: Mapping[str, str]) -> None:
        """Stand where the case stands that this one is handled with, in the same department and hands."""
        kept = {key: given[key] for key in ("note", "answer", "ground") if given.get(key)}
        answered = {"answer": parent.answer} if parent.status is Status.ANSWERED else {}
        told = {**kept, **answered, "department": parent.department_id, "co": ",".join(parent.record.get("co", ()))}
        self._enter(parent.status, by=by, at=at, given=told, beside=parent.number)
        self.officer = parent.officer
        for key in ("answered_by", "investigators"):
            if key in parent.record:
                self.record[key] = parent.record[key]

    def _same(self, given: Mapping[str, str], by: Actor, institution: Institution) -> bool:
        """A repeated move may leave things out; another department, officer or answer is another move, and so is a look."""
        department = given.get("department") or self.department_id
        answer = given.get("answer") or self.answer
        match self.status:
            case Status.ASSIGNED:
                officer, co = given.get("officer") or self.officer, hands.names(given.get("co", ""))
                others = not co or set(co) - {department} == set(self.record.get("co", ()))
                return department == self.department_id and officer == self.officer and others
            case Status.ANSWERED:
                return answer == self.answer
            case Status.REVIEWING:
                return not hands.is_look(self, by, institution)
            case _:
                return True

    def _enter(self, to: Status, *, by: Actor, at: datetime, given: Mapping[str, str], beside: str = "") -> None:
        detail = {"from": self.status.value, "to": to.value, **hands.fold(self, to, by=by, given=given)}
        if given.get("ground_id"):
            detail["ground_id"] = given["ground_id"]
        if given.get("warned"):
            detail["warned"] = given["warned"].split(",")
        if beside:
            detail["with"] = beside
        if self.officer in by.stands_in:
            detail["for"] = self.officer
        if given.get("department"):
            detail["department"] = self.department_id = given["department"]
        if given.get("answer") and to is not Status.REVIEWING:  # there it is a draft
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
