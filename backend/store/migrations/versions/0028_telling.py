"""People at the desk are told outside the desk; notices that did not arrive are looked after; who wants few has few."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
OWED = sa.text("state IN ('queued', 'sending')")


def upgrade() -> None:
    """Three tables and a column."""
    op.create_table(
        "notifications",
        sa.Column("id", ID, nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(64), server_default="", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("reason", Words(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_notifications_number_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("place", "event", name=op.f("uq_notifications_place_event")),
    )
    op.create_index(
        "ix_notifications_owed", "notifications", ["place", "due_at"], sqlite_where=OWED, postgresql_where=OWED
    )
    op.create_table(
        "notified",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notified")),
    )
    op.create_table(
        "missed",
        sa.Column("notice", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("instead", ID, nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", sa.String(64), nullable=True),
        sa.Column("how", sa.String(16), server_default="", nullable=False),
        sa.Column("note", Words(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["outbox.id"], name=op.f("fk_missed_notice_outbox")),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_missed_number_cases")),
        sa.ForeignKeyConstraint(["instead"], ["outbox.id"], name=op.f("fk_missed_instead_outbox")),
        sa.PrimaryKeyConstraint("notice", name=op.f("pk_missed")),
    )
    op.create_index("ix_missed_number", "missed", ["number"])
    op.add_column("people", sa.Column("wish", sa.String(8), server_default="", nullable=False))


def downgrade() -> None:
    """As it was."""
    op.drop_column("people", "wish")
    op.drop_table("missed")
    op.drop_table("notified")
    op.drop_table("notifications")
