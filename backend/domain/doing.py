"""Doing an act to a case: is it allowed, what of it stays in ``Case.record``, what the history tells.

Pure: what an act does outside its case is services/acts'. The record holds keys
and names; what somebody wrote is in the event's private texts, where it can be
erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import explain, filled, running
from backend.domain.acts import ACTS, ROWS, Act
from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import SYSTEM, shut
from backend.domain.refusals import BadField, NoSuchAct, NotYourAct, WrongAct
from institutions.gone import WHY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from institutions.model import Institution

Record = dict[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that is allowed, with what was filled in; the case is as it was."""

    act: Act
    case: Case
    values: Values
    by: Actor
    at: datetime
    institution: Institution


def perform(
    case: Case, key: str, given: Mapping[str, object], *, by: Actor, at: datetime, institution: Institution
) -> Doing:
    """Check the act, fold it into the case's record and note it.

    Raises: NoSuchAct, WrongAct, NotYourAct, Missing, BadField, NoSuchDepartment.
    """
    doing = allowed(case, key, given, by=by, at=at, institution=institution)
    fold(doing)
    return doing


def allowed(
    case: Case, key: str, given: Mapping[str, object], *, by: Actor, at: datetime, institution: Institution
) -> Doing:
    """The act as it would be done; nothing is changed yet. Raises: as ``perform``."""
    if key not in ACTS:
        raise NoSuchAct(key)
    act = ACTS[key]
    if shut(institution, by.roles):
        raise WrongAct(case.number, key, *WHY)
    if not act.roles & by.roles:
        raise NotYourAct(case.number, key, f"only {', '.join(sorted(act.roles))} may", "您的角色不能做这一步。")
    if case.status not in act.statuses:
        raise WrongAct(case.number, key, f"it is {case.status} now", f"案件现在的状态不能做“{act.label}”。")
    if act.when and not WHEN[act.when](case, institution):
        raise WrongAct(case.number, key, *NOT_NOW[act.when])
    return Doing(act, case, filled.read(act, case, institution, given), by, at, institution)


def open_to(case: Case, institution: Institution, by: Actor) -> list[Act]:
    """What this person may do to the case as it stands."""
    if shut(institution, by.roles):
        return []
    return [
        act
        for act in ROWS
        if act.roles & by.roles and case.status in act.statuses and (not act.when or WHEN[act.when](case, institution))
    ]


def fold(doing: Doing) -> None:
    """Keep it: in the record by the act's own rule, in the history by its fields. Raises: BadField, WrongAct."""
    stands_in = {"for": doing.case.officer} if doing.case.officer in doing.by.stands_in else {}
    told = FOLDS[doing.act.key](doing, doing.case.record) if doing.act.key in FOLDS else {}
    doing.case.note(event(doing, told | stands_in))


def begin_emergency(case: Case, *, at: datetime) -> None:
    """The emergency plan starts by itself, once; the desk names who leads."""
    if "emergency" not in case.record:
        case.record["emergency"] = {"lead": None, "team": [], "at": at.isoformat()}
        case.note(Event(at, SYSTEM, "noted", {"act": "emergency"}))


def event(doing: Doing, told: Values | None = None) -> Event:
    """The line of the history: what is private can be erased."""
    secret = {field.key for field in doing.act.fields if field.private}
    public = {key: value for key, value in doing.values.items() if key not in secret}
    private = {key: str(value) for key, value in doing.values.items() if key in secret}
    return Event(doing.at, doing.by.name, "noted", {"act": doing.act.key, **public, **(told or {})}, private)


def _length(most: str) -> str:
    """A length as handlers say it; what follows it says where it is counted from."""
    length, _, rest = most.partition(" ")
    return explain.spell(length, "zh") + ("（从开始计时算起）" if rest else "") if length else most


