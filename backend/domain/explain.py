"""Why a clock ends when it does, in a sentence that a citizen can check on a calendar.

    周二 17:30 到期：受理后 5 个工作日（9 月 30 日当天不计；10 月 1—7 日国庆放假，10 月 10 日补班）

Only what moved the end is told: holidays and worked weekends for clocks that
run in working time, pauses, a new date, days that nobody has announced yet.
The end itself is reckoned in ``clock``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.lifecycle import Status
from backend.domain.workdays import holiday, is_weekend, workday
from institutions.lengths import LENGTH
from institutions.promises import starts_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.case import Case
    from institutions.model import Hours, Institution

S = Status
BEGINNINGS: dict[str, tuple[str, str]] = {
    "corrected": ("更正", "it was corrected"),
    S.RECEIVED: ("登记", "it was filed"),
    S.SUPPLEMENTING: ("通知补充", "more was asked for"),
    S.ACCEPTED: ("受理", "it was taken up"),
    S.REFUSED: ("不予受理", "it was refused"),
    S.TRANSFERRED: ("转出", "it was passed on"),
    S.ASSIGNED: ("交办", "a department got it"),
    S.RETURNED: ("退单", "it was returned"),
    S.INVESTIGATING: ("开始调查", "the inquiry began"),
    S.MEDIATING: ("开始调解", "mediation began"),
    S.PLANNED: ("方案送批", "the plan was handed in"),
    S.REVIEWING: ("送审", "review began"),
    S.ANSWERED: ("答复", "it was answered"),
    S.VISITING_BACK: ("开始回访", "the follow-up began"),
    S.REOPENED: ("重新办理", "it was reopened"),
    S.APPEALED: ("提出异议", "the objection"),
    S.CLOSED: ("办结", "it was closed"),
    S.ARCHIVED: ("归档", "it was archived"),
    S.WITHDRAWN: ("撤回", "it was withdrawn"),
    S.SUSPENDED: ("中止", "it was suspended"),
}
"""What a clock counts from, by the status that starts it: after a number of days, and in English after ``after``."""
UNITS = {
    "m": ("分钟", "minute"),
    "h": ("小时", "hour"),
    "d": ("天", "day"),
    "wm": ("个工作分钟", "working minute"),
    "wh": ("个工作小时", "working hour"),
    "wd": ("个工作日", "working day"),
}
WEEKDAYS = (
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
    ("周六", "Saturday"),
    ("周日", "Sunday"),
)
MOST = 4
"""Holidays that are told; a promise over a whole year passes more of them."""
NEAR = timedelta(days=6)
"""An end so near is told by its weekday alone."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Explained:
    """One clock that runs, in words."""

    clock: str
    due: datetime
    provisional: bool
    zh: str
    en: str

    def told(self, language: str) -> str:
        """In that language, or in Chinese."""
        return self.en if language == "en" else self.zh


def explain(institution: Institution, case: Case, name: str, *, now: datetime) -> Explained | None:
    """Why the clock *name* of this case ends when it does; None: it does not run.

    Of a case begun before beginnings were written down, only the end is told.
    """
    if name not in case.due:
        return None
    due, own = case.due[name].astimezone(ZoneInfo(institution.timezone)), _own(institution, case, name)
    if own is None:
        return Explained(name, due, False, f"{_end_zh(due, now)}到期", f"ends {_end_en(due, now)}")  # noqa: FBT003 not known
    zh, en = ([*_begun(own["begun"], own["length"], n), *_asides(institution, due, own, n)] for n in (0, 1))
    return Explained(
        name,
        due,
        _guessed(institution, due, own),
        f"{_end_zh(due, now)}到期：{_promised(own, 0)}（{'；'.join(zh)}）",
        f"ends {_end_en(due, now)}: {_promised(own, 1)} ({'; '.join(en)})",
    )


def moved(institution: Institution, case: Case, name: str) -> tuple[str, str]:
    """What moved the end of that clock, in Chinese and English: holidays, pauses, a new date; empty: nothing did."""
    own = _own(institution, case, name)
    if name not in case.due or own is None:
        return "", ""
    due = case.due[name].astimezone(ZoneInfo(institution.timezone))
    zh, en = ([*_asides(institution, due, own, n)] for n in (0, 1))
    return ("；".join([_promised(own, 0), *zh]), "; ".join([_promised(own, 1), *en])) if zh else ("", "")


def _own(institution: Institution, case: Case, name: str) -> dict[str, Any] | None:
    """What is known of a clock's running, its times local; None: nothing was written down."""
    own = case.record.get("clocks", {}).get(name)
    if own is None or name not in institution.clocks:
        return None
    zone = ZoneInfo(institution.timezone)
    return {
        "length": own["length"],
        "begun": datetime.fromisoformat(own["from"]).astimezone(zone),
        "since": own.get("since") or starts_at(institution, name, case.category_id),
        "paused": [[datetime.fromisoformat(at).astimezone(zone) for at in pair] for pair in own.get("paused", [])],
        "extended": case.record.get("extended", {}).get(name, 0),
    }


def _asides(institution: Institution, due: datetime, own: dict[str, Any], n: int) -> Iterator[str]:
    yield from _days(own["begun"].date(), due.date(), own["length"], institution.hours, n)
    yield from (_paused(since, until, n) for since, until in own["paused"])
    yield from _more(own["extended"], n, guessed=_guessed(institution, due, own))


