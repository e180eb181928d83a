"""``jiesu report``: the counts of a stretch of days, as Markdown or JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import surroundings
from backend.cli.database import opened
from backend.cli.errors import WrongUse
from backend.cli.plain import Commands
from backend.reports import accuracy, counts, funnel
from backend.reports.registry import REPORTS
from backend.reports.rendering import FORMATS
from backend.services.office import institutions
from backend.store import reporting

if TYPE_CHECKING:
    from backend.reports.registry import Report

commands = Commands()

KNOWN = (accuracy, counts, funnel)
"""What registers reports when it is imported."""


@commands.command()
def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"one of {', '.join(sorted(REPORTS))}")],
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="the first day, as in 2026-11-01")],
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="the last one")],
    institution: Annotated[str, typer.Option(metavar="ID", help="only this one; absent: all")] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"one of {', '.join(FORMATS)}")] = "md",
) -> None:
    """Write out a report of those days."""
    chosen, render = _one_of(REPORTS, name, "report"), _one_of(FORMATS, form, "format")
    first, last = _day(since, "--from"), _day(until, "--to")
    if last < first:
        raise WrongUse(f"--to {last} is before --from {first}", "give the earlier day as --from")
    home = surroundings.institution(institution).id if institution else None
    with opened() as store:
        rows = store.read_now(reporting.rows, chosen.query(first, last), institution=home)
    head = _head(chosen, first, last, home)
    typer.echo(render(head, chosen.shape(rows, institutions.load(own=surroundings.settings().institutions_place))))


def _head(chosen: Report, first: date, last: date, home: str | None) -> dict[str, Any]:
    days = {"from": first.isoformat(), "to": last.isoformat()}
    told = {"by": chosen.by} | ({"meaning": chosen.meaning} if chosen.meaning else {})
    return {"report": chosen.name, "title": chosen.title, **days, "institution": home} | told


def _one_of(choice: dict[str, Any], told: str, what: str) -> Any:
    if told not in choice:
        raise WrongUse(f"there is no {what} {told!r}", f"choose one of: {', '.join(sorted(choice))}")
    return choice[told]


def _day(told: str, option: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise WrongUse(f"{option} {told!r} is no day", "write it as in 2026-11-21") from None
