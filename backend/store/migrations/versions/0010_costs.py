"""What a message cost of those that a platform counts, and when something was last allowed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each message so far was one; nobody remembers when something was allowed."""
    op.add_column("outbox", sa.Column("cost", sa.Integer(), server_default="1", nullable=False))
    op.add_column("grants", sa.Column("at", Instant(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("grants", "at")
    op.drop_column("outbox", "cost")
