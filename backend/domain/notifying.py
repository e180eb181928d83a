"""What people at the desk are told outside the desk: which events of cases, whom they concern, when, and in which words.

Pure: who sends, and by which service, others know. Nothing personal is said: the
number, the category, the district, the clock and where to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from backend.domain.rights import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of news. ``roles``: whose it is, where the event does not say so."""

    label: str
    label_en: str
    roles: frozenset[str]
    at_once: bool = False  # never gathered


KINDS: dict[str, Kind] = {
    "danger": Kind("有人身危险", "Danger", frozenset(ROLES), at_once=True),
    "new": Kind("新诉求", "New case", frozenset({"intake", "dispatcher"})),
    "due_soon": Kind("快到期限", "Due soon", frozenset({"handler"})),
    "late": Kind("已超期限", "Late", frozenset({"handler"})),
    "returned": Kind("退回重派", "Returned", frozenset({"dispatcher", "coordinator"})),
    "reopened": Kind("重新办理", "Reopened", frozenset({"handler", "coordinator"})),
    "undelivered": Kind("通知没有送达", "Notice not delivered", frozenset({"handler"})),
}
"""Every kind, what presses most first: in this order one message tells them."""
EVENTS = ("filed", "moved", "corrected", "clock", "notice")
"""The events of a case that can be news."""
MOVED = {"returned": "returned", "reopened": "reopened"}
NONE = "none"
_GATHERED = re.compile(r"([1-9]\d{0,2})([mh])")
_DAILY = re.compile(r"daily ([01]\d|2[0-3]):([0-5]\d)")
MOST_BYTES = 1800
"""Of one message, without its title: what the narrowest service takes (WeCom's 2,048) less what is said around it."""


@dataclass(frozen=True, slots=True)
class News:
    """One event of one case, as it is told."""

    kind: str
    number: str
    at: datetime
    institution: str
    category: str  # in the language of who is told
    district: str
    clock: str  # its name, or empty
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be told; an empty part: all of it."""

    institution: str = ""
    departments: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    sealed: bool = False  # whoever reads it may know of sealed cases

    def takes(self, kind: str, concerns: frozenset[str], *, institution: str, department: str, sealed: bool) -> bool:
        """Whether news of that kind, of a case there, is for them. ``concerns``: roles."""
        return (
            (not sealed or self.sealed)
            and self.institution in ("", institution)
            and (not self.departments or department in self.departments)
            and (not self.kinds or kind in self.kinds)
            and (not self.roles or not self.roles.isdisjoint(concerns))
        )


def kind_of(what: str, detail: Mapping[str, Any]) -> str:
    """Which kind of news an event of a case is; empty: none."""
    match what:
        case "filed":
            return "danger" if detail.get("grade") == "emergency" else "new"
        case "moved":
            return MOVED.get(str(detail.get("to")), "")
        case "corrected":
            told = detail.get("grade")
            return "danger" if isinstance(told, list) and told[-1:] == ["emergency"] else ""
        case "clock":
            return "late" if detail.get("late") else "due_soon" if detail.get("warned") else ""
        case "notice":
            return "undelivered" if "undelivered" in detail else ""
    return ""


def concerns(kind: str, detail: Mapping[str, Any]) -> frozenset[str]:
    """The roles that it concerns: a step of the ladder tells whose it is."""
    to = str(detail.get("to", ""))
    return frozenset({to}) if kind in {"due_soon", "late"} and to in ROLES else KINDS[kind].roles


def due(kind: str, digest: str, at: datetime, zone: ZoneInfo) -> datetime:
    """When news that came at *at* goes out, with all that has come by then.

    ``digest``: ``none``, ``15m``, ``2h`` or ``daily 09:00``.
    """
    if KINDS[kind].at_once or digest == NONE:
        return at
    if found := _GATHERED.fullmatch(digest):
        return at + timedelta(minutes=int(found[1]) * (60 if found[2] == "h" else 1))
    told = _DAILY.fullmatch(digest)
    if told is None:
        raise AssertionError(f"{digest!r} is no digest")
    local = at.astimezone(zone)
    here = datetime.combine(local.date(), time(int(told[1]), int(told[2])), zone)
    return here if here > local else datetime.combine(local.date() + timedelta(days=1), here.time(), zone)


def letter(news: Sequence[News], language: str, zone: ZoneInfo, *, url: str) -> tuple[str, str]:
    """Title and text of one message that tells all this, what presses most first. ``url``: of the desk."""
    english = language == "en"
    order = list(KINDS)
    told = sorted(news, key=lambda one: (order.index(one.kind), one.at, one.number))
    counts = [(KINDS[key], sum(one.kind == key for one in told)) for key in order]
    summed = [f"{kind.label_en if english else kind.label} {n}" for kind, n in counts if n]
    title = f"Jiesu: {', '.join(summed)}" if english else f"接诉：{'，'.join(summed)}"
    lines: list[str] = []
    size = 0
    for one in told:
        line = _line(one, zone, english=english, url=url)
        size += len(line.encode()) + 1
        if lines and size > MOST_BYTES:
            left = len(told) - len(lines)
            lines.append(f"… {left} more: {url}" if english else f"……另有{left}件，见 {url}")
            break
        lines.append(line)
    return title, "\n".join(lines)


def _line(one: News, zone: ZoneInfo, *, english: bool, url: str) -> str:
    kind = KINDS[one.kind]
    due = ""
    if one.due is not None:
        clock = one.clock or ("due" if english else "期限")
        due = f"{clock} {one.due.astimezone(zone):%m-%d %H:%M}"
    parts = [kind.label_en if english else kind.label, one.number, one.category, one.district, due]
    return " · ".join(part for part in parts if part) + f"\n{url}/cases/{one.number}"
