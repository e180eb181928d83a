"""The reports that there are: their titles, the period each is of, and the chapters it has. One row a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain.periods import CUSTOM
from backend.reporting import counted, hot, listed, typical
from backend.reports import ledgers
from backend.reports.chapters import apart, capacity, kinds, offices, outcomes, overview, problems, quality
from backend.reports.written import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.reports.figures import Figures
    from backend.reports.written import Chapter

    Make = Callable[[Figures], Chapter]


@dataclass(frozen=True, slots=True)
class Kind:
    """One report. ``period``: what it is usually of."""

    key: str
    title: Said
    about: Said
    period: str
    chapters: tuple[tuple[Said, Make], ...]
    minutes: bool = False  # asks how many minutes a case takes


OVERVIEW = (Said("总体情况", "Overview"), overview.chapter)
KINDS = (Said("来件分类", "Kinds"), kinds.chapter)
QUALITY = (Said("办理质量", "Quality"), quality.chapter)
OFFICES = (Said("各部门", "Departments"), offices.chapter)
TYPICAL = (Said("典型案件", "Typical cases"), typical.chapter)
HOT = (Said("热点问题", "Hot topics"), hot.chapter)
PROBLEMS = (Said("存在的问题", "Problems"), problems.problems)
STEPS = (Said("下一步工作", "Next steps"), problems.steps)
LISTED = (Said("案件明细", "Cases"), listed.chapter)
WHOLE = (OVERVIEW, KINDS, QUALITY, OFFICES, HOT, TYPICAL, PROBLEMS, STEPS, LISTED)
PERIODIC = Said(
    "总体情况、比较、分类、三率和各项比率、各部门、热点、典型案件、问题和下一步。",
    "Overview, comparison, kinds, rates, departments, hot topics, typical cases, problems, next steps.",
)

ROWS: tuple[Kind, ...] = (
    Kind(
        "daily", Said("每日简报", "Daily brief"),
        Said("当天来件、分类、典型案件和要注意的事。", "What came that day, of what kind, and what needs attention."),
        "day", (OVERVIEW, KINDS, TYPICAL, PROBLEMS, STEPS, LISTED),
    ),
    Kind("weekly", Said("周报", "Weekly report"), PERIODIC, "week", WHOLE),
    Kind("monthly", Said("月报", "Monthly report"), PERIODIC, "month", WHOLE),
    Kind("quarterly", Said("季报", "Quarterly report"), PERIODIC, "quarter", WHOLE),
    Kind("half", Said("半年报", "Half-year report"), PERIODIC, "half", WHOLE),
    Kind("annual", Said("年报", "Annual report"), PERIODIC, "year", WHOLE),
    Kind(
        "rates", Said("比率明细", "Rates in detail"),
        Said(
            "响应、解决、满意、按期、重复、退单、重办七项比率，按机构、部门、承办人、类别、区域和时间分开，各有分子、分母、区间、未计入的原因和上期。",
            "Each rate by institution, department, handler, category, district and time, with numbers, intervals, what is left out.",
        ),
        "month", (QUALITY, *apart.chapters()),
    ),
    Kind(
        "hot", Said("热点问题报告", "Hot topics"),
        Said("几个人反映同一处、同一件事的，按人数排列。", "What several people told of one place and one matter."),
        "week", (HOT, KINDS),
    ),
    Kind(
        "rectification", Said("整改清单", "Rectification list"),
        Said("要求整改的事项、期限和完成情况；以前留下没有完成的也在内。", "What must be put right, until when, and whether it is; what is left of before too."),
        "month", ((Said("整改", "Measures"), ledgers.rectifications),),
    ),
    Kind(
        "supervision", Said("督办清单", "Supervision list"),
        Said("督办中的和解除督办的案件；以前登记、仍在督办的也在内。", "Cases that are supervised, and that were; earlier ones that still are too."),
        "month", ((Said("督办", "Supervision"), ledgers.supervisions),),
    ),
    Kind(
        "outcomes", Said("认定与处理结果", "Findings and measures"),
        Said(
            "有效、协助、无效各多少件，各种认定、调解和处理措施，与上期比较。",
            "How many were valid, assisted or invalid; verdicts, mediations and measures, beside the period before.",
        ),
        "month", ((Said("认定", "Findings"), outcomes.findings), (Said("措施", "Measures"), outcomes.measures)),
    ),
    Kind(
        "rewards", Said("举报奖励台账", "Reward ledger"),
        Said("核发、领取和作废的奖励；不写领取人。", "Rewards granted, claimed and lapsed; never whose."),
        "month", ((Said("奖励", "Rewards"), ledgers.rewards),),
    ),
    Kind(
        "stops", Said("对话漏斗报告", "Conversation funnel"),
        Said("市民在哪一步离开，登记一件用多久。", "Where citizens stop, and how long filing takes."),
        "month", ((Said("步骤", "Steps"), counted.stops), (Said("快慢", "Pace"), counted.pace)),
    ),
    Kind(
        "proposals", Said("归类质量报告", "Classification quality"),
        Said("系统建议的类别有多少是对的，常把什么认错。", "How often the proposed category is right, and what it is taken for."),
        "month", ((Said("归类", "Proposals"), counted.proposals),),
    ),
    Kind(
        "capacity", Said("来件时段与人员安排", "Capacity"),
        Said("各小时、各周几来多少件，需要几个人登记。", "Arrivals by hour and weekday, and the people they need."),
        "month", ((Said("时段", "Hours"), capacity.chapter),), minutes=True,
    ),
)  # fmt: skip
TABLE: dict[str, Kind] = {row.key: row for row in ROWS}


def kind_of(row: Kind, chosen: str) -> str:
    """The kind of period that a report is made of when that one is asked for."""
    return chosen if chosen in {row.period, CUSTOM} or row.key not in PERIODS else row.period


PERIODS = frozenset({"daily", "weekly", "monthly", "quarterly", "half", "annual"})
"""Reports that are named after their period."""
