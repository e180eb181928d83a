"""When and how a notice goes: by night not, gathered where each message counts, and on another channel where one is shut.

Pure: the notice, how its person can be reached and what else is owed to them in,
what is done with it out. What becomes of one try is ``delivery``'s; who claims,
sends and copies, the store and the jobs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

WAKING = frozenset({"status", "survey", "campaign", "bulletin"})
"""Kinds that wait for the morning. Answers, a handler's words and whatever concerns danger wake who gets them."""
AWAKE = timedelta(hours=1)
"""Who wrote so lately is awake."""
TOGETHER = timedelta(minutes=30)
"""Notices of one case caused within that time become one message, where they wait together."""
WAITED = timedelta(minutes=10)
"""A notice that has waited so long did not go out at once: what came meanwhile goes with it."""
MOST_BYTES = 1900
"""Of notices told together: more would be parts, which platforms count one by one."""
LAST = 1
"""Messages left when the rest is kept for what matters."""
BEFORE_IT_SHUTS = timedelta(minutes=25)
"""The last message is used for progress after all, so long before the platform's window shuts."""
MERE = frozenset({"status", "campaign", "bulletin"})
"""Kinds that tell or ask nothing which must be, but for the buttons to decide by."""
DECIDES = frozenset({"accept", "reject", "appeal", "rate"})
OFFERS = DECIDES | {"urge", "more", "withdraw", "leave"}
"""Buttons below a notice that do something with its case; any other is an answer to a question."""
HELD = "平台只剩一条可以主动发送的消息，留给答复；这条进度随答复一起告诉市民。"
GROUPS = ({"citizen", "device"}, {"joint", "joint_device"})
"""What one person's chats are to a case they follow."""


class Notice(Protocol):
    """What is needed of a row of the outbox."""

    @property
    def id(self) -> int:
        """It grows with time."""

    @property
    def number(self) -> str | None:
        """Of the case it belongs to."""

    @property
    def kind(self) -> str:
        """Such as status."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def choices(self) -> Sequence[Mapping[str, Any]]:
        """Its buttons."""

    @property
    def created_at(self) -> datetime:
        """When it was caused."""


def by_day(at: datetime, quiet: tuple[str, str], zone: ZoneInfo, *, margin: timedelta = timedelta(0)) -> datetime:
    """*at*, or the end of the quiet hours that it falls into, or into the *margin* before them."""
    begins, ends = (time.fromisoformat(part) for part in quiet)
    if begins == ends:
        return at
    local = at.astimezone(zone)
    day = local.date()
    for first in (day - timedelta(days=1), day, day + timedelta(days=1)):
        last = first if begins < ends else first + timedelta(days=1)
        night, morning = datetime.combine(first, begins, zone) - margin, datetime.combine(last, ends, zone)
        if night <= local < morning:
            return morning
    return at


def matters(notice: Notice) -> bool:
    """Whether it is more than progress: what was decided, a question, a person's words."""
    return weighs(notice.kind, notice.choices)


def weighs(kind: str, choices: Sequence[Mapping[str, Any]]) -> bool:
    """The same of what is about to be owed."""
    return kind not in MERE or (kind == "status" and any(_verb(one) not in OFFERS - DECIDES for one in choices))


def alike(notice: Notice) -> bool:
    """Whether it tells how a case stands, and asks nothing of its own."""
    return notice.kind == "status" and notice.number is not None and all(_verb(c) in OFFERS for c in notice.choices)


def gathers(notice: Notice, *, counted: bool, now: datetime) -> bool:
    """Whether others are looked for to go with it: each message is *counted* on its channel, or it has waited."""
    if notice.kind in {"campaign", "bulletin"}:
        return counted
    return alike(notice) and (counted or now - notice.created_at >= WAITED)


def together(first: Notice, behind: Sequence[Notice]) -> int:
    """How many of those *behind* it, in their order, are told in the same message.

    Of the same case and time; never a question, and nothing behind one; what has
    buttons to decide by is the last, since the message carries the last one's.
    """
    size, count, last = len(first.text.encode()), 0, first
    for one in behind if alike(first) else ():
        size += len(one.text.encode()) + 2
        if (
            matters(last)
            or not alike(one)
            or one.number != first.number
            or one.created_at - first.created_at > TOGETHER
            or size > MOST_BYTES
        ):
            break
        count, last = count + 1, one
    return count


def said(notices: Sequence[Notice]) -> str:
    """All of them in one text; the same sentence twice is said once."""
    return "\n\n".join(dict.fromkeys(one.text for one in notices))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with a notice now. ``until``: it is held so long. ``keep``: not by a way whose messages count."""

    until: datetime | None = None
    keep: bool = False


NOW = Plan()


def plan(
    notices: Sequence[Notice],
    behind: Iterable[Notice],
    *,
    free: int,
    until: datetime | None,
    others: bool,
    now: datetime,
) -> Plan:
    """How these, told together, go. ``free``: messages that may be sent because of what the person did, *until* then.

    The last of them is kept for an answer, a question or a person's words. Mere
    progress goes another way where *others* are open; else it waits, to be told
    together with what is decided, or just before the window shuts. Where what
    matters is owed *behind* it already, it does not take its place.
    """
    if any(matters(one) for one in notices) or free != LAST or until is None:
        return NOW
    if others or any(matters(one) for one in behind):
        return Plan(keep=True)
    shuts = until - BEFORE_IT_SHUTS
    return NOW if shuts <= now else Plan(until=shuts)


@dataclass(frozen=True, slots=True)
class Bound:
    """One chat that follows a case. ``gone``: nothing reaches it."""

    person: int
    role: str
    at: datetime  # since when
    gone: bool
    told: str = ""  # the state of the same notice there; empty: it was not told there


def same_person(role: str, bound: Sequence[Bound]) -> list[Bound]:
    """The chats of whoever is that to the case; who joined is told apart only where nobody else did."""
    group: Collection[str] = next((group for group in GROUPS if role in group), {role})
    if "joint" in group and sum(one.role == "joint" for one in bound) > 1:
        return []
    return [one for one in bound if one.role in group]


def instead(person: int, bound: Sequence[Bound]) -> tuple[str, int | None]:
    """What is done where a notice cannot reach that chat: ``told`` (elsewhere), ``copy`` and to whom, or ``task``.

    Nothing is sent twice: where another chat of the same person was told, or is about to be, that is enough. Else the
    chat they have used last is told, each once.
    """
    mine = next((one for one in bound if one.person == person), None)
    chats = [one for one in same_person(mine.role, bound) if one.person != person] if mine else []
    if any(one.told not in ("", "undelivered") for one in chats):
        return "told", None
    open_ = [one for one in chats if not one.gone and not one.told]
    if not open_:
        return "task", None
    return "copy", max(open_, key=lambda one: (one.at, one.person)).person


WISHES = ("", "results", "none")
"""What somebody wants to be told of their cases: everything, only what was decided, nothing that they did not ask."""


def wished(wish: str, *, decided: bool, asks: bool) -> bool:
    """Whether they are told. ``decided``: it is a result; ``asks``: the case cannot go on without them."""
    return asks or not wish or (wish == "results" and decided)


def _verb(choice: Mapping[str, Any]) -> str:
    return str(choice.get("id", "")).partition(":")[0]
