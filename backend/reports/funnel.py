"""Where citizens stop: what became of each question, and how many turns and how long it took to file a case.

Counts only (``store.steps``), by the local day on which a draft was filed or
left. Arrivals that are neither answered, skipped nor left went back, changed
something, or were still there when they were counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.reports.registry import HOME, named, report
from backend.store import tables as t
from dialogs.slots import SLOTS
from dialogs.steps import CASE, MOST_SECONDS, MOST_TURNS, SECONDS, TURNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select

    from backend.reports.registry import Row
    from institutions.model import Institution

CHANNEL, STEP, WHAT, COUNT = "渠道", "步骤", "结果", "次数"
STAGES = {
    "consent": ("同意告知", "Consent"),
    "elsewhere": ("不归本机构", "Not ours"),
    "splitting": ("几件事分开", "Several matters"),
    "placing": ("哪一处", "Which place"),
    "joining": ("与他人同一件", "Same as others"),
    "confirming": ("核对提交", "Summary"),
}
ORDER = ("consent", "elsewhere", "splitting", *SLOTS, "placing", "joining", "confirming")
BY_DAY = "按登记或离开的日期"
MEANING = (
    "到达：问到这一步的次数，含改过后再问的。离开：取消、到期关闭，或停在这一步满一天没有回话；"
    "回来：离开后又接着说。没听懂：答了但没读懂的次数。紧急情况直接登记，不在这里。只有计数，没有市民的信息。"
)
PACE_MEANING = "从第一句话到提交；轮数是市民发来的消息数。中位、九成是半数、九成的案件不超过的数，时长取所在档的上限。紧急情况不计时长。"


@dataclass(slots=True)
class Step:
    """What became of one question."""

    step: str
    arrived: int = 0
    answered: int = 0
    skipped: int = 0
    missed: int = 0  # answers not understood
    left: int = 0
    returned: int = 0

    @property
    def gone(self) -> int:
        """Those who left here and did not come back; never below none."""
        return max(0, self.left - self.returned)

    @property
    def share(self) -> float | None:
        """Of the arrivals, those who are gone: 0 to 1."""
        return min(1.0, round(self.gone / self.arrived, 3)) if self.arrived else None


@dataclass(slots=True)
class Pace:
    """How long filed cases took."""

    filed: int = 0
    urgent: int = 0  # registered at once, in danger
    joined: int = 0  # of those not filed: joined to the case of others
    timed: int = 0
    turns: int = 0  # their sum
    seconds: int = 0
    by_turns: dict[str, int] = field(default_factory=dict)  # bucket -> cases
    by_seconds: dict[str, int] = field(default_factory=dict)

    def turns_within(self, share: float) -> int | None:
        """So many turns or fewer took that share of the cases; None: there are none, or it is beyond the buckets."""
        return within(self.by_turns, MOST_TURNS, share)

    def seconds_within(self, share: float) -> int | None:
        """The same of seconds, as the upper end of a bucket."""
        return within(self.by_seconds, MOST_SECONDS, share)


def within(counts: Mapping[str, int], ends: Iterable[int], share: float) -> int | None:
    """The upper end of the first bucket up to which at least that share lies; None: none does."""
    wanted, so_far = share * sum(counts.values()), 0
    for end in ends:
        so_far += counts.get(str(end), 0)
        if so_far and so_far >= wanted:
            return end
    return None


def steps_of(rows: Iterable[tuple[str, str, int]]) -> list[Step]:
    """The questions in the order in which they are asked, from (step, what, count)."""
    found: dict[str, Step] = {}
    for step, what, n in rows:
        if step not in {CASE, TURNS, SECONDS}:
            one = found.setdefault(step, Step(step))
            setattr(one, what, getattr(one, what) + n)
    return sorted(found.values(), key=lambda one: (_place(one.step), one.step))


def pace_of(rows: Iterable[tuple[str, str, int]]) -> Pace:
    """How long it took, from the same rows."""
    pace = Pace()
    for step, what, n in rows:
        if step == CASE:
            setattr(pace, what, getattr(pace, what) + n)
        elif step in {TURNS, SECONDS}:
            buckets = pace.by_turns if step == TURNS else pace.by_seconds
            buckets[what] = buckets.get(what, 0) + n
    return pace


def called(step: str, language: str = "zh") -> str:
    """A step's name for readers; one that is no more stands for itself."""
    if step in SLOTS:
        return SLOTS[step].called_in(language)
    zh, en = STAGES.get(step, (step, step))
    return en if language == "en" else zh


def _step_rows(rows: Sequence[Row], institutions: Mapping[str, Institution]) -> list[Row]:
    told = [
        head
        | {
            STEP: called(one.step),
            "到达": one.arrived,
            "答了": one.answered,
            "跳过": one.skipped,
            "没听懂": one.missed,
            "离开": one.left,
            "回来": one.returned,
            "离开率": one.share,
        }
        for head, counts in _grouped(rows)
        for one in steps_of(counts)
    ]
    return named(told, institutions)


def _pace_rows(rows: Sequence[Row], institutions: Mapping[str, Institution]) -> list[Row]:
    told = []
    for head, counts in _grouped(rows):
        pace = pace_of(counts)
        row: Row = {
            "登记件数": pace.filed,
            "紧急件数": pace.urgent,
            "加入他人件数": pace.joined,
            "计时件数": pace.timed,
        }
        row |= {"轮数合计": pace.turns, "轮数中位": pace.turns_within(0.5), "轮数九成": pace.turns_within(0.9)}
        row |= {"秒数合计": pace.seconds, "秒数中位": pace.seconds_within(0.5), "秒数九成": pace.seconds_within(0.9)}
        told.append(head | row)
    return named(told, institutions)


@report("各步骤到达与离开", _step_rows, by=BY_DAY, meaning=MEANING)
def funnel(first: date, last: date) -> Select[Any]:
    """What became of each question."""
    return _counts(first, last).where(t.steps.c.step.not_in([CASE, TURNS, SECONDS]))


@report("登记用了几轮、多久", _pace_rows, by=BY_DAY, meaning=PACE_MEANING)
def pace(first: date, last: date) -> Select[Any]:
    """How many turns and seconds it took."""
    return _counts(first, last).where(t.steps.c.step.in_([CASE, TURNS, SECONDS]))


def _counts(first: date, last: date) -> Select[Any]:
    c = t.steps.c
    by = (c.institution, c.channel, c.step, c.what)
    columns = (column.label(label) for column, label in zip(by, (HOME, CHANNEL, STEP, WHAT), strict=True))
    total = func.sum(c.count, type_=t.steps.c.count.type).label(COUNT)
    return select(*columns, total).where(c.day.between(first, last)).group_by(*by)


def _grouped(rows: Sequence[Row]) -> list[tuple[Row, list[tuple[str, str, int]]]]:
    """The counts of each institution and channel."""
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for row in rows:
        found.setdefault((row[HOME], row[CHANNEL]), []).append((row[STEP], row[WHAT], int(row[COUNT])))
    return [({HOME: home, CHANNEL: channel}, counts) for (home, channel), counts in sorted(found.items())]


def _place(step: str) -> int:
    return ORDER.index(step) if step in ORDER else len(ORDER)
