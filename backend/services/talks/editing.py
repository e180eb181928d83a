"""A message that was edited on the platform: a message of its own in the journal, with what it said before."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.events import Before
from nlp.understand import understand

if TYPE_CHECKING:
    from backend.store.work import UnitOfWork
    from dialogs.messages import Inbound
    from institutions.model import Institution

MARK = "~"
DIGITS = 16  # of the hash of the new words: the same edit told twice is a redelivery


def key(message: Inbound) -> str:
    """Under which the journal keeps this message."""
    if not message.edited:
        return message.message_id
    return f"{message.message_id}{MARK}{sha256(message.text.encode()).hexdigest()[:DIGITS]}"


def before(work: UnitOfWork, person_id: int, message: Inbound, institution: Institution) -> Before | None:
    """What the message said until now; None: it was not edited, or we never had it."""
    if not message.edited:
        return None
    found = work.journal.newest_of(person_id, message.message_id, f"{message.message_id}{MARK}")
    if found is None:
        return None
    words, at = found
    local = at.astimezone(ZoneInfo(institution.timezone))
    return Before(words, understand(words, now=local, institution=institution), at)
