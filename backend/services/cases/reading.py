"""Cases as JSON for programs and exports: one, a page of them, and what was said to the citizens of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import scope
from backend.services.cases import casework, finding, view
from backend.services.privacy import looks, sheltering
from backend.services.privacy.masking import masked_text, secrets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


class NotYourInstitution(Exception):
    """Somebody who works for one institution asks for another's cases."""

    def __init__(self, name: str, own: str, asked: str) -> None:
        super().__init__(f"{name} works for {own} and cannot list the cases of {asked}")
        self.name, self.own, self.asked = name, own, asked


def one(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor) -> dict[str, Any]:
    """CASE. Raises: NoSuchCase, NotYours."""
    return whole(work, institutions, casework.opened(work, number, by=by), by=by)


def one_on_record(
    work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor, at: datetime, reason: str = ""
) -> dict[str, Any]:
    """CASE for a program that sees names and contacts whole; that it looked is on record. Raises: NoSuchCase, NotYours, Stale."""
    casework.opened(work, number, by=by)
    if by.personal:
        looks.record(work, institutions, [number], by=by, at=at, reason=reason)
    return one(work, institutions, number, by=by)


def whole(work: UnitOfWork, institutions: Institutions, case: Case, *, by: Actor) -> dict[str, Any]:
    """CASE, of a case that is already read."""
    history, evidence = work.cases.history(case.number), work.evidence.of_case(case.number)
    if sheltering.kept_from(by, case):
        history = sheltering.history(history, case.number, work.surveys.sheltered([case.number]))
    personal, unseen = view.may_see(by, case, institutions[case.institution]), view.unseen(by, history)
    return view.case_json(case, institutions[case.institution], history, evidence, personal=personal, unseen=unseen)


def page(
    work: UnitOfWork,
    institutions: Institutions,
    *,
    by: Actor,
    statuses: Collection[str] = (),
    institution: str | None = None,
    since: datetime | None = None,
    q: str | None = None,
    now: datetime | None = None,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """CASEs, newest first, and the cursor of the next page; *q*: those that this question asks for at *now*.

    Raises: Unknown, NotYourInstitution, BadCursor, BadQuestion.
    """
    if institution is not None and institution not in institutions:
        raise casework.Unknown("institution", institution)
    if by.institution is not None and institution not in {None, by.institution}:
        raise NotYourInstitution(by.name, by.institution, str(institution))
    wanted = institution or by.institution
    if q and q.strip() and now is not None:
        asked = finding.question(q, institutions).narrowed(statuses=statuses, since=since)
        cases, after = finding.find(work, asked, by=by, institution=wanted, now=now, limit=limit, cursor=cursor)
    else:
        cases, after = work.cases.page(
            statuses=statuses, scope=scope.of(by), institution=wanted, since=since, limit=limit, cursor=cursor
        )
    numbers = [case.number for case in cases]
    histories, evidence = work.cases.histories(numbers), work.evidence.of_cases(numbers)
    kept = [case.number for case in cases if sheltering.kept_from(by, case)]
    windows = work.surveys.sheltered(kept) if kept else frozenset()
    histories |= {number: sheltering.history(histories[number], number, windows) for number in kept}
    items = [
        view.case_json(
            case,
            institutions[case.institution],
            histories[case.number],
            evidence[case.number],
            personal=view.may_see(by, case, institutions[case.institution]),
            unseen=view.unseen(by, histories[case.number]),
        )
        for case in cases
    ]
    return items, after


def notices(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor) -> list[dict[str, Any]]:
    """What was said to the citizens of a case and what became of it, oldest first; masked as CASE is. Raises: NoSuchCase, NotYours."""
    case = casework.opened(work, number, by=by)
    zone = ZoneInfo(institutions[case.institution].timezone)
    rows, unseen = work.outbox.of_case(number), view.unseen(by, work.cases.history(number))
    sees = view.may_see(by, case, institutions[case.institution])
    whole_ = sees and not unseen
    hidden = unseen if sees else (*secrets(case.facts["who"]), *unseen)
    channels = {person: work.people.get(person).channel for person in {row.person for row in rows}}
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "text": row.text if whole_ else masked_text(row.text, hidden),
            "channel": channels[row.person],
            "way": row.way or None,
            "state": row.state,
            "reason": row.reason or None,
            "tries": row.tries,
            "at": row.changed_at.astimezone(zone).isoformat(),
        }
        for row in rows
    ]


def last_move(work: UnitOfWork, number: str) -> PastEvent | None:
    """Who moved the case to where it stands, and when; None: it was never moved since it was filed."""
    return next((event for event in reversed(work.cases.history(number)) if event.what == "moved"), None)
