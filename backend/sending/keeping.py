"""What became of tries, kept: many in a unit, in few statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.domain.delivery import State
from backend.services.talks import reach as results
from backend.store.outbox import ARRIVED
from backend.store.reach import TOLD_LATER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.domain.delivery import Next
    from backend.sending.trying import Tried
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ended:
    """One try, as it is to be kept."""

    row: Row
    follows: Next
    tried: Tried
    channel: str
    at: datetime
    along: tuple[Row, ...] = ()  # what was told in the same message

    @property
    def arrived(self) -> bool:
        """The platform took it."""
        return self.follows.state.value in ARRIVED

    @property
    def plain(self) -> bool:
        """It arrived, and nothing else is to be noted of it."""
        receipt = self.tried.receipt
        if self.along or self.tried.spent or receipt is None:
            return False
        return self.arrived and receipt.way not in TOLD_LATER


def keep(work: UnitOfWork, ended: Sequence[Ended], *, owner: str) -> None:
    """Keep these outcomes; whoever they concern is locked in one order."""
    plain = sorted((each for each in ended if each.plain), key=lambda each: (each.row.person, each.row.id))
    work.people.lock_several({each.row.person for each in ended if each.arrived})
    work.journal.say_all(
        [(e.row.person, e.row.text, list(e.row.choices), e.at, e.row.answers, e.row.id) for e in plain]
    )
    work.outbox.record_arrived(
        [
            (e.row.id, e.follows.state.value, e.at, e.tried.receipt.way, e.tried.receipt.platform_id, e.tried.cost)
            for e in plain
            if e.tried.receipt is not None
        ]
    )
    for each in ended:
        if not each.plain:
            _record(work, each, owner=owner)


def hand_back(work: UnitOfWork, rows: Sequence[Row], *, owner: str, at: datetime) -> None:
    """They were not sent: they are owed as if nobody had taken them."""
    for row in rows:
        work.outbox.record(row.id, state="queued", at=at, owner=owner)


def _record(work: UnitOfWork, ended: Ended, *, owner: str) -> None:
    """Keep the outcome; what arrived stands in the chat's record from now on."""
    row, follows, tried, channel, at = ended.row, ended.follows, ended.tried, ended.channel, ended.at
    if follows.state in {State.ACCEPTED, State.DELIVERED}:  # first, since it takes the person's lock
        work.journal.say(row.person, row.text, list(row.choices), at=at, answers=row.answers, notice=row.id)
    for template in tried.spent:
        work.reaches.spend(row.person, template)
    if tried.pause is not None:
        work.platforms.pause(channel, until=at + timedelta(seconds=tried.pause), trouble=tried.said)
    for each in (row, *ended.along):
        work.outbox.record(
            each.id,
            state=follows.state.value,
            at=at,
            reason=follows.reason,
            way=tried.receipt.way if tried.receipt else tried.way,
            platform_id=tried.receipt.platform_id if tried.receipt else "",
            cost=tried.cost if each is row else 0,
            not_before=follows.not_before,
            owner=owner,
        )
    if tried.receipt is not None and tried.receipt.way in TOLD_LATER and tried.receipt.platform_id:
        results.catch_up(work, channel, tried.receipt.platform_id, at=at, person=row.person)
