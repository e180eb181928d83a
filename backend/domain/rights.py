"""Who may see which case, and do what at all: one table, and the few rules that look at the case.

Who may move a case from where to where is ``lifecycle.RULES``', who may do an
act ``acts.ACTS``'; nobody may either with a case that they do not see. Every
entry of the desk and the API asks here; docs/rights.md is printed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from backend.domain.lifecycle import CITIZEN, LEAD, SYSTEM
from institutions.gone import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.domain.case import Actor, Case
    from institutions.model import Institution

ROLES = ("intake", "dispatcher", "handler", "reviewer", "coordinator", "manager", "auditor", "admin")
LABELS = {
    "intake": ("受理员", "intake"),
    "dispatcher": ("派单员", "dispatcher"),
    "handler": ("承办人", "handler"),
    "reviewer": ("审核员", "reviewer"),
    "coordinator": ("协调员", "coordinator"),
    "manager": ("主管", "manager"),
    "auditor": ("审计员", "auditor"),
    "admin": ("管理员", "admin"),
}
ALL = frozenset(ROLES)
WORKERS = ALL - {"auditor"}
"""Who may change anything; who only audits may not."""
TRUSTED = ALL - {"handler", "reviewer", "auditor"}
"""Who belongs to no department and may know who asked for confidence."""
OURS = frozenset({CITIZEN, SYSTEM})
READERS = TRUSTED | {"auditor"} | OURS
"""Whose work no visit-back is about, unless they belong to a department."""
WIDE = ALL - {"handler"}
"""Who sees every case of their institution that is not sealed; the others those of their departments."""


@dataclass(frozen=True, slots=True)
class Power:
    """One thing to do at the desk or by a program, and whose it is."""

    key: str
    label: str
    label_en: str
    roles: frozenset[str]


ROWS: tuple[Power, ...] = (
    Power("list", "看案件列表和提醒", "Read the list of cases, and alerts", ALL),
    Power("share", "把保存的筛选共享给同事", "Share a saved list with colleagues", LEAD),
    Power("search", "搜索案件", "Search", ALL),
    Power("find_person", "按姓名、电话搜索", "Search by name or phone", TRUSTED),
    Power("open", "打开案件、证据和聊天记录", "Open a case, its evidence and its chat", ALL),
    Power("print", "打印案卷", "Print a case", ALL),
    Power("move", "流转（见状态表）", "Move a case (see the table of statuses)", WORKERS),
    Power("act", "办理动作（见动作表）", "Do an act (see the table of acts)", WORKERS),
    Power("correct", "更正类别、部门、等级", "Correct category, department, grade", WORKERS),
    Power("say", "给市民留言、重发通知", "Write to the citizen, send a notice again", WORKERS),
    Power("note", "写内部备注", "Leave a remark for colleagues", WORKERS),
    Power("talk", "人工接聊、听写语音", "Take over a chat, write down voice notes", WORKERS),
    Power("unmask", "说明理由后看姓名和电话", "See name and phone, with a reason", WORKERS),
    Power("unmask_secret", "说明理由后看要求保密的人是谁", "See who asked for confidence, with a reason", TRUSTED),
    Power("reasons", "看别人查看身份的理由", "Read why others looked at identities", LEAD | {"auditor"}),
    Power("traffic", "看渠道运行", "See how the channels run", ALL),
    Power("duty", "看值班表", "Read the duty roster", ALL),
    Power("roster", "排值班表、替别人登记外出", "Keep the duty roster, and say who is away", LEAD),
    Power(
        "sample", "抽查评分、看没成案的对话", "Score handlers' talks, review talks without a case", LEAD | {"reviewer"}
    ),
    Power("export", "看报表、导出", "Read reports, export", LEAD | {"reviewer", "auditor"}),
    Power(
        "topics",
        "看热点预警和重现地点",
        "Read what rises, and places that came back",
        LEAD | {"dispatcher", "reviewer", "auditor"},
    ),
    Power("dispatch", "派单", "Dispatch undecided and returned cases", LEAD | {"dispatcher"}),
    Power(
        "calls",
        "电话回访（不回访自己部门办的）",
        "Call people about an answer that was not their own department's",
        TRUSTED,
    ),
    Power("register", "登记电话、来访、来信", "Register calls, visits, letters", TRUSTED),
    Power(
        "teach",
        "学习新词、改话术、看漏斗",
        "Teach words, write what the bot says, read the funnel",
        frozenset({"manager", "admin"}),
    ),
    Power(
        "campaign",
        "发起问卷调查（不属于任何部门的人）",
        "Run survey campaigns (who belongs to no department)",
        frozenset({"manager", "admin"}),
    ),
    Power(
        "users",
        "管理用户（不超出自己的权限）",
        "Keep users, within what they have themselves",
        frozenset({"manager", "admin"}),
    ),
    Power("offices", "看各机构的设置", "Read how institutions are set up", LEAD | {"auditor"}),
    Power("tokens", "管理程序令牌", "Keep tokens of programs", frozenset({"admin"})),
    Power("audit", "看审计记录", "Read the record of who did and saw what", frozenset({"manager", "auditor", "admin"})),
)
TABLE: dict[str, Power] = {row.key: row for row in ROWS}


def may(by: Actor, what: str) -> bool:
    """Whether one of this person's roles has that power; of a case, ``sees`` is asked first."""
    return bool(TABLE[what].roles & by.roles)


