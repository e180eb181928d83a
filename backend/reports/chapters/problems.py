"""What went wrong, found by rule in the counts, and what follows from it, said by rule: nothing that is not in the table.

Grew: at least five more than in the period before, and by more than chance
moves such counts. Late, returned, reopened, not solved: the departments with
most of it, three at least.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from backend.reports.written import SHARE, TEXT, Chapter, Column, Said, Sheet, joined, said, share

if TYPE_CHECKING:
    from backend.reports.figures import Figures
    from backend.reports.rates import Row
    from backend.reports.written import Cell

GREW = 5
"""More cases than before, at least, that make a growth."""
SURE = 2.0
"""Standard errors by which a growth must be beyond chance: counts of rare things vary by about their root."""
NAMED = 3
LEAST = 3
"""Of what went wrong at a department, before it is told of: one or two are everywhere."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem. ``rate``: of which rate it is the bad part; ``part``: whether that is its numerator."""

    key: str
    label: Said
    said: Said  # {names}: who, with numbers
    step: Said  # {who}: who, without
    rate: str = ""
    part: bool = True
    unit: str = "件"


RULES = (
    Rule(
        "grew", Said("来件增加", "Grew"),
        Said("来件明显增加的类别：{names}。", "Clearly more than before: {names}."),
        Said(
            "{who}来件增加较快，建议会同承办部门查明原因，能从源头解决的先从源头解决。",
            "{who}: find out with the departments why it grew, and put the cause right first.",
        ),
    ),
    Rule(
        "late", Said("超过时限", "Late"),
        Said("超过时限较多的部门：{names}。", "Most promises broken: {names}."),
        Said(
            "{who}超时较多，建议逐件核对，先办最早到期的；确实办不完的，依规延期并告诉市民新的时间。",
            "{who}: go through what is late, the oldest first; extend by the rules where it must be, and tell the citizen.",
        ),
        "on_time", part=False, unit="项",
    ),
    Rule(
        "returned", Said("退单", "Returned"),
        Said("退单较多的部门：{names}。", "Most returned by: {names}."),
        Said(
            "{who}退单较多，建议与派单人员一起核对职责分工，有争议的类别写进派单规则。",
            "{who}: settle with dispatch who is responsible, and write disputed categories into the rules.",
        ),
        "return",
    ),
    Rule(
        "reopened", Said("重新办理", "Reopened"),
        Said("答复后又重新办理较多的部门：{names}。", "Most reopened after an answer: {names}."),
        Said(
            "{who}重办较多，建议答复前对照诉求逐项核对，有没有漏答，措施落实了没有。",
            "{who}: before answering, check that every point is answered and every measure is done.",
        ),
        "reopen",
    ),
    Rule(
        "unsolved", Said("没有解决", "Not solved"),
        Said("回访中说没有解决的较多的部门：{names}。", "Most said not to be solved: {names}."),
        Said(
            "{who}没有解决的较多，建议由上一级承办人复核，一时解决不了的向市民说明原因和下一步。",
            "{who}: have a higher hand look again; where it cannot be solved now, tell the citizen why and what follows.",
        ),
        "solution", part=False, unit="人次",
    ),
)  # fmt: skip
Found = tuple[Said, int, int | None, int | None]
"""Who, how many, of how many, how many before."""


def problems(figures: Figures) -> Chapter:
    """What grew, is late, was returned, reopened, not solved; with its table."""
    sheet = sheet_of(figures)
    told = []
    for rule in RULES:
        rows = [row for row in sheet.rows if row[0] == rule.label]
        if rows:
            zh = "、".join(
                f"{said(row[1]).zh} {row[2]} {rule.unit}{_against(row, f'（共 {{}} {rule.unit}）', '（上期 {} 件）')}"
                for row in rows
            )
            en = ", ".join(f"{said(row[1]).en} {row[2]}{_against(row, ' of {}', ' (before: {})')}" for row in rows)
            told.append(Said(rule.said.zh.format(names=zh), rule.said.en.format(names=en)))
    none = (Said("按规则没有发现突出的问题。", "By these rules nothing stands out."),)
    return Chapter("problems", Said("存在的问题", "Problems"), tuple(told) or none, (sheet,), points=bool(told))


def steps(figures: Figures) -> Chapter:
    """What follows from each, without numbers."""
    sheet = sheet_of(figures)
    told = []
    for rule in RULES:
        names = [said(row[1]) for row in sheet.rows if row[0] == rule.label]
        if names:
            who = joined(names)
            told.append(Said(rule.step.zh.format(who=who.zh), rule.step.en.format(who=who.en)))
    none = (Said("继续按时限办理，保持现有做法。", "Go on as now, within the time limits."),)
    return Chapter("steps", Said("下一步工作", "Next steps"), tuple(told) or none, points=bool(told))


def sheet_of(figures: Figures) -> Sheet:
    """The rows that the sentences are made of."""
    rows = [
        (rule.label, name, n, whole, None if whole is None else share(n, whole), before)
        for rule in RULES
        for name, n, whole, before in (_bad(figures, rule) if rule.rate else _grew(figures))
    ]
    columns = (
        Column("problem", Said("问题", "Problem"), TEXT),
        Column("who", Said("类别或部门", "Category or department"), TEXT),
        Column("count", Said("数量", "How many")),
        Column("whole", Said("总数", "Of")),
        Column("share", Said("占比", "Share"), SHARE),
        Column("before", Said("上期", "Before")),
    )
    return Sheet("problems", Said("问题依据的数据", "What the problems are found by"), columns, tuple(rows))


def _grew(figures: Figures) -> list[Found]:
    if figures.then(figures.before) is None:
        return []
    before = {tuple(row.keys.values()): row.received for row in figures.rows(figures.before, "institution", "category")}
    found = []
    for row in figures.rows(figures.period, "institution", "category"):
        n, then = row.received, before.get(tuple(row.keys.values()), 0)
        if n - then >= GREW and n - then >= SURE * sqrt(n + then):
            found.append((then - n, _name(figures, row, "category"), n, then))
    return [(name, n, None, then) for _, name, n, then in sorted(found)[:NAMED]]


def _bad(figures: Figures, rule: Rule) -> list[Found]:
    found: list[Found] = []
    for row in figures.rows(figures.period, "institution", "department"):
        rate = row.rates[rule.rate]
        n = rate.numerator if rule.part else rate.denominator - rate.numerator
        if n >= LEAST:
            found.append((_name(figures, row, "department"), n, rate.denominator, None))
    return sorted(found, key=lambda one: (-one[1], one[0]))[:NAMED]


def _name(figures: Figures, row: Row, key: str) -> Said:
    """With its institution, where there are several."""
    name = Said(row.names[key], row.names_en[key])
    if figures.asked.home is not None:
        return name
    return Said(f"{row.names['institution']}·{name.zh}", f"{row.names_en['institution']}: {name.en}")


def _against(row: tuple[Cell, ...], of: str, before: str) -> str:
    if row[5] is not None:
        return before.format(row[5])
    return of.format(row[3]) if row[3] is not None else ""
