"""``jiesu hot``: what many people speak of, out of a file of letters or out of the store's cases."""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import typer

from backend.cli import surroundings, tables
from backend.cli.database import opened
from backend.cli.errors import WrongUse
from backend.cli.plain import Commands
from backend.services.office.topics import messages as of_the_store
from backend.settings import cache_folder
from nlp import segment
from nlp.topics import hot as topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nlp.topics.hot import Message, Topic

commands = Commands()

FIRST_YEAR, LAST_YEAR = 1900, 2200
SHOWN = 50
"""Topics in the table; with --json all are told."""

HEADINGS = ("voices", "first", "last", "place", "matter")
TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\s*(\d{1,2})(:\d{2}(?::\d{2}(?:\.\d{3,6})?)?(?:Z|[+-]\d{2}:?\d{2})?))?"
)
"""As programs and spreadsheets write it; without zone it is the institution's."""


@commands.command()
def hot(
    *,
    csv: Annotated[str, typer.Option(metavar="FILE", help="letters; absent: the store's cases")] = "",
    text: Annotated[
        list[str] | None, typer.Option(metavar="COL", help="column of the text; given twice: subject, then detail")
    ] = None,
    time: Annotated[str, typer.Option(metavar="COL", help="column of when it was written")] = "",
    id: Annotated[str, typer.Option(metavar="COL", help="column of its id")] = "",  # noqa: A002 - the option is --id
    since: Annotated[str, typer.Option(metavar="DAY", help="the first day, as in 2026-11-01")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="the last day")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="all topics with their ids, as JSON")] = False,
) -> None:
    """List hot topics, the hottest first: one place, one matter, two voices or more."""
    zone = ZoneInfo(surroundings.institution("").timezone)
    start, end = _day("--since", since, zone), _day("--until", until, zone)
    if start and end and end < start:
        raise WrongUse(f"--until {until} is before --since {since}", "give the earlier day as --since")
    before = end + timedelta(days=1) if end else None
    if (folder := cache_folder(os.environ)) is not None:
        segment.prepare(folder)
    if csv:
        told = _letters(csv, _columns(text, time, id), zone)
        letters = [one for one in told if (not start or one.at >= start) and (not before or one.at < before)]
    elif text or time or id:
        raise WrongUse("--text, --time and --id name columns of a file", "name it with --csv")
    else:
        with opened() as store:
            letters = store.read_now(of_the_store, since=start, until=before)
    found = topics.topics(_with_progress(letters))
    if as_json:
        typer.echo(json.dumps([_row(topic, zone) for topic in found], ensure_ascii=False))
    else:
        _show(found, zone)


def _columns(text: list[str] | None, time: str, key: str) -> tuple[list[str], str, str]:
    for option, given in (("--text", text), ("--time", time), ("--id", key)):
        if not given:
            raise WrongUse(f"{option} is missing", "name that column of the file")
    if not text or len(text) > 2:
        raise WrongUse("--text is given more than twice", "name the subject's column, then the detail's")
    return text, time, key


def _letters(path: str, columns: tuple[list[str], str, str], zone: ZoneInfo) -> list[Message]:
    text, time, key = columns
    file = tables.table(path, [*text, time, key])
    return [
        topics.Message(
            id=_id(row[key], place=f"{path} line {line}, column {key}"),
            at=_time(row[time], zone, place=f"{path} line {line}, column {time}"),
            text=row[text[-1]],
            subject=row[text[0]] if len(text) > 1 else "",
        )
        for line, row in zip(file.lines, file.rows, strict=True)
    ]


def _id(told: str, *, place: str) -> str:
    if not told.strip():
        raise WrongUse(f"{place}: the id is missing", "give every letter one of its own")
    return told


def _time(told: str, zone: ZoneInfo, *, place: str) -> datetime:
    match = TIME.fullmatch(told.strip())
    try:
        if match:
            year, month, day, hour, rest = match.groups()
            clock = f"T{hour:0>2}{rest}" if hour else ""
            at = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}{clock}")
            return _known(at if at.tzinfo else at.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        pass
    raise WrongUse(f"{place}: {told[:40]!r} is no time", "write it as in 2026-11-21 08:30:00")


def _day(option: str, told: str, zone: ZoneInfo) -> datetime | None:
    try:
        return _known(datetime.combine(date.fromisoformat(told), datetime.min.time(), zone)) if told else None
    except (ValueError, OverflowError):
        raise WrongUse(f"{option} {told!r} is no day", "write it as in 2026-11-21") from None


def _known(at: datetime) -> datetime:
    """Raises: ValueError: so far from all calendars that a day before or after it may not exist."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(at)
    return at


def _with_progress(letters: Sequence[Message]) -> Iterable[Message]:
    """A bar on a terminal, while the letters are read; reading is nearly all there is to do."""
    return _barred(letters) if sys.stderr is not None and sys.stderr.isatty() else letters


def _barred(letters: Sequence[Message]) -> Iterator[Message]:
    with typer.progressbar(letters, label="reading", file=sys.stderr) as bar:
        yield from bar


def _row(topic: Topic, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "place": topic.place,
        "matter": topic.matter,
        "voices": topic.voices,
        "first": topic.first.astimezone(zone).isoformat(),
        "last": topic.last.astimezone(zone).isoformat(),
        "ids": list(topic.ids),
    }


def _show(found: Sequence[Topic], zone: ZoneInfo) -> None:
    lines = [HEADINGS] + [
        (
            str(topic.voices),
            topic.first.astimezone(zone).date().isoformat(),
            topic.last.astimezone(zone).date().isoformat(),
            topic.place or "-",
            topic.matter,
        )
        for topic in found[:SHOWN]
    ]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for line in lines if found else ():
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())
    if not found:
        typer.echo("no topic has two voices", err=True)
    if len(found) > SHOWN:
        typer.echo(f"{len(found) - SHOWN} more with --json", err=True)


def _width(text: str) -> int:
    """Columns of a terminal: a 汉字 takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
