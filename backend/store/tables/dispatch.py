"""The dispatch desk: who is looking at which case now, so that two never decide one at once."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from backend.store.columns import Instant
from backend.store.tables.ground import metadata

dispatch_looks = Table(
    "dispatch_looks",
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("user", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # after that anybody may have it
    Index(None, "user"),
)
