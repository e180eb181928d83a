"""How often somebody may do something: a moving window for each of them, in this process's memory.

Not the limits library: its memory store looks through all its keys on a new
thread at each call, which took 3.5 ms of processor time with 20,000 citizens
in the window; this takes 2 µs, and a test can move its clock.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many in any so many seconds."""

    most: int
    seconds: float


RATES: Mapping[str, Rate] = {
    "chat.newcomer": Rate(120, 60),  # new cookies for an address
    "chat.message": Rate(30, 60),  # for a person
    "chat.address": Rate(300, 60),  # messages from an address, which a whole housing estate may share
    "chat.look": Rate(180, 60),  # reads by a person: new bubbles, photos, streams opened
    "login.name": Rate(10, 300),  # tries for a user's name, from wherever
    "login.address": Rate(30, 300),
    "api.token": Rate(600, 60),  # calls with a token
    "api.wrong": Rate(30, 60),  # calls with none or a wrong one, from an address
    "public": Rate(60, 60),  # looks at the public counts, from an address
}
"""Every limit, by name."""


class TooMany(Exception):
    """Somebody did something too often; ``retry_after`` is when the next one will be taken."""

    def __init__(self, name: str, retry_after: float) -> None:
        super().__init__(f"too many requests ({name}); try again in {retry_after:.0f} s")
        self.name = name
        self.retry_after = retry_after  # seconds


class Limits:
    """Who did what when, as far as it still counts."""

    def __init__(self, rates: Mapping[str, Rate] = RATES, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._clock = clock  # seconds, only ever forward
        self._longest = max(rate.seconds for rate in rates.values())
        self._done: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()  # the latest stand last

    def hit(self, name: str, *keys: str) -> None:
        """Count one. Raises: TooMany, and then it does not count."""
        rate, now = self._rates[name], self._clock()
        self._forget(now - self._longest)
        done = self._done.setdefault((name, *keys), deque(maxlen=rate.most))
        if len(done) == rate.most and (wait := done[0] + rate.seconds - now) > 0:
            raise TooMany(name, wait)
        done.append(now)
        self._done.move_to_end((name, *keys))

    def __len__(self) -> int:
        return len(self._done)

    def _forget(self, before: float) -> None:
        while self._done:
            key, done = next(iter(self._done.items()))
            if done and done[-1] >= before:
                return
            del self._done[key]


OURSELVES = frozenset({"127.0.0.1", "::1"})
LIMITS = web.AppKey("limits", Limits)


def check(request: web.Request, name: str, *keys: str) -> None:
    """Count one for whoever *keys* say it is. Raises: TooMany."""
    request.config_dict[LIMITS].hit(name, *keys)


def address(request: web.Request) -> str:
    """Where the request comes from: the other end of the connection.

    Is that this machine itself, then it is our own reverse proxy, and what it
    noted last is true; nobody else's note can be trusted.
    """
    near = request.remote or "unknown"
    noted = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return noted if noted and near in OURSELVES else near
