"""The life of a case: one table of statuses, moves, who may make them, what they ask for and what the citizen is told.

    filed ──> received ──> accepted ──> assigned ──────────────────────────> answered ──> visiting back ──> closed ──> archived
                │  ^          │          │  ^  │                               ^  │              │
                v  │          │          v  │  ├> investigating ─> mediating ──┤  ├> reopened <──┤  not solved: to a higher
          supplementing       │      returned  ├> planned ─> (approved) ───────┤  │              │  hand, round + 1
          (clocks wait)       │   to the right └> reviewing ─> (others agree) ─┘  └> appealed <──┘  once or twice, then
                              │   department                                                        the decision is final
                              └> refused (with a ground), transferred (with where to), withdrawn, suspended (clocks wait)

A case changes in two ways. A *move* gives it another status: a row of ``RULES``
says where it may go, by which roles, what must be given (``needs``), what is
asked of the case and of the hand (``asks``: each key is a row of ``hands``, told
in ``ASKS`` below), what the citizen reads. Anything else that is done to a case
and leaves it where it stands is an *act*: the table in ``acts``. Both end as lines of its history, which only grows.

Clocks run beside: the institution's file says which status starts and stops each (``running``), and all wait while a
row ``pauses``. Jobs move a case too, where a row names ``JOBS``: they ask the visit-back and close what
nobody answers. Cases handled as one follow the case they were taken into.

House rules: everything that decides where a case may go begins in this file;
this file does not know which institution it serves (an institution names the
stages it uses, and how many hands and looks its cases go through: its
``casework``). To add a status, add its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from institutions.gone import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from institutions.model import Institution


class Status(StrEnum):
    """Where a case stands; the values are the contract's keys."""

    RECEIVED = "received"
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    INVESTIGATING = "investigating"
    MEDIATING = "mediating"
    PLANNED = "planned"
    REVIEWING = "reviewing"
    ANSWERED = "answered"
    VISITING_BACK = "visiting_back"
    REOPENED = "reopened"
    APPEALED = "appealed"
    CLOSED = "closed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"


S = Status
PLAIN: dict[Status, tuple[str, str]] = {
    S.RECEIVED: ("等候处理", "Received"),
    S.SUPPLEMENTING: ("等您补充", "Waiting for you"),
    S.ACCEPTED: ("已受理", "Taken up"),
    S.REFUSED: ("没有受理", "Not taken up"),
    S.TRANSFERRED: ("已转出", "Passed on"),
    S.ASSIGNED: ("正在办理", "Being worked on"),
    S.RETURNED: ("正在分派", "Being assigned"),
    S.INVESTIGATING: ("正在调查", "Being looked into"),
    S.MEDIATING: ("正在调解", "In mediation"),
    S.PLANNED: ("正在办理", "Being worked on"),
    S.REVIEWING: ("正在办理", "Being worked on"),
    S.ANSWERED: ("已答复", "Answered"),
    S.VISITING_BACK: ("等您评价", "Waiting for your view"),
    S.REOPENED: ("重新办理", "Being done anew"),
    S.APPEALED: ("正在复核", "Under review"),
    S.CLOSED: ("已办结", "Closed"),
    S.ARCHIVED: ("已结束", "Over"),
    S.WITHDRAWN: ("已撤回", "Taken back"),
    S.SUSPENDED: ("暂停办理", "On hold"),
}
"""How a citizen reads where their case stands: at most five characters, as a form of WeChat allows. The desk and CASE
have the labels of ``RULES``."""
CORE = frozenset({S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.ANSWERED, S.VISITING_BACK, S.REOPENED, S.CLOSED})
"""The stages that every institution has; the others it switches on."""

CITIZEN, SYSTEM = "citizen", "system"
"""Who moves a case beside the desk's roles: the person who filed it, and our own jobs."""

# who may: whoever finds a case its place, works on it, looks at what others wrote, or decides where they disagree
DISPATCH = frozenset({"intake", "dispatcher", "handler", "coordinator", "manager", "admin"})
HANDLE = frozenset({"handler", "dispatcher", "coordinator", "manager", "admin"})
REVIEW = frozenset({"reviewer", "coordinator", "manager", "admin"})
LEAD = frozenset({"coordinator", "manager", "admin"})
OWN = frozenset({CITIZEN})
JOBS = frozenset({SYSTEM})


