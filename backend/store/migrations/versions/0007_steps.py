"""Counts of what becomes of each question that citizens are asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin to count; what was before is not known."""
    op.create_table(
        "steps",
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("institution", "day", "channel", "step", "what", name=op.f("pk_steps")),
    )


def downgrade() -> None:
    """Forget the counts."""
    op.drop_table("steps")
