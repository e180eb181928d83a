"""The updates of one bot that nobody has confirmed yet, in the platform's queues.

Only the head of a queue is on its way; the others wait behind it. A message waits in the queue of its chat, a pressed
button in that of the person, so that kinds race and messages of a chat do not.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.telegram_errors import Json

DAY = 86_400.0
SLACK = 0.001  # seconds that somebody who slept may wake early: sums of floats are not what one adds up
LIFE = {"callback_query": 150.0, "shipping_query": 150.0, "pre_checkout_query": 150.0}
LANE = {
    "callback_query": 3,
    "my_chat_member": 5,
    "chat_member": 6,
    "chat_join_request": 6,
    "message_reaction": 8,
    "business_connection": 10,
    "business_message": 11,
}
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Switches:
    """Nastiness that tests turn on, of one bot."""

    duplicate_after_ok: int = 0  # how often an update is sent again although it was taken
    ignore_order: bool = False  # a queue keeps no order and blocks nothing
    lag: dict[str, float] = field(default_factory=dict)  # kind → seconds that its updates come late
    random: random.Random = field(default_factory=lambda: random.Random(1))

    @property
    def reorder_across_queues(self) -> bool:
        return bool(self.lag)

    @reorder_across_queues.setter
    def reorder_across_queues(self, on: bool) -> None:
        self.lag = {"message": 0.3, "edited_message": 0.3} if on else {}


@dataclass
class Pending:
    """An update that nobody has confirmed."""

    update_id: int
    kind: str
    body: Json
    key: int
    expires_at: float
    wake_at: float
    delay: float = 1.0
    fails: int = 0
    repeats: int = 0  # see Switches.duplicate_after_ok


class UpdateQueue:
    """All updates of one bot."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.switches = Switches()
        self.allowed: list[str] = []  # empty: the default kinds
        self.pending: dict[int, Pending] = {}
        self.next_id = 100_000_001
        self.changed: Callable[[], None] = lambda: None
        self._lanes: defaultdict[int, deque[Pending]] = defaultdict(deque)
        self._due: list[tuple[float, int, int]] = []
        self._unordered = 1 << 40

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def add(self, kind: str, body: Json, *, of: int, after: float = 0.0, update_id: int | None = None) -> Json | None:
        """Queue it, *after* seconds; None where the bot does not want this kind."""
        if not self.wants(kind):
            return None
        number = self.next_id if update_id is None else update_id
        self.next_id = max(self.next_id, number + 1)
        now, key = self.now(), of + (LANE.get(kind, 0) << 33)
        wake = now + after + self.switches.lag.get(kind, 0.0)
        if self.switches.ignore_order:
            self._unordered += 1
            key, wake = self._unordered, wake + self.switches.random.uniform(0, 0.2)
        update = {"update_id": number, **body}
        self.push(Pending(number, kind, update, key, now + after + LIFE.get(kind, DAY), wake))
        return update

    def push(self, update: Pending) -> None:
        self.pending[update.update_id] = update
        lane = self._lanes[update.key]
        lane.append(update)
        if len(lane) == 1:
            self.schedule(update)
        self.changed()

    def schedule(self, update: Pending) -> None:
        heapq.heappush(self._due, (update.wake_at, update.update_id, update.key))

    def again(self, update: Pending, *, after: float) -> None:
        """It was not taken: its queue waits."""
        update.wake_at = self.now() + after
        self.schedule(update)
        self.changed()

    def drop(self, update: Pending) -> None:
        """It is done with, and the next of its queue may go."""
        self.pending.pop(update.update_id, None)
        lane = self._lanes[update.key]
        was_first = bool(lane) and lane[0] is update
        if update in lane:
            lane.remove(update)
        if not lane:
            del self._lanes[update.key]
        elif was_first:
            self.schedule(lane[0])
        self.changed()

    def due(self) -> Iterator[Pending]:
        """The heads that may go now, each once."""
        while self._due and self._due[0][0] <= self.now() + SLACK:
            _, number, key = heapq.heappop(self._due)
            update = self.pending.get(number)
            if update is None or self._lanes[key][0] is not update:
                continue
            if self.now() > update.expires_at:
                self.drop(update)
                continue
            yield update

    @property
    def next_at(self) -> float | None:
        """When a head may go; None: none waits."""
        return self._due[0][0] - SLACK / 2 if self._due else None

    @property
    def ready(self) -> bool:
        """Whether a head may go now."""
        return bool(self._due) and self._due[0][0] <= self.now() + SLACK

    def restart(self) -> None:
        """Whatever was on its way is not: every head goes again."""
        self._due = []
        for lane in self._lanes.values():
            lane[0].wake_at = min(lane[0].wake_at, self.now())
            self.schedule(lane[0])

    def clear(self) -> None:
        self.pending.clear()
        self._lanes.clear()
        self._due.clear()

    def visible(self) -> list[Pending]:
        """What a poll sees now, the oldest first; what is too old is gone."""
        now = self.now()
        for update in [update for update in self.pending.values() if update.expires_at < now]:
            self.drop(update)
        return [update for _, update in sorted(self.pending.items()) if update.wake_at <= now + SLACK]

    def confirm(self, offset: int) -> None:
        """Everything before *offset* has been seen; a negative one keeps so many of the newest."""
        known = sorted(self.pending)
        gone = known[:offset] if offset < 0 else [number for number in known if number < offset]
        for number in gone:
            self.drop(self.pending[number])
