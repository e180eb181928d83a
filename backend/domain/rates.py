"""The rates that managers answer for, each defined once: what is counted, of what, and what is left out and why.

A row of ``ROWS`` is the whole definition: the report quotes its words, and the
rate is reckoned from the counts it names (``tally`` makes them of the events).
Response, solution and satisfaction are the three rates 三率 of "接诉即办": only
people who answered that question count, silence is neither yes nor no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from backend.domain import tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCORES = range(1, 6)
SATISFIED = 4  # this score and better counts as satisfied
Z = 1.96
"""Standard errors on both sides of a share that hold it 95 times of 100."""


class WrongCount(ValueError):
    """A count below zero."""

    def __init__(self, what: str, count: int) -> None:
        super().__init__(f"{what} cannot be {count}")
        self.what, self.count = what, count


@dataclass(frozen=True, slots=True)
class Rate:
    """A share from 0 to 1 with its numbers, and where it lies with 95 % confidence; None: there is nothing to count."""

    numerator: int = 0
    denominator: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)  # reason -> how many; those with none are not here

    @property
    def share(self) -> float | None:
        """Numerator by denominator."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def low(self) -> float | None:
        """The lower end of Wilson's interval."""
        ends = wilson(self.numerator, self.denominator)
        return ends and ends[0]

    @property
    def high(self) -> float | None:
        """Its upper end."""
        ends = wilson(self.numerator, self.denominator)
        return ends and ends[1]


