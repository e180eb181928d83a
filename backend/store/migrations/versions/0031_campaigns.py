"""Survey campaigns: their questions, who was drawn, what they answered, and who refused for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
RUNNING, NOT_YET = sa.text("state = 'running'"), sa.text("state = 'drawn'")
TABLES = ("campaign_refusals", "campaign_answers", "campaign_people", "questionnaires", "campaigns")


def upgrade() -> None:
    """Five tables."""
    _campaigns()
    _people()
    op.create_table(
        "campaign_answers",
        sa.Column("campaign", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("words", Words(), server_default="", nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_campaign_answers_campaign_campaigns")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_answers_person_people")),
        sa.PrimaryKeyConstraint("campaign", "person", "question", name=op.f("pk_campaign_answers")),
    )
    op.create_table(
        "campaign_refusals",
        sa.Column("person", ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_refusals_person_people")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_campaign_refusals")),
    )


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", ID, nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("title", Words(), nullable=False),
        sa.Column("title_en", Words(), server_default="", nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("population", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=True),
        sa.Column("drawn", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_institution_made_at", "campaigns", ["institution", "made_at"])
    op.create_index("ix_campaigns_running", "campaigns", ["id"], sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.create_table(
        "questionnaires",
        sa.Column("campaign", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_questionnaires_campaign_campaigns")),
        sa.PrimaryKeyConstraint("campaign", "version", name=op.f("pk_questionnaires")),
    )


def _people() -> None:
    op.create_table(
        "campaign_people",
        sa.Column("campaign", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(128), nullable=False),
        sa.Column("category_id", sa.String(64), nullable=False),
        sa.Column("district", sa.String(64), nullable=False),
        sa.Column("department_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("question", sa.String(16), server_default="", nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("notice", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_campaign_people_campaign_campaigns")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_people_person_people")),
        sa.PrimaryKeyConstraint("campaign", "person", name=op.f("pk_campaign_people")),
    )
    op.create_index(
        "ix_campaign_people_next",
        "campaign_people",
        ["campaign", "not_before"],
        sqlite_where=NOT_YET,
        postgresql_where=NOT_YET,
    )
    op.create_index("ix_campaign_people_campaign_asked_at", "campaign_people", ["campaign", "asked_at"])
    op.create_index("ix_campaign_people_person_asked_at", "campaign_people", ["person", "asked_at"])


def downgrade() -> None:
    """As it was."""
    for name in TABLES:
        op.drop_table(name)
