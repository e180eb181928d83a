"""What citizens have begun and not finished: when something falls due for it, and the codes that move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

WRONG = "draft code"
"""Under which number wrong codes are noted: they are limited together with wrong tries to follow a case."""


class Drafts:
    """The conversations as a clock sees them; what was said in them, People keeps."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def due(self, at: datetime, *, limit: int = 100) -> list[tuple[int, str]]:
        """Person and institution of the conversations for which something is due by then, longest first."""
        c = t.conversations.c
        query = select(c.person, c.institution).where(c.due_at.is_not(None), c.due_at <= at)
        rows = self._conn.execute(query.order_by(c.due_at, c.person, c.institution).limit(limit))
        return [(person, institution) for person, institution in rows]

    def next_due(self) -> datetime | None:
        """When the first of them falls due; None: none does."""
        c = t.conversations.c
        first: datetime | None = self._conn.execute(
            select(func.min(c.due_at, type_=t.Instant)).where(c.due_at.is_not(None))
        ).scalar_one()
        return first

    def set_due(self, person_id: int, institution: str, due: datetime | None) -> None:
        """Look at that conversation then; None: no more."""
        c = t.conversations.c
        row = update(t.conversations).where(c.person == person_id, c.institution == institution)
        self._conn.execute(row.values(due_at=due))

    def told_at(self, person_id: int, institution: str) -> datetime | None:
        """When the conversation last changed; None: there is none."""
        c = t.conversations.c
        row = select(c.updated_at).where(c.person == person_id, c.institution == institution)
        return self._conn.execute(row).scalar_one_or_none()

    def put_code(self, digest: str, institution: str, person_id: int, *, expires: datetime) -> None:
        """Keep a code's hash; the person's earlier ones no longer count."""
        c = t.draft_codes.c
        self._conn.execute(delete(t.draft_codes).where(c.person == person_id, c.institution == institution))
        row = {"hash": digest, "institution": institution, "person": person_id, "expires_at": expires}
        self._conn.execute(insert(t.draft_codes).values(row))

    def whose_code(self, digest: str, *, at: datetime) -> int | None:
        """The person whose code has that hash and counts at that time."""
        c = t.draft_codes.c
        row = select(c.person).where(c.hash == digest, c.expires_at > at)
        return self._conn.execute(row).scalar_one_or_none()

    def use_code(self, digest: str) -> bool:
        """Use the code up. Of two who try at once one gets True: the other waits, and then it is gone."""
        return bool(self._conn.execute(delete(t.draft_codes).where(t.draft_codes.c.hash == digest)).rowcount)

    def drop_codes(self, *, before: datetime) -> int:
        """Delete those that ended before then; how many."""
        return self._conn.execute(delete(t.draft_codes).where(t.draft_codes.c.expires_at <= before)).rowcount

    def give_evidence(self, ids: Collection[int], person_id: int) -> None:
        """These files, of no case yet, are that person's from now on."""
        c = t.evidence.c
        self._conn.execute(update(t.evidence).where(c.id.in_(ids), c.number.is_(None)).values(person=person_id))

    def drop_evidence(self, ids: Collection[int], person_id: int) -> int:
        """Forget these files of that person's, as far as they belong to no case; their bytes are swept later."""
        c = t.evidence.c
        mine = delete(t.evidence).where(c.id.in_(ids), c.number.is_(None), c.person == person_id)
        return self._conn.execute(mine).rowcount
