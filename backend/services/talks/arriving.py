"""A message of a platform that we answer by calling it back: taken and the answer owed, in one unit.

What cannot be worked on at once, because its files are still with the platform or
an earlier message of the same person waits, is kept in the inbox; ``backend/arrivals.py``
fetches the files and comes back with them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.services.talks import editing, intake
from dialogs.events import Received
from dialogs.messages import Choice, Inbound, Location, Media, Opening, Peer, Say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.services.talks.intake import Institutions, Prepared
    from backend.store.inbox import Entry
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork


TRY_AGAIN = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long after the first fault, the second … a message is tried again that we stumbled over."""
PASSIVE = "passive"
"""The way of an answer that stood in the body of our answer."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a message. ``rows``: the answer as it stands in the outbox, owed, sent or passed on."""

    says: tuple[Say, ...] = ()
    rows: tuple[int, ...] = ()
    waits: bool = False  # in the inbox
    person: int = 0
    leased: tuple[Row, ...] = ()  # of them, those that who asked for it is to send
    fresh: bool = field(default=False, compare=False)  # nobody else can have begun to send it


@dataclass(frozen=True, slots=True)
class Stumble:
    """A message that could only be saved when it came. ``journal``: where it stands there; ``tries``: this one too."""

    id: int
    message: Inbound
    journal: int
    evidence: tuple[Received, ...]
    remarks: tuple[tuple[str, str], ...]
    tries: int


def arrive(
    work: UnitOfWork,
    institutions: Institutions,
    prepared: Prepared,
    *,
    at: datetime,
    patience: timedelta,
    entry: int | None = None,
    owner: str = "",
) -> Arrived:
    """Take a message and owe its answer.

    ``patience``: how long the answer waits for being sent, because it may still go
    out with the answer to the platform's own call. ``entry``: the inbox row that it
    was. ``owner``: who sends the answer at once, where nothing goes before it.
    """
    message = prepared.message
    met = intake.meet(work, prepared, at=at)
    waits = met.waits if met else work.inbox.waits(message.peer.channel, message.peer.address)
    if entry is None and waits:
        keep(work, message, at=at)
        return Arrived(waits=True)
    if entry is not None:
        work.inbox.done(entry)
    met = met or intake.introduce(work, prepared, at=at)
    taken = intake.take(work, institutions, prepared, at=at, met=met)
    if taken is not None:
        again = _reachable(work, taken, message, at=at)
        if owner and not met.queues and not again:
            return _leased(work, taken, owner, at=at)
    return _owed(work, message, taken, at=at, patience=patience)


def stumbled(
    work: UnitOfWork, prepared: Prepared, trouble: str, *, at: datetime, patience: timedelta, entry: int | None = None
) -> Arrived:
    """Save a message that could not be digested, for a person to look at, and owe its sender a word about it."""
    if entry is not None:
        work.inbox.done(entry)
    taken = intake.save(work, prepared, trouble, at=at)
    if taken is not None and not prepared.message.edited:  # an edit is told apart by what was said before it
        _try_again(work, prepared, taken, at=at)
    return _owed(work, prepared.message, taken, at=at, patience=patience)


def due(work: UnitOfWork, owner: str, *, now: datetime) -> list[Stumble]:
    """What we stumbled over and is due to be tried again, for *owner* alone."""
    return [_stumble(entry) for entry in work.inbox.claim_failed(owner, now=now)]


def rise(work: UnitOfWork, institutions: Institutions, stumble: Stumble, prepared: Prepared, *, at: datetime) -> None:
    """Take after all what we stumbled over, and owe its answer.

    Not where they have spoken since: they knew that it had failed and said what
    they wanted to say; it stays with the desk.
    """
    peer = prepared.message.peer
    work.lock_person(peer.channel, peer.address)
    person = work.people.find(peer.channel, peer.address)
    work.inbox.done(stumble.id)
    if person is None or not work.journal.is_last_word(person.id, stumble.journal):
        return
    taken = intake.take(work, institutions, prepared, at=at, saved=(stumble.journal, stumble.evidence))
    _owed(work, prepared.message, taken, at=at, patience=timedelta(0))


def put_off(work: UnitOfWork, stumble: Stumble, *, at: datetime) -> None:
    """It failed once more: try again later, or leave it to the desk, which shows it all the while."""
    if stumble.tries < len(TRY_AGAIN):
        work.inbox.again(stumble.id, due=at + TRY_AGAIN[stumble.tries])
    else:
        work.inbox.done(stumble.id)


def _try_again(work: UnitOfWork, prepared: Prepared, taken: intake.Taken, *, at: datetime) -> None:
    """Its files are stored and its recognised words are among its words: only those are kept for it."""
    message = replace(prepared.message, media=())
    kept = {
        "message": _json(message),
        "journal": taken.entry,
        "evidence": [asdict(one) for one in taken.evidence],
        "remarks": [list(pair) for pair in prepared.remarks],
    }
    peer = message.peer
    work.inbox.retry(peer.channel, peer.address, message.message_id, kept, at=at, due=at + TRY_AGAIN[0])


