"""Taking a message outside the web: files are looked into, the text is understood, then one unit does the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from backend.services.files.evidence import collect
from backend.services.files.sniff import MOST_BYTES
from backend.services.talks.intake import keep, prepare, receive
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from backend.site import Site
    from backend.store.journal import Saying
    from dialogs.messages import Inbound

log = structlog.get_logger()


async def hear(site: Site, message: Inbound, *, folder: Path) -> list[Saying]:
    """What is answered; the refs of its media are paths relative to *folder*. Raises: Busy, StoreUnavailable."""
    sent, lost = _files(message, folder)
    files, remarks = await collect(site.evidence, sent)
    at = site.clock()
    institution = site.institution_of(message.peer.channel)
    prepared = prepare(message, institution, at=at, files=files, remarks=(*lost, *remarks))
    try:
        return await site.store.run(receive, site.institutions, prepared, at=at)
    except (Busy, StoreUnavailable):
        raise
    except Exception as error:  # a fault of ours loses nobody's words
        log.exception("a message could not be digested", channel=message.peer.channel)
        return await site.store.run(keep, prepared, type(error).__name__, at=at)


def _files(message: Inbound, folder: Path) -> tuple[list[tuple[str, bytes]], list[tuple[str, str]]]:
    """(name, bytes) of what is there, and a remark about what is not."""
    sent, lost = [], []
    for media in message.media:
        name = media.filename or Path(media.ref).name
        try:
            sent.append((name, _read(folder / media.ref)))
        except (OSError, ValueError):  # ValueError: a path with a NUL in it
            lost.append(("file.lost", name))
    return sent, lost


def _read(path: Path) -> bytes:
    """The file; of one that is too large no more than shows that it is. Raises: OSError."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