@dataclass(frozen=True, slots=True)
class Reason:
    """What is left out of a rate, and why. ``counts``: the keys of ``tally`` that are added up."""

    key: str
    label: str
    label_en: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One rate. ``part`` and ``rest`` are keys of ``tally``: the numerator, and what of the denominator is not in it."""

    key: str
    label: str
    label_en: str
    numerator: str
    numerator_en: str
    denominator: str
    denominator_en: str
    part: tuple[str, ...]
    rest: tuple[str, ...]
    left_out: tuple[Reason, ...] = ()
    better: int = 1  # 1: higher is better; -1: lower is


def _told(prefix: str, *answers: object) -> tuple[str, ...]:
    return tuple(f"{prefix}{answer}" for answer in answers)


def _quiet(prefix: str) -> tuple[Reason, ...]:
    return (
        Reason(
            "silent", "问了没有回答这一问：不知道是好是坏，不能算", "asked, but silent on this question: neither yes nor no",
            _told(prefix, tally.SILENT),
        ),
        Reason(
            "unreached", "没能问到：聊天里送不到，电话也没有问到", "could not be asked: nothing reached them, nor did a call",
            _told(prefix, tally.UNREACHED),
        ),
        Reason(
            "unasked", "答复后没有问到：直接办结、撤回或重新办理了", "never asked: closed, taken back or reopened before", (tally.UNASKED,)
        ),
    )  # fmt: skip


ROWS: tuple[Definition, ...] = (
    Definition(
        "response", "响应率", "Response rate",
        "回访中说承办人联系过自己的人次", "visit-backs in which people say that a handler got in touch",
        "回访中回答了“联系过吗”的人次，按最后一次说的、说的那天计；加入他人案件的人说的另记，不在内",
        "visit-backs that answered this question, by the last word and its day; who joined another's case is not counted",
        _told(tally.CONTACTED, "yes"), _told(tally.CONTACTED, "no"), _quiet(tally.CONTACTED),
    ),
    Definition(
        "solution", "解决率", "Solution rate",
        "回访中说已经解决的人次；部分解决不算解决", "visit-backs that say solved; partly is not solved",
        "回访中回答了“解决了吗”的人次，按最后一次说的、说的那天计；加入他人案件的人说的另记，不在内",
        "visit-backs that answered this question, by the last word and its day; who joined another's case is not counted",
        _told(tally.SOLVED, "yes"), _told(tally.SOLVED, "partly", "no"), _quiet(tally.SOLVED),
    ),
    Definition(
        "satisfaction", "满意率", "Satisfaction rate",
        "回访中打 4 分或 5 分（满分 5 分）的人次", "visit-backs with a score of 4 or 5 out of 5",
        "回访中打了分的人次，按最后一次说的、说的那天计；加入他人案件的人说的另记，不在内",
        "visit-backs with a score, by the last word and its day; who joined another's case is not counted",
        _told(tally.SATISFIED, *(score for score in SCORES if score >= SATISFIED)),
        _told(tally.SATISFIED, *(score for score in SCORES if score < SATISFIED)),
        _quiet(tally.SATISFIED),
    ),
    Definition(
        "on_time", "按期率", "On time",
        "按时做到的时限，按结束那天计", "promises kept, by the day on which they ended",
        "结束了的时限，加上期内已经到期、还没有办完的案件（每件计一次）",
        "promises that ended, and the cases still open that are over a promise due in the period (each once)",
        (tally.KEPT,), (tally.LATE, tally.OVERDUE),
        (
            Reason(
                "void", "更正类别或等级后不再适用的时限：没有按时不按时", "promises that a correction took away: neither kept nor broken",
                (tally.VOID,),
            ),
            Reason(
                "waiting", "到期时正在等市民补充或中止的案件：时限停着", "cases that wait for the citizen or are suspended: their clocks stand still",
                (tally.WAITING,),
            ),
        ),
    ),
    Definition(
        "repeat", "重复率", "Repeat rate",
        "登记的案件中，被标为重复（同一人又反映同一件事）的件数", "cases filed that are marked as repeats (the same person, the same matter)",
        "登记的案件，按登记那天计", "cases filed, by the day of filing",
        _told(tally.REPEAT, tally.YES), _told(tally.REPEAT, tally.NO),
        (
            Reason("joined", "加入他人案件的人：没有另立一件", "people who joined another's case: no case of their own", (tally.JOINED,)),
        ),
        better=-1,
    ),
    Definition(
        "return", "退单率", "Return rate",
        "派出的案件中，被承办部门退回过的件数", "cases assigned that a department has returned at least once",
        "登记后派到过部门的案件，按登记那天计", "cases that were assigned to a department, by the day of filing",
        _told(tally.RETURNED, tally.YES), _told(tally.RETURNED, tally.NO),
        (
            Reason(
                "unassigned", "还没有派出，或者没有派就结束的案件：没有机会退回", "cases never assigned yet: nobody could return them",
                _told(tally.RETURNED, tally.NONE),
            ),
        ),
        better=-1,
    ),
    Definition(
        "reopen", "重办率", "Reopen rate",
        "答复过的案件中，后来重新办理过的件数", "cases answered that were reopened afterwards",
        "第一次答复的案件，按答复那天计", "cases answered for the first time, by the day of that answer",
        _told(tally.REOPENED, tally.YES), _told(tally.REOPENED, tally.NO),
        (
            Reason(
                "unanswered", "没有答复就结束的案件（不予受理、撤回等），按结束那天计", "cases that ended without an answer (refused, taken back …), by the day they ended",
                (tally.UNANSWERED,),
            ),
        ),
        better=-1,
    ),
)  # fmt: skip
RATES: dict[str, Definition] = {row.key: row for row in ROWS}
THREE = ("response", "solution", "satisfaction")
"""三率."""
SAID = frozenset(key for rate in THREE for key in (*RATES[rate].part, *RATES[rate].rest))
"""Keys of ``tally`` that tell what citizens said in a visit-back."""


def reckon(key: str, counts: Mapping[str, int]) -> Rate:
    """The rate of that name, from counts by their keys; what is not there is none. Raises: KeyError, WrongCount."""
    row = RATES[key]
    part, rest = _sum(row.part, counts), _sum(row.rest, counts)
    left = {reason.key: n for reason in row.left_out if (n := _sum(reason.counts, counts))}
    return Rate(part, part + rest, left)


def reckon_all(counts: Mapping[str, int]) -> dict[str, Rate]:
    """Every rate, in the order of the table. Raises: WrongCount."""
    return {key: reckon(key, counts) for key in RATES}


def differs(now: Rate, then: Rate) -> bool:
    """Whether one is beyond the other's doubt: their intervals have nothing in common. Else it may be chance."""
    ends = (now.low, now.high, then.low, then.high)
    if any(end is None for end in ends):
        return False
    low, high, before_low, before_high = (float(end or 0) for end in ends)
    return low > before_high or high < before_low


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Where a share lies with 95 % confidence (Wilson's interval); None: there is nothing to count. Raises: WrongCount."""
    for what, count in (("the part", part), ("the rest", whole - part)):
        if count < 0:
            raise WrongCount(what, count)
    if not whole:
        return None
    share = part / whole
    spread = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    middle, scale = share + Z * Z / (2 * whole), 1 + Z * Z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _sum(keys: Iterable[str], counts: Mapping[str, int]) -> int:
    total = 0
    for key in keys:
        count = counts.get(key, 0)
        if count < 0:
            raise WrongCount(key, count)
        total += count
    return total