def _stumble(entry: Entry) -> Stumble:
    told = entry.message
    evidence = tuple(Received(**one) for one in told["evidence"])
    remarks = tuple((key, name) for key, name in told["remarks"])
    return Stumble(entry.id, kept(told["message"]), told["journal"], evidence, remarks, entry.tries)


def keep(work: UnitOfWork, message: Inbound, *, at: datetime) -> int | None:
    """Keep a message that cannot be worked on at once; its inbox id, or None: we have it already."""
    peer = message.peer
    return work.inbox.add(peer.channel, peer.address, editing.key(message), _json(message), at=at)


def before(work: UnitOfWork, message: Inbound, *, at: datetime) -> Arrived:
    """What was said to a message that came before; nothing, where it still waits."""
    return _owed(work, message, None, at=at, patience=timedelta(0))


def kept(told: Mapping[str, Any]) -> Inbound:
    """The message of an inbox row again."""
    location, opens, sent = told.get("location"), told.get("opens"), told.get("sent_at")
    parts = {
        "peer": Peer(**told["peer"]),
        "location": Location(**location) if location else None,
        "media": tuple(Media(**one) for one in told["media"]),
        "opens": Opening(opens["messages"], timedelta(seconds=opens["lasts"])) if opens else None,
        "sent_at": datetime.fromisoformat(sent) if sent else None,
    }
    return Inbound(**{**told, **parts})


def _json(message: Inbound) -> dict[str, Any]:
    """With times as JSON can say them."""
    told = asdict(message)
    if message.opens is not None:
        told["opens"]["lasts"] = message.opens.lasts.total_seconds()
    told["sent_at"] = message.sent_at.isoformat() if message.sent_at else None
    return told


def _owed(
    work: UnitOfWork, message: Inbound, taken: intake.Taken | None, *, at: datetime, patience: timedelta
) -> Arrived:
    """The answer, in the outbox; that of a message which was taken before stands there already."""
    if taken is None:
        before = intake.answered(work, message, at=at)
        person = work.people.find(message.peer.channel, message.peer.address)
        return Arrived(
            tuple(_say(each.text, each.choices) for each in before),
            tuple(each.notice for each in before if each.notice is not None),
            person=person.id if person else 0,
        )
    rows = tuple(
        work.outbox.queue(
            taken.person.id,
            number=None,
            kind="reply",
            text=text,
            choices=choices,
            at=at,
            not_before=at + patience,
            answers=taken.entry,
        )
        for text, choices in taken.bubbles
    )
    says = tuple(_say(text, choices) for text, choices in taken.bubbles)
    return Arrived(says, rows, person=taken.person.id, fresh=patience > timedelta(0))


def _leased(work: UnitOfWork, taken: intake.Taken, owner: str, *, at: datetime) -> Arrived:
    """The answer, taken by who sends it."""
    rows = tuple(
        work.outbox.lease(taken.person.id, text=text, choices=choices, at=at, answers=taken.entry, owner=owner)
        for text, choices in taken.bubbles
    )
    says = tuple(_say(text, choices) for text, choices in taken.bubbles)
    return Arrived(says, tuple(row.id for row in rows), person=taken.person.id, leased=rows)


def pass_on(work: UnitOfWork, arrived: Sequence[Arrived], *, at: datetime) -> bool:
    """Whether these answers may go out in the body of our answer to the platform's call; if so they stand in the talk.

    Not where another process has begun to send any of them.
    """
    for person in sorted({each.person for each in arrived if each.rows}):
        work.people.lock_known(person)
    rows, all_may = work.outbox.passes([row for each in arrived for row in each.rows], way=PASSIVE, at=at)
    for row in rows if all_may else ():
        work.journal.say(row.person, row.text, list(row.choices), at=at, answers=row.answers, notice=row.id)
    return all_may


def release(work: UnitOfWork, arrived: Sequence[Arrived], *, at: datetime) -> None:
    """These answers do not fit into an answer to the platform's call: they go by themselves, now."""
    work.outbox.release([row for each in arrived for row in each.rows], at=at)


def _reachable(work: UnitOfWork, taken: intake.Taken, message: Inbound, *, at: datetime) -> int:
    """Who writes is there; what never reached them of their cases, because they were not, reaches them now: how much."""
    if taken.person.gone:
        return work.reaches.come_back(taken.person.id, at=at)
    if message.opens is not None and work.reaches.missed(taken.person.id):
        return work.reaches.owe_again(taken.person.id, at=at)
    return 0


def _say(text: str, choices: Sequence[Mapping[str, Any]]) -> Say:
    return Say(text, tuple(Choice(choice["id"], choice["label"]) for choice in choices))
