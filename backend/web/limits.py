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


DAY = 24 * 3600.0  # seconds


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
    "login.pair": Rate(10, 300),  # wrong passwords for a user's name from an address
    "login.name": Rate(50, 300),  # for the name, from wherever: more, so that nobody shuts its owner out easily
    "login.address": Rate(30, 300),  # from an address, for whatever name
    "api.token": Rate(600, 60),  # calls with a token
    "api.wrong": Rate(30, 60),  # calls with none or a wrong one, from an address
    "public": Rate(60, 60),  # looks at the public counts, from an address
    "file.person": Rate(200_000_000, DAY),  # bytes of a person's files
    "file.address": Rate(2_000_000_000, DAY),  # bytes of files from an address
}
"""Every limit, by name."""


STEPS = 96
"""Into so many parts a window is divided where amounts are counted."""


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
        self._done: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()  # the latest stand last
        self._spent: OrderedDict[tuple[str, ...], deque[tuple[float, int]]] = OrderedDict()  # the same, with amounts

    def hit(self, name: str, *keys: str) -> None:
        """Count one. Raises: TooMany, and then it does not count."""
        rate, now = self._rates[name], self._clock()
        self._forget(now)
        done = self._done.setdefault((name, *keys), deque(maxlen=rate.most))
        if len(done) == rate.most and (wait := done[0] + rate.seconds - now) > 0:
            raise TooMany(name, wait)
        done.append(now)
        self._done.move_to_end((name, *keys))

    def forgive(self, name: str, *keys: str) -> None:
        """What was counted last does not count after all."""
        if done := self._done.get((name, *keys)):
            done.pop()

    def spend(self, name: str, amount: int, *keys: str) -> None:
        """Count so much, in the rate's unit. Raises: TooMany, and then it does not count."""
        rate, now = self._rates[name], self._clock()
        self._forget(now)
        spent = self._spent.get((name, *keys), deque())
        while spent and spent[0][0] <= now - rate.seconds:
            spent.popleft()
        if sum(each for _, each in spent) + amount > rate.most:
            raise TooMany(name, spent[0][0] + rate.seconds - now if spent else rate.seconds)
        if spent and now - spent[-1][0] < rate.seconds / STEPS:  # so that many small ones need no room
            at, before = spent.pop()
            spent.append((at, before + amount))
        else:
            spent.append((now, amount))
        self._spent[(name, *keys)] = spent
        self._spent.move_to_end((name, *keys))

    def __len__(self) -> int:
        return len(self._done) + len(self._spent)

    def _forget(self, now: float) -> None:
        while self._done:
            key, done = next(iter(self._done.items()))
            if done and done[-1] >= now - self._rates[key[0]].seconds:
                break
            del self._done[key]
        while self._spent:
            key, spent = next(iter(self._spent.items()))
            if spent[-1][0] >= now - self._rates[key[0]].seconds:
                break
            del self._spent[key]


OURSELVES = frozenset({"127.0.0.1", "::1"})
LIMITS = web.AppKey("limits", Limits)


def check(request: web.Request, name: str, *keys: str) -> None:
    """Count one for whoever *keys* say it is. Raises: TooMany."""
    request.config_dict[LIMITS].hit(name, *keys)


def forgive(request: web.Request, name: str, *keys: str) -> None:
    """What was counted last for whoever *keys* say it is does not count after all."""
    request.config_dict[LIMITS].forgive(name, *keys)


def spend(request: web.Request, name: str, amount: int, *keys: str) -> None:
    """Count so much for whoever *keys* say it is. Raises: TooMany."""
    request.config_dict[LIMITS].spend(name, amount, *keys)


def address(request: web.Request) -> str:
    """Where the request comes from: the other end of the connection.

    Is that this machine itself, then it is our own reverse proxy, and what it
    noted last is true; nobody else's note can be trusted.
    """
    near = request.remote or "unknown"
    noted = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return noted if noted and near in OURSELVES else near