@dataclass(frozen=True, slots=True)
class Rule:
    """One status: its names, where it may go and by whom, what entering it needs and tells.

    ``told`` is a sentence with ``{number}``, ``{department}``, ``{answer}``,
    ``{ground}``, ``{note}``; empty where the citizen need not know. ``may``:
    what can be given beside ``needs`` and a note.
    """

    label: str
    label_en: str
    then: dict[Status, frozenset[str]]
    told: str = ""
    told_en: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    pauses: bool = False  # the clocks wait while a case stands here


ASKS: dict[str, str] = {
    "open_to_lead": "out of a case returned too often only a coordinator assigns it, who reads all reasons",
    "higher": "a reopened case goes to another hand than the one that answered; reopened again, through a coordinator",
    "investigators": "an inquiry begins with as many different names as the institution wants",
    "approved": "a plan is approved before the work goes on; where plans are the rule, no answer without one",
    "says_all": "an answer holds everything that the institution wants in it",
    "reviewed": "an answer is seen by as many others as the institution wants, none of them who wrote it",
    "reviewer": "who goes on with a review looks at what somebody else wrote, and once",
    "appeals": "an objection can be made so often as the institution allows; its last decision is final",
    "leaders": "an objection that came late, where that is allowed, is decided by those who lead",
    "assessed": "an emergency is assessed before its case is filed away",
}
"""What a move may ask beside role and words; ``hands.ASKED`` has the same keys."""


