"""Times of two public test suites: of JioNLP the resolved start and end, of Recognizers-Text the spans.

JioNLP's conventions that differ from ours, and why ours stay:

- an end is the last second (23:59:59); ours is the first moment after, so a
  minute's difference counts as none;
- a day, month or weekday without a year lies nearest or ahead; of a complaint
  it lies behind, so both suites are read with ``past=False``;
- an open end (…以来) is infinite; ours ends now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nlp.when import times as when
from scripts.evaluation.figures import Figure, f1, resampled, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nlp.facts import When
    from scripts.evaluation.given import Given

ZONE = ZoneInfo("Asia/Shanghai")
SAME = timedelta(seconds=60)
FIELDS = {"year": 1970, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
DAY = datetime(2017, 3, 22, tzinfo=ZONE)
"""The day of the Recognizers suite's rows that name none: what it is changes no span."""


def measure(given: Given) -> Iterator[Figure]:
    """Both suites."""
    rows = [
        row for row in given.rows("jionlp_time_parser.jsonl") if row["expected"]["type"] in {"time_point", "time_span"}
    ]
    yield share("times, JioNLP's points and spans: same start and end", sum(map(_same, rows)), len(rows), target=0.90)
    judged = [_spans(row) for row in given.rows("recognizers_text_zh_datetime.jsonl")]
    yield Figure(
        "times, Recognizers-Text: spans, F1",
        _f1(judged),
        sum(there for _, _, there in judged),
        0.80,
        resampled(judged, _f1, seed=given.seed),
    )


def _same(row: dict[str, Any]) -> bool:
    found = when.find(row["text"], _base(row["base"]), past=False)
    if not found:
        return False
    first: When = found[0][0]
    start, end = row["expected"]["time"]
    return _near(start, first.start, "-inf") and _near(end, first.end, "inf")


def _near(told: str, ours: datetime | None, anything: str) -> bool:
    if told == anything:
        return True
    return ours is not None and abs(datetime.fromisoformat(told).replace(tzinfo=ZONE) - ours) <= SAME


def _base(told: float | dict[str, int] | list[int]) -> datetime:
    """The suite's "now": seconds since 1970, or a date's parts by name or in order."""
    if isinstance(told, int | float):
        return datetime.fromtimestamp(told, ZONE)
    named = told if isinstance(told, dict) else dict(zip(FIELDS, told, strict=False))
    year, month, day, hour, minute, second = (named.get(field) or least for field, least in FIELDS.items())
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)


def _spans(row: dict[str, Any]) -> tuple[int, int, int]:
    """The spans found that are right, those found, and those there are."""
    now = datetime.fromisoformat(row["reference"]).replace(tzinfo=ZONE) if row["reference"] else DAY
    found = [(start, end) for _, start, end in when.find(row["input"], now, past=False)]
    there = [(one["Start"], one["Start"] + len(one["Text"])) for one in row["results"]]
    return sum(span in there for span in found), len(found), len(there)


def _f1(judged: Sequence[tuple[int, int, int]]) -> float:
    right, found, there = (sum(each[part] for each in judged) for part in range(3))
    return f1(right, found, there)
