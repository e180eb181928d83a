"""What people at the desk are told outside the desk, and what is done about notices that citizens never got."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from backend.store.columns import Instant, Words
from backend.store.tables.ground import Id, metadata

OWED = text("state IN ('queued', 'sending')")

notifications = Table(
    "notifications",  # news of cases for people at the desk, one row for each place where it is told
    metadata,
    Column("id", Id, primary_key=True),
    Column("place", String(64), nullable=False),  # the name in the settings
    Column("event", BigInteger, nullable=False),  # events.id
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("told", JSON, nullable=False),  # {institution, category, district, clock, due}: nothing personal
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),  # queued, sending, sent, failed
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("changed_at", Instant, nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    UniqueConstraint("place", "event"),
    Index("ix_notifications_owed", "place", "due_at", sqlite_where=OWED, postgresql_where=OWED),
)

notified = Table(
    "notified",  # one row: how far the events have been looked at
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("upto", BigInteger, nullable=False),
)

missed = Table(
    "missed",  # notices of cases that did not arrive, and what was done about them
    metadata,
    Column("notice", ForeignKey("outbox.id"), primary_key=True),
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("at", Instant, nullable=False),  # when it was last looked after
    Column("instead", ForeignKey("outbox.id")),  # the same on another channel of the same person
    Column("done_at", Instant),
    Column("done_by", String(64)),
    Column("how", String(16), nullable=False, server_default=""),  # elsewhere, phone, letter, visit, needless
    Column("note", Words, nullable=False, server_default=""),
    Index(None, "number"),
)