RULES: dict[Status, Rule] = {
    S.RECEIVED: Rule(
        "待受理",
        "Received",
        {
            S.SUPPLEMENTING: DISPATCH,
            S.ACCEPTED: DISPATCH | JOBS,
            S.REFUSED: DISPATCH,
            S.TRANSFERRED: DISPATCH,
            S.WITHDRAWN: OWN | LEAD,
        },
    ),
    S.SUPPLEMENTING: Rule(
        "待补充材料",
        "Waiting for the citizen",
        {S.RECEIVED: OWN | DISPATCH | JOBS, S.ACCEPTED: DISPATCH, S.REFUSED: DISPATCH | JOBS, S.WITHDRAWN: OWN | LEAD},
        "您的诉求（{number}）还需要补充：{note}直接在这里发给我就行，等您补充的时间，不算在期限里。",
        "We need something more for your case ({number}): {note} Just send it here; the clock waits meanwhile.",
        ("note",),
        ("until", "lacks"),
        pauses=True,
    ),
    S.ACCEPTED: Rule(
        "已受理",
        "Accepted",
        {
            S.ASSIGNED: DISPATCH,
            S.SUPPLEMENTING: DISPATCH,
            S.TRANSFERRED: DISPATCH,
            S.REFUSED: DISPATCH,
            S.SUSPENDED: LEAD,
            S.WITHDRAWN: OWN | LEAD,
        },
        "您的诉求（{number}）已受理。{note}",
        "Your case ({number}) has been accepted. {note}",
        asks=("open_to_lead", "leaders"),
    ),
    S.REFUSED: Rule(
        "不予受理",
        "Refused",
        {S.APPEALED: OWN | LEAD, S.REOPENED: LEAD, S.ARCHIVED: LEAD | JOBS},
        "您的诉求（{number}）不能受理，依据是：{ground}{note}",
        "Your case ({number}) cannot be accepted. Ground: {ground} {note}",
        ("ground",),
    ),
    S.TRANSFERRED: Rule(
        "已转外单位",
        "Transferred outside",
        {S.ANSWERED: HANDLE, S.RECEIVED: DISPATCH, S.CLOSED: LEAD | JOBS},
        "您的诉求（{number}）不在我们的办理范围，已转交：{note}进展请直接问他们。",
        "Your case ({number}) is outside our powers and has been passed on to: {note} Please ask them how it goes.",
        ("note",),
        asks=("open_to_lead",),
    ),
    S.ASSIGNED: Rule(
        "办理中",
        "With the department",
        {
            S.ASSIGNED: DISPATCH,
            S.RETURNED: HANDLE,
            S.SUPPLEMENTING: HANDLE,
            S.INVESTIGATING: HANDLE,
            S.MEDIATING: HANDLE,
            S.PLANNED: HANDLE,
            S.REVIEWING: HANDLE,
            S.ANSWERED: HANDLE,
            S.SUSPENDED: LEAD,
            S.WITHDRAWN: OWN | LEAD,
        },
        "您的诉求（{number}）已交{department}办理。{note}",
        "Your case ({number}) is now with {department}. {note}",
        ("department",),
        ("co", "officer"),
        ("open_to_lead", "higher"),
    ),
    S.RETURNED: Rule(
        "退单待重派",
        "Returned",
        {S.ASSIGNED: DISPATCH, S.ACCEPTED: DISPATCH, S.TRANSFERRED: DISPATCH},
        needs=("note",),
        may=("right",),
    ),
    S.INVESTIGATING: Rule(
        "调查中",
        "Under investigation",
        {
            S.MEDIATING: HANDLE,
            S.PLANNED: HANDLE,
            S.REVIEWING: HANDLE,
            S.ANSWERED: HANDLE,
            S.SUPPLEMENTING: HANDLE,
            S.SUSPENDED: LEAD,
            S.WITHDRAWN: OWN | LEAD,
        },
        "您的诉求（{number}）已开始调查。{note}",
        "The investigation of your case ({number}) has begun. {note}",
        may=("investigators",),
        asks=("investigators", "higher"),
    ),
    S.MEDIATING: Rule(
        "调解中",
        "In mediation",
        {
            S.PLANNED: HANDLE,
            S.REVIEWING: HANDLE,
            S.ANSWERED: HANDLE,
            S.INVESTIGATING: HANDLE,
            S.SUSPENDED: LEAD,
            S.WITHDRAWN: OWN | LEAD,
        },
        "您的诉求（{number}）进入调解。{note}",
        "Your case ({number}) has gone to mediation. {note}",
    ),
    S.PLANNED: Rule(
        "处理方案待批",
        "Plan for approval",
        {
            S.REVIEWING: HANDLE | REVIEW,
            S.ASSIGNED: HANDLE | REVIEW,
            S.INVESTIGATING: HANDLE | REVIEW,
            S.ANSWERED: HANDLE | REVIEW,
        },
        needs=("note",),
    ),
    S.REVIEWING: Rule(
        "审核中",
        "In review",
        {S.REVIEWING: REVIEW, S.ANSWERED: REVIEW, S.ASSIGNED: REVIEW, S.INVESTIGATING: REVIEW},
        may=("answer",),
        asks=("approved", "reviewer"),
    ),
    S.ANSWERED: Rule(
        "已答复",
        "Answered",
        {
            S.VISITING_BACK: HANDLE | REVIEW | JOBS,
            S.REOPENED: OWN | LEAD,
            S.APPEALED: OWN | LEAD,
            S.CLOSED: HANDLE | JOBS,
        },
        "您的诉求（{number}）有答复了。\n{department}：{answer}\n如有反复，直接在这里说一声。",
        "There is an answer to your case ({number}).\n{department}: {answer}\nIf it happens again, just say so here.",
        ("answer",),
        asks=("approved", "reviewed", "higher", "says_all", "leaders"),
    ),
    S.VISITING_BACK: Rule(
        "回访中",
        "Follow-up",
        {S.CLOSED: OWN | HANDLE | JOBS, S.REOPENED: OWN | LEAD, S.APPEALED: OWN | LEAD},
    ),
    S.REOPENED: Rule(
        "重新办理",
        "Reopened",
        {S.ASSIGNED: LEAD | DISPATCH, S.INVESTIGATING: HANDLE, S.ANSWERED: HANDLE, S.WITHDRAWN: OWN | LEAD},
        "您的诉求（{number}）将重新办理。{note}",
        "Your case ({number}) has been reopened. {note}",
        asks=("leaders",),
    ),
    S.APPEALED: Rule(
        "复核中",
        "Under appeal",
        {S.ANSWERED: REVIEW, S.REOPENED: REVIEW, S.ACCEPTED: REVIEW, S.CLOSED: REVIEW},
        "您对（{number}）的异议已收到，正在复核。{note}",
        "Your objection in case {number} has been received and is being reviewed. {note}",
        asks=("appeals",),
    ),
    S.CLOSED: Rule(
        "已办结",
        "Closed",
        {S.REOPENED: OWN | LEAD, S.ARCHIVED: LEAD | JOBS},
        "您的诉求（{number}）已办结，谢谢您。以后再出现同样的问题，直接在这里告诉我。",
        "Your case ({number}) is closed. Thank you. If it happens again, tell me here.",
        asks=("leaders",),
    ),
    S.ARCHIVED: Rule("已归档", "Archived", {}, asks=("assessed",)),
    S.WITHDRAWN: Rule(
        "已撤回",
        "Withdrawn",
        {S.REOPENED: OWN | LEAD, S.ARCHIVED: LEAD | JOBS},
        "您的诉求（{number}）已撤回。以后需要时，随时再找我。",
        "Your case ({number}) has been withdrawn. Come back whenever you need us.",
    ),
    S.SUSPENDED: Rule(
        "中止办理",
        "Suspended",
        {S.ACCEPTED: LEAD, S.ASSIGNED: LEAD, S.INVESTIGATING: LEAD, S.CLOSED: LEAD, S.WITHDRAWN: OWN | LEAD},
        "您的诉求（{number}）暂时中止办理，原因是：{note}恢复时会告诉您。",
        "Work on your case ({number}) is suspended: {note} We will tell you when it goes on.",
        ("note",),
        pauses=True,
    ),
}


