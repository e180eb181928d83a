"""Totals by district and handler too, a dimension at a time; a job makes them anew of the events that there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEYS = {"department": 64, "category": 64, "source": 32, "district": 64, "handler": 64, "what": 24}
OLD = {"department": 64, "category": 64, "source": 32, "what": 24}


def upgrade() -> None:
    """The totals begin anew, empty; beside them stand where a case was counted, and what things were called."""
    op.drop_table("totals")
    op.create_table(
        "totals",
        sa.Column("axis", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("institution", sa.String(64), primary_key=True),
        *(sa.Column(name, sa.String(length), primary_key=True) for name, length in KEYS.items()),
        sa.Column("sealed", sa.Boolean(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM totalled")
    op.create_table(
        "tallied",
        sa.Column("number", sa.String(32), primary_key=True),
        sa.Column("district", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_tallied_number_cases")),
    )
    op.create_table(
        "called",
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("since", sa.Date(), primary_key=True),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("name_en", sa.String(256), nullable=False),
    )


def downgrade() -> None:
    """As it was; the totals begin anew."""
    op.drop_table("called")
    op.drop_table("tallied")
    op.drop_table("totals")
    op.create_table(
        "totals",
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        *(sa.Column(name, sa.String(length), primary_key=True) for name, length in OLD.items()),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_totals_day", "totals", ["day"])
    op.execute("DELETE FROM totalled")
