"""What may go wrong at the fake WeChat: chosen by endpoint and by which call of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Fault:
    """From the ``nth`` matching call on, ``times`` times; ``times`` None: for ever.

    ``endpoint``: the end of a path such as ``message/custom/send``, ``*`` for every one, ``push`` for what the
    platform sends to the account's server.
    """

    endpoint: str
    nth: int = 1
    times: int | None = 1
    openid: str = ""  # only calls and pushes that concern this person
    errcode: int | None = None  # refused, nothing done
    facts: dict[str, str] = field(default_factory=dict)  # for the gaps in its text: ip, key
    http: int | None = None  # this status, nothing done
    html: bool = False  # a page instead of JSON; with http 502 unless it says another
    delay_s: float = 0.0  # before anything is done
    drop: bool = False  # the connection breaks, nothing done
    drop_after_accept: bool = False  # done, and the connection breaks
    truncate: bool = False  # done, half the answer comes
    latin1: bool = False  # done, but the answer claims another charset
    cut: bool = False  # push: the platform hangs up once the server has answered, and hears nothing
    duplicate: bool = False  # push: sent again although it was answered well
    overlap: bool = False  # push: the next try starts with the first
    seen: int = 0

    def strikes(self, endpoint: str, openid: str) -> bool:
        """Whether it holds for this call; counts the call."""
        if not self._means(endpoint) or (self.openid and self.openid != openid):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)

    def _means(self, endpoint: str) -> bool:
        if endpoint == "push" or self.endpoint == "push":
            return endpoint == self.endpoint
        return self.endpoint == "*" or endpoint.endswith(self.endpoint)


NONE = Fault("", times=0)


def striking(faults: Iterable[Fault], endpoint: str, openid: str = "") -> Fault:
    """The first fault that holds for this call; each of them counts it."""
    return next(iter([fault for fault in faults if fault.strikes(endpoint, openid)]), NONE)
