"""Survey campaigns: each with the versions of its questions, who was drawn, what they answered, and who refused for good."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, text

from backend.store.columns import Instant, Words
from backend.store.tables.ground import Id, metadata

RUNNING = text("state = 'running'")

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("title", Words, nullable=False),
    Column("title_en", Words, nullable=False, server_default=""),
    Column("state", String(16), nullable=False),  # draft, running, stopped, ended
    Column("by", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("population", JSON, nullable=False),  # {first, last, categories, …}
    Column("sample", JSON, nullable=False),  # {how, size, seed, by}
    Column("starts_at", Instant),
    Column("ends_at", Instant),
    Column("per_day", Integer),
    Column("per_hour", Integer),
    Column("version", Integer, nullable=False),  # of its questions
    Column("drawn_at", Instant),
    Column("drawn", JSON, nullable=False, server_default="{}"),  # {of, left_out, strata, digest}
    Column("ended_at", Instant),
    Index(None, "institution", "made_at"),
    Index("ix_campaigns_running", "id", sqlite_where=RUNNING, postgresql_where=RUNNING),
)

questionnaires = Table(
    "questionnaires",  # a new version each time the questions change; none changes afterwards
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

NOT_YET = text("state = 'drawn'")

campaign_people = Table(
    "campaign_people",  # who was drawn, in the order in which they are asked
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("person", ForeignKey("people.id")),  # null: forgotten, or the years are over
    Column("stratum", String(128), nullable=False),
    Column("category_id", String(64), nullable=False),  # of the case that brought them in, as it was then
    Column("district", String(64), nullable=False),
    Column("department_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),  # see domain/campaign.Asked
    Column("question", String(16), nullable=False, server_default=""),  # that is open
    Column("not_before", Instant, nullable=False),
    Column("asked_at", Instant),
    Column("changed_at", Instant, nullable=False),
    Column("notice", BigInteger),  # the outbox.id of the invitation; the row may be gone
    Index(None, "campaign", "person", unique=True),
    Index("ix_campaign_people_next", "campaign", "not_before", sqlite_where=NOT_YET, postgresql_where=NOT_YET),
    Index(None, "campaign", "asked_at"),
    Index(None, "person", "asked_at"),
)

campaign_answers = Table(
    "campaign_answers",  # of a place in the lot: whose that is, campaign_people says, as long as anybody may know
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("question", String(16), primary_key=True),
    Column("choices", JSON, nullable=False),  # the values chosen
    Column("words", Words, nullable=False, server_default=""),
    Column("photos", JSON, nullable=False),  # evidence.id of each; the row may be gone
    Column("at", Instant, nullable=False),
)

campaign_refusals = Table(
    "campaign_refusals",  # who said that they never want to be asked by a campaign again
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)
