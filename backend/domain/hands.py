"""Whose hand a case is in, and what a move asks of it: the rows of ``lifecycle.ASKS`` as functions.

Each looks at the case, at what its institution's ``casework`` wants, and at
who moves it; it returns why not, in English and Chinese, or None. What a move
leaves behind in ``Case.record`` is folded in here too, so that whoever reads
one sees the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.lifecycle import HANDLE, LEAD, REVIEW, RULES, Status, allowed, stages
from backend.domain.refusals import BadField, Missing, NotYet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from institutions.model import Institution

S = Status
RELAYED = frozenset({S.TRANSFERRED, S.APPEALED})
"""From here an answer is another body's, or a reviewer's own decision: nobody reviews it again."""
WORKED = frozenset({S.INVESTIGATING, S.MEDIATING, S.PLANNED, S.REVIEWING, S.ANSWERED})
"""Whoever brings a case here has worked on it."""
WRITTEN = frozenset({"complaint", "report"})
"""Kinds of matter that get an answer in the institution's form; a question gets one in a sentence."""
PANEL = 2
"""So few make no panel."""
HEAD = frozenset({"manager", "admin"})
"""Who has the last look where an institution wants its head to."""
BETWEEN = re.compile(r"[,，、;；\n]+")
"""What stands between names in a list."""

Why = tuple[str, str]
"""Why not, in English and in Chinese."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody wants to move a case."""

    case: Case
    to: Status
    by: Actor
    given: Mapping[str, str]
    institution: Institution


def names(told: str) -> list[str]:
    """The different names of a list that somebody typed, in their order."""
    return list(dict.fromkeys(name.strip() for name in BETWEEN.split(told) if name.strip()))


def check(attempt: Attempt) -> None:
    """Whether everything is there that the move asks for. Raises: NotYet, Missing."""
    for key in RULES[attempt.to].asks:
        if why := ASKED[key](attempt):
            raise NotYet(attempt.case.number, attempt.case.status, attempt.to, *why)


def open_to(case: Case, institution: Institution, by: Actor) -> list[Status]:
    """Where this person may move the case as things stand; what they would have to write is not asked yet."""
    return [to for to in allowed(institution, case.status, by.roles) if _open(Attempt(case, to, by, {}, institution))]


def _open(attempt: Attempt) -> bool:
    try:
        check(attempt)
    except NotYet:
        return False
    except Missing:
        return True
    return True


def looks(case: Case, institution: Institution) -> int:
    """How many others see an answer to this case before the citizen does."""
    work = institution.casework
    return max(work.reviews, PANEL) if case.grade in work.panel else work.reviews


def appeals_left(case: Case, institution: Institution) -> int:
    """How often what was decided can still be objected to; 0: the last decision is final, or nobody reviews here."""
    if S.APPEALED not in stages(institution):
        return 0
    return max(0, institution.review.times - int(case.record.get("appeals", 0)))


def _open_to_lead(it: Attempt) -> Why | None:
    returns = it.case.record.get("returns", ())
    if it.case.status is not S.RETURNED or len(returns) < it.institution.casework.returns or it.by.roles & LEAD:
        return None
    return (
        f"it was returned {len(returns)} times; a coordinator reads all reasons and decides",
        f"这件已经退单 {len(returns)} 次，要由协调员看过各次退单理由后决定。",
    )


def _higher(it: Attempt) -> Why | None:
    """A program answers for people of its own, whom we do not know: the rule is for persons."""
    case, lead = it.case, bool(it.by.roles & LEAD)
    before = case.record.get("answered_by")
    if not it.institution.casework.higher or (case.round == 1 and case.status is not S.APPEALED):
        return None
    if case.status is S.REOPENED and case.round > PANEL and not lead:
        return (
            "it was reopened again; a coordinator decides who works on it now",
            "已经不止一次重新办理，要由协调员指定承办人。",
        )
    if it.given.get("officer") and it.given["officer"] == before:
        return (
            f"{before} gave the answer that did not hold; name another officer",
            f"上次答复是 {before} 作的，请换一位承办人。",
        )
    if it.to is not S.ASSIGNED and it.by.name == before and not lead and not it.by.program:
        return (
            f"{before} gave the answer that did not hold; another hand works on it",
            "上次答复是您作的，要由别的人或上一级重新办理。",
        )
    return None


