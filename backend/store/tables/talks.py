"""Talk: people as a channel knows them, what they said and what we said, and what we owe them."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from backend.store.columns import Instant, Words
from backend.store.tables.ground import Id, metadata

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("address", String(256), nullable=False),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("created_at", Instant, nullable=False),
    Column("gone_at", Instant),  # since when nothing reaches them; null: they can be reached
    Column("gone_why", String(16), nullable=False, server_default=""),  # blocked, unfollowed
    Column(
        "wish", String(8), nullable=False, server_default=""
    ),  # results, none: what they want to be told of; else all
    UniqueConstraint("channel", "address"),
)

FAILED = text("state = 'failed'")

journal = Table(
    "journal",  # every inbound message, whole, before it is answered
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("message_id", String(256), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("message", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # done, failed
    Column("trouble", Words, nullable=False, server_default=""),  # why it failed, for the desk
    Column("free_messages", Integer),  # how many messages of ours the platform takes because of it; null: no limit
    Column("free_until", Instant),  # … and until when
    UniqueConstraint("person", "message_id"),
    Index("ix_journal_failed", "id", sqlite_where=FAILED, postgresql_where=FAILED),
)

sayings = Table(
    "sayings",  # every bubble of ours, in the order a person got them
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("seq", Integer, nullable=False),  # 1, 2, 3 … for each person
    Column("at", Instant, nullable=False),
    Column("text", Words, nullable=False),
    Column("choices", JSON, nullable=False),  # [{"id", "label"}]
    Column("answers", ForeignKey("journal.id")),  # the message it answers; null: it came by itself
    Column("notice", ForeignKey("outbox.id")),  # the outbox row it was delivered for
    UniqueConstraint("person", "seq"),
    Index(None, "answers"),
)

wrong_claims = Table(
    "wrong_claims",  # tries to follow a case with a number or phone that do not fit, to be limited
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("number", String(32), nullable=False),  # as tried: there may be no such case
    Column("at", Instant, nullable=False),
    Index(None, "person", "at"),
    Index(None, "number", "at"),
)

HAS_DUE = text("due_at IS NOT NULL")

conversations = Table(
    "conversations",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("institution", String(64), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("due_at", Instant),  # when something falls due for what is told in it; null: nothing does
    Index("ix_conversations_due_at", "due_at", sqlite_where=HAS_DUE, postgresql_where=HAS_DUE),
)

draft_codes = Table(
    "draft_codes",  # short codes that move what is told in one chat to another; a row goes when it is used
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of institution and code
    Column("institution", String(64), nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),  # whose chat it is moved from
    Column("expires_at", Instant, nullable=False),
    Index(None, "person"),
    Index(None, "expires_at"),
)

OPEN = text("ended_at IS NULL")

handovers = Table(
    "handovers",  # a citizen who waits for a person, or has one; a danger that is being told stands here too
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("institution", String(64), nullable=False),
    Column("kind", String(16), nullable=False),  # danger, person
    Column("reason", String(16), nullable=False),  # danger, self_harm, asked, stuck, abuse
    Column("number", ForeignKey("cases.number")),  # of the case it is about, once there is one
    Column("state", String(16), nullable=False),  # waiting, missed, taken, ended
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant),  # when something follows by itself; null: nothing does
    Column("taken_by", String(64)),
    Column("ended_at", Instant),
    Index("ix_handovers_open", "person", "institution", "kind", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
)

handover_moves = Table(
    "handover_moves",  # what became of each, when and by whom; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("handover", ForeignKey("handovers.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(16), nullable=False),  # asked, missed, taken, said, ended
    Column("notice", ForeignKey("outbox.id")),  # the words, where some were said
    Index(None, "handover"),
)

steps = Table(
    "steps",  # what became of each question that citizens were asked, as sums; nobody stands here
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("day", Date, primary_key=True),  # local; on which the draft was filed or left
    Column("channel", String(64), primary_key=True),
    Column("step", String(64), primary_key=True),  # a slot or stage; case, turns, seconds: see dialogs/steps.py
    Column("what", String(16), primary_key=True),  # arrived, answered, skipped, missed, left, returned; a bucket
    Column("count", BigInteger, nullable=False),
)

UNFINISHED = text("state IN ('queued', 'deferred', 'sending')")
SENDING = text("state = 'sending'")
UNSETTLED = text("state IN ('uncertain', 'undelivered')")
OWED_REPLIES = text("kind = 'reply' AND state IN ('queued', 'deferred', 'sending')")
ANSWERS = text("answers IS NOT NULL")
TOLD_LATER = text("platform_id <> ''")
AWAITED = text("state = 'accepted' AND way IN ('template', 'subscription')")

outbox = Table(
    "outbox",  # what we owe citizens; written with the change that causes it
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("number", ForeignKey("cases.number")),
    Column("kind", String(16), nullable=False),  # reply, status, message, survey, nudge
    Column("text", Words, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("way", String(32), nullable=False, server_default=""),
    Column("platform_id", String(128), nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant, nullable=False),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("fields", JSON, nullable=False, server_default="{}"),  # case, state, at, note: for ways that fill in a form
    Column("answers", ForeignKey("journal.id")),  # the message it answers; null: it came by itself
    Column("cost", Integer, nullable=False, server_default="1"),  # messages of those that the platform counts
    Index("ix_outbox_person_state_id", "person", "state", "id"),
    Index("ix_outbox_unsettled", "id", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED),
    Index("ix_outbox_sending", "lease_until", sqlite_where=SENDING, postgresql_where=SENDING),
    Index("ix_outbox_unfinished", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
    Index("ix_outbox_replies", "id", sqlite_where=OWED_REPLIES, postgresql_where=OWED_REPLIES),
    Index(None, "number"),
    Index(None, "answers", sqlite_where=ANSWERS, postgresql_where=ANSWERS),
    Index(None, "platform_id", sqlite_where=TOLD_LATER, postgresql_where=TOLD_LATER),
    Index("ix_outbox_awaited", "changed_at", sqlite_where=AWAITED, postgresql_where=AWAITED),
)

WAITING = text("state = 'waiting'")

inbox = Table(
    "inbox",  # messages that cannot be worked on at once: their files are still with the platform
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("address", String(256), nullable=False),
    Column("message_id", String(256), nullable=False),
    Column("message", JSON, nullable=False),  # the Inbound, as services/inbox.py writes it
    Column("received_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, done; failed, unknown, early: see store/inbox.py
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    UniqueConstraint("channel", "address", "message_id"),
    Index("ix_inbox_waiting", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
)

grants = Table(
    "grants",  # how many messages of a template a person lets us send
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("template", String(128), primary_key=True),
    Column("left", Integer, nullable=False),
    Column("at", Instant),  # when they last allowed more, or none
)

platforms = Table(
    "platforms",  # what all processes of a deployment share of a channel
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("token", Words, nullable=False, server_default=""),
    Column("token_until", Instant),
    Column("owner", String(64), nullable=False, server_default=""),  # who fetches a new token
    Column("lease_until", Instant),
    Column("not_before", Instant),  # nothing is sent before then: the platform told us to wait
    Column("trouble", Words, nullable=False, server_default=""),  # why, in words for the desk
)