def _guessed(institution: Institution, due: datetime, own: dict[str, Any]) -> bool:
    working = clock.in_working_time(own["length"])
    return working and provisional(own["begun"].date(), due.date(), institution.hours)


def _promised(own: dict[str, Any], n: int) -> str:
    counted, beginning = _counted(own["length"], n), BEGINNINGS[own["since"]][n]
    return f"{counted} after {beginning}" if n else f"{beginning}后 {counted}"


def provisional(first: date, last: date, hours: Hours) -> bool:
    """Whether nobody has announced yet which of these days are worked."""
    return workday(first, hours.calendar).provisional or workday(last, hours.calendar).provisional


def spell(length: str, language: str) -> str:
    """``5 个工作日`` or ``5 working days`` for 5wd. Raises: clock.BadLength."""
    return _counted(clock.checked(length), int(language == "en"))


def _counted(length: str, n: int) -> str:
    found = LENGTH.fullmatch(length)
    amount, unit = (found[1], found[2]) if found else ("", "")
    plural = "s" if n and amount != "1" else ""
    return f"{amount} {UNITS[unit][n]}{plural}"


def _end_zh(due: datetime, now: datetime) -> str:
    day, at = WEEKDAYS[due.weekday()][0], due.strftime("%H:%M")
    if timedelta() <= due.date() - now.astimezone(due.tzinfo).date() <= NEAR:
        return f"{day} {at} "
    year = f"{due.year} 年 " if due.year != now.astimezone(due.tzinfo).year else ""
    return f"{year}{_day(due.date(), 0)}（{day}）{at} "


def _end_en(due: datetime, now: datetime) -> str:
    day, at = WEEKDAYS[due.weekday()][1], due.strftime("%H:%M")
    if timedelta() <= due.date() - now.astimezone(due.tzinfo).date() <= NEAR:
        return f"{day} {at}"
    year = f" {due.year}" if due.year != now.astimezone(due.tzinfo).year else ""
    return f"{day}, {_day(due.date(), 1)}{year}, {at}"


def _day(day: date, n: int) -> str:
    return f"{day.day} {day.strftime('%B')}" if n else f"{day.month} 月 {day.day} 日"


def _begun(begun: datetime, length: str, n: int) -> Iterator[str]:
    """From when it counts: the day itself for working days, the minute for the others."""
    if length.endswith("wd"):
        yield f"{_day(begun.date(), n)} itself does not count" if n else f"{_day(begun.date(), n)}当天不计"
    else:
        at = begun.strftime("%H:%M")
        yield f"from {_day(begun.date(), n)}, {at}" if n else f"从 {_day(begun.date(), n)} {at} 起"


def _days(first: date, last: date, length: str, hours: Hours, n: int) -> Iterator[str]:
    """The holidays and worked weekends after the first day until the last one, in one part."""
    if not clock.in_working_time(length):
        return
    told = []
    for since, until, names in _breaks(first, last, hours):
        span = _span(since, until, n)
        told.append(f"{span} off for {names[n]}" if n else f"{span}{names[n]}放假")
    worked = [day for day in _each(first + _DAY, last) if is_weekend(day) and workday(day, hours.calendar).working]
    told = told[:MOST]
    told += [f"{_day(day, n)} is worked" if n else f"{_day(day, n)}补班" for day in worked[:MOST]]
    if told:
        yield (", " if n else "，").join(told)


def _breaks(first: date, last: date, hours: Hours) -> list[tuple[date, date, tuple[str, str]]]:
    """Runs of days off, weekends beside a holiday included, with what they are for."""
    found: list[tuple[date, date, tuple[str, str]]] = []
    begun: date | None = None
    names: tuple[str, str] | None = None
    for day in _each(first + _DAY, last + _DAY):
        off = day <= last and not workday(day, hours.calendar).working
        if off:
            begun, names = begun or day, names or holiday(day, hours.calendar)
            continue
        if begun is not None and names is not None:
            found.append((begun, day - _DAY, names if names[0] else ("", "a holiday")))
        begun = names = None
    return found


def _span(since: date, until: date, n: int) -> str:
    if since == until:
        return _day(since, n)
    if since.month == until.month:
        month = since.strftime("%B")
        return f"{since.day}–{until.day} {month}" if n else f"{since.month} 月 {since.day}—{until.day} 日"
    return f"{_day(since, n)} – {_day(until, n)}" if n else f"{_day(since, n)}—{_day(until, n)}"


def _each(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + n * _DAY


def _paused(since: datetime, until: datetime, n: int) -> str:
    begun, ended = (f"{_day(at.date(), n)}{', ' if n else ' '}{at.strftime('%H:%M')}" for at in (since, until))
    return f"it stood still from {begun} to {ended}" if n else f"{begun} 至 {ended} 暂停，不计时"


def _more(extended: int, n: int, *, guessed: bool) -> Iterator[str]:
    if extended:
        times = "once" if extended == 1 else f"{extended} times"
        yield f"it was put off {times}" if n else f"延期 {extended} 次"
    if guessed:
        yield "the holidays are not announced yet: the day may change" if n else "节假日安排尚未公布，日期可能调整"
