"""Photos that come together get one answer: the files of an album, and a burst of single ones.

They are held until no more come (``OVER``), then taken as one message that has
all of them. The first photo of a burst is answered at once: nobody can know
that others follow. Danger, a person's chat and an alarm do not wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Album, Conversation, Stage
from dialogs.events import Heard, Received
from nlp.facts import Facts, Proposal
from nlp.understand import understand

if TYPE_CHECKING:
    from institutions.model import Institution

OVER = timedelta(seconds=2)
"""So long after the last photo no more are waited for."""
BURST = timedelta(seconds=3)
"""A photo so soon after another belongs to the same burst."""
MEDIA = frozenset({"photo", "video"})


def held(now: Conversation, heard: Heard) -> Conversation | None:
    """The conversation that keeps this message with those before it; None: it is answered at once."""
    if heard.gathered or not heard.evidence or heard.facts.danger or now.hand or now.stage is Stage.ALARM:
        return None
    if not heard.album and not _in_burst(now, heard):
        return None
    album = now.album or Album(heard.album)
    place = heard.place_in_album
    came = (*album.files, *((one.id, one.kind, one.filename, place) for one in heard.evidence))
    files = tuple(sorted(came, key=lambda file: file[3]))
    text = "\n".join(part for part in (album.text, heard.text.strip()) if part)
    more = Album(album.id, text, files, (*album.remarks, *heard.remarks), heard.at.isoformat())
    return replace(now, album=more, photo_at=heard.at.isoformat(), heard_at=heard.at.isoformat(), closes_at="")


def belongs(now: Conversation, heard: Heard) -> bool:
    """Whether this message goes on with what is held; otherwise that is answered first."""
    return now.album is not None and now.album.id == heard.album and held(now, heard) is not None


def due(now: Conversation) -> datetime | None:
    """When what is held is answered; None: nothing is."""
    return datetime.fromisoformat(now.album.at) + OVER if now.album is not None and now.album.at else None


def whole(album: Album, institution: Institution, *, at: datetime, like: Heard) -> Heard:
    """All that is held, as one message said at *at*; *like* has what the citizen's messages have in common."""
    local = at.astimezone(ZoneInfo(institution.timezone))
    facts = understand(album.text, now=local, institution=institution)
    files = tuple(Received(key, kind, name) for key, kind, name, _ in album.files)
    return replace(like, text=album.text, facts=facts, at=at, evidence=files, remarks=album.remarks, gathered=True)


def bare(heard: Heard) -> Heard:
    """What a message has in common with the others of its citizen: their cases, their language, where they came from."""
    nothing = Facts(Proposal((), (), 0.0, decided=False))
    return Heard("", nothing, heard.at, mine=heard.mine, language=heard.language, place=heard.place)


def is_bare(heard: Heard) -> bool:
    """Whether the message is photos or videos and nothing else."""
    said = heard.text.strip() or heard.choice or heard.location or heard.contact
    return bool(heard.evidence) and not said and all(one.kind in MEDIA for one in heard.evidence)


def noted(now: Conversation, heard: Heard) -> Conversation:
    """The conversation that remembers when the last photo came."""
    if is_bare(heard):
        return replace(now, photo_at=heard.at.isoformat())
    return replace(now, photo_at="") if now.photo_at else now


def _in_burst(now: Conversation, heard: Heard) -> bool:
    if not now.photo_at or not is_bare(heard):
        return False
    return timedelta(0) <= heard.at - datetime.fromisoformat(now.photo_at) < BURST
