"""Reports go to managers outside the desk too: where each wants them, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The way of a wish, and the letters."""
    with op.batch_alter_table("report_wishes") as wishes:
        wishes.add_column(sa.Column("way", sa.String(80), nullable=False, server_default=""))
        wishes.add_column(sa.Column("address", sa.String(254), nullable=False, server_default=""))
        wishes.add_column(sa.Column("language", sa.String(8), nullable=False, server_default="zh"))
    op.create_table(
        "report_letters",
        sa.Column("notice", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("way", sa.String(80), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reason", sa.String(200), nullable=False, server_default=""),
        sa.Column("owner", sa.String(64), nullable=False, server_default=""),
        sa.Column("lease_until", Instant()),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice"], ["report_notices.id"], name=op.f("fk_report_letters_notice_report_notices")
        ),
    )
    op.create_index(op.f("ix_report_letters_state_due_at"), "report_letters", ["state", "due_at"])


def downgrade() -> None:
    """Reports are on the desk alone."""
    op.drop_table("report_letters")
    with op.batch_alter_table("report_wishes") as wishes:
        for name in ("language", "address", "way"):
            wishes.drop_column(name)
