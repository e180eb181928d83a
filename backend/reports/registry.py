"""What a report is: a name, a title and a query over a stretch of days. Writing one down registers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select

    from institutions.model import Institution

    Query = Callable[[date, date], Select[Any]]
    Row = dict[str, Any]
    Shape = Callable[[Sequence[Row], Mapping[str, Institution]], list[Row]]


BY_FILING = "按登记日期"


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``query`` takes the first and the last local day of filing; its columns are labelled for readers.

    ``shape`` makes of its rows, as label to value, those that readers see.
    ``by`` says by which days is counted, ``meaning`` what the numbers mean.
    """

    name: str
    title: str
    query: Query
    shape: Shape
    by: str = BY_FILING
    meaning: str = ""


class TwoReports(Exception):
    """Two reports have one name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a report {name} already")
        self.name = name


HOME, KIND = "机构", "类别"
"""Columns that hold ids of institutions and of their categories."""

REPORTS: dict[str, Report] = {}
"""Every report, by name."""


def named(rows: Sequence[Row], institutions: Mapping[str, Institution]) -> list[Row]:
    """The rows with names in place of ids; what is no more stands for itself."""
    told = []
    for row in rows:
        home = institutions.get(row.get(HOME, ""))
        names = {c.id: c.name for c in home.categories} if home else {}
        own = {HOME: home.name} if home else {}
        told.append(row | own | ({KIND: names.get(row[KIND], row[KIND])} if KIND in row else {}))
    return told


def report(title: str, shape: Shape = named, *, by: str = BY_FILING, meaning: str = "") -> Callable[[Query], Query]:
    """Register the function below under its own name. Raises: TwoReports."""

    def register(query: Query) -> Query:
        name = query.__name__
        if name in REPORTS:
            raise TwoReports(name)
        REPORTS[name] = Report(name, title, query, shape, by, meaning)
        return query

    return register
