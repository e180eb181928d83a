"""What is listened to afterwards: handlers' conversations that were scored, conversations that ended without a case."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table

from backend.store.columns import Instant, Words
from backend.store.tables.ground import metadata

talk_scores = Table(
    "talk_scores",
    metadata,
    Column("handover", ForeignKey("handovers.id"), primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("handler", String(64), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("points", Integer, nullable=False),
    Column("most", Integer, nullable=False),  # by the rubric as it was then
    Column("lines", JSON, nullable=False),  # [{key, label, label_en, points, most, why}]
    Column("reply", Words, nullable=False, server_default=""),
    Column("replied_at", Instant),
    Index(None, "institution", "at"),
    Index(None, "handler", "at"),
)

ended_marks = Table(
    "ended_marks",  # conversations that ended without a case and were reviewed; no word of them stands here
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("institution", String(64), primary_key=True),
    Column("begun", String(40), primary_key=True),  # ISO time of its first message
    Column("step", String(64), nullable=False),  # at which it ended
    Column("day", Date, nullable=False),  # local
    Column("why", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "institution", "day"),
)