def _investigators(it: Attempt) -> Why | None:
    wanted = it.institution.casework.hands(it.case.category_id)
    given = names(it.given.get("investigators", ""))
    if wanted == 1 or (not given and len(it.case.record.get("investigators", ())) >= wanted):
        return None
    if not given:
        raise Missing(it.to, "investigators", f"请写明 {wanted} 名调查人员。")
    if len(given) < wanted:
        why = f"must name {wanted} different people, divided by commas"
        raise BadField(it.to, "investigators", why, f"调查人员要 {wanted} 名，不能是同一个人，用逗号隔开。")
    return None


def _approved(it: Attempt) -> Why | None:
    case, rule = it.case, it.institution.casework.planned(it.case.category_id)
    if case.status in RELAYED or case.record.get("settled") or case.record.get("plan") == "approved":
        return None
    if case.status is S.PLANNED and not it.by.roles & (LEAD if rule else REVIEW):
        return "the plan is not approved yet", "处理方案还没有批准。"
    if case.status is not S.PLANNED and rule:
        return "a plan is submitted and approved first", "要先提交处理方案，批准后才能继续。"
    return None


def _says_all(it: Attempt) -> Why | None:
    """A written answer holds what the institution wants in it; what was settled on the spot needs none."""
    case, answer = it.case, it.given.get("answer", "")
    if not answer or case.kind not in WRITTEN or case.status in RELAYED or case.record.get("settled"):
        return None
    if unsaid := it.institution.casework.unsaid(answer):
        zh = f"答复里还要写明：{'、'.join(unsaid)}。"
        raise BadField(it.to, "answer", f"must also say: {', '.join(unsaid)}", zh)
    return None


def _reviewed(it: Attempt) -> Why | None:
    case, wanted = it.case, looks(it.case, it.institution)
    if not wanted or case.status in RELAYED or case.record.get("settled"):
        return None
    if case.status is not S.REVIEWING:
        return "an answer is reviewed first", "答复前要先提交审核。"
    seen = _seen(case) | ({it.by.name} - {case.record.get("written_by")})
    if len(seen) < wanted:
        return (
            f"{wanted} others see it first, {len(_seen(case))} have; who wrote it does not count",
            f"要有 {wanted} 名其他人员审核，现在有 {len(_seen(case))} 名；起草人自己审核不算。",
        )
    if it.institution.casework.head and not it.by.roles & HEAD:
        return "the last review is a manager's", "最后一道审核要由负责人（主管）作。"
    return None


def _reviewer(it: Attempt) -> Why | None:
    case = it.case
    if case.status is not S.REVIEWING:
        return None
    if it.by.name == case.record.get("written_by"):
        return "who wrote the answer does not review it", "起草人不能审核自己写的答复。"
    if it.by.name in _seen(case):
        return f"{it.by.name} has reviewed it; the next one is somebody else's", "您已经审核过，下一道审核要换一个人。"
    return None


def _appeals(it: Attempt) -> Why | None:
    if appeals_left(it.case, it.institution):
        return None
    times = it.institution.review.times
    return f"it was reviewed {times} times; that decision is final", f"已经复核 {times} 次，结论是最终的。"


def _leaders(it: Attempt) -> Why | None:
    if it.case.status is not S.APPEALED or not it.case.record.get("to_lead") or it.by.roles & LEAD:
        return None
    return (
        "the objection came too late for the reviewers; those who lead decide on it",
        "这次异议过了一般期限，要由领导（协调员或主管）决定。",
    )


def _assessed(it: Attempt) -> Why | None:
    plan = it.case.record.get("emergency")
    if plan is None or plan.get("assessed"):
        return None
    return "the emergency has not been assessed", "应急处置还没有评估，评估后才能归档。"


ASKED: dict[str, Callable[[Attempt], Why | None]] = {
    "open_to_lead": _open_to_lead,
    "higher": _higher,
    "investigators": _investigators,
    "approved": _approved,
    "says_all": _says_all,
    "reviewed": _reviewed,
    "reviewer": _reviewer,
    "appeals": _appeals,
    "leaders": _leaders,
    "assessed": _assessed,
}


def is_look(case: Case, by: Actor, institution: Institution) -> bool:
    """Whether sending a case that is in review to review once more is this person's look at it."""
    return bool(looks(case, institution) and by.roles & REVIEW)


def own(case: Case, *, by: Actor, at: datetime, institution: Institution) -> None:
    """Keep whose a case is now: its officer, where each has one; those who lead, where an objection came late.

    The case stands where it was moved to.
    """
    worked = case.status in WORKED and bool(by.roles & HANDLE) and not by.program
    if institution.casework.officer and worked and case.officer is None:
        case.officer = by.name
    if case.status is S.APPEALED and institution.review.leader and case.decided_at is not None:
        zone, within = ZoneInfo(institution.timezone), institution.review.within
        end = clock.due(case.decided_at, within, zone=zone, hours=institution.hours).at
        case.record = {**case.record, "to_lead": clock.late(end, at)}


