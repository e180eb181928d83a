"""A platform for tests of what stands behind the hooks: it says what it is told to say and takes what it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.services.files.evidence import EvidenceFiles
from backend.services.office.served import Served
from backend.settings import Settings
from backend.site import Site
from bots import Call, Fetched, Refused, Shown, Taken, Way, plainly
from dialogs.messages import Inbound, Media, Opening, Outbound, Peer, Receipt, Say
from institutions.catalog import load_all

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from backend.store.engine import Store

START = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
TALK = Opening(5, timedelta(hours=48))


@dataclass
class Mail:
    """Calls are JSON: {"id", "text", "files"}; an answer is ``said: …`` while it fits. ``troubles``: what fetching meets."""

    name: str = "mail"
    patient: bool = True
    fits: int = 2000
    ways: tuple[Way, ...] = (Way("message"),)
    window: timedelta | None = None
    troubles: list[Exception] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)  # what sending meets
    sent: list[str] = field(default_factory=list)
    asked: int = 0

    def read(self, call: Call) -> Taken:
        if call.headers.get("secret") != "right":
            raise Refused(403, "a wrong secret")
        told = json.loads(call.body)
        if "text" not in told:
            return Taken(unknown="strange", raw=told)
        return Taken((self.message(**told),))

    def message(self, id: str = "m1", text: str = "", files: int = 0, who: str = "li", **more: Any) -> Inbound:  # noqa: A002
        media = tuple(Media("photo", f"{id}-{n}", f"{id}-{n}.jpg") for n in range(files))
        return Inbound(Peer(self.name, who), id, text, media=media, opens=TALK, **more)

    def preview(self, message: Outbound) -> Shown:
        return plainly(message, "web")

    def passive(self, call: Call, says: Sequence[Say]) -> bytes | None:
        body = "said: " + " ".join(say.text for say in says)
        return body.encode() if len(body) <= self.fits else None

    def acknowledged(self, call: Call) -> bytes:
        return b"success"

    async def send(self, message: Outbound) -> Receipt:
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent.append(message.say.text)
        return Receipt("message", str(len(self.sent)))

    async def fetch(self, media: Media, *, most: int) -> Fetched:
        self.asked += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return Fetched(media.filename, _pieces(PNG))

    async def set_up(self) -> None: ...
    async def close(self) -> None: ...


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002"
    "00000500017a5eab3f0000000049454e44ae426082"
)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data[:20]
    yield data[20:]


class Clock:
    """Stands still until told to move."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def behind(mail: Mail, store: Store, folder: Path, clock: Callable[[], datetime]) -> Site:
    """A Site of which that platform is the only channel."""
    return Site(
        settings=Settings(folder=folder, evidence=str(folder / "evidence")),
        store=store,
        institutions=Served(load_all()),
        channels={mail.name: mail},
        homes={mail.name: "hotline"},
        evidence=EvidenceFiles(str(folder / "evidence")),
        clock=clock,
        secret=b"an invented secret of 32 letters",
        platforms={mail.name: mail},
    )
