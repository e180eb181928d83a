"""Staff register what comes by phone, at the counter, by letter; each form becomes one case, and its slip has a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the slips."""
    op.create_table(
        "slips",
        sa.Column("form", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(32), sa.ForeignKey("cases.number", name="fk_slips_number_cases"), nullable=False),
        sa.Column("voice", sa.Integer, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Index("ix_slips_number", "number"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("slips")
