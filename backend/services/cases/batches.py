"""Cases that belong together: handled as one, split off, linked.

A case handled with another (its parent, named in ``record["with"]``) goes where
that one goes, as long as both stand in the same place; each citizen is told with
the number of their own case, is asked for their own view, and reopens or
withdraws their own. A case that was split off or linked goes its own way.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import numbers, running
from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import SYSTEM, Status
from backend.domain.refusals import WrongAct
from backend.services.cases import finding, notices, posting
from backend.services.cases.changing import run_clocks, save
from dialogs.wording import EN, HANT
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.doing import Doing
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

S = Status
FOLLOWED = frozenset({S.ACCEPTED, S.ASSIGNED, S.RETURNED, S.INVESTIGATING, S.MEDIATING, S.PLANNED, S.REVIEWING,
                      S.SUSPENDED, S.ANSWERED, S.REFUSED, S.TRANSFERRED})  # fmt: skip
"""Where a parent takes its children; what follows an answer is each citizen's own."""
BEFORE = frozenset({S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.RETURNED, S.INVESTIGATING, S.REOPENED})
"""From here a case can be taken in."""
TAKEN_IN = {
    "zh": "您的诉求（{number}）和别人反映的同一件事一起办理，进展和结果照样会告诉您。",
    "en": "Your case ({number}) is handled together with others about the same matter. You will hear of every step.",
}
SPLIT_OFF = {
    "zh": "您说的事里有一件要分开办理，已另立一件，编号 {number}。",
    "en": "One of the things you told us is handled apart, as case {number}.",
}


def take_in(work: UnitOfWork, doing: Doing) -> None:
    """The cases are handled with this one from now on. Raises: NoSuchCase, WrongAct."""
    for number in sorted(doing.values["cases"]):
        child = work.cases.get(number, lock=True)
        _refuse(doing, child)
        child.parent = child.record["with"] = doing.case.number
        child.note(Event(doing.at, doing.by.name, "noted", {"act": "batched", "case": doing.case.number}))
        if child.status is not doing.case.status:
            _follow(work, doing.institution, child, doing.case, by=doing.by, at=doing.at)
        _say(work, doing.institution, child, TAKEN_IN, child.number, at=doing.at)
        save(work, doing.institution, child)


