"""What can be done to a case beside moving it: one table of acts, the fields of their forms, who may, when, what is told.

A row here is the whole form: the desk draws it, the API lists and checks it
(``filled``), ``doing`` folds it into ``Case.record`` and the history. What an
act changes outside its case (other cases, ledgers, notices) is services/acts'.
``told`` is a sentence with ``{number}``, the fields' names and ``{say}``, what
the chosen option has to say; empty where the citizen need not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from backend.domain.lifecycle import DISPATCH, HANDLE, LEAD, REVIEW, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

S = Status
Kind = Literal["text", "line", "names", "choice", "date", "instant", "number", "user", "users", "departments", "case",
               "cases", "clock"]  # fmt: skip
OVER = frozenset({S.CLOSED, S.ARCHIVED, S.WITHDRAWN, S.REFUSED})
ANY = frozenset(Status)
OPEN = ANY - OVER
WORK = frozenset({S.ASSIGNED, S.INVESTIGATING, S.MEDIATING, S.PLANNED, S.REVIEWING, S.REOPENED, S.APPEALED})
"""Somebody works on it."""
FOUND = WORK | {S.ANSWERED, S.VISITING_BACK, S.CLOSED}
"""Somebody worked on it, or still does: what was found can be put on record."""
ANYBODY = DISPATCH | HANDLE | REVIEW


@dataclass(frozen=True, slots=True)
class Option:
    """One of a field's choices, and what choosing it tells the citizen."""

    key: str
    label: str
    label_en: str
    say: str = ""
    say_en: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in. ``kind``: what it takes; a choice is among ``options``, or the rows named ``of``."""

    key: str
    label: str
    label_en: str
    kind: Kind
    needed: bool = False
    private: bool = False  # free text and personal data, which can be erased
    options: tuple[Option, ...] = ()
    of: str = ""  # verdicts, outcomes, rectify, kinds, places: see ``filled.options``


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done. ``when``: a row of ``doing.WHEN`` that must hold as well."""

    key: str
    label: str
    label_en: str
    fields: tuple[Field, ...] = ()
    roles: frozenset[str] = HANDLE
    statuses: frozenset[Status] = OPEN
    told: str = ""
    told_en: str = ""
    when: str = ""


def _reason(*, private: bool = True) -> Field:
    return Field("reason", "理由", "Reason", "text", needed=True, private=private)


