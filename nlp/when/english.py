"""When it happened, in English: the common expressions, resolved as ``nlp.when.times`` resolves the Chinese ones.

Atoms (``english_times``) that stand together are one expression, two clocks a
range. Linear in the text's length.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from nlp.facts import When
from nlp.when.english_times import atoms
from nlp.when.resolve import resolve
from nlp.when.span import Span, around, moved, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nlp.when.english_times import Atom
    from nlp.when.fields import Fields

JOIN = re.compile(
    r"[ ,]{0,3}(?:(?:at|on|in|around|about|of|from|after|before|until|till|the|between|every|and it was) ){0,2}",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?:since|from|ever since)(?: around| about)? ?$", re.IGNORECASE)
TO = re.compile(r" ?(?:to|until|till|-|–|and) ?", re.IGNORECASE)
NOT_OURS = re.compile(
    r"(?:produced|made|born|expires?|valid|warranty|open(?:s|ing)?(?: hours)?|by|before) (?:on |at |from |until )?$",
    re.IGNORECASE,
)
WISH = re.compile(r"\b(?:please|hope|wish|want|would like|could you|can you|should)\b", re.IGNORECASE)
"""Behind these stands when something is to be done, not when it happened."""
LIMIT = re.compile(r"(?:before|by|until|till)\b", re.IGNORECASE)

ALONE = re.compile(r"[A-Za-z0-9 ,.:/'-]{3,40}")
SURNAMES = frozenset({"sun", "may"})
END = re.compile(r"[ .,!]{0,3}")


def find(text: str, now: datetime) -> list[tuple[When, int, int]]:
    """All time expressions of an English *text*, the likeliest time of the matter first. *now* is aware."""
    found: list[tuple[float, When, int, int]] = []
    groups = list(_groups(text, now))
    for i, group in enumerate(groups):
        before = groups[i - 1] if i else None
        if before and _is_end(text, before, group):
            continue
        after = groups[i + 1] if i + 1 < len(groups) else None
        if after and not _is_end(text, group, after):
            after = None
        if (reading := _reading(text, group, after, now)) is not None:
            found.append(reading)
    found.sort(key=lambda one: (-one[0], one[2]))
    return [(when, start, end) for likely, when, start, end in found if likely > 0]


def alone(text: str, now: datetime) -> list[tuple[When, int, int]]:
    """The time that *text* is and nothing besides, as an answer may be; else nothing. *now* is aware."""
    if ALONE.fullmatch(text) is None or text.strip(" .").lower() in SURNAMES:
        return []
    found = find(text, now)
    return [one for one in found[:1] if JOIN.fullmatch(text[: one[1]]) and END.fullmatch(text[one[2] :])]


def _is_end(text: str, a: Atom, b: Atom) -> bool:
    """Whether *b* ends the range that *a* begins: from 10 pm to 2 am."""
    return "hour" in a.fields and "hour" in b.fields and TO.fullmatch(text[a.end : b.start]) is not None


def _reading(text: str, group: Atom, last: Atom | None, now: datetime) -> tuple[float, When, int, int] | None:
    if last:  # 8:30 and 9:15 yesterday: the day is told once
        group = group._replace(fields=cast("Fields", {**last.fields, **group.fields}))
    span, start, end = _span(group, now), group.start, group.end
    if span is None:
        return None
    recurring = "every" in group.fields or group.fields.keys() == {"part"}
    lead = SINCE.search(text[max(0, start - 20) : start])
    if last and (until := _span(last._replace(fields=_clock_only(last.fields)), span.start)):
        span = Span(span.start, _first_after(until.start, span.start), span.precision)
        start, end = start - (len(lead[0]) if lead else 0), last.end
    elif lead and span.start < now and not group.reach and not recurring:
        span, start = Span(span.start, now, span.precision), start - len(lead[0])
    likely = _likely(text, group, span, now, recurring=recurring)
    return likely, When(text[start:end], span.start, span.end, span.precision, recurring), start, end


def _clock_only(fields: Fields) -> Fields:
    return cast("Fields", {key: value for key, value in fields.items() if key in {"hour", "minute"}})


def _first_after(end: datetime, start: datetime) -> datetime:
    """*end* moved by whole days so that it is the first after *start*."""
    return end + timedelta(days=-((end - start) // timedelta(days=1)))


def _likely(text: str, group: Atom, span: Span, now: datetime, *, recurring: bool) -> float:
    score = {"minute": 100.0, "hour": 100.0, "part": 95.0, "day": 90.0, "week": 72.0, "month": 70.0}.get(
        span.precision, 50.0
    )
    if recurring:
        score = 55.0 if "hour" in group.fields else 40.0
    if group.reach == "lasting":
        score = -5.0 if span.precision in {"minute", "hour"} else 60.0  # how long one waited
    if not group.fields.keys() - {"hour", "minute", "part"} and not group.reach:
        score -= 20.0  # a clock without a day
    if "vague" in group.fields:
        score = 42.0
    if span.start > now + timedelta(hours=1):
        score -= 80.0
    clause = text[max(0, group.start - 60) : group.start]
    clause = clause[max(clause.rfind(c) for c in ".;!?\n") + 1 :]
    wished = WISH.search(clause) or LIMIT.match(text, group.start)
    return score - (60.0 if wished or NOT_OURS.search(clause[-24:]) else 0.0)


def _groups(text: str, now: datetime) -> Iterator[Atom]:
    """Atoms joined while they fix different things and only small words are between."""
    current: Atom | None = None
    for atom in atoms(text, now):
        if current and not current.reach and not atom.reach and _joins(text, current, atom):
            current = current._replace(end=atom.end, fields=_merged(current.fields, atom.fields))
            continue
        if current:
            yield current
        current = atom
    if current:
        yield current


def _joins(text: str, a: Atom, b: Atom) -> bool:
    shared = a.fields.keys() & b.fields.keys() - {"every"}
    if shared == {"part"} and "hour" in {*a.fields, *b.fields}:
        shared = set()
    days = {"day", "day_shift", "weekday", "week_shift"}
    both = bool(days & a.fields.keys() and days & b.fields.keys())
    return (
        not shared
        and not both
        and len(text[a.end : b.start]) <= 24
        and JOIN.fullmatch(text[a.end : b.start]) is not None
    )


def _merged(a: Fields, b: Fields) -> Fields:
    merged = cast("Fields", {**a, **b})
    if "hour" in merged and "part" in merged:
        merged["hour"] = _in_part(merged["hour"], merged["part"])
        del merged["part"]
    return merged


def _in_part(hour: int, part: str) -> int:
    """11 at night is 23, 3 in the afternoon 15, 2 at night the next morning's."""
    if hour < 12 and (part == "下午" or (part == "晚上" and hour >= 5)):
        return hour + 12
    return 24 if part == "晚上" and hour == 12 else hour


def _span(atom: Atom, now: datetime) -> Span | None:
    if atom.reach:
        point = moved(now, atom.spans, -1)
        if point is None:
            return None
        precision = precision_of(atom.spans)
        if atom.reach == "ago":
            return around(point, precision)
        midnight = point.replace(hour=0, minute=0, second=0, microsecond=0)
        return Span(point if precision in {"minute", "hour"} else midnight, now, precision)
    fields = atom.fields
    if "vague" in fields:
        return resolve(fields, now)
    if fields.keys() == {"every"}:
        return Span(now.replace(hour=0, minute=0, second=0, microsecond=0), now, "day")
    return resolve(fields, now)
