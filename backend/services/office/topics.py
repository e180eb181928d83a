"""What citizens' cases tell, ready to be searched for hot topics. Names and contacts stay in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.privacy.masking import masked_text
from backend.store.telling import told_lately
from nlp.topics.hot import Message

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.scope import Scope
    from backend.store.work import UnitOfWork
    from backend.store.worklist import Account


def messages(
    work: UnitOfWork, *, since: datetime | None = None, until: datetime | None = None, institution: str | None = None
) -> list[Message]:
    """The cases filed from *since* on and before *until* as messages, oldest first; each person is one voice."""
    return [_message(told) for told in work.worklist.accounts(since=since, until=until, institution=institution)]


def newest(
    work: UnitOfWork, scope: Scope, *, since: datetime, until: datetime | None = None, limit: int
) -> list[Message]:
    """Of the cases within that scope filed from *since* on (and before *until*), the newest as messages, oldest first."""
    return [_message(told) for told in told_lately(work.conn, scope, since=since, until=until, limit=limit)]


def _message(told: Account) -> Message:
    return Message(
        id=told.number,
        at=told.filed_at,
        text=masked_text(told.what),
        voice=None if told.person is None else str(told.person),
        place=masked_text(told.where),
    )
