"""What happened on each day is kept as totals; a job makes them of the events that there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEYS = {"institution": 64, "department": 64, "category": 64, "source": 32, "what": 24}


def upgrade() -> None:
    """Two tables, empty."""
    names = {name: sa.Column(name, sa.String(length), primary_key=True) for name, length in KEYS.items()}
    op.create_table(
        "totals",
        names["institution"],
        sa.Column("day", sa.Date(), primary_key=True),
        names["department"],
        names["category"],
        names["source"],
        names["what"],
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_totals_day", "totals", ["day"])
    op.create_table(
        "totalled",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """As it was."""
    op.drop_table("totalled")
    op.drop_table("totals")
