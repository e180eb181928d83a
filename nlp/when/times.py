"""When it happened: every time expression of a text, resolved, the one most likely meant first.

Atoms (``when_grammar``) that stand together become one expression, two of them
a range; the words around tell a duration's direction and what is no time of
the matter at all (a birth, a warranty, a wish). Linear in the text's length.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from nlp.facts import When
from nlp.when import words
from nlp.when.context import (
    HABIT_AFTER,
    HABIT_BEFORE,
    NOT_OURS_AFTER,
    NOT_OURS_BEFORE,
    PROPOSAL,
    PROPOSED,
    TELLING_AFTER,
    WISH,
)
from nlp.when.grammar import atoms
from nlp.when.resolve import resolve
from nlp.when.span import Span, around, moved, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nlp.when.fields import Fields
    from nlp.when.grammar import Atom

MOST = 100
"""Expressions read in one text; a complaint has a handful, and nobody waits for the rest."""

JOIN = re.compile(r"[ \t]{0,4}的?[ \t]{0,2}")
STUTTER = re.compile(r"[ ,、.…~!?]{1,8}")
"""Between a day and its hour, marks are typing: 昨天晚上,,,,八点多."""
ABOUT_JOIN = re.compile(r"(?:大约|大概|差不多|约莫|约|快)")
PLUS = re.compile(r"[又零余 ]{0,2}")
BEFORE_WEEKDAY = re.compile(r"\s?[,(]?\s?")
TO = re.compile(
    r"\s?(?:起|止|开始)?(?:[^,。;!?\n\d]{0,6}?(?:吵|闹|响|放|唱|跳|打|弄|搞|嗨|喝|玩|干|忙|开|施工|营业|加班|折腾)[着个得活]?(?=[到至直一持]))?(?:一直|持续|直)?(?:到了?|至|~|-{1,2}|—{1,2}|–{1,2})\s?"
)
AND = re.compile(r"\s?[和与跟、]\s?")
BETWEEN = re.compile(r"之间|间(?!断|接)")
TO_NOW = re.compile(
    r"[^\s,。;!?]{0,3}?(?:(?:到|至)(?:了?现在|目前|如今|今(?![年晚早晨后])[天日]?)|为止)|[^\s,。;!?]{0,2}?(?:到|至)今(?![年晚早晨后])"
)
SINCE = re.compile(
    r"(?:份|的时候)?(?:开始|起(?![来诉床])|以来|来(?=[,。!?]|$)|(?:或|及)?(?:之后|以后)|后(?=[,。;!?]|就|便|一直|还|仍|都|才|$))"
)
BEFORE = re.compile(r"\s?(?:或|及)?(?:之前|以前|前(?![几天后台面门来往去任夫妻者期提景方途进线妈列排所]))")
ABOUT = re.compile(r"左右|前后|许(?![多可])|上下")
INSIDE = re.compile(r"之内|以内|内(?![部外容])|期间")
FROM = re.compile(r"(?:自从|打从|从|自(?![家己来]))\s?$")

AGO = re.compile(r"\s?(?:之前|以前|前(?![几天后台面门来往去任夫妻者期提景方途进线]))")
LATER = re.compile(r"\s?(?:之后|以后|后(?![面台天来续期]))")
WITHIN = re.compile(r"\s?(?:以内|之内|内|里)")
SO_FAR = re.compile(r"\s?(?:多)?(?:以来|来(?!说|回)|之久|有余|(?:的)?时间|[了没不都还未无也仍])")
ALREADY = re.compile(
    r"(?:最近|近|过去的?|这|已经?有?|持续了?|连续|整整|足足|快|将近|差不多|长达|超过|历时|[拖等用停发住闹过冒坏漏响排达占欠堵断]了?|了|都|约|现|已过去)\s?$"
)
LAST = re.compile(r"(?:上|前|头|之前)\s?$")
NEXT = re.compile(r"(?:未来的?|今后|往后|后|之后|还剩|再过|接下来的?|下)\s?$")

EDGES = " \t\r\n,。.!?;:、~“”\"'()的了吧呢啊呀哦是在就大概约"


class Group(NamedTuple):
    """Joined atoms: one point, day or duration as told."""

    start: int
    end: int
    fields: Fields


class Reading(NamedTuple):
    """An expression with its meaning; ``likely`` ranks it as the time of the matter."""

    start: int
    end: int
    span: Span
    likely: float
    recurring: bool = False


def find(text: str, now: datetime, *, past: bool = True) -> list[tuple[When, int, int]]:
    """All time expressions of *text* with their offsets, the likeliest time of the matter first.

    *now* is aware; results are in its zone. ``past=False`` is for appointments: a bare date is this year's.
    """
    folded = text.translate(words.FOLD) if words.FOLDED.search(text) else text
    readings = [r for r in _readings(folded, now, past=past) if r.likely > 0 or _is_all(folded, r.start, r.end)]
    readings.sort(key=lambda r: (-r.likely, r.start))
    return [
        (When(text[r.start : r.end], r.span.start, r.span.end, r.span.precision, r.recurring), r.start, r.end)
        for r in readings
    ]


def _is_all(text: str, start: int, end: int) -> bool:
    """A bare answer: the expression is all that is said."""
    return len(text) <= end - start + 12 and not (text[:start].strip(EDGES) or text[end:].strip(EDGES))


def _readings(text: str, now: datetime, *, past: bool) -> Iterator[Reading]:
    groups = list(_groups(text))
    i = 0
    while i < len(groups):
        first = groups[i]
        second = groups[i + 1] if i + 1 < len(groups) else None
        reading, taken = None, 1
        try:
            reading = _range(text, first, second, now, past=past) if second else None
            taken = 2 if reading else 1
            reading = reading or _single(text, first, now, past=past)
        except OverflowError:  # a reading beyond the calendar's ends, years 1 and 9999, means no time
            reading = None
        i += taken
        if reading:
            yield reading


def _groups(text: str) -> Iterator[Group]:
    """Atoms joined while they go from coarse to fine and nothing but 的 or a blank is between them."""
    current: list[Atom] = []
    fields: Fields = {}
    count = 0
    for atom in atoms(text):
        joined = _joined(text, current[-1], fields, atom) if current else None
        if joined is None:
            if current:
                yield Group(current[0].start, current[-1].end, fields)
                count += 1
                if count >= MOST:
                    return
            current, joined = [], atom.fields
        current.append(atom)
        fields = joined
    if current:
        yield Group(current[0].start, current[-1].end, fields)


def _gap(text: str, last: Atom, fields: Fields, atom: Atom) -> str:
    """What stands between two atoms; "|" where it is too long to join them."""
    gap = text[last.end : atom.start] if atom.start - last.end <= 8 else "|"
    stutter = atom.rank == CLOCK_RANK and last.rank in {4, 4.5, 5} and "hour" not in fields and STUTTER.fullmatch(gap)
    return "" if stutter else gap if len(gap) <= 4 else "|"


def _joined(text: str, last: Atom, fields: Fields, atom: Atom) -> Fields | None:
    """What both fix together; None where they do not belong together."""
    new = atom.fields
    gap = _gap(text, last, fields, atom)
    if new.keys() == {"weekday"} and {"day", "day_shift"} & fields.keys() and BEFORE_WEEKDAY.fullmatch(gap):
        return fields  # 10月12号，星期一: the day is known already
    if "spans" in new and "spans" in fields and PLUS.fullmatch(gap):
        return cast("Fields", {"spans": fields["spans"] + new["spans"]})
    if not (JOIN.fullmatch(gap) or (atom.rank >= 5 and ABOUT_JOIN.fullmatch(gap))):
        return None
    if "spans" in new:
        return new if "vague" in fields else None
    if "lunar" in {*new, *fields} and ({"lunar"} in (new.keys(), fields.keys())):
        return cast("Fields", {**fields, **new})
    if new == fields or ("every" in new and "every" in fields):
        return fields  # 每天每天
    if atom.rank == last.rank == 5 or ("part" in fields and "part" in new and len(new) == 1):
        both = "白天" in {fields.get("part"), new.get("part")}
        return cast("Fields", {**fields, **new, **({"every": "day"} if both else {})})
    if atom.rank <= last.rank or fields.keys() & new.keys() - {"lunar", "every", "soft", "piece"}:
        return None
    merged = cast("Fields", {**fields, **new})
    if "every" in fields:
        merged["every"] = fields["every"] or new.get("every", "") or "day"
    merged.pop("soft", None)
    return merged


def _range(text: str, a: Group, b: Group, now: datetime, *, past: bool) -> Reading | None:
    gap = text[a.end : b.start] if b.start - a.end <= 10 else "|"
    closing = BETWEEN.match(text, b.end) if AND.fullmatch(gap) else None
    if not (TO.fullmatch(gap) or closing) or "spans" in a.fields or "spans" in b.fields:
        return None
    start = resolve(a.fields, now, past=past)
    end = start and _end_of_range(text, a, b, start, now)
    if start is None or end is None:
        return None
    stop = end.start if end.precision in {"minute", "hour"} else end.end
    lead = FROM.search(text, max(0, a.start - 3), a.start)
    last = closing.end() if closing else b.end
    if more := re.compile("止|期间").match(text, last):
        last = more.end()
    weekdays = a.fields.keys() == {"weekday"} and "weekday" in b.fields
    recurring = "every" in a.fields or weekdays
    precision = min(start.precision, end.precision, key=ORDER.index)
    likely = _likely(text, a, Span(start.start, stop, precision), now, recurring=recurring, past=past) + 3
    return Reading(lead.start() if lead else a.start, last, Span(start.start, stop, precision), likely, recurring)


CLOCK_RANK = 6
CLOCK = frozenset({"hour", "hour_to", "minute", "second", "soft"})
ORDER = ("minute", "hour", "part", "day", "week", "month", "year")


def _end_of_range(text: str, a: Group, b: Group, start: Span, now: datetime) -> Span | None:
    """The end is read from the start on: the same year, month, week or day, or the next."""
    shifted = {"day_shift", "week_shift", "month_shift", "year_shift", "quarter_shift"} & b.fields.keys()
    next_day = text[b.start] in "次隔当"
    fields = b.fields
    inherits = "hour" in fields and "part" in a.fields and not fields.keys() - CLOCK
    if inherits:
        fields = cast("Fields", {**fields, "part": a.fields["part"]})
    reference = now if shifted and not next_day else start.start
    end = resolve(fields, reference, past=False)
    if end is None:
        return None
    clock = "hour" in fields
    if end.start <= start.start and clock and "part" not in b.fields and fields.get("hour", 24) < 12:
        half_day = timedelta(hours=12)
        if end.start + half_day > start.start:
            return Span(end.start + half_day, end.end + half_day, end.precision)
    if (end.start if clock else end.end) <= start.start and not shifted:
        step = (
            ((1.0, "天"),) if clock or "part" in fields else ((7.0, "天"),) if "weekday" in fields
            else ((1.0, "年"),) if "month" in fields else ((1.0, "月"),)
        )  # fmt: skip
        later_start, later_end = moved(end.start, step, 1), moved(end.end, step, 1)
        if later_start and later_end:
            end = Span(later_start, later_end, end.precision)
    return end if end.end > start.start else None


def _single(text: str, g: Group, now: datetime, *, past: bool) -> Reading | None:
    if "spans" in g.fields:
        return _duration(text, g, g.fields["spans"], now)
    if g.fields.keys() == {"edge"}:
        side, count, unit = g.fields["edge"]
        return _reach(g.start, g.end, ((float(count), unit),), now, -1 if side == "head" else 1)
    if g.fields.get("every") == "" and len(g.fields) == 1:
        return None
    span = resolve(g.fields, now, past=past)
    if span is None:
        return None
    recurring = "every" in g.fields or _habit(text, g)
    reading = Reading(g.start, g.end, span, _likely(text, g, span, now, recurring=recurring, past=past), recurring)
    return _with_edges(text, g, reading, now)


def _habit(text: str, g: Group) -> bool:
    """Bare 晚上 or 半夜, or any part of a day before 都, after 一到 and the like, is a habit."""
    part = g.fields.get("part")
    if part is None or g.fields.keys() & {
        "day",
        "day_shift",
        "weekday",
        "month",
        "year",
        "holiday",
        "term",
        "week_shift",
    }:
        return False
    at_night = "hour" not in g.fields and part in words.NIGHT and not _is_all(text, g.start, g.end)
    named = "高峰" in part or at_night or "vague" in g.fields
    return named or bool(HABIT_AFTER.match(text, g.end) or HABIT_BEFORE.search(text, max(0, g.start - 6), g.start))


def _with_edges(text: str, g: Group, r: Reading, now: datetime) -> Reading:
    """Take in 左右, 以来, 到现在, 以前 after the expression and 从 before it."""
    end = r.end
    if about := ABOUT.match(text, end):
        end = about.end()
    elif g.fields.keys() & {"year", "year_shift", "month", "month_shift"} and (inside := INSIDE.match(text, end)):
        end = inside.end()
    lead = FROM.search(text, max(0, r.start - 3), r.start)
    start = r.start
    if r.recurring:
        after = SINCE.match(text, end)
        return r._replace(end=after.end() if after else end)
    span, likely = r.span, r.likely
    if "vague" in g.fields:
        more = re.compile("以来|来(?!说)").match(text, end)
        return r._replace(end=more.end() if more else end)
    if found := (TO_NOW.match(text, end) if span.start <= now else None):
        end, span, likely = found.end(), Span(span.start, now, span.precision), likely + 2
        start = lead.start() if lead else start
    elif found := SINCE.match(text, end):
        more_now = TO_NOW.match(text, found.end())
        end = more_now.end() if more_now else found.end()
        span = Span(span.start, max(now, span.end), span.precision)
        if lead and (more_now or found[0] in {"以来", "开始"}):
            start = lead.start()
    elif found := BEFORE.match(text, end):
        end, span, likely = found.end(), _until(span, now), likely - 15
    elif lead:
        start = lead.start()
    return r._replace(start=start, end=end, span=span, likely=likely)


def _until(span: Span, now: datetime) -> Span:
    """Before a coming moment: from now to it (a day or month named counts whole). Before a past one: the unit before it."""
    if span.end > now:
        stop = span.start if span.precision in {"minute", "hour"} and span.start > now else span.end
        return Span(now, stop, span.precision)
    return Span(span.start - (span.end - span.start), span.start, span.precision)


def _reach(start: int, end: int, spans: tuple[tuple[float, str], ...], now: datetime, sign: int) -> Reading | None:
    """From a duration ago until now, or from now on for a duration."""
    other = moved(now, spans, sign)
    if other is None:
        return None
    precision = precision_of(spans)
    midnight = other.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision in {"week", "month", "year"}:
        other = midnight
    elif precision == "day" and sign > 0:
        other = midnight + timedelta(days=1)  # a time limit in days lasts to the end of the last
    span = Span(min(now, other), max(now, other), precision)
    return Reading(start, end, span, 65 if sign < 0 else 5)


def _duration(text: str, g: Group, spans: tuple[tuple[float, str], ...], now: datetime) -> Reading | None:
    """三天前 is a day, 三天后 one to come; 已经三天了, 近三天 reach up to now; a bare 三天 hardly tells when."""
    before = text[max(0, g.start - 4) : g.start]
    if NOT_OURS_BEFORE.search(text, max(0, g.start - 8), g.start) or NOT_OURS_AFTER.match(text, g.end):
        return None
    last, nxt, already = LAST.search(before), NEXT.search(before), ALREADY.search(before)
    if found := AGO.match(text, g.end):
        point = moved(now, spans, -1)
        return Reading(g.start, found.end(), around(point, precision_of(spans)), 75) if point else None
    if nxt:
        return _reach(g.start - len(nxt[0]), g.end, spans, now, 1)
    if found := LATER.match(text, g.end):
        point = moved(now, spans, 1)
        return Reading(g.start, found.end(), around(point, precision_of(spans)), 5) if point else None
    within = WITHIN.match(text, g.end)
    if within and not already:
        return _reach(g.start, within.end(), spans, now, 1)
    if last:
        return _reach(g.start - len(last[0]), g.end, spans, now, -1)
    reading = _reach(g.start, g.end, spans, now, -1)
    if reading is None:
        return None
    so_far = SO_FAR.match(text, g.end)
    took_in = (
        within.end()
        if within
        else so_far.end()
        if so_far and so_far[0].strip() in {"以来", "来", "了", "时间", "的时间", "之久"}
        else g.end
    )
    start = (
        g.start - len(already[0].lstrip())
        if already and already[0].strip() in {"近", "最近", "过去", "过去的", "这", "快", "将近"}
        else g.start
    )
    short = precision_of(spans) in {"minute", "hour"}
    likely = (65 if already else 60 if so_far else -5) - (70 if short else 0)
    return reading._replace(start=start, end=took_in, likely=likely)


def _likely(text: str, g: Group, span: Span, now: datetime, *, recurring: bool, past: bool) -> float:
    """How well this suits the time of a matter: exact and past is good; births, warranties and wishes are not."""
    f = g.fields
    if NOT_OURS_BEFORE.search(text, max(0, g.start - 10), g.start) or NOT_OURS_AFTER.match(text, g.end):
        return -50
    dated = bool(f.keys() & {"day", "day_shift", "weekday", "holiday", "term"})
    if recurring:
        score = 55.0 if "hour" in f else 40.0 if "every" in f else 25.0
    elif "hour" in f:
        score = 100.0 if dated else 80.0
    elif "part" in f:
        score = 95.0 if dated else 35.0
    else:
        score = {"day": 90.0, "week": 72.0, "month": 70.0}.get(span.precision, 50.0)
    if "vague" in f and not recurring:
        score = 42.0
    if f.get("soft"):
        score -= 110.0 if f.keys() & {"hour", "holiday", "part"} else 30.0
    if past and span.start > now:
        score -= 85.0
    if f.get("day_shift") == 0 and "hour" not in f and TELLING_AFTER.match(text, g.end):
        score -= 95.0
    clause = text[max(0, g.start - 30) : g.start]
    clause = clause[max(clause.rfind(c) for c in ",。;!?\n") + 1 :]
    if PROPOSAL.search(clause) or PROPOSED.match(text, g.end):
        score -= 90.0
    return score - (30.0 if WISH.search(clause) else 0.0)
