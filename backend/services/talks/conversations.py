"""Conversations as the store keeps them, and the citizen's cases as the chat tells of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import drafts, hands
from backend.domain.case import Actor
from backend.domain.explain import moved
from backend.domain.lifecycle import CITIZEN, PLAIN, Status
from backend.domain.running import waits
from backend.services.cases import deciding, reporters
from backend.services.cases.reporters import JOINERS, JOINT
from backend.services.talks import steps
from dialogs.conversation import Conversation, Draft
from dialogs.draft import albums
from dialogs.events import Brief
from dialogs.resuming import returning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

ITSELF = Actor(CITIZEN, frozenset({CITIZEN}))
NOT_COUNTED = ("等您补充的时间不算在里面，期限会往后顺延", "the time we wait for you does not count and is added")
"""Why a promised time is not the last word while a case waits for its citizen."""
SAID = frozenset({Status.ANSWERED, Status.VISITING_BACK, Status.CLOSED})
"""There is an answer, and nobody is working on it now."""
OVER = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.REFUSED})


def load(work: UnitOfWork, person: Person, institution: Institution) -> Conversation:
    """The conversation so far, or a new one."""
    return restored(work.people.conversation(person.id, institution.id), person, institution)


def restored(state: dict[str, Any] | None, person: Person, institution: Institution) -> Conversation:
    """The conversation that was kept so; None: a new one."""
    return fitting(Conversation.from_json(state), institution) if state else Conversation(language=person.language)


def fitting(now: Conversation, institution: Institution) -> Conversation:
    """The conversation without a proposal that the institution, as it is now, cannot make: it is made anew."""
    draft = _fitting(now.draft, institution)
    if draft is now.draft and not now.shelf and now.alarm is None:
        return now
    kept = tuple(replace(each, draft=_fitting(each.draft, institution)) for each in now.shelf)
    alarm = replace(now.alarm, draft=_fitting(now.alarm.draft, institution)) if now.alarm else None
    return replace(now, draft=draft, shelf=kept, alarm=alarm)


def keep(work: UnitOfWork, person: Person, institution: Institution, now: Conversation, *, at: datetime) -> None:
    """Save it, when something falls due for what is told in it, the language for notices, and what it counted."""
    now = steps.taken_out(work, person, institution, now, at=at)
    falls_due = due(institution, now, since=at)
    work.people.keep_conversation(person.id, institution.id, now.to_json(), at=at, due=falls_due)
    if now.language != person.language:
        work.people.set_language(person.id, str(now.language))


def due(institution: Institution, now: Conversation, *, since: datetime) -> datetime | None:
    """When something falls due for the drafts in it; None: nothing does. *since*: where it does not know itself."""
    step = drafts.next_step(standing(now, since=since), institution.drafts, ZoneInfo(institution.timezone))
    return min((at for at in (step.at if step else None, albums.due(now)) if at), default=None)


def standing(now: Conversation, *, since: datetime) -> drafts.Standing:
    """The drafts in it, as the plan of reminders sees them."""
    silent = now.stage not in returning.LEFT or now.draft.grade == "emergency" or now.hand == "taken" or now.silent
    return drafts.Standing(
        heard_at=_time(now.heard_at) or since,
        open=returning.is_open(now),
        asleep=silent,
        nudged=now.draft.nudged,
        closes_at=_time(now.closes_at),
        put_by=(_time(now.shelf[0].since) or since) if now.shelf else None,
    )


def briefs(work: UnitOfWork, institutions: Mapping[str, Institution], person: Person) -> tuple[Brief, ...]:
    """The person's cases, newest first."""
    roles = work.cases.roles(person.id)
    if not roles:
        return ()
    cases = work.cases.bound_cases(person.id)
    joint = work.cases.voices(list(roles), {JOINT})
    told = (
        _as_told(work, institutions[case.institution], case, person, role=roles[case.number], joint=joint[case.number])
        for case in cases
    )
    return deciding.told(work, cases, person, told)


def brief_for(work: UnitOfWork, institution: Institution, case: Case, person: Person) -> Brief:
    """One case that they may follow, as this person may hear of it."""
    role, joint = work.cases.roles(person.id)[case.number], work.cases.voices([case.number], {JOINT})[case.number]
    told = _as_told(work, institution, case, person, role=role, joint=joint)
    return deciding.told(work, [case], person, [told])[0]


def _as_told(work: UnitOfWork, institution: Institution, case: Case, person: Person, *, role: str, joint: int) -> Brief:
    """Who joined hears their own words, not those of who filed it. ``joint``: how many have joined."""
    told = replace(brief(institution, case), others=joint)
    if role not in JOINERS:
        return told
    joined = reporters.of_person(reporters.joint(work.cases.history(case.number)), person.id)
    own = joined.facts if joined else {}
    category = next((one.name for one in institution.categories if one.id == case.category_id), "")
    return replace(
        told,
        what=str(own.get("what") or category),
        where=str((own.get("where") or {}).get("text", "")),
        may=told.may - {str(Status.WITHDRAWN)},
        joint=True,
    )


def brief(institution: Institution, case: Case) -> Brief:
    """One case, as the chat tells of it."""
    department, (label, label_en) = institution.office(case.department_id), PLAIN[case.status]
    return Brief(
        number=case.number,
        label=label,
        label_en=label_en,
        department=department.name,
        department_en=department.name_en or department.name,
        filed_at=case.filed_at,
        what=case.facts.get("what") or "",
        promised=case.due.get("answer"),
        answer=case.answer,
        open=case.status not in OVER,
        answered=case.status in SAID,
        where=(case.facts.get("where") or {}).get("text", ""),
        may=frozenset(str(status) for status in hands.open_to(case, institution, ITSELF)),
        status=str(case.status),
        object_by=deciding.object_by(institution, case.decided_at) if hands.appeals_left(case, institution) else None,
        why=NOT_COUNTED if case.status is Status.SUPPLEMENTING and waits(case) else moved(institution, case, "answer"),
    )


def _time(told: str) -> datetime | None:
    """A time that the conversation keeps; None: it keeps none that can be read."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _fitting(draft: Draft, institution: Institution) -> Draft:
    if draft.proposal is None:
        return draft
    offices, ids = {one.id for one in institution.departments}, {one.id for one in institution.categories}
    known = all(
        one["category_id"] in ids and one["department_id"] in offices and _is_matter(institution, one["matter_id"])
        for one in draft.proposal["top"]
    )
    return draft if known else replace(draft, proposal=None)


def _is_matter(institution: Institution, path: str | None) -> bool:
    if path is None:
        return True
    try:
        institution.matter(path)
    except KeyError:
        return False
    return True
