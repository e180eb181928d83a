"""What is destroyed of people: words on both sides, files of no case, and in the end who a case was about.

That something was said stays as an empty row, so that a message delivered
twice still has no second effect. The bytes of files are swept later, unless
another row names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, cast, delete, exists, or_, select, type_coerce, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    Keep = Callable[[datetime], bool]
    """Whether what was said at that time belongs to a case."""

ERASED = "…"
"""What stands where words of ours repeated theirs."""
GONE = "erased"
"""The state of a message without its words."""
MANY = 500  # rows changed at once
ALBUM = 5 * 60 * 1_000_000  # microseconds
ON_THE_WAY = ("queued", "deferred", "uncertain", "undelivered")
"""States of a notice that may still be sent."""


def nothing(_at: datetime) -> bool:
    """Nothing is kept."""
    return False


class Forgetting:
    """Destroys; what may be destroyed, others have decided."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def erase_words(self, person_id: int, *, since: datetime | None, upto: datetime, keep: Keep = nothing) -> int:
        """Blank what was said on both sides from then (None: ever) until before then; how many messages there were."""
        said = t.journal.c
        heard = select(said.id, said.received_at).where(
            said.person == person_id, said.received_at < upto, said.state != GONE
        )
        heard = heard if since is None else heard.where(said.received_at >= since)
        ids = [key for key, at in self._conn.execute(heard) if not keep(at)]
        for some in _portions(ids):
            gone = {"message": {"erased": True}, "state": GONE, "trouble": ""}
            self._conn.execute(update(t.journal).where(said.id.in_(some)).values(gone))
        self._blank_bubbles(person_id, since=since, upto=upto, keep=keep)
        self._blank_notices(person_id, since=since, upto=upto)
        return len(ids)

    def drop_notices(self, person_id: int) -> int:
        """Send no reminder, question or word of no case any more that is still on its way; how many there were."""
        c, said, moves = t.outbox.c, t.sayings.c, t.handover_moves.c
        owed = (c.person == person_id, or_(c.number.is_(None), c.kind == "survey"), c.state.in_(ON_THE_WAY))
        ids = list(self._conn.execute(select(c.id).where(*owed, ~exists().where(said.notice == c.id))).scalars())
        for some in _portions(ids):
            self._conn.execute(update(t.handover_moves).where(moves.notice.in_(some)).values(notice=None))
            self._conn.execute(delete(t.outbox).where(c.id.in_(some)))
        return len(ids)

    def drop_files(self, person_id: int) -> int:
        """Forget every file of that person's that belongs to no case; how many."""
        c = t.evidence.c
        return self._conn.execute(delete(t.evidence).where(c.person == person_id, c.number.is_(None))).rowcount

    def drop_lost_files(self, *, before: datetime) -> int:
        """Forget files sent before then that belong to no case, of people who have nothing under way; how many."""
        c, talk = t.evidence.c, t.conversations.c
        telling = exists().where(talk.person == c.person, talk.due_at.is_not(None))
        lost = delete(t.evidence).where(c.number.is_(None), c.at < before, ~telling, ~_answers_a_campaign())
        return self._conn.execute(lost).rowcount

    def conversations(self, person_id: int) -> list[dict[str, Any]]:
        """The state of each of the person's conversations, with whatever institution."""
        c = t.conversations.c
        return list(self._conn.execute(select(c.state).where(c.person == person_id)).scalars())

    def drop_conversations(self, person_id: int) -> None:
        """Forget what is being told, and the codes that would move it."""
        self._conn.execute(delete(t.conversations).where(t.conversations.c.person == person_id))
        self._conn.execute(delete(t.draft_codes).where(t.draft_codes.c.person == person_id))

    def unlink(self, person_id: int, numbers: Sequence[str]) -> None:
        """That person no longer follows these cases, and no row says that this chat did. The history's is its service's."""
        for some in _portions(numbers):
            mine = (t.bindings.c.person == person_id, t.bindings.c.number.in_(some))
            self._conn.execute(delete(t.bindings).where(*mine))
            sent = (t.evidence.c.person == person_id, t.evidence.c.number.in_(some))
            self._conn.execute(update(t.evidence).where(*sent).values(person=None))
            asked = (t.surveys.c.person == person_id, t.surveys.c.number.in_(some))
            self._conn.execute(update(t.surveys).where(*asked).values(person=None))
            invited = (t.invitations.c.person == person_id, t.invitations.c.number.in_(some))
            self._conn.execute(update(t.invitations).where(*invited).values(person=None))

    def over(self, institution: str, *, before: datetime, limit: int) -> list[str]:
        """Cases that were closed before then and whose persons are not erased yet, the oldest first."""
        c, e = t.cases.c, t.events.c
        erased = exists().where(e.number == c.number, e.what == GONE)
        query = select(c.number).where(c.institution == institution, c.closed_at < before, ~erased)
        return list(self._conn.execute(query.order_by(c.closed_at, c.number).limit(limit)).scalars())

    def erase_case(self, number: str) -> tuple[int, int]:
        """Destroy all private words and files of a case; how many of each. The case row itself is its service's."""
        e, texts, sent = t.events.c, t.event_texts.c, t.evidence.c
        past = select(e.id).where(e.number == number).scalar_subquery()
        words = self._conn.execute(delete(t.event_texts).where(texts.event.in_(past))).rowcount
        files = self._conn.execute(delete(t.evidence).where(sent.number == number)).rowcount
        self._conn.execute(update(t.surveys).where(t.surveys.c.number == number).values(remark="", person=None))
        self._conn.execute(update(t.invitations).where(t.invitations.c.number == number).values(person=None))
        self._conn.execute(delete(t.callbacks).where(t.callbacks.c.number == number))
        notices = select(t.outbox.c.id).where(t.outbox.c.number == number).scalar_subquery()
        self._conn.execute(update(t.sayings).where(t.sayings.c.notice.in_(notices)).values(text=ERASED, choices=[]))
        self._conn.execute(update(t.outbox).where(t.outbox.c.number == number).values(text=ERASED, choices=[]))
        self._conn.execute(update(t.handovers).where(t.handovers.c.number == number).values(number=None))
        for table in (t.bindings, t.named_officers, t.rewards):  # a reward names its person, its act a plate
            self._conn.execute(delete(table).where(table.c.number == number))
        self._conn.execute(update(t.alerts).where(t.alerts.c.number == number).values(detail={}))
        return words, files

    def talked(self, *, before: datetime, after: int, limit: int) -> list[int]:
        """People beyond that id whose words of before then are still there."""
        c = t.journal.c
        old = select(c.person).distinct().where(c.person > after, c.received_at < before, c.state != GONE)
        return list(self._conn.execute(old.order_by(c.person).limit(limit)).scalars())

    def drop_wrong_claims(self, *, before: datetime) -> int:
        """Forget tries to follow a case that no limit counts any more; how many."""
        return self._conn.execute(delete(t.wrong_claims).where(t.wrong_claims.c.at < before)).rowcount

    def _blank_bubbles(self, person_id: int, *, since: datetime | None, upto: datetime, keep: Keep) -> None:
        """Ours, but for notices of a case and the answers to what is kept."""
        told, said, owed = t.sayings.c, t.journal.c, t.outbox.c
        joined = t.sayings.outerjoin(t.journal, told.answers == said.id).outerjoin(t.outbox, told.notice == owed.id)
        query = select(told.id, said.received_at, owed.number).select_from(joined)
        query = query.where(told.person == person_id, told.at < upto, told.text.not_in(["", ERASED]))
        query = query if since is None else query.where(told.at >= since)
        rows = self._conn.execute(query).all()
        ids = [key for key, at, number in rows if number is None and not (at is not None and keep(at))]
        for some in _portions(ids):
            self._conn.execute(update(t.sayings).where(told.id.in_(some)).values(text=ERASED, choices=[]))

    def _blank_notices(self, person_id: int, *, since: datetime | None, upto: datetime) -> None:
        """Of no case, and sent."""
        c = t.outbox.c
        sent = (c.person == person_id, c.number.is_(None), c.created_at < upto, c.state.not_in(ON_THE_WAY))
        row = update(t.outbox).where(*sent)
        row = row if since is None else row.where(c.created_at >= since)
        self._conn.execute(row.values(text=ERASED, choices=[]))


def _portions(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[start : start + MANY] for start in range(0, len(keys), MANY))


def _answers_a_campaign() -> ColumnElement[bool]:
    """Whether a file was sent with an answer to a survey campaign, or in an album a moment before it."""
    c, a, asked = t.evidence.c, t.campaign_answers.c, t.campaign_people.c
    since = type_coerce(a.at, BigInteger) - type_coerce(c.at, BigInteger)
    theirs = (asked.campaign == a.campaign, asked.place == a.place, asked.person == c.person)
    return exists().where(*theirs, since.between(0, ALBUM), cast(a.photos, String) != "[]")