def follow(
    work: UnitOfWork,
    institution: Institution,
    parent: Case,
    left: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> list[Case]:
    """The children that stood with the parent go with it, and are told; which they are."""
    gone = []
    for number in parent.record.get("children", ()) if parent.status in FOLLOWED else ():
        child = work.cases.get(number, lock=True)
        if child.record.get("with") != parent.number or child.status is not left:
            continue
        _follow(work, institution, child, parent, by=by, at=at, given=given)
        if told := notices.tell(work, institution, child, given, at=at, acting=None):
            child.note(Event(at, SYSTEM, "notice", {"status": child.status.value, "people": told}))
        save(work, institution, child)
        gone.append(child)
    return gone


def split(work: UnitOfWork, doing: Doing, department: str) -> Case:
    """A new case from part of the words of this one, with the same citizens; they are told its number."""
    case, institution, at = doing.case, doing.institution, doing.at
    zone = ZoneInfo(institution.timezone)
    day = at.astimezone(zone).date()
    place = str(doing.values.get("place") or case.matter_id or case.category_id)
    facts = deepcopy(case.facts) | {"what": doing.values["text"]}
    child = Case(
        number=numbers.make(day, institution.code, work.cases.next_count(institution.code, day)),
        institution=case.institution,
        source=case.source,
        person=case.person,
        kind=doing.values.get("kind", case.kind),
        status=S.RECEIVED,
        category_id=place.partition("/")[0],
        matter_id=place if "/" in place else None,
        department_id=department,
        grade=case.grade,
        facts=facts,
        proposal={},
        filed_at=at,
        parent=case.number,
        sealed=case.sealed or institution.seals(place.partition("/")[0]),
        record={"named": case.record["named"]} if "named" in case.record else {},
    )
    running.begin(institution, child, at=at, first=True)
    placed = {
        key: getattr(child, key) for key in ("source", "kind", "grade", "category_id", "matter_id", "department_id")
    }
    told = {"split_from": case.number, **placed, "due": {name: due.isoformat() for name, due in child.due.items()}}
    child.note(Event(at, doing.by.name, "filed", told, {"facts": json.dumps(facts, ensure_ascii=False)}))
    child.next_warning = running.next_alarm(institution, child)
    work.cases.add(child, day=day)
    finding.keep(work, child)
    work.involved.set_named(child.number, child.record.get("named", ()))
    roles = {person.id: work.cases.roles(person.id)[case.number] for person in work.cases.people_of(case.number)}
    for person, role in roles.items():
        work.cases.bind(child.number, person, role, at=at)
    _say(work, institution, child, SPLIT_OFF, child.number, at=at)
    save(work, institution, child)
    case.record["children"] = [*case.record.get("children", ()), child.number]
    return child


def check_link(work: UnitOfWork, doing: Doing) -> Doing:
    """A case has one parent, and is nobody's own ancestor. Raises: NoSuchCase, WrongAct."""
    case, other = doing.case, work.cases.get(doing.values["case"], lock=True)
    parent, child = {"child": (case, other), "parent": (other, case), "related": (None, None)}[doing.values["as"]]
    if other.institution != case.institution:
        raise WrongAct(
            case.number,
            doing.act.key,
            f"{other.number} is another institution's",
            f"{other.number} 不是本机构的案件。",
        )
    if parent and child and child.parent not in {None, parent.number}:
        why, zh = f"{child.number} is a child of {child.parent}", f"{child.number} 已经有主案 {child.parent}。"
        raise WrongAct(case.number, doing.act.key, why, zh)
    if parent and child and child.number in _ancestors(work, parent):
        why = f"{parent.number} is itself below {child.number}"
        raise WrongAct(case.number, doing.act.key, why, f"{child.number} 是 {parent.number} 的主案，不能反过来。")
    return doing


def _ancestors(work: UnitOfWork, case: Case) -> set[str]:
    found: set[str] = set()
    while case.parent is not None and case.parent not in found:
        found.add(case.parent)
        case = work.cases.get(case.parent)
    return found


def link(work: UnitOfWork, doing: Doing) -> None:
    """The other case knows of it too. Raises: NoSuchCase."""
    other = work.cases.get(doing.values["case"], lock=True)
    how = doing.values["as"]
    if how == "child":
        other.parent = doing.case.number
    else:
        key = "children" if how == "parent" else "related"
        other.record[key] = list(dict.fromkeys([*other.record.get(key, ()), doing.case.number]))
    opposite = {"child": "parent", "parent": "child", "related": "related"}[how]
    other.note(Event(doing.at, doing.by.name, "noted", {"act": "link", "case": doing.case.number, "as": opposite}))
    save(work, doing.institution, other)


def alike(work: UnitOfWork, institution: Institution, case: Case, *, limit: int = 50) -> list[str]:
    """Open cases that agree with this one in what the institution handles as one, newest first; none: it has no such rule."""
    wanted = {key: _fact(case, key) for key in institution.casework.batch}
    if not wanted or not all(wanted.values()) or case.parent is not None or case.status not in BEFORE:
        return []
    page, _ = work.cases.page(statuses=BEFORE, institution=institution.id, limit=limit)
    known = {case.number, *case.record.get("children", ())}
    return [
        other.number
        for other in page
        if other.number not in known
        and other.parent is None
        and not other.sealed
        and all(_fact(other, key) == told for key, told in wanted.items())
    ]


def _fact(case: Case, key: str) -> str:
    told = case.facts.get(key) or (case.facts.get("extra") or {}).get(key)
    return str((told or {}).get("text", "") if isinstance(told, dict) else told or "").strip().casefold()


def _refuse(doing: Doing, child: Case) -> None:
    """Raises: WrongAct."""
    number, case = child.number, doing.case
    for holds, why, zh in (
        (child.institution != case.institution, "is another institution's", "不是本机构的案件。"),
        (child.parent not in {None, case.number}, f"is handled with {child.parent}", f"已并入 {child.parent}。"),
        (bool(child.record.get("children")), "has cases of its own", "已并入了别的案件，请反过来并。"),
        (child.status not in BEFORE, f"is {child.status}", "现在的状态不能并案。"),
    ):
        if holds:
            raise WrongAct(case.number, doing.act.key, f"{number} {why}", f"{number} {zh}")


def _follow(
    work: UnitOfWork,
    institution: Institution,
    child: Case,
    parent: Case,
    *,
    by: Actor,
    at: datetime,
    given: Mapping[str, str] | None = None,
) -> None:
    """Stand where the parent stands, in the same hands."""
    since = child.status_at
    child.go_with(parent, by=by, at=at, given=given or {})
    run_clocks(institution, child, at=at, since=since)
    work.involved.set_cohosts(child.number, child.record.get("co", ()))


def _say(
    work: UnitOfWork, institution: Institution, case: Case, words: Mapping[str, str], number: str, *, at: datetime
) -> None:
    people = work.cases.people_of(case.number)
    for person in people:
        text = words[EN if person.language == EN else "zh"].format(number=number)
        told = traditional(text) if person.language == HANT else text
        fields = notices.form(institution, case, person.language, at=at)
        choices = notices.buttons(work, institution, case, person)
        work.outbox.queue(
            person.id,
            number=case.number,
            kind="status",
            text=told,
            choices=choices,
            at=at,
            not_before=posting.when(work, institution, case, person.id, at=at),
            fields=fields,
        )
    if people:
        case.note(Event(at, SYSTEM, "notice", {"people": len(people)}))
