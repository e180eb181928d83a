"""What voice notes say, as far as the platform or a person has put it into words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNHEARD = sa.text("kind = 'voice' AND words IS NULL")


def upgrade() -> None:
    """Voice notes there are already wait for somebody to listen to them."""
    op.add_column("evidence", sa.Column("words", sa.Text(), nullable=True))
    op.create_index("ix_evidence_unheard", "evidence", ["id"], sqlite_where=UNHEARD, postgresql_where=UNHEARD)


def downgrade() -> None:
    """Forget the words; the notes themselves stay."""
    op.drop_index("ix_evidence_unheard", table_name="evidence")
    op.drop_column("evidence", "words")
