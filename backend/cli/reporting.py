"""``jiesu report``: a report of a stretch of days, as Markdown, Word, sheets or JSON, to standard output or into a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from backend.cli import surroundings
from backend.cli.database import opened
from backend.cli.errors import WrongUse
from backend.cli.plain import Commands
from backend.cli.progress import Progress
from backend.domain import periods
from backend.domain.scope import EVERYTHING
from backend.reporting import counted, making
from backend.reporting.table import TABLE
from backend.reports import accuracy, as_paper, as_sheets, as_text, counts, funnel, rendering, spans
from backend.reports.figures import EVERY, Asked
from backend.reports.registry import REPORTS
from backend.reports.written import Chapter, Said, Written
from backend.services.cases import totals
from backend.services.office import institutions
from backend.store import reporting
from backend.store.totals import TotalledMeanwhile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.periods import Period
    from backend.reporting.table import Kind
    from backend.reports.registry import Report
    from backend.store.engine import Store
    from institutions.model import Institution

commands = Commands()

KNOWN = (accuracy, counts, funnel)
"""What registers reports when it is imported."""
FORMATS = ("md", "docx", "xlsx", "json")
BINARY = frozenset({"docx", "xlsx"})
NAMES = sorted({*TABLE, *REPORTS})


@commands.command()
def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"one of {', '.join(NAMES)}")],
    *,
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="the first day, as in 2026-11-01")],
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="the last one")],
    institution: Annotated[str, typer.Option(metavar="ID", help="only this one; absent: all")] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"one of {', '.join(FORMATS)}")] = "md",
    language: Annotated[str, typer.Option(metavar="LANGUAGE", help="zh or en")] = "zh",
    out: Annotated[str, typer.Option(metavar="FILE", help="where it goes; absent: to standard output")] = "",
    minutes: Annotated[int, typer.Option(min=1, max=240, help="that a case takes, for capacity")] = 15,
) -> None:
    """Write out a report of those days."""
    _one_of(NAMES, name, "report")
    _one_of(FORMATS, form, "format")
    _one_of(("en", "zh"), language, "language")
    if form in BINARY and not out and sys.stdout.isatty():
        raise WrongUse(f"{form} is nothing for a terminal", "name a file with --out")
    first, last = _day(since, "--from"), _day(until, "--to")
    if last < first:
        raise WrongUse(f"--to {last} is before --from {first}", "give the earlier day as --from")
    home = surroundings.institution(institution).id if institution else None
    zone = ZoneInfo(surroundings.institution(home or "").timezone)
    period = _period(first, last, zone)
    served = institutions.load(own=surroundings.settings().institutions_place)
    with opened() as store:
        if name in TABLE:
            found = _made(store, served, TABLE[name], period, zone, home=home, minutes=minutes)
            told = _as(found, form, language)
        else:
            told = _counted(store, served, REPORTS[name], period, home=home, form=form, language=language)
    _put(told, out)


def _period(first: date, last: date, zone: ZoneInfo) -> Period:
    """Those days. Raises: WrongUse: they cannot be counted."""
    try:
        return periods.chosen(periods.CUSTOM, first, last, today=surroundings.now().astimezone(zone).date())
    except periods.BadPeriod as bad:
        raise WrongUse(str(bad), "choose other days with --from and --to") from bad


def _made(
    store: Store, served: Mapping[str, Institution], kind: Kind, period: Period, zone: ZoneInfo,
    *, home: str | None, minutes: int,
) -> Written:  # fmt: skip
    """A whole report; how far it is, the terminal shows."""
    at = surroundings.now()
    asked = Asked(served, EVERYTHING, home, making.whole_of(kind, period), at, zone, minutes)
    progress = Progress()
    try:
        _catch_up(store, served, progress)
        return store.read_now(
            making.make, kind, asked, progress=lambda doing, done, whole: progress(doing.en, done / whole)
        )
    finally:
        progress.close()


def _catch_up(store: Store, served: Mapping[str, Institution], progress: Progress) -> None:
    """Count in what nobody has counted yet; where a server does so just now, leave it to that."""
    upto = store.run_now(totals.horizon)
    whole = max(1, store.read_now(totals.behind))
    try:
        while store.run_now(totals.step, served, upto=upto):
            progress("counting", 1 - min(whole, store.read_now(totals.behind)) / whole)
    except TotalledMeanwhile:
        return


def _counted(
    store: Store, served: Mapping[str, Institution], chosen: Report, period: Period, *, home: str | None, form: str, language: str
) -> str | bytes:  # fmt: skip
    """A report that is one query and its rows."""
    first, last = period.first, period.last
    rows = chosen.shape(store.read_now(reporting.rows, chosen.query(first, last), institution=home), served)
    if form in rendering.FORMATS:
        return rendering.FORMATS[form](_head(chosen, first, last, home), rows)
    title = Said(chosen.title, counted.TITLES.get(chosen.name, chosen.title))
    sheet = counted.sheet_of(chosen, rows, served)
    zone = ZoneInfo(surroundings.institution(home or "").timezone)
    made = surroundings.now().astimezone(zone).isoformat(timespec="seconds")
    name = Said(served[home].name, served[home].name_en or served[home].name) if home else EVERY
    chapters = (Chapter(chosen.name, title, (), (sheet,)),)
    return _as(
        Written(chosen.name, title, name, home, period, spans.called(period), (), chapters, made), form, language
    )


def _as(found: Written, form: str, language: str) -> str | bytes:
    match form:
        case "docx":
            return as_paper.docx(found, language, at=surroundings.now())
        case "xlsx":
            return as_sheets.xlsx(found, language)
        case "json":
            return as_text.as_json(found)
    return as_text.markdown(found, language).removesuffix("\n")


def _put(told: str | bytes, out: str) -> None:
    if not out:
        typer.echo(told, nl=isinstance(told, str))
        return
    try:
        Path(out).write_bytes(told if isinstance(told, bytes) else f"{told}\n".encode())
    except OSError as error:
        raise WrongUse(f"{out} cannot be written: {error.strerror}", "name another file with --out") from error


def _head(chosen: Report, first: date, last: date, home: str | None) -> dict[str, Any]:
    days = {"from": first.isoformat(), "to": last.isoformat()}
    told = {"by": chosen.by} | ({"meaning": chosen.meaning} if chosen.meaning else {})
    return {"report": chosen.name, "title": chosen.title, **days, "institution": home} | told


def _one_of(choice: Any, told: str, what: str) -> None:
    if told not in choice:
        raise WrongUse(f"there is no {what} {told!r}", f"choose one of: {', '.join(sorted(choice))}")


def _day(told: str, option: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise WrongUse(f"{option} {told!r} is no day", "write it as in 2026-11-21") from None
