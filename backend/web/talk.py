"""A talk so far, as the page shows it again: the citizen's words, files and places, and the bot's bubbles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from backend.store.evidence import EvidenceRow
    from backend.store.journal import Line
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.messages import Peer

LONGEST = 500
"""Lines that a page shows; what is older stands on the desk."""
PAUSE = timedelta(minutes=10)
"""After such a silence the page says what time it is."""
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Pictures that every browser draws; anything else is offered for saving."""
NUMBER = re.compile(r"(\d{8}-[A-Z]{2}-\d{6}-\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the citizen's. ``id`` None: it could not be taken."""

    id: int | None
    name: str
    kind: str
    drawn: bool  # the browser can show it


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bubble of either side."""

    who: str  # citizen, bot
    text: str
    time: datetime | None  # local; only where the page says the time before it
    choices: tuple[dict[str, Any], ...] = ()
    files: tuple[File, ...] = ()
    place: str = ""
    last: bool = False  # the newest of the bot's

    @property
    def parts(self) -> list[str]:
        """The text, cut so that every second part is a case number, which must not be broken over two lines."""
        return NUMBER.split(self.text)


@dataclass(frozen=True, slots=True)
class Talk:
    """All that the page shows of one person; ``person`` None: they have said nothing yet."""

    person: Person | None
    lines: tuple[Line, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()

    @property
    def seq(self) -> int:
        """The newest bubble's number."""
        return max((line.seq for line in self.lines if line.seq), default=0)


def load(work: UnitOfWork, peer: Peer) -> Talk:
    """Everything that was said, to be drawn outside the unit."""
    person = work.people.find(peer.channel, peer.address)
    if person is None:
        return Talk(None)
    lines = work.journal.talk(person.id, limit=LONGEST)
    hashes = {file["sha256"] for line in lines for file in (line.message or {}).get("files", ())}
    return Talk(person, tuple(lines), tuple(work.evidence.sent_by(person.id, hashes) if hashes else ()))


def bubbles(talk: Talk, zone: tzinfo) -> list[Bubble]:
    """The lines, drawn. A button that was tapped shows its label."""
    labels: dict[str, str] = {}
    evidence = {row.sha256: row for row in talk.evidence}
    drawn: list[Bubble] = []
    for line, before in zip(talk.lines, (None, *talk.lines), strict=False):
        quiet = before is None or line.at - before.at >= PAUSE
        time = line.at.astimezone(zone) if quiet else None
        if line.message is None:
            labels |= {choice["id"]: choice["label"] for choice in line.choices}
            drawn.append(Bubble("bot", line.text, time, line.choices, last=line.seq == talk.seq))
        else:
            drawn.append(_own(line.message, time, labels, evidence))
    return drawn


def _own(
    message: Mapping[str, Any], time: datetime | None, labels: Mapping[str, str], evidence: Mapping[str, EvidenceRow]
) -> Bubble:
    choice = message.get("choice", "")
    text = message.get("text") or labels.get(choice, choice) or message.get("contact", "")
    files = (*_files(message.get("files", ()), evidence), *_refused(message.get("remarks", ())))
    return Bubble("citizen", text, time, files=files, place=_place(message.get("location")))


def _files(kept: Iterable[Mapping[str, Any]], evidence: Mapping[str, EvidenceRow]) -> Iterable[File]:
    for file in kept:
        row = evidence.get(file["sha256"])
        yield File(row.id if row else None, file["filename"], file["kind"], file["media_type"] in SHOWN)


def _refused(remarks: Iterable[Sequence[str]]) -> Iterable[File]:
    for phrase, name in remarks:
        if phrase != "file.renamed":  # that one was taken
            yield File(None, name, "document", drawn=False)


def _place(location: Mapping[str, Any] | None) -> str:
    if location is None:
        return ""
    return location.get("label") or f"{location['lat']:.5f}, {location['lon']:.5f}"
