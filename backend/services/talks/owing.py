"""What is owed to people of a channel that may only answer: nothing goes out but in the answer to their own call.

What came too late for that, or does not fit into one answer, waits for their
next word, and is given before the answer to it, once; some words ask for just
that and are no answer to anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backend.services.talks import editing
from backend.services.talks.arriving import PASSIVE, Arrived
from dialogs.commands import squeeze
from dialogs.messages import Choice, Say
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from dialogs.messages import Inbound

ASKS = frozenset({"接着看", "showmore"})
"""As ``squeeze`` has them."""
LATER = "此渠道的账号不能主动发消息，市民下次发消息时会收到。"


class Room(Protocol):
    """What one answer of that channel can hold."""

    def fits(self, says: Sequence[Say]) -> bool:
        """Whether one answer can say all this."""
        ...

    def parts(self, say: Say) -> list[Say]:
        """The same in parts that each fit."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer says of all that is owed, and what waits."""

    now: tuple[Row, ...]
    later: tuple[Row, ...]


def asks(message: Inbound) -> bool:
    """Whether they only want to see what waits for them."""
    return squeeze(message.text) in ASKS and not (message.media or message.choice or message.edited)


def noted(work: UnitOfWork, message: Inbound, *, at: datetime, free: tuple[int, datetime] | None) -> Arrived:
    """Enter such a message in the journal; what it is answered, ``paged`` finds."""
    peer = message.peer
    work.lock_person(peer.channel, peer.address)
    person = work.people.find_or_add(peer.channel, peer.address, language="zh", at=at)
    entered = work.journal.enter(person.id, editing.key(message), {"text": message.text}, at=at, free=free)
    if entered is None or work.unread.of(person.id):
        return Arrived(person=person.id)
    key = "unread.wait" if work.inbox.waits(peer.channel, peer.address) else "unread.none"
    said = phrase(person.language, key)
    row = work.outbox.queue(person.id, number=None, kind="reply", text=said, at=at, answers=entered)
    return Arrived((Say(said),), (row,), person=person.id)


def paged(
    work: UnitOfWork, room: Room, message: Inbound, arrived: Arrived, *, at: datetime, until: datetime
) -> Arrived:
    """What the answer to this message says: what waited and what is new, as much of it as fits.

    Nothing of it is sent another way before *until*. Told again, the same message is answered the same.
    """
    if arrived.waits or not arrived.person:
        return arrived
    work.people.lock_known(arrived.person)
    entry = work.unread.entry(arrived.person, editing.key(message))
    if entry is None:
        return arrived
    language, owed = work.people.get(arrived.person).language, work.unread.of(arrived.person)
    more = Say(phrase(language, "unread.more"))
    if before := work.unread.given(entry, way=PASSIVE):
        return _arrived(room, before, more if owed else None, arrived.person)
    page = _page(work, room, owed, more)
    work.unread.hold([row.id for row in page.now], entry, until=until)
    work.unread.leave([row.id for row in page.later], reason=LATER, at=at)
    return _arrived(room, page.now, more if page.later else None, arrived.person)


def _page(work: UnitOfWork, room: Room, owed: Sequence[Row], more: Say) -> Page:
    """Whole bubbles as long as they fit; the beginning of the first, where not even that does."""
    if room.fits([_say(row) for row in owed]):
        return Page(tuple(owed), ())
    count = 0
    while room.fits([*(_say(row) for row in owed[: count + 1]), more]):
        count += 1
    if count:
        return Page(tuple(owed[:count]), tuple(owed[count:]))
    head, *rest = room.parts(_say(owed[0]))
    if not rest:
        return Page(tuple(owed[:1]), tuple(owed[1:]))
    first = work.unread.divide(owed[0], head.text, "\n".join(part.text for part in rest))
    return Page((first,), tuple(owed))


def _arrived(room: Room, rows: Sequence[Row], more: Say | None, person: int) -> Arrived:
    """Buttons that nothing has room for are left out; their words count all the same."""
    says = (*(_say(row) for row in rows), *([more] if more else []))
    said = says if room.fits(says) else tuple(Say(say.text) for say in says)
    return Arrived(said, tuple(row.id for row in rows), person=person)


def _say(row: Row) -> Say:
    return Say(row.text, tuple(Choice(one["id"], one["label"]) for one in row.choices))
