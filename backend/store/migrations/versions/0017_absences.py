"""Who was away when, and who stood in for them; the first user opens what is sealed, since nobody else was told to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the ledger of absences."""
    op.create_table(
        "absences",
        sa.Column("id", ID, primary_key=True),
        sa.Column("user", sa.String(64), sa.ForeignKey("users.name", name="fk_absences_user_users"), nullable=False),
        sa.Column("deputy", sa.String(64), nullable=True),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Index("ix_absences_user", "user"),
    )
    users = sa.table("users", sa.column("name", sa.String), sa.column("confidant", sa.Boolean))
    op.execute(users.update().where(users.c.name == "admin").values(confidant=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_table("absences")
