"""What a report is: a name, a title and a query over a stretch of days. Writing one down registers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Select

    Query = Callable[[date, date], Select[Any]]


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``query`` takes the first and the last local day of filing; its columns are labelled for readers."""

    name: str
    title: str
    query: Query


class TwoReports(Exception):
    """Two reports have one name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a report {name} already")
        self.name = name


REPORTS: dict[str, Report] = {}
"""Every report, by name."""


def report(title: str) -> Callable[[Query], Query]:
    """Register the function below under its own name. Raises: TwoReports."""

    def register(query: Query) -> Query:
        name = query.__name__
        if name in REPORTS:
            raise TwoReports(name)
        REPORTS[name] = Report(name, title, query)
        return query

    return register