def _extend(doing: Doing, _record: Record) -> Values:
    name, until = doing.values["clock"], datetime.fromisoformat(doing.values["until"])
    was = doing.case.due[name]
    try:
        running.extend_to(doing.institution, doing.case, name, until, at=doing.at)
    except running.NotPutOff as error:
        most = _length(error.most) if error.reason == "far" else error.most
        zh = {
            "never": "这个期限不能延长。",
            "often": f"这个期限已经延长过 {most} 次，不能再延。",
            "far": f"最多只能延长 {most}，请改早一点。",
            "past": "新的期限要晚于现在的期限，也不能是过去的时间。",
        }[error.reason]
        raise BadField(doing.act.key, "until", str(error), zh) from error
    return {"was": was.isoformat()}


def _supervise(doing: Doing, record: Record) -> Values:
    record["supervised"] = doing.act.key == "supervise"
    return {}


def _cohosts(doing: Doing, record: Record) -> Values:
    record["co"] = [key for key in doing.values.get("departments", ()) if key != doing.case.department_id]
    return {"departments": record["co"]}


def _officer(doing: Doing, record: Record) -> Values:
    user, before = doing.values["user"], record.get("answered_by")
    if doing.case.round > 1 and doing.institution.casework.higher and user == before:
        why = f"{before} gave the answer that did not hold"
        raise BadField(doing.act.key, "user", why, f"上次答复是 {before} 作的，请换一位承办人。")
    doing.case.officer = user
    return {}


def _investigators(doing: Doing, record: Record) -> Values:
    wanted, given = doing.institution.casework.investigators, doing.values["names"]
    if len(given) < wanted:
        raise BadField(
            doing.act.key, "names", f"must be {wanted} different people", f"调查人员要 {wanted} 名，不能是同一个人。"
        )
    record["investigators"] = given
    return {}


def _kept(key: str, field: str) -> Callable[[Doing, Record], Values]:
    def fold_(doing: Doing, record: Record) -> Values:
        record[key] = doing.values[field]
        return {}

    return fold_


def _today(doing: Doing) -> str:
    return doing.at.astimezone(ZoneInfo(doing.institution.timezone)).date().isoformat()


def _interview(doing: Doing, record: Record) -> Values:
    if datetime.fromisoformat(doing.values["when"]) > doing.at:
        raise BadField(doing.act.key, "when", "is still to come", "询问的时间还没有到，请核对。")
    record["interviews"] = int(record.get("interviews", 0)) + 1
    return {}


def _outcome(doing: Doing, record: Record) -> Values:
    row = next(one for one in doing.institution.casework.outcomes if one.id == doing.values["outcome"])
    due = doing.values.get("due")
    if row.rectify and due is None:
        raise BadField(doing.act.key, "due", "is needed, to look again then", "这项要整改，请填整改期限，到期复查。")
    if due is not None and due < _today(doing):
        raise BadField(doing.act.key, "due", "is in the past", "整改期限不能是过去的日子。")
    kept = {"id": row.id, "due": due, "done": None} | ({"yuan": doing.values["yuan"]} if "yuan" in doing.values else {})
    record["outcomes"] = [*record.get("outcomes", ()), kept]
    return {}


def _rectified(doing: Doing, record: Record) -> Values:
    if doing.values["on"] > _today(doing):
        raise BadField(doing.act.key, "on", "is still to come", "复查日期还没有到，复查过再填。")
    place = int(doing.values["outcome"])
    record["outcomes"] = [
        {**one, "done": doing.values["on"]} if at == place else one for at, one in enumerate(record["outcomes"])
    ]
    return {"outcome": record["outcomes"][place]["id"]}


def _emergency(doing: Doing, record: Record) -> Values:
    """Named again, the team is another one; since when it is an emergency stays."""
    since = (record.get("emergency") or {}).get("at", doing.at.isoformat())
    record["emergency"] = {"lead": doing.values["lead"], "team": doing.values.get("team", []), "at": since}
    return {}


def _assess(doing: Doing, record: Record) -> Values:
    record["emergency"] = {**record["emergency"], "assessed": doing.at.isoformat()}
    return {}


def _link(doing: Doing, record: Record) -> Values:
    other, how = doing.values["case"], doing.values["as"]
    key = {"child": "children", "parent": "", "related": "related"}[how]
    if how == "parent":
        doing.case.parent = other
    else:
        record[key] = list(dict.fromkeys([*record.get(key, ()), other]))
    return {}


