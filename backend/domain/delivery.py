"""What becomes of a message to a citizen after one try: the plan of tries, as one pure function.

Who sends, and what went wrong there, the channels know; who claims and
records, the store. Here is only the next state, when to try again, and the
reason the desk shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BACK_OFF = (5, 15, 60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600)
"""Seconds to wait after the first, second … failed try; the last one again and again."""

AT_LEAST = 1.0  # seconds between two tries, whatever a platform says

GIVE_UP_AFTER = timedelta(hours=24)

REMIND_WITHIN = timedelta(minutes=20)
"""A reminder that comes late comes at the wrong time: by night, or when the platform's window is shut."""


class State(StrEnum):
    """Where a message stands; the values are the contract's."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"  # the platform has it
    DELIVERED = "delivered"  # the person has it
    UNCERTAIN = "uncertain"
    DEFERRED = "deferred"  # the platform itself told us when to come again
    UNDELIVERED = "undelivered"


class Outcome(StrEnum):
    """How one try ended."""

    NOT_SENT = "not_sent"  # nothing went out, or it was refused for now
    UNCERTAIN = "uncertain"  # it went out and no answer came
    UNREACHABLE = "unreachable"  # this person cannot be reached this way
    ACCEPTED = "accepted"
    DELIVERED = "delivered"


NAMES = {
    "reply": "回复",
    "status": "进度通知",
    "message": "给市民的留言",
    "survey": "回访问题",
    "campaign": "问卷调查",
    "bulletin": "月报",
    "nudge": "提醒",
}
"""The kinds of message, in the desk's words."""


class Path(Protocol):
    """One way of a channel to a person, as bots.Way describes it."""

    @property
    def name(self) -> str:
        """Such as customer_service."""

    @property
    def within(self) -> bool:
        """Only while what the person did lets us."""

    @property
    def grant(self) -> str:
        """The template that the person must have allowed; empty: none."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of message it carries; empty: all."""


SHUT = "已超出平台允许主动发消息的时间或条数"
NOT_ALLOWED = "市民没有订阅通知"
NO_TEMPLATE = "这类消息没有配置模板"
NO_WAY = "此渠道的账号不能主动发消息，市民下次发消息时会收到"


def ladder(ways: Sequence[Path], kind: str, *, free: int, grants: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The ways worth trying for this message, the best first, and why the others are not.

    ``free``: messages that may be sent now because of what the person did;
    ``grants``: template -> messages that the person allowed.
    """
    open_: list[str] = []
    shut = [] if ways else [NO_WAY]
    for way in ways:
        if way.kinds and kind not in way.kinds:
            shut.append(NO_TEMPLATE)
        elif way.within and free <= 0:
            shut.append(SHUT)
        elif way.grant and grants.get(way.grant, 0) <= 0:
            shut.append(NOT_ALLOWED)
        else:
            open_.append(way.name)
    return open_, shut


@dataclass(frozen=True, slots=True)
class Next:
    """What to record."""

    state: State
    not_before: datetime | None = None  # when to try again; None: not by itself
    reason: str = ""  # a Chinese sentence for the desk; empty where nothing is wrong


def after(
    outcome: Outcome,
    *,
    tries: int,
    kind: str,
    at: datetime,
    created_at: datetime,
    retry_after: float | None = None,
    said: str = "",
    deduplicates: bool = False,
) -> Next:
    """What follows a try that ended at *at*.

    ``tries`` counts this one; ``created_at`` is when the message was queued, or
    queued again from the desk; ``retry_after`` (seconds) and ``said`` are the
    channel's words; a platform that ``deduplicates`` may get an uncertain
    message once more.
    """
    name = NAMES.get(kind, "消息")
    match outcome:
        case Outcome.ACCEPTED:
            return Next(State.ACCEPTED)
        case Outcome.DELIVERED:
            return Next(State.DELIVERED)
        case Outcome.UNREACHABLE:
            return Next(State.UNDELIVERED, reason=_sentence(f"{name}无法送达，请改用其他方式联系市民", said))
        case Outcome.UNCERTAIN if not deduplicates:
            return Next(
                State.UNCERTAIN, reason=_sentence(f"{name}已发出，但平台没有回音，不确定是否送到，可以再发一次", said)
            )
        case _:
            within = REMIND_WITHIN if kind == "nudge" else GIVE_UP_AFTER
            return _again(name, within, tries=tries, at=at, until=created_at + within, asked=retry_after, said=said)


def _again(
    name: str, within: timedelta, *, tries: int, at: datetime, until: datetime, asked: float | None, said: str
) -> Next:
    """Try later; the last time exactly when the time we give ourselves is up."""
    left = until - at
    wait = min(BACK_OFF[min(max(tries, 1), len(BACK_OFF)) - 1], left.total_seconds())
    told = asked is not None
    if asked is not None:  # the platform knows better than our plan, in both directions
        wait = max(AT_LEAST, asked)
    if left <= timedelta(0) or wait > left.total_seconds():
        reason = f"{name}试发{tries}次，{_words(within.total_seconds())}内没能发出，请改用其他方式联系市民"
        return Next(State.UNDELIVERED, reason=_sentence(reason, said))
    state = State.DEFERRED if told else State.QUEUED
    reason = f"{name}第{tries}次没有发出，{_words(wait)}后自动再试"
    return Next(state, at + timedelta(seconds=wait), _sentence(reason, said))


def _words(seconds: float) -> str:
    """A length of time as people say it, rounded up."""
    for size, unit in ((3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f"{-int(-seconds // size)}{unit}"
    return f"{-int(-seconds // 1)}秒"


def _sentence(reason: str, said: str) -> str:
    cause = said.strip().rstrip("。.")
    return f"{reason}（{cause}）。" if cause else f"{reason}。"
