"""What citizens' cases tell, ready to be searched for hot topics. Names and contacts stay in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.privacy.masking import masked_text
from nlp.topics.hot import Message

if TYPE_CHECKING:
    from datetime import datetime

    from backend.store.work import UnitOfWork


def messages(
    work: UnitOfWork, *, since: datetime | None = None, until: datetime | None = None, institution: str | None = None
) -> list[Message]:
    """The cases filed from *since* on and before *until* as messages, oldest first; each person is one voice."""
    return [
        Message(
            id=told.number,
            at=told.filed_at,
            text=masked_text(told.what),
            voice=None if told.person is None else str(told.person),
            place=masked_text(told.where),
        )
        for told in work.worklist.accounts(since=since, until=until, institution=institution)
    ]
