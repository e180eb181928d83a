"""A picture may have a redacted copy: what it is the copy of, and what is covered on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Words

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No picture has one yet."""
    op.add_column("evidence", sa.Column("original", sa.BigInteger(), nullable=True))
    op.add_column("evidence", sa.Column("boxes", Words(), nullable=True))


def downgrade() -> None:
    """The copies go: nothing would tell them from what citizens sent."""
    op.execute("DELETE FROM evidence WHERE original IS NOT NULL")
    op.drop_column("evidence", "boxes")
    op.drop_column("evidence", "original")
