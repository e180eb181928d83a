"""The chat beside a case: who has it now, and what became of each bubble that was said in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.services.talks import takeover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.case import Case
    from backend.store.handovers import Handover
    from backend.store.journal import Line
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Chat:
    """What the page needs beside the lines. ``channel``: where who filed it chats; empty: nowhere."""

    channel: str = ""
    handover: Handover | None = None  # somebody has the chat, or the citizen waits; None: the bot has it
    rows: Mapping[int, Row] = field(default_factory=dict)  # of the outbox, by id, of the lines that came from there


def beside(work: UnitOfWork, case: Case, lines: Sequence[Line]) -> Chat:
    """The chat of who filed the case; the caller has opened the case."""
    if case.person is None:
        return Chat()
    rows = work.outbox.rows({line.notice for line in lines if line.notice is not None})
    return Chat(work.people.get(case.person).channel, takeover.of_case(work, case), rows)
