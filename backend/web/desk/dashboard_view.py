"""The figures of the page of numbers in the reader's words: tiles, rates with arrows, the chart, tables, and their CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from backend.domain import periods
from backend.domain.rates import RATES, THREE, differs
from backend.reports import charts
from backend.reports.charts import Series
from backend.reports.dashboard import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.rates import Definition, Rate
    from backend.reports.dashboard import Figures, Line
    from backend.reports.standing import Standing
    from backend.web.desk.dashboard import Asked
    from backend.web.desk.dashboard_hot import Found
    from backend.web.desk.view import Reader

Shown = dict[str, Any]
HEAPS = ("new", "working", "again")
DUES = ("soon", "late")
FILED = "received"
ROWS = 20
"""Of a table on the page; the CSV has all."""
LEAST = 0.0005
"""A smaller difference of shares is none."""


def context(found: Figures, asked: Asked, reader: Reader) -> Shown:
    """What the template fills in."""
    busy = found.now.received or found.then.received or found.standing.open or found.now.answered
    return {
        "asked": asked,
        "query": asked.query(),
        "kinds": [(key, zh_en[reader.language == "en"]) for key, zh_en in periods.KINDS.items()],
        "previous": urlencode(
            asked.query(on=asked.period.before().first.isoformat(), to=asked.period.before().last.isoformat())
        ),
        "next": _next(asked),
        "called": reader.name,
        "period": found.period,
        "before": found.before,
        "running": found.period != asked.period,
        "busy": bool(busy),
        "came": [
            _came("received", found.now.received, found.then.received, reader) | {"cases": _list(asked, {}, FILED)},
            _came("answered", found.now.answered, found.then.answered, reader),
        ],
        "stands": [(key, getattr(found.standing, key), _list(asked, {}, key)) for key in (*HEAPS, *DUES)],
        "open": found.standing.open,
        "rates": [_rate(RATES[key], found.now.rates[key], found.then.rates[key], reader) for key in RATES],
        "settled": reader.t("numbers.settled", day=found.settled) if found.settled else "",
        "chart": _chart(found, reader),
        "parts": found.parts,
        "trend": found.trend,
        "tables": [
            {
                "key": key,
                "rows": [_line(line, asked, reader) for line in found.tables[key][:ROWS]],
                "more": max(0, len(found.tables[key]) - ROWS),
                "notes": [_said(note, reader) for line in found.tables[key] for note in line.notes],
                "csv": urlencode(asked.query(table=key)),
            }
            for key in TABLES
        ],
        "apart": urlencode(asked.query()),
        "csv": {key: urlencode(asked.query(table=key)) for key in ("rates", "trend")},
    }


def hot(found: Found | None, reader: Reader) -> Shown | None:
    """The topics with their cases; None: they are still being found."""
    if found is None:
        return None
    return {
        "cut": found.cut,
        "rows": [
            {
                "place": reader.private(topic.place or "") or reader.t("numbers.hot.nowhere"),
                "matter": reader.private(topic.matter),
                "voices": topic.voices,
                "ids": topic.ids[:5],
                "more": max(0, len(topic.ids) - 5),
                "count": len(topic.ids),
            }
            for topic in found.topics
        ],
    }


def sheet(table: str, found: Figures, reader: Reader) -> Iterator[list[Any]]:
    """The rows of a file, its headings first."""
    if table == "trend":
        yield [reader.t(f"numbers.trend.{found.parts}"), reader.t("numbers.received"), reader.t("numbers.answered")]
        yield from ([day.isoformat(), received, answered] for day, received, answered in found.trend)
    elif table == "rates":
        yield from _rate_rows(found, reader)
    else:
        yield from _table_rows(table, found.tables[table], reader)


def _rate_rows(found: Figures, reader: Reader) -> Iterator[list[Any]]:
    english = reader.language == "en"
    yield [
        "rate",
        "numerator",
        "denominator",
        "share",
        "low95",
        "high95",
        "before_numerator",
        "before_denominator",
        "left_out",
        "definition",
    ]
    for key, row in RATES.items():
        now, then = found.now.rates[key], found.then.rates[key]
        kept = [reader.t("numbers.settled", day=found.settled)] if found.settled and key in THREE else []
        left = "; ".join([*_left(row, now, reader), *kept])
        defined = f"{row.numerator_en} / {row.denominator_en}" if english else f"{row.numerator} / {row.denominator}"
        yield [
            row.label_en if english else row.label, now.numerator, now.denominator, _plain(now.share), _plain(now.low),
            _plain(now.high), then.numerator, then.denominator, left, defined,
        ]  # fmt: skip


def _table_rows(table: str, lines: tuple[Line, ...], reader: Reader) -> Iterator[list[Any]]:
    english = reader.language == "en"
    named = [RATES[key].label_en if english else RATES[key].label for key in THREE]
    columns = ("received", "before", *HEAPS, *DUES)
    head = [reader.t(f"numbers.name.{table}"), "id", "institution", *(reader.t(f"numbers.{key}") for key in columns)]
    yield head + [f"{name} {part}" for name in named for part in ("n", "/")]
    for line in lines:
        stands = [getattr(line.standing, key) for key in (*HEAPS, *DUES)]
        told = [line.rates.get(key) for key in THREE]
        pairs = [n for rate in told for n in ((rate.numerator, rate.denominator) if rate else (0, 0))]
        name = line.name_en if english else line.name
        yield [name, line.ids[table], line.ids.get("institution", ""), line.received, line.before, *stands, *pairs]


def _next(asked: Asked) -> str:
    """The period after, unless that is still to come."""
    first = asked.period.last + periods.A_DAY
    if first > asked.today:
        return ""
    last = asked.period.last + asked.period.days * periods.A_DAY
    return urlencode(asked.query(on=first.isoformat(), to=min(last, asked.today).isoformat()))


def _came(key: str, now: int, then: int, reader: Reader) -> Shown:
    change = "up" if now > then else "down" if now < then else "same"
    return {
        "label": reader.t(f"numbers.{key}"),
        "n": now,
        "change": reader.t(f"numbers.{change}", n=abs(now - then)),
        "was": reader.t("numbers.was", n=then),
        "cases": "",
    }


def _rate(row: Definition, now: Rate, then: Rate, reader: Reader) -> Shown:
    english = reader.language == "en"
    change, tone = _change(row, now, then, reader)
    return {
        "key": row.key,
        "label": row.label_en if english else row.label,
        "main": row.key in THREE,
        "share": _percent(now.share),
        "of": reader.t("numbers.share", part=now.numerator, whole=now.denominator) if now.denominator else "",
        "interval": reader.t("numbers.interval", low=_percent(now.low), high=_percent(now.high))
        if now.denominator
        else "",
        "change": change,
        "tone": tone,
        "was": reader.t("numbers.ratewas", share=_percent(then.share), part=then.numerator, whole=then.denominator)
        if then.denominator
        else reader.t("numbers.nothen"),
        "numerator": row.numerator_en if english else row.numerator,
        "denominator": row.denominator_en if english else row.denominator,
        "left": _left(row, now, reader),
    }


def _change(row: Definition, now: Rate, then: Rate, reader: Reader) -> tuple[str, str]:
    """The difference in words with an arrow, and its tone; one that may be chance has none."""
    if now.share is None or then.share is None:
        return "", ""
    change = now.share - then.share
    if abs(change) < LEAST:
        return reader.t("numbers.steady"), ""
    good = change * row.better > 0
    said = reader.t(
        "numbers.better" if good else "numbers.worse",
        arrow="▲" if change > 0 else "▼",
        points=f"{abs(change) * 100:.1f}",
    )
    return (said, "good" if good else "bad") if differs(now, then) else (said + reader.t("numbers.unclear"), "")


def _left(row: Definition, rate: Rate, reader: Reader) -> list[str]:
    labels = {reason.key: reason.label_en if reader.language == "en" else reason.label for reason in row.left_out}
    return [reader.t("numbers.outn", reason=label, n=rate.left_out.get(key, 0)) for key, label in labels.items()]


def _line(line: Line, asked: Asked, reader: Reader) -> Shown:
    home = next((one for one in asked.served if one.id == line.ids.get("institution")), None)
    beside = f" · {reader.name(home)}" if home and asked.home is None else ""
    return {
        "name": (line.name_en if reader.language == "en" else line.name) + beside,
        "received": line.received,
        "cases": _list(asked, line.ids, FILED),
        "before": line.before,
        "arrow": "▲" if line.received > line.before else "▼" if line.received < line.before else "＝",
        "stands": [(key, n, _list(asked, line.ids, key)) for key, n in _stands(line.standing)],
        "rates": [_short(line.rates.get(key)) for key in THREE],
    }


def _stands(standing: Standing) -> list[tuple[str, int]]:
    return [(key, getattr(standing, key)) for key in (*HEAPS, *DUES)]


def _list(asked: Asked, ids: Any, key: str) -> str:
    """The work list with just these cases; empty where it cannot be narrowed down so."""
    if any(not value for value in ids.values()):
        return ""
    home = ids.get("institution") or (asked.home.id if asked.home else "")
    told = {"tab": key} if key in HEAPS else {"tab": "all", "due": key}
    if key == FILED:
        period = asked.period.upto(asked.today)
        told = {"tab": "all", "filed_from": period.first.isoformat(), "filed_to": period.last.isoformat()}
    told |= {"institution": home} if home else {}
    if "department" in ids:
        told["department"] = f"{home}/{ids['department']}"
    told |= {name: ids[name] for name in ("category", "district") if name in ids}
    return "/desk?" + urlencode(told)


def _short(rate: Rate | None) -> tuple[str, str]:
    return (_percent(rate.share), f"{rate.numerator}/{rate.denominator}") if rate and rate.denominator else ("—", "")


def _chart(found: Figures, reader: Reader) -> Markup:
    if not found.trend:
        return Markup()
    days = [day for day, _, _ in found.trend]
    received = tuple(one for _, one, _ in found.trend)
    answered = tuple(one for _, _, one in found.trend)
    most = max(received)
    text = reader.t(
        "numbers.trend.text", first=found.period.first, last=found.period.last, received=sum(received),
        answered=sum(answered), peak=days[received.index(most)], most=most,
    )  # fmt: skip
    series = (
        Series(reader.t("numbers.received"), received),
        Series(reader.t("numbers.answered"), answered, mark="square"),
    )
    labels = [f"{day:%m-%d}" for day in days]
    drawn = charts.lines(reader.t("numbers.trend.title"), text, labels, series, key="trend")
    return Markup(drawn)  # noqa: S704 - charts escapes every word


def _said(note: tuple[str, str], reader: Reader) -> str:
    return note[reader.language == "en"]


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _plain(share: float | None) -> float | str:
    return "" if share is None else round(share, 4)
