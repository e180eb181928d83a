"""Reports that somebody wants: managers a report of each period, citizens a bulletin of each month; and what they were told."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from backend.store.columns import Instant
from backend.store.tables.ground import Id, metadata

report_wishes = Table(
    "report_wishes",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("report", String(16), primary_key=True),  # a key of reporting/table
    Column("institution", String(64), primary_key=True),  # empty: all that the user sees
    Column("since", Instant, nullable=False),
    Column("way", String(80), nullable=False, server_default=""),  # outside the desk too: mail, place:NAME; empty: no
    Column("address", String(254), nullable=False, server_default=""),  # their own, for mail
    Column("language", String(8), nullable=False, server_default="zh"),
)

report_notices = Table(
    "report_notices",  # a report of a period that is over, for whoever wanted it; each once
    metadata,
    Column("id", Id, primary_key=True),
    Column("user", String(64), nullable=False),
    Column("report", String(16), nullable=False),
    Column("institution", String(64), nullable=False),
    Column("first", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
    UniqueConstraint("user", "report", "institution", "first"),
)

report_letters = Table(
    "report_letters",  # a report that is ready, on its way outside the desk
    metadata,
    Column("notice", ForeignKey("report_notices.id"), primary_key=True),
    Column("way", String(80), nullable=False),  # as in report_wishes
    Column("address", String(254), nullable=False),
    Column("language", String(8), nullable=False),
    Column("state", String(16), nullable=False),  # see store/letters
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("reason", String(200), nullable=False, server_default=""),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("changed_at", Instant, nullable=False),
    Index(None, "state", "due_at"),
)

bulletin_wishes = Table(
    "bulletin_wishes",  # citizens who want to be told each month how it went
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("institution", String(64), primary_key=True),
    Column("about", String(16), primary_key=True),  # all, department, place
    Column("key", String(64), primary_key=True),  # a department's id, a place's name; empty: all
    Column("since", Instant, nullable=False),
    Column("told", Date),  # the first day of the newest month they were told of
    Index(None, "told"),
)
