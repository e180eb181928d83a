"""Two dispatchers never decide one case at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "dispatch_looks",
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_dispatch_looks_number_cases")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dispatch_looks")),
    )
    op.create_index("ix_dispatch_looks_user", "dispatch_looks", ["user"])


def downgrade() -> None:
    """As it was."""
    op.drop_table("dispatch_looks")
