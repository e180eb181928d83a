"""How often the citizen pressed for a case since it was last decided, and when that was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DECIDED = """
UPDATE cases SET decided_at = (
  SELECT MAX(e.at) FROM events e WHERE e.number = cases.number AND e.what = 'moved'
  AND (CAST(e.detail AS TEXT) LIKE '%"to": "answered"%' OR CAST(e.detail AS TEXT) LIKE '%"to": "refused"%'))
"""
URGED = """
UPDATE cases SET urged = (
  SELECT COUNT(*) FROM events e WHERE e.number = cases.number AND e.what = 'said'
  AND CAST(e.detail AS TEXT) LIKE '%"urged"%' AND (cases.decided_at IS NULL OR e.at > cases.decided_at))
"""


def upgrade() -> None:
    """The cases there are get both out of their history."""
    op.add_column("cases", sa.Column("decided_at", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("urged", sa.Integer(), nullable=False, server_default="0"))
    op.execute(sa.text(DECIDED))
    op.execute(sa.text(URGED))


def downgrade() -> None:
    """The history tells both as before."""
    op.drop_column("cases", "decided_at")
    op.drop_column("cases", "urged")
