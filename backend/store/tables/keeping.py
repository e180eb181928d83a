"""The office's own record: what people did beside the cases, and the checks of the cases' histories."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table

from backend.store.columns import Instant
from backend.store.tables.ground import Id, metadata

deeds = Table(
    "deeds",  # who changed users, tokens and the like, and who read the record; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(32), nullable=False),
    Column("subject", String(160), nullable=False),  # whom or what it was done to
    Column("institution", String(64)),  # whose affair it is; null: every one's
    Column("detail", JSON, nullable=False),  # {before: {…}, after: {…}} and the like; nobody's password
    Index(None, "at", "id"),
    Index(None, "by", "at"),
    Index(None, "subject", "at"),
)

checks = Table(
    "checks",  # of every history and seal: asked for at the desk, done in the background
    metadata,
    Column("id", Id, primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("owner", String(64), nullable=False, server_default=""),  # the process that is at it
    Column("lease_until", Instant),  # another may begin again then
    Column("done", Integer, nullable=False, server_default="0"),  # cases
    Column("of", Integer, nullable=False, server_default="0"),
    Column("upto", BigInteger, nullable=False, server_default="0"),  # the last events.id when it began
    Column("found", Integer, nullable=False, server_default="0"),  # how many things are wrong
    Column("wrong", JSON, nullable=False, server_default="[]"),  # the first of them, in sentences
    Column("seal", String(64), nullable=False, server_default=""),  # the last seal's hash then
    Column("ended_at", Instant),
)
