"""The REST call for a report: the same numbers, sentences and tables as the desk's page, as JSON for programs.

Made beside the requests like those of the desk and kept as long; a call that
would wait longer than ``PATIENCE`` is told how far the report is, and asks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from backend.domain import periods, rights, scope
from backend.reporting import making
from backend.reporting.making import Cancelled
from backend.reporting.table import TABLE
from backend.reports import as_text
from backend.reports.figures import Asked as Wanted
from backend.services.cases.casework import Unknown
from backend.totalling import catch_up
from backend.web.api.calls import Call
from backend.web.api.models import Model
from backend.web.desk.reports_made import EACH, Enough, Job
from backend.web.problems import Problem

if TYPE_CHECKING:
    from datetime import date

    from backend.web.api.calls import Asked

PATIENCE = 20.0
AGAIN, STEPS = 5, 3
"""Seconds after which to ask again for a report that is being made; stretches of new events counted in before one is begun."""


def day(told: object) -> date:
    """A day. Raises: BadPeriod."""
    return periods.read(str(told))


Day = Annotated[str, BeforeValidator(lambda told: day(told).isoformat())]


class ReportFilter(Model):
    """Which report, of which days."""

    name: str = Field(max_length=40, description=f"One of: {', '.join(TABLE)}.")
    since: Day = Field(description="The first day, as in 2026-11-01, by the institution's clock.")
    until: Day = Field(description="The last day, included.")
    institution: str | None = Field(
        default=None, max_length=64, description="An institution's id; absent: the token's, else all together."
    )


class Section(Model):
    """One chapter."""

    key: str
    title: str
    title_en: str
    text: list[str] = Field(description="Its sentences, in Chinese. Every number in them stands in a table.")
    text_en: list[str]
    tables: list[dict[str, Any]] = Field(description="key, title, columns, rows by the keys of the columns, notes.")


class Report(Model):
    """A whole report."""

    report: str
    title: str
    title_en: str
    institution: str | None
    institution_name: str
    institution_name_en: str
    since: str = Field(alias="from")
    until: str = Field(alias="to", description="The last day that is counted: of a period that runs, today.")
    period: str
    period_name: str
    period_name_en: str
    made_at: str
    notes: list[str]
    notes_en: list[str]
    sections: list[Section]


async def read_report(asked: Asked, told: ReportFilter) -> dict[str, Any]:
    """That report. Raises: Problem, Unknown."""
    site, by = asked.site, asked.actor
    if not rights.may(by, "export"):
        raise Problem("forbidden", f"the token {by.name} reads no reports; its role would have to be one that exports")
    if told.name not in TABLE:
        raise Unknown("report", told.name[:40])
    kind, home = TABLE[told.name], _home(asked, told.institution)
    zone = ZoneInfo(site.institutions[home or site.settings.institution].timezone)
    try:
        days = periods.chosen(periods.CUSTOM, day(told.since), day(told.until), today=asked.at.astimezone(zone).date())
    except periods.BadPeriod as bad:
        raise Problem("invalid", f"since, until: {bad}") from bad
    wanted = Wanted(site.institutions, scope.of(by), home, making.whole_of(kind, days), asked.at, zone)
    await catch_up(site, most=STEPS)
    try:
        found = await asked.made.get(site, kind, wanted, by=f"token:{by.name}", patience=PATIENCE)
    except Enough as enough:
        raise Problem("too-many", f"{EACH} reports of yours are being made; wait for one", headers=_later()) from enough
    except Cancelled as cancelled:
        raise Problem("busy", "the report was stopped; ask again", headers=_later()) from cancelled
    if isinstance(found, Job):
        raise Problem("busy", f"the report is being made, {found.done} of {found.whole} parts; ask again", headers=_later())  # fmt: skip
    return as_text.as_dict(found)


def _home(asked: Asked, told: str | None) -> str | None:
    """The institution's id; None: all. Raises: Unknown, Problem."""
    own = asked.actor.institution
    if told is None:
        return own
    if told not in asked.site.institutions:
        raise Unknown("institution", told)
    if own not in {None, told}:
        raise Problem("forbidden", f"{asked.actor.name} works for {own} and reads no reports of {told}")
    return told


def _later() -> dict[str, str]:
    return {"Retry-After": str(AGAIN)}


CALLS = (
    Call("GET", "/reports", "A report of some days, as the desk shows it", "一段时间的报告，与工作台上的一样", "read",
         read_report, Report, query=ReportFilter, problems=("forbidden",)),
)  # fmt: skip
