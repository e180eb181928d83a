"""One message, one transaction: journal, conversation, case, events, outbox, and the answer that a replay gets too.

``prepare`` does what is slow (understanding) outside the unit; ``receive`` is
the unit; ``keep`` saves a message that ``receive`` could not digest, so that a
fault of ours loses nobody's words.
"""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import numbers
from backend.services.talks import carrying, conversations, editing, guidance
from dialogs.draft import albums
from dialogs.engine import step
from dialogs.events import Heard, Received
from dialogs.filed import survey
from dialogs.messages import Inbound, Say
from dialogs.slots import SLOTS
from dialogs.speaking.language import closest
from dialogs.speaking.merging import merged
from dialogs.wording import phrase
from nlp.questions.beside import beside
from nlp.understand import understand
from nlp.who import people as persons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.journal import Saying
    from backend.store.people import Met, Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Conversation
    from dialogs.events import Event
    from institutions.model import Institution
    from nlp.facts import Facts

    Institutions = Mapping[str, Institution]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose bytes are safe in the evidence store."""

    kind: str  # photo, video, voice, document
    media_type: str
    filename: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message with all that was found out about it before the unit began."""

    message: Inbound
    institution: str
    facts: Facts
    files: tuple[StoredFile, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()  # (phrase key, filename)
    number: str = ""
    misread: bool = False
    place: Mapping[str, Any] = field(default_factory=dict)  # the values of the place they came from
    beside: Facts | None = None  # what the text tells without the questions in it, if it holds both
    city: str = ""  # what the hotline takes it for, where none of our own words speaks


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken just now, and what there is to say to it."""

    person: Person
    entry: int  # of the journal
    bubbles: tuple[tuple[str, list[dict[str, Any]]], ...]  # text, choices
    evidence: tuple[Received, ...] = ()  # of what could only be saved


def prepare(
    message: Inbound,
    institution: Institution,
    *,
    at: datetime,
    files: tuple[StoredFile, ...] = (),
    remarks: tuple[tuple[str, str], ...] = (),
    place: Mapping[str, str] | None = None,
) -> Prepared:
    """Understand the text. Pure but slow (a millisecond or more), so it runs outside the unit.

    ``place``: what the code that brought them fills in, as text by slot.
    """
    words = " ".join([message.text, *(m.recognition for m in message.media if m.recognition)]).strip()
    cleaned = replace(message, text=storable(words), contact=persons.phone(message.contact) or "")
    now = at.astimezone(ZoneInfo(institution.timezone))
    facts = understand(cleaned.text, now=now, institution=institution)
    number, misread = numbers.told(cleaned.text)
    filled = {
        key: SLOTS[key].read(text, understand(text, now=now, institution=institution))
        for key, text in (place or {}).items()
        if key in SLOTS
    }
    city = guidance.city(cleaned.text, facts, institution)
    told = beside(cleaned.text, now=now, institution=institution)
    return Prepared(cleaned, institution.id, facts, files, remarks, number, misread, filled, told, city)


def receive(work: UnitOfWork, institutions: Institutions, prepared: Prepared, *, at: datetime) -> list[Saying]:
    """Take a message and return what was said to it; a redelivery returns the same and changes nothing."""
    taken = take(work, institutions, prepared, at=at)
    if taken is None:
        return answered(work, prepared.message, at=at)
    return [
        work.journal.say(taken.person.id, text, choices, at=at, answers=taken.entry) for text, choices in taken.bubbles
    ]


def take(
    work: UnitOfWork,
    institutions: Institutions,
    prepared: Prepared,
    *,
    at: datetime,
    saved: tuple[int, tuple[Received, ...]] | None = None,
    met: Met | None = None,
) -> Taken | None:
    """Take a message, whoever tells its sender what there is to say; None: it was taken before.

    ``saved``: its journal entry and evidence, where it could only be saved when
    it came. ``met``: its sender, where this unit has looked already.
    """
    message, institution = prepared.message, institutions[prepared.institution]
    met = met or meet(work, prepared, at=at) or introduce(work, prepared, at=at)
    person = met.person
    said_before = editing.before(work, person.id, message, institution)
    if saved is None:
        entry = work.journal.enter(person.id, editing.key(message), raw(prepared), at=at, free=free(message, at))
        if entry is None:
            return None
        words = " ".join(media.recognition for media in message.media if media.recognition) or None
        evidence = tuple(_received(work, person, f, at=at, words=words) for f in prepared.files)
    else:
        entry, evidence = saved
        work.journal.mark_done(entry)
    now = conversations.restored(met.state, person, institution)
    if met.held:  # who writes is awake, and hears what was held before the answer
        work.outbox.wake(person.id, at=at)
    mine = conversations.briefs(work, institutions, person) if met.follows else ()
    now = survey.theirs(now, mine)
    heard = replace(_heard(prepared, evidence=evidence, mine=mine, at=at), before=said_before)
    now, bubbles = _answer(work, institutions, person, now, heard, institution=institution, at=at)
    conversations.keep(work, person, institution, now, at=at)
    told = tuple((say.text, [asdict(choice) for choice in say.choices]) for say in bubbles)
    return Taken(person, entry, told)


def answered(work: UnitOfWork, message: Inbound, *, at: datetime) -> list[Saying]:
    """What was said to a message that was taken before."""
    return work.journal.answer(_person(work, message, at=at).id, editing.key(message))


def free(message: Inbound, at: datetime) -> tuple[int, datetime] | None:
    """How many messages of ours the platform takes because of this one, and until when; None: it limits nothing."""
    opens = message.opens
    return (opens.messages, (message.sent_at or at) + opens.lasts) if opens else None


def _answer(
    work: UnitOfWork,
    institutions: Institutions,
    person: Person,
    now: Conversation,
    heard: Heard,
    *,
    institution: Institution,
    at: datetime,
) -> tuple[Conversation, tuple[Say, ...]]:
    """The answer to what was said; first that to the photos before it, where they still wait for theirs."""
    first: tuple[Say, ...] = ()
    if now.album is not None and not albums.belongs(now, heard):
        event = albums.whole(now.album, institution, at=at, like=albums.bare(heard))
        before = replace(now, album=None)
        now, first = respond(work, institutions, person, before, event, institution=institution, at=at)
    now, said = respond(work, institutions, person, now, heard, institution=institution, at=at)
    return merged(now, [*first, *said]) if first else (now, said)


def respond(
    work: UnitOfWork,
    institutions: Institutions,
    person: Person,
    now: Conversation,
    event: Event,
    *,
    institution: Institution,
    at: datetime,
) -> tuple[Conversation, tuple[Say, ...]]:
    """What becomes of the conversation by that event and all that follows from it, and what is said. Raises: NotBound."""
    pending: deque[Event] = deque([event])
    says: list[Say] = []
    while pending:
        now, effects = step(institution, now, pending.popleft())
        for effect in effects:
            if isinstance(effect, Say):
                says.append(effect)
            elif (follows := carrying.carry_out(work, institutions, institution, person, effect, at=at)) is not None:
                pending.append(follows)
    return merged(now, says)


def keep(work: UnitOfWork, prepared: Prepared, trouble: str, *, at: datetime) -> list[Saying]:
    """Save a message that could not be digested, for a person to look at, and tell the citizen so."""
    taken = save(work, prepared, trouble, at=at)
    if taken is None:
        return answered(work, prepared.message, at=at)
    return [
        work.journal.say(taken.person.id, text, choices, at=at, answers=taken.entry) for text, choices in taken.bubbles
    ]


def save(work: UnitOfWork, prepared: Prepared, trouble: str, *, at: datetime) -> Taken | None:
    """Save it, whoever tells the citizen; None: it was taken before."""
    message = prepared.message
    person = _person(work, message, at=at)
    key, opened = editing.key(message), free(message, at)
    entry = work.journal.enter(person.id, key, raw(prepared), at=at, state="failed", trouble=trouble, free=opened)
    if entry is None:
        return None
    evidence = tuple(_received(work, person, file, at=at) for file in prepared.files)
    return Taken(person, entry, ((phrase(person.language, "trouble"), []),), evidence)


def raw(prepared: Prepared) -> dict[str, Any]:
    """What the journal keeps of a message."""
    message = prepared.message
    kept: dict[str, Any] = {"text": message.text, "choice": message.choice, "contact": message.contact}
    if message.location:
        kept["location"] = asdict(message.location)
    if prepared.files or prepared.remarks:
        kept["files"] = [asdict(file) for file in prepared.files]
        kept["remarks"] = [list(pair) for pair in prepared.remarks]
    return {key: value for key, value in kept.items() if value} | ({"raw": message.raw} if message.raw else {})


def storable(text: str) -> str:
    """Text that every database takes: no NUL, no lone half of a character; control characters become blanks."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c >= " " or c in "\n\t" else " " for c in whole.replace("\r\n", "\n")).replace("\x7f", " ")


def meet(work: UnitOfWork, prepared: Prepared, *, at: datetime) -> Met | None:
    """Who sent a message, locked until the unit ends; None: we have never met them."""
    peer = prepared.message.peer
    work.lock_person(peer.channel, peer.address)
    return work.people.meet(peer.channel, peer.address, prepared.institution, at=at)


def introduce(work: UnitOfWork, prepared: Prepared, *, at: datetime) -> Met:
    """Who sent a message, where ``meet`` did not know them."""
    peer = prepared.message.peer
    language = closest(prepared.message.language)
    return work.people.introduce(peer.channel, peer.address, prepared.institution, language=language, at=at)


def _person(work: UnitOfWork, message: Inbound, *, at: datetime) -> Person:
    work.lock_person(message.peer.channel, message.peer.address)
    return work.people.find_or_add(
        message.peer.channel, message.peer.address, language=closest(message.language), at=at
    )


def _received(
    work: UnitOfWork, person: Person, file: StoredFile, *, at: datetime, words: str | None = None
) -> Received:
    key = work.evidence.add(
        person.id,
        kind=file.kind,
        media_type=file.media_type,
        filename=file.filename,
        sha256=file.sha256,
        size=file.size,
        at=at,
        words=words if file.kind == "voice" else None,
    )
    return Received(key, file.kind, file.filename)


def _heard(prepared: Prepared, *, evidence: tuple[Received, ...], mine: tuple[Any, ...], at: datetime) -> Heard:
    message = prepared.message
    return Heard(
        text=message.text,
        facts=prepared.facts,
        at=at,
        choice=message.choice,
        location=message.location,
        contact=message.contact,
        evidence=evidence,
        remarks=prepared.remarks,
        number=prepared.number,
        misread=prepared.misread,
        mine=mine,
        language=closest(message.language),
        place=prepared.place,
        beside=prepared.beside,
        city=prepared.city,
        album=message.album,
        place_in_album=message.message_id if message.album else "",
        shares=message.shares,
    )