class Placed(Protocol):
    """What of a case tells who sees it."""

    @property
    def institution(self) -> str:
        """As in ``Case``."""

    @property
    def department_id(self) -> str:
        """As in ``Case``."""

    @property
    def officer(self) -> str | None:
        """As in ``Case``."""

    @property
    def sealed(self) -> bool:
        """As in ``Case``."""

    @property
    def record(self) -> Mapping[str, Any]:
        """As in ``Case``."""


def sees(by: Actor, case: Placed) -> bool:
    """Whether this person may know that the case exists. ``store.visible`` says the same to the database.

    A sealed case is its confidants' and the officers' named for it, whatever
    their role; a deputy is no officer named. Of the others who works for
    departments sees those that lead or help there, and what is handed to them
    or to whom they stand in for. A program is nobody's namesake; the citizen and
    our own jobs come with the case.
    """
    if by.roles & OURS:
        return True
    if by.institution not in {None, case.institution}:
        return False
    if case.sealed:
        return by.confidant or (not by.program and by.name in case.record.get("named", ()))
    if not narrowed(by):
        return True
    offices = {case.department_id, *case.record.get("co", ())}
    return not by.departments.isdisjoint(offices) or case.officer in by.stands_in | {by.name}


def narrowed(by: Actor) -> bool:
    """Whether this person sees the cases of their departments alone."""
    return bool(by.departments) and not by.roles & WIDE


def rated(by: Actor) -> bool:
    """Whether what citizens say of an answer may be about this person's own work, or their department's."""
    return not by.roles & READERS or bool(by.departments)


def unmasks(by: Actor, case: Case, institution: Institution | None) -> bool:
    """Whether this person may see name and contact whole, once they have said why.

    Who took back consent is seen by handlers alone. Who wants to stay unknown
    is not seen by handlers: they are people of the department, which may be
    the one complained of; officers named for a sealed case and confidants are
    trusted with it. Nobody of the unit complained of sees who complained;
    without the ``institution`` nobody of any department does.
    """
    who = case.facts["who"]
    if not by.personal or accused(by, case, institution):
        return False
    if who.get("secret") or (who["confidential"] and not who.get("withheld")):
        return may(by, "unmask_secret") or (case.sealed and sees(by, case) and may(by, "unmask"))
    return may(by, "unmask") and (not who.get("withheld") or "handler" in by.roles)


def accused(by: Actor, case: Case, institution: Institution | None) -> bool:
    """Whether this person works for the very department that the citizen complains of; unsure without the institution."""
    if not by.departments:
        return False
    return institution is None or is_gone(institution) or not by.departments.isdisjoint(targets(case, institution))


def targets(case: Case, institution: Institution) -> frozenset[str]:
    """The departments of the institution that the complaint's target names."""
    told = _plain(str(case.facts.get("target") or ""))
    if not told:
        return frozenset()
    return frozenset(office.id for office in institution.departments if _names(told, (office.name, office.name_en)))


def _names(told: str, names: Iterable[str]) -> bool:
    """Whether the target says one of these names, or is a part of one that tells enough."""
    plain = [_plain(name) for name in names if name]
    return any(name in told or (len(told) >= TELLING and told in name) for name in plain)


TELLING = 3
"""Characters from which a part of a department's name tells it."""


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