def _batch(doing: Doing, record: Record) -> Values:
    if doing.case.parent is not None:
        why = f"it is itself handled with {doing.case.parent}"
        raise WrongAct(doing.case.number, doing.act.key, why, f"本案已并入 {doing.case.parent}，请到那一件里办。")
    record["children"] = list(dict.fromkeys([*record.get("children", ()), *doing.values["cases"]]))
    return {}


def _malicious(doing: Doing, record: Record) -> Values:
    record["malicious"], record["malicious_by"] = "proposed", doing.by.name
    return {}


def _malicious_review(doing: Doing, record: Record) -> Values:
    if record.get("malicious_by") == doing.by.name:
        why = "who proposed it does not decide it"
        raise WrongAct(doing.case.number, doing.act.key, why, "提出的人不能自己审定，请由别人审定。")
    record["malicious"] = doing.values["decision"]
    return {}


def _name_officer(doing: Doing, record: Record) -> Values:
    record["named"], doing.case.sealed = doing.values["users"], True
    return {}


def _test_fee(doing: Doing, record: Record) -> Values:
    record["test_fee"] = {key: doing.values[key] for key in ("yuan", "advanced", "borne") if key in doing.values}
    return {}


FOLDS: dict[str, Callable[[Doing, Record], Values]] = {
    "extend": _extend,
    "supervise": _supervise,
    "unsupervise": _supervise,
    "cohosts": _cohosts,
    "officer": _officer,
    "investigators": _investigators,
    "interview": _interview,
    "plan": _kept("plan", "decision"),
    "mediation": _kept("mediation", "outcome"),
    "verdict": _kept("verdict", "verdict"),
    "outcome": _outcome,
    "rectified": _rectified,
    "emergency": _emergency,
    "assess": _assess,
    "link": _link,
    "batch": _batch,
    "malicious": _malicious,
    "malicious_review": _malicious_review,
    "repeat": _kept("repeat", "case"),
    "name_officer": _name_officer,
    "test_fee": _test_fee,
}


def _to_rectify(case: Case) -> bool:
    return any(one.get("due") and not one.get("done") for one in case.record.get("outcomes", ()))


def _extendable(case: Case, institution: Institution) -> bool:
    return bool(running.extendable(institution, case))


WHEN: dict[str, Callable[[Case, Institution], bool]] = {
    "extendable": _extendable,
    "supervised": lambda case, _: bool(case.record.get("supervised")),
    "unsupervised": lambda case, _: not case.record.get("supervised"),
    "verdicts": lambda _, institution: bool(institution.casework.verdicts),
    "outcomes": lambda _, institution: bool(institution.casework.outcomes),
    "to_rectify": lambda case, _: _to_rectify(case),
    "unassessed": lambda case, _: bool(case.record.get("emergency")) and not case.record["emergency"].get("assessed"),
    "unmarked": lambda case, _: case.record.get("malicious") in {None, "rejected"},
    "proposed": lambda case, _: case.record.get("malicious") == "proposed",
    "reward": lambda case, institution: institution.casework.reward is not None and "reward" not in case.record,
    "granted": lambda case, _: case.record.get("reward") == "granted",
}
NOT_NOW: dict[str, tuple[str, str]] = {
    "extendable": ("no clock of it may be put off", "这件没有可以延长的期限。"),
    "supervised": ("it is not supervised", "这件没有在督办。"),
    "unsupervised": ("it is supervised already", "这件已经在督办。"),
    "verdicts": ("this institution has no verdicts", "本机构没有设认定结论。"),
    "outcomes": ("this institution has no measures", "本机构没有设处理措施。"),
    "to_rectify": ("nothing of it waits to be put right", "没有等待整改复查的措施。"),
    "unassessed": ("no emergency of it waits to be assessed", "没有等待评估的应急处置。"),
    "unmarked": ("that is proposed or decided already", "已经提请或认定过。"),
    "proposed": ("nobody has proposed it", "还没有人提请认定恶意。"),
    "reward": ("this institution rewards nothing, or it was rewarded already", "本机构不设奖励，或者这件已经奖励过。"),
    "granted": ("no reward waits to be claimed", "没有等待领取的奖励。"),
}
"""Why not, in English and in Chinese."""
