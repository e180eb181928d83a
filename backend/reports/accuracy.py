"""How often the proposed category was the right one, for each category, and what it was taken for.

Counted are the cases whose category is settled (``store.models.settled``). What
a citizen chose by button was proposed by nobody: it is told beside the others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backend.domain import rates
from backend.reports.registry import HOME, KIND, named, report
from backend.store import tables as t
from backend.store.models import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select

    from backend.reports.registry import Row
    from institutions.model import Institution

FINAL, DECIDED, CHOSEN, CASES = "最终类别", "有把握", "市民自选", "件数"
EVERY = "全部"
SHOWN = 3
"""What a category is most often mistaken for."""


@dataclass(slots=True)
class Tally:
    """The settled cases that were proposed as one category."""

    proposed: int = 0
    right: int = 0
    decided: int = 0
    right_when_decided: int = 0
    chosen: int = 0  # by the citizens themselves; in no other count
    instead: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Count a row of the query."""
        count, right = row[CASES], row[KIND] == row[FINAL]
        if row[CHOSEN]:
            self.chosen += count
            return
        self.proposed += count
        self.right += count * right
        if row[DECIDED]:
            self.decided += count
            self.right_when_decided += count * right
        if not right:
            self.instead[row[FINAL]] += count


def figures(rows: Sequence[Row], institutions: Mapping[str, Institution]) -> list[Row]:
    """One row for each category and one for all of an institution, the most frequent first; shares from 0 to 1."""
    tallies: dict[str, dict[str, Tally]] = {}
    for row in rows:
        of_home = tallies.setdefault(row[HOME], {})
        for key in (EVERY, row[KIND]):
            of_home.setdefault(key, Tally()).add(row)
    told = []
    for home, by_category in sorted(tallies.items()):
        names = _names(institutions.get(home))
        order = sorted(by_category.items(), key=lambda pair: (pair[0] != EVERY, -pair[1].proposed, pair[0]))
        told += [{HOME: home, KIND: key} | _row(tally, names, whole=key == EVERY) for key, tally in order]
    return named(told, institutions)


@report("归类准确率", figures)
def accuracy(first: date, last: date) -> Select[Any]:
    """What was proposed, what it was in the end, and whether the proposal was sure of itself."""
    c = t.cases.c
    proposed = c.proposal[("top", 0, "category_id")].as_string()
    decided = func.coalesce(c.proposal["decided"].as_boolean(), False)
    chosen = func.coalesce(c.proposal["by"].as_string(), "") == "citizen"
    by = (c.institution, proposed, c.category_id, decided, chosen)
    labels = (HOME, KIND, FINAL, DECIDED, CHOSEN)
    columns = (column.label(label) for column, label in zip(by, labels, strict=True))
    return (
        select(*columns, func.count().label(CASES))
        .where(c.filed_day.between(first, last), settled(), proposed.is_not(None))
        .group_by(*by)
    )


def _row(tally: Tally, names: Mapping[str, str], *, whole: bool) -> Row:
    interval = rates.wilson(tally.right, tally.proposed)
    return {
        "建议件数": tally.proposed,
        "正确件数": tally.right,
        "准确率": _share(tally.right, tally.proposed),
        "95%下限": interval and round(interval[0], 3),
        "95%上限": interval and round(interval[1], 3),
        "有把握占比": _share(tally.decided, tally.proposed),
        "有把握时准确率": _share(tally.right_when_decided, tally.decided),
        CHOSEN: tally.chosen,
        "常被误作": "" if whole else "，".join(_mistakes(tally.instead, names)),
    }


def _mistakes(instead: Counter[str], names: Mapping[str, str]) -> Iterable[str]:
    most = sorted(instead.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return (f"{names.get(key, key)} {count}" for key, count in most)


def _names(institution: Institution | None) -> dict[str, str]:
    return {category.id: category.name for category in institution.categories} if institution else {}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
