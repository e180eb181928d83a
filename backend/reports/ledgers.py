"""The ledgers of a period: what must be put right, what is supervised, what was rewarded. Sealed cases are in none."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.domain.lifecycle import RULES, Status
from backend.reports.written import TEXT, Chapter, Column, Said, Sheet
from backend.store import tables as t
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Select

    from backend.reports.figures import Figures
    from backend.reports.written import Cell

FEN = 100
STATES = {
    "granted": Said("待领取", "to be claimed"),
    "claimed": Said("已领取", "claimed"),
    "lapsed": Said("逾期作废", "lapsed"),
}
NUMBER = Column("number", Said("编号", "Number"), "number")
FILED = Column("filed", Said("登记日期", "Filed"), TEXT)
DEPARTMENT = Column("department", Said("部门", "Department"), TEXT)
STATUS = Column("status", Said("现状", "Status"), TEXT)
DONE, LATE, OPEN = Said("已整改", "put right"), Said("逾期未整改", "overdue"), Said("整改中", "not yet")


def rectifications(figures: Figures) -> Chapter:
    """What measures want put right, and until when: those of the period's cases, and what earlier ones still owed then."""
    rows = []
    today, first = figures.asked.today.isoformat(), figures.period.first.isoformat()
    for number, day, home, department, _, record in _marked(
        figures, t.cases.c.record["outcomes"].as_string().is_not(None)
    ):
        names = _outcomes(figures, home)
        for one in record.get("outcomes", ()):
            if one.get("due") and max(day, one.get("done") or today) >= first:
                state = DONE if one.get("done") else LATE if one["due"] < today else OPEN
                measure = names.get(one["id"], Said(one["id"], one["id"]))
                rows.append(
                    (number, day, _named(figures, home, department), measure, one["due"], one.get("done"), state)
                )
    columns = (
        NUMBER, FILED, DEPARTMENT, Column("measure", Said("措施", "Measure"), TEXT),
        Column("due", Said("整改期限", "To be put right by"), TEXT), Column("done", Said("完成日期", "Put right on"), TEXT),
        Column("state", Said("情况", "State"), TEXT),
    )  # fmt: skip
    title = Said("整改清单", "To be put right")
    return Chapter("rectification", title, *_counted(title, columns, rows, (DONE, OPEN, LATE)))


def supervisions(figures: Figures) -> Chapter:
    """Which of the period's cases are supervised, and which were; of earlier ones those that still are."""
    rows = []
    for number, day, home, department, status, record in _marked(
        figures, t.cases.c.record["supervised"].as_string().is_not(None)
    ):
        rule = RULES[Status(status)]
        state = SUPERVISED if record.get("supervised") else ENDED
        if state is ENDED and day < figures.period.first.isoformat():
            continue
        rows.append((number, day, _named(figures, home, department), Said(rule.label, rule.label_en), state))
    columns = (NUMBER, FILED, DEPARTMENT, STATUS, Column("state", Said("督办", "Supervision"), TEXT))
    title = Said("督办清单", "Supervised")
    return Chapter("supervision", title, *_counted(title, columns, rows, (SUPERVISED, ENDED)))


SUPERVISED, ENDED = Said("督办中", "supervised"), Said("已解除督办", "no longer")


def rewards(figures: Figures) -> Chapter:
    """What was granted in the period: never to whom."""
    c, asked, period = t.rewards.c, figures.asked, figures.period
    since, until = (
        datetime.combine(day, time(), asked.zone) for day in (period.first, period.last + timedelta(days=1))
    )
    columns = (c.number, c.granted_at, c.institution, c.sum, c.state, c.claim_by, c.claimed_at)
    query: Select[Any] = select(*columns).select_from(t.rewards.join(t.cases, t.cases.c.number == c.number))
    query = query.where(c.granted_at >= since, c.granted_at < until, t.cases.c.sealed.is_(False))
    query = query if figures.homes is None else query.where(c.institution.in_(figures.homes))
    query = visible(query, asked.scope).order_by(c.granted_at, c.number, c.person)
    rows = [
        (
            number, _day(figures, granted), Said(*figures.names.of(home, "institution", home)), fen / FEN, STATES[state],
            _day(figures, claim_by), None if claimed is None else _day(figures, claimed),
        )
        for number, granted, home, fen, state, claim_by, claimed in figures.work.conn.execute(query)
    ]  # fmt: skip
    told = (
        NUMBER, Column("granted", Said("核发日期", "Granted"), TEXT), Column("institution", Said("机构", "Institution"), TEXT),
        Column("yuan", Said("金额（元）", "Yuan")), Column("state", Said("情况", "State"), TEXT),
        Column("claim_by", Said("领取期限", "To be claimed by"), TEXT), Column("claimed", Said("领取日期", "Claimed"), TEXT),
    )  # fmt: skip
    title = Said("奖励台账", "Rewards")
    sentences, sheets = _counted(title, told, rows, tuple(STATES.values()), state=4)
    return Chapter("rewards", title, sentences, sheets)


def _marked(figures: Figures, condition: ColumnElement[bool]) -> Iterator[tuple[Any, ...]]:
    """Number, day, institution, department, status and record of the cases filed by then that are so, oldest first."""
    c = t.cases.c
    columns = (c.number, c.filed_day, c.institution, c.department_id, c.status, c.record)
    wanted = [c.filed_day <= figures.period.last, condition, c.sealed.is_(False)]
    wanted += [] if figures.homes is None else [c.institution.in_(figures.homes)]
    query = visible(select(*columns).where(*wanted), figures.asked.scope)
    for number, day, *rest in figures.work.conn.execute(query.order_by(c.filed_at, c.number)):
        yield (number, day.isoformat(), *rest)


def _counted(
    title: Said,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    states: Iterable[Said],
    *,
    state: int = -1,
) -> tuple[tuple[Said, ...], tuple[Sheet, ...]]:
    """How many there are in each state, as a sentence and a small table, and the list."""
    key = Sheet(title.en.lower().replace(" ", "_"), title, columns, tuple(rows), inside=True)
    if not rows:
        return (Said("本期没有这类案件。", "There is none in this period."),), (key,)
    told = [(one, n) for one in states if (n := sum(row[state] == one for row in rows))]
    heads = (Column("state", Said("情况", "State"), TEXT), Column("count", Said("数量", "How many")))
    whole = (Said("合计", "In all"), len(rows))
    zh = "，".join(f"{one.zh} {n} 项" for one, n in told)
    en = ", ".join(f"{n} {one.en}" for one, n in told)
    sentence = Said(f"本期共 {len(rows)} 项，其中{zh}。", f"{len(rows)} in all: {en}.")
    return (sentence,), (Sheet("states", Said("分情况", "By state"), heads, (*told, whole)), key)


def _outcomes(figures: Figures, home: str) -> dict[str, Said]:
    found = figures.asked.institutions.get(home)
    return {row.id: Said(row.name, row.name_en or row.name) for row in found.casework.outcomes} if found else {}


def _named(figures: Figures, home: str, department: str) -> Said:
    return Said(*figures.names.of(home, "department", department))


def _day(figures: Figures, at: datetime) -> str:
    return at.astimezone(figures.asked.zone).date().isoformat()