PAUSING = frozenset(status for status, rule in RULES.items() if rule.pauses)
"""While a case stands there, its clocks wait."""


def stages(institution: Institution) -> frozenset[Status]:
    """The statuses that this institution uses: those it names, and those that its way of working needs."""
    work = institution.casework
    wanted = {
        S.INVESTIGATING: work.investigators > 1,
        S.PLANNED: work.plan,
        S.REVIEWING: bool(work.reviews or work.panel),
    }
    return CORE | {Status(key) for key in institution.stages} | {status for status, needed in wanted.items() if needed}


def moves(institution: Institution) -> Iterator[tuple[Status, Status, frozenset[str]]]:
    """Every (from, to, roles) of this institution. Where nobody has to look twice, a review is not passed on."""
    used = stages(institution)
    for status in RULES:
        if status in used:
            yield from ((status, to, roles) for to, roles in leaving(institution, status))


def leaving(institution: Institution, status: Status) -> Iterator[tuple[Status, frozenset[str]]]:
    """Where a case that stands there may go; where the institution uses that stage no longer, it can still be left."""
    used, work = stages(institution), institution.casework
    for to, roles in RULES[status].then.items():
        passed_on = status is to is S.REVIEWING
        if to in used and (not passed_on or work.reviews or work.panel):
            yield to, roles


def shut(institution: Institution, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles cannot work by the rules of an institution, since it is served no longer."""
    return is_gone(institution) and not roles & {CITIZEN, SYSTEM}


def allowed(institution: Institution, status: Status, roles: frozenset[str]) -> list[Status]:
    """Where somebody with these roles may move a case that stands at *status*; officers nowhere where it is gone."""
    if shut(institution, roles):
        return []
    return [to for to, who in leaving(institution, status) if who & roles]


def notice(status: Status, language: str, *, number: str, department: str, given: Mapping[str, str]) -> str:
    """What the citizen is told when the case enters *status*; empty where they need not know.

    ``department`` is a name; ``given`` holds note, answer and ground as the
    desk typed them, ``ground_en`` a ground of the institution's in English: note
    and ground are ended like sentences, since more follows.
    """
    english = language == "en"
    pattern = RULES[status].told_en if english else RULES[status].told
    ground = (given.get("ground_en") if english else "") or given.get("ground", "")
    note, ground = (_ended(text, "." if english else "。") for text in (given.get("note", ""), ground))
    if not note:
        pattern = pattern.replace(" {note}", "")
    answer = given.get("answer", "").strip()
    return pattern.format(number=number, department=department, answer=answer, note=note, ground=ground)


def _ended(text: str, stop: str) -> str:
    text = text.strip()
    return text + stop if text and text[-1] not in "。！？…；.!?;" else text
