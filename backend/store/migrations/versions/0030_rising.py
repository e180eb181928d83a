"""What rises can be told: counts by hour, alarms and who looked at them, the same place again after closing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ON = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Five tables."""
    _rises()
    _again()


def _rises() -> None:
    op.create_table(
        "hours",
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("hour", Instant(), nullable=False),
        sa.Column("category", sa.String(64), nullable=False),
        sa.Column("place", sa.String(136), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("institution", "hour", "category", "place", name=op.f("pk_hours")),
    )
    op.create_table(
        "rises",
        sa.Column("id", ID, nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("category", sa.String(64), nullable=False),
        sa.Column("place", sa.String(136), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("verdict", sa.String(16), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rises")),
    )
    op.create_index(
        "ix_rises_on", "rises", ["institution", "category", "place"], unique=True, sqlite_where=ON, postgresql_where=ON
    )
    op.create_index("ix_rises_at", "rises", ["at"])
    op.create_table(
        "rise_acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("rise", ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("note", Words(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["rise"], ["rises.id"], name=op.f("fk_rise_acts_rise_rises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rise_acts")),
    )
    op.create_index("ix_rise_acts_rise", "rise_acts", ["rise"])


def _again() -> None:
    op.create_table(
        "again",
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("before", sa.String(32), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_again_number_cases")),
        sa.ForeignKeyConstraint(["before"], ["cases.number"], name=op.f("fk_again_before_cases")),
        sa.PrimaryKeyConstraint("number", "before", name=op.f("pk_again")),
    )
    op.create_index("ix_again_before", "again", ["before"])
    op.create_index("ix_again_filed_at", "again", ["filed_at"])
    op.create_table(
        "looked_again",
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("institution", name=op.f("pk_looked_again")),
    )


def downgrade() -> None:
    """As it was."""
    for table in ("looked_again", "again", "rise_acts", "rises", "hours"):
        op.drop_table(table)
