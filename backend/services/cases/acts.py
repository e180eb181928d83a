"""Acts on cases, inside one unit of work: what ``domain/doing`` allows, with everything it changes outside its case.

Each row of ``AROUND`` is what one act does beside the record: looks its people
up, moves other cases, writes ledgers. The citizen hears of it here too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.domain import doing as domain
from backend.domain import filled, running
from backend.domain.acts import ACTS
from backend.domain.case import Event
from backend.domain.lifecycle import JOBS, LEAD, SYSTEM, Status
from backend.domain.refusals import BadField, NoSuchAct
from backend.services.cases import batches, casework, officers, rewards, telling
from backend.services.cases.changing import enter, save
from backend.store.cases import NoSuchCase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.domain.doing import Doing
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

QUIET = frozenset({"looked", "clock", "notice"})


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to one act beside its record: before it is folded, and after."""

    before: Callable[[UnitOfWork, Doing], Doing] | None = None
    after: Callable[[UnitOfWork, Doing], None] | None = None
    tells_itself: bool = False


def do(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    key: str,
    given: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> Case:
    """Do the act, with its effects. The same act twice in a row changes nothing.

    Raises: NoSuchCase, NotYours, NoSuchAct, WrongAct, NotYourAct, Missing, BadField, NoSuchDepartment, Stale.
    """
    case = casework.opened(work, number, by=by, lock=True)
    institution = institutions[case.institution]
    if key not in ACTS:
        raise NoSuchAct(key)
    if _done_already(work, institution, case, key, given, by=by):
        return case
    doing = domain.allowed(case, key, given, by=by, at=at, institution=institution)
    around = AROUND.get(key, Around())
    try:
        _carry_out(work, doing, around)
    except (NoSuchCase, casework.NotYours) as error:  # one that they may not see looks the same as none
        zh = f"没有编号为 {error.number} 的案件，请核对。"
        raise BadField(key, "case", f"is wrong: there is no case {error.number}", zh) from error
    if not around.tells_itself:
        telling.tell(work, institution, case, doing.act, telling.of(doing), at=at)
    save(work, institution, case)
    return case


def _carry_out(work: UnitOfWork, doing: Doing, around: Around) -> None:
    """Nobody reaches through their own case into one that they may not open. Raises: NoSuchCase, NotYours."""
    for field in doing.act.fields:
        told = doing.values.get(field.key, ()) if field.kind in {"case", "cases"} else ()
        for number in [told] if isinstance(told, str) else told:
            casework.opened(work, number, by=doing.by)
    if around.before:
        doing = around.before(work, doing)
    domain.fold(doing)
    if around.after:
        around.after(work, doing)


def _done_already(
    work: UnitOfWork, institution: Institution, case: Case, key: str, given: Mapping[str, object], *, by: Actor
) -> bool:
    """Whether the last thing that happened to the case is this act, by this person, with these values."""
    last = next((e for e in reversed(work.cases.history(case.number)) if e.what not in QUIET and e.by != SYSTEM), None)
    if last is None or last.by != by.name or last.detail.get("act") != key:
        return False
    try:
        values = filled.read(ACTS[key], case, institution, given)
    except BadField:  # what was chosen is no choice any more, since it was done
        values = {field: str(told) for field, told in given.items()}
    done = {**last.detail, **last.private}
    return all(str(done.get(field)) == str(value) for field, value in values.items() if field in done)


def _officer(work: UnitOfWork, doing: Doing) -> Doing:
    """The officer, or who stands in for them."""
    name = doing.values["user"]
    try:
        department = doing.case.department_id
        found = officers.found(work, doing.institution, doing.act.key, name, department=department, at=doing.at)
    except BadField as error:
        raise BadField(doing.act.key, "user", error.why, error.zh) from error
    stands_in = {"away": name} if found.name != name else {}
    return replace(doing, values={**doing.values, "user": found.name, **stands_in})


def _named(work: UnitOfWork, doing: Doing) -> Doing:
    for name in doing.values["users"]:
        officer = work.accounts.officer(name)
        if officer is None or officer.disabled or officer.institution not in {None, doing.case.institution}:
            raise BadField(
                doing.act.key, "users", f"has {name!r}, who is no user here", f"“{name}”不是本机构的用户，请重新选择。"
            )
    return doing


def _seal(work: UnitOfWork, doing: Doing) -> None:
    work.involved.set_named(doing.case.number, doing.values["users"])


def _cohosts(work: UnitOfWork, doing: Doing) -> None:
    work.involved.set_cohosts(doing.case.number, doing.case.record["co"])


def _emergency(_work: UnitOfWork, doing: Doing) -> None:
    """The clocks go by the minute from now on."""
    raise_to_emergency(doing.institution, doing.case, at=doing.at)


def raise_to_emergency(institution: Institution, case: Case, *, at: datetime) -> None:
    """Whatever it was graded, it has an emergency's clocks now."""
    if case.grade != "emergency":
        case.note(Event(at, SYSTEM, "corrected", {"grade": [case.grade, "emergency"]}))
        case.grade = "emergency"
        running.anew(institution, case, at=at)


def _split(work: UnitOfWork, doing: Doing) -> None:
    values, case = doing.values, doing.case
    if values.get("place"):
        category, _, matter = str(values["place"]).partition("/")
        department = doing.institution.department_for(
            category, values["place"] if matter else None, text=values["text"], kind=values.get("kind", case.kind)
        ).id
    else:
        department = case.department_id
    child = batches.split(work, doing, department)
    case.fresh[-1].detail["child"] = child.number


def _reward(work: UnitOfWork, doing: Doing) -> None:
    rewards.grant(work, doing)


def _settled(work: UnitOfWork, doing: Doing) -> None:
    """Record only: it is walked to its end at once, and told once, by the act itself."""
    case, words = doing.case, doing.values["text"]
    steps = {
        Status.ACCEPTED: {},
        Status.ASSIGNED: {"department": case.department_id},
        Status.ANSWERED: {"answer": words},
        Status.CLOSED: {},
    }
    case.record["settled"] = True
    here = list(steps).index(case.status) + 1 if case.status in steps else 0
    everybody = replace(doing.by, roles=doing.by.roles | JOBS | LEAD)
    for to in list(steps)[here:]:
        enter(work, doing.institution, case, to, steps[to], by=everybody, at=doing.at, quiet=True)


AROUND: dict[str, Around] = {
    "officer": Around(before=_officer),
    "cohosts": Around(after=_cohosts),
    "name_officer": Around(before=_named, after=_seal),
    "emergency": Around(after=_emergency),
    "link": Around(before=batches.check_link, after=batches.link),
    "batch": Around(after=batches.take_in),
    "split": Around(after=_split),
    "reward": Around(after=_reward, tells_itself=True),
    "claim": Around(after=rewards.claim),
    "settled": Around(after=_settled),
}
