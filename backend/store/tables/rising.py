"""What rises: cases counted by category, place and hour, alarms about them, and the same place again after closing."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, text

from backend.store.columns import Instant, Words
from backend.store.tables.ground import Id, metadata

ON = text("ended_at IS NULL")

hours = Table(
    "hours",  # cases filed that are not sealed
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("hour", Instant, primary_key=True),  # its beginning
    Column("category", String(64), primary_key=True),
    Column("place", String(136), primary_key=True),  # district/street, as narrow as it is known; empty: nowhere
    Column("count", Integer, nullable=False),
)

rises = Table(
    "rises",  # a category at a place that is told of far more often than is usual
    metadata,
    Column("id", Id, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("place", String(136), nullable=False),
    Column("since", Instant, nullable=False),  # the beginning of the window in which it stood out
    Column("at", Instant, nullable=False),  # when it was told
    Column("hours", Integer, nullable=False),
    Column("count", Integer, nullable=False),  # in that window
    Column("expected", Float, nullable=False),
    Column("ended_at", Instant),
    Column("verdict", String(16), nullable=False, server_default=""),  # one: one incident; none: not one matter
    Index("ix_rises_on", "institution", "category", "place", unique=True, sqlite_where=ON, postgresql_where=ON),
    Index(None, "at"),
)

rise_acts = Table(
    "rise_acts",  # who looked at it, and what they said
    metadata,
    Column("id", Id, primary_key=True),
    Column("rise", ForeignKey("rises.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(16), nullable=False),  # looked, noted, one, none
    Column("note", Words, nullable=False, server_default=""),
    Index(None, "rise"),
)

again = Table(
    "again",  # a case at the place of one that was closed not long before
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("before", ForeignKey("cases.number"), primary_key=True),
    Column("filed_at", Instant, nullable=False),  # of the later one
    Column("metres", Integer),  # null: by the address
    Index(None, "before"),
    Index(None, "filed_at"),
)

looked_again = Table(
    "looked_again",  # how far cases have been looked at for that; one row an institution
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("filed_at", Instant, nullable=False),
    Column("number", String(32), nullable=False),
)