def fold(case: Case, to: Status, *, by: Actor, given: Mapping[str, str]) -> Record:
    """Keep in the record what the move tells of hands and looks; what of it belongs in the history.

    The case still stands where it stood before.
    """
    record = dict(case.record)
    told = FOLDS[to](case, record, by, given) if to in FOLDS else {}
    if case.status is S.PLANNED and to in {S.REVIEWING, S.ANSWERED}:
        record["plan"] = "approved"
    case.record = record
    return told


def _return(_case: Case, record: Record, by: Actor, given: Mapping[str, str]) -> Record:
    right = {"right": given["right"]} if given.get("right") else {}
    record["returns"] = [*record.get("returns", ()), {"by": by.name, **right}]
    return {"returns": len(record["returns"]), **right}


def _supplement(_case: Case, record: Record, _by: Actor, given: Mapping[str, str]) -> Record:
    """Until when the citizen is asked and for what: see ``supplement``. A new question takes the place of the last."""
    told: Record = {"until": given["until"]} if given.get("until") else {}
    told |= {"lacks": names(given["lacks"])} if given.get("lacks") else {}
    record.pop("supplement", None)
    if told:
        record["supplement"] = told | ({"remind": given["remind"]} if given.get("remind") else {})
    return told


def _assign(case: Case, record: Record, _by: Actor, given: Mapping[str, str]) -> Record:
    """The lead, who helps, and whose case it is now: another department's case is nobody's yet."""
    told: Record = {}
    if "co" in given:
        record["co"] = names(given["co"])
    if "co" in record:
        record["co"] = [key for key in record["co"] if key != given["department"]]
    if record.get("co"):
        told["co"] = record["co"]
    if given.get("officer"):
        told["officer"] = case.officer = given["officer"]
    elif given["department"] != case.department_id or case.status is S.REOPENED:
        case.officer = None
    return told


def _investigate(_case: Case, record: Record, _by: Actor, given: Mapping[str, str]) -> Record:
    if not given.get("investigators"):
        return {}
    record["investigators"] = names(given["investigators"])
    return {"investigators": record["investigators"]}


def _plan(_case: Case, record: Record, _by: Actor, _given: Mapping[str, str]) -> Record:
    record["plan"] = "proposed"
    return {}


def _review(case: Case, record: Record, by: Actor, _given: Mapping[str, str]) -> Record:
    """Submitted anew, every look begins anew; from hand to hand, one more has looked."""
    if case.status is not S.REVIEWING:
        record |= {"written_by": by.name, "reviews": []}
        return {}
    record["reviews"] = [*record.get("reviews", ()), {"by": by.name}]
    return {"reviews": len(record["reviews"])}


def _answer(case: Case, record: Record, by: Actor, _given: Mapping[str, str]) -> Record:
    """Who reviews is a look of its own, and no author."""
    author = record.get("written_by")
    if case.status is S.REVIEWING and by.name != author and by.name not in _seen(case):
        record["reviews"] = [*record.get("reviews", ()), {"by": by.name}]
    record["answered_by"] = author or by.name
    return {}


def _appeal(_case: Case, record: Record, _by: Actor, _given: Mapping[str, str]) -> Record:
    record["appeals"] = int(record.get("appeals", 0)) + 1
    return {"appeals": record["appeals"]}


def _reopen(case: Case, record: Record, _by: Actor, _given: Mapping[str, str]) -> Record:
    record["hand"] = case.round + 1
    for key in ("reviews", "written_by", "plan"):
        record.pop(key, None)
    return {}


FOLDS: dict[Status, Callable[[Case, Record, Actor, Mapping[str, str]], Record]] = {
    S.SUPPLEMENTING: _supplement,
    S.RETURNED: _return,
    S.ASSIGNED: _assign,
    S.INVESTIGATING: _investigate,
    S.PLANNED: _plan,
    S.REVIEWING: _review,
    S.ANSWERED: _answer,
    S.APPEALED: _appeal,
    S.REOPENED: _reopen,
}
"""What entering a status leaves in the record."""


def _seen(case: Case) -> set[str]:
    """Who has looked at the answer as it stands."""
    return {look["by"] for look in case.record.get("reviews", ())}