AGREED = (
    Option(
        "agreed",
        "达成协议",
        "Agreement",
        "双方达成协议，协议内容会写进答复。",
        "Both sides have agreed; the answer says on what.",
    ),
    Option(
        "failed",
        "调解不成",
        "Failed",
        "这次没有调解成。可以申请仲裁或者向人民法院起诉，我们会把调查情况写进答复。",
        "It has failed. You may go to arbitration or to court; the answer says what was found.",
    ),
    Option(
        "alone",
        "双方自行和解",
        "Settled between themselves",
        "双方已经自行和解。",
        "Both sides have settled it between themselves.",
    ),
)
SIDES = (
    Option("complainant", "投诉人", "the complainant"),
    Option("respondent", "被投诉人", "the respondent"),
    Option("office", "本单位", "this office"),
)
ROWS: tuple[Act, ...] = (
    Act("extend", "延长期限", "Put a deadline off",
        (Field("clock", "哪个期限", "Which deadline", "clock", needed=True),
         Field("until", "延长到", "Until", "instant", needed=True),
         Field("reason", "理由（会告诉市民）", "Reason (the citizen reads it)", "text", needed=True, private=True)),
        HANDLE | REVIEW, OPEN,
        "您的诉求（{number}）要多一些时间：{reason}最晚延到{until}。",
        "Your case ({number}) needs more time: {reason} It is now due by {until}.", when="extendable"),
    Act("supervise", "督办", "Supervise", (_reason(),), LEAD, OPEN, when="unsupervised"),
    Act("unsupervise", "解除督办", "End supervision", (_reason(),), LEAD, ANY, when="supervised"),
    Act("cohosts", "协办部门", "Helping departments",
        (Field("departments", "协办部门（全部）", "Helping departments (all of them)", "departments"),), DISPATCH, OPEN),
    Act("officer", "指定承办人", "Hand to an officer",
        (Field("user", "承办人", "Officer", "user", needed=True),
         Field("note", "交代的话", "Note", "text", private=True)), DISPATCH | HANDLE, OPEN - {S.RECEIVED}),
    Act("investigators", "调查人员", "Investigators",
        (Field("names", "姓名（用逗号隔开）", "Names, divided by commas", "names", needed=True),), HANDLE, WORK),
    Act("interview", "调查笔录", "Record of an interview",
        (Field("with", "询问了谁", "With whom", "line", needed=True, private=True),
         Field("when", "时间", "When", "instant", needed=True),
         Field("where", "地点", "Where", "line", private=True),
         Field("text", "谈了什么", "What was said", "text", needed=True, private=True)), HANDLE | REVIEW, WORK),
    Act("plan", "批复方案", "Decide on the plan",
        (Field("decision", "结论", "Decision", "choice", needed=True,
               options=(Option("approved", "批准", "Approved"), Option("rejected", "不批准", "Rejected"))),
         Field("note", "意见", "Remark", "text", private=True)), LEAD, frozenset({S.PLANNED})),
    Act("mediation", "调解结果", "Result of mediation",
        (Field("outcome", "结果", "Result", "choice", needed=True, options=AGREED),
         Field("parties", "双方", "Parties", "line", private=True),
         Field("text", "协议或经过", "Terms, or how it went", "text", private=True)), HANDLE, WORK,
        "您的诉求（{number}）调解有结果了：{say}", "There is a result of the mediation in your case ({number}): {say}"),
    Act("verdict", "认定", "Verdict",
        (Field("verdict", "认定", "Verdict", "choice", needed=True, of="verdicts"),
         Field("reason", "依据", "Grounds", "text", private=True)), HANDLE | REVIEW, FOUND, when="verdicts"),
    Act("outcome", "处理措施", "Measure",
        (Field("outcome", "措施", "Measure", "choice", needed=True, of="outcomes"),
         Field("due", "整改期限", "To be put right by", "date"),
         Field("yuan", "金额（元）", "Sum, in yuan", "number"),
         Field("text", "内容", "Details", "text", private=True)), HANDLE | REVIEW, FOUND, when="outcomes"),
    Act("rectified", "整改复查", "Look again",
        (Field("outcome", "哪一项", "Which", "choice", needed=True, of="rectify"),
         Field("on", "复查日期", "Looked on", "date", needed=True),
         Field("text", "查到的情况", "What was found", "text", private=True)), HANDLE | REVIEW, ANY - {S.ARCHIVED},
        when="to_rectify"),
    Act("emergency", "启动应急预案", "Start the emergency plan",
        (Field("lead", "负责人", "Who leads", "line", needed=True),
         Field("team", "成员（用逗号隔开）", "Team, divided by commas", "names"),
         Field("note", "交代的话", "Note", "text", private=True)), DISPATCH, OPEN,
        "您的诉求（{number}）已按紧急情况处理，由{lead}牵头。有危险请先离开，并拨打：报警 110、火警 119、急救 120。",
        "Your case ({number}) is handled as an emergency; {lead} leads. If you are in danger, leave first and call: "
        "police 110, fire 119, ambulance 120."),
    Act("assess", "应急评估", "Assess the emergency",
        (Field("text", "处置得怎么样，以后怎么做", "How it went, and what to do next time", "text", needed=True,
               private=True),), LEAD | REVIEW, ANY - {S.ARCHIVED}, when="unassessed"),
    Act("link", "关联案件", "Link cases",
        (Field("case", "案件编号", "Case number", "case", needed=True),
         Field("as", "它是本案的", "It is this case's", "choice", needed=True,
               options=(Option("parent", "主案", "parent"), Option("child", "子案", "child"),
                        Option("related", "相关案", "relative")))), ANYBODY, ANY - {S.ARCHIVED}),
    Act("batch", "并案办理", "Handle as one",
        (Field("cases", "并入的案件编号（用逗号隔开）", "Numbers of the cases to take in, divided by commas", "cases",
               needed=True),), DISPATCH, OPEN - {S.ANSWERED, S.VISITING_BACK}),
    Act("split", "拆出一件", "Split off a case",
        (Field("text", "拆出的内容", "The words that are the other case's", "text", needed=True, private=True),
         Field("place", "归到哪一类", "Where it belongs", "choice", of="places"),
         Field("kind", "算哪一种", "Of which kind", "choice", of="kinds")), DISPATCH, OPEN),
    Act("malicious", "提请认定恶意", "Propose to mark as malicious", (_reason(),), HANDLE, OPEN | {S.CLOSED},
        when="unmarked"),
    Act("malicious_review", "审定是否恶意", "Decide whether it is malicious",
        (Field("decision", "结论", "Decision", "choice", needed=True,
               options=(Option("confirmed", "是恶意", "It is"), Option("rejected", "不是恶意", "It is not"))),
         _reason()), REVIEW, ANY, when="proposed"),
    Act("repeat", "标记重复", "Mark as a repeat",
        (Field("case", "以前的案件编号", "Number of the earlier case", "case", needed=True),), ANYBODY, ANY - {S.ARCHIVED}),
    Act("reward", "举报奖励", "Reward",
        (Field("offence", "哪一次违法行为（车牌和时间）", "Which act (plate and minute)", "line", needed=True),
         Field("with", "共同举报的案件编号", "Numbers of joint reports", "cases"),
         Field("yuan", "金额（元，已有规定的不填）", "Sum in yuan, where no rule sets it", "number")), LEAD | REVIEW, FOUND,
        "您的举报（{number}）查实了，奖励 {yuan} 元，请在{claim}前领取，过期作废。",
        "Your report ({number}) proved true. You are rewarded {yuan} yuan; claim it before {claim}, or it lapses.",
        when="reward"),
    Act("claim", "领取奖励", "Reward claimed",
        (Field("note", "领取方式", "How it was claimed", "line", private=True),), ANYBODY, ANY, when="granted"),
    Act("name_officer", "指定知情人员", "Name who may open it",
        (Field("users", "可以打开本案的人（全部）", "Who may open this case (all of them)", "users", needed=True),),
        LEAD, ANY - {S.ARCHIVED}),
    Act("test_fee", "检测费用", "Cost of a test",
        (Field("by", "检测机构", "Who tests", "line", needed=True),
         Field("yuan", "金额（元）", "Sum, in yuan", "number"),
         Field("advanced", "谁先垫付", "Who advances it", "choice", needed=True, options=SIDES),
         Field("borne", "最后由谁承担", "Who bears it in the end", "choice", options=SIDES)), HANDLE, FOUND,
        "您的诉求（{number}）需要检测，费用先由{advanced}垫付，最后由责任方承担。",
        "Your case ({number}) needs a test. Its cost is advanced by {advanced} and borne by whoever is liable."),
    Act("transfer_note", "工作移交", "Hand over the work",
        (Field("to", "移交给", "To", "line", needed=True),
         Field("text", "办到哪一步，还要做什么", "How far it is, and what is left", "text", needed=True, private=True)),
        ANYBODY, OPEN),
    Act("settled", "当场解决", "Settled on the spot",
        (Field("text", "怎么解决的（会告诉市民）", "How (the citizen reads it)", "text", needed=True, private=True),),
        HANDLE, frozenset({S.RECEIVED, S.ACCEPTED, S.ASSIGNED}),
        "您的诉求（{number}）已当场解决并登记：{text}",
        "Your case ({number}) was settled on the spot and is on record: {text}"),
)  # fmt: skip
ACTS: dict[str, Act] = {act.key: act for act in ROWS}


def words(acts: Iterable[Act]) -> list[str]:
    """The keys of these acts."""
    return [act.key for act in acts]
