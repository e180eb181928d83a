"""Channels of real platforms: what they let us send, who is gone, what waits for its files, shared tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ANSWERS = sa.text("answers IS NOT NULL")
WAITING = sa.text("state = 'waiting'")
REPLIES = sa.text("kind = 'reply' AND state IN ('queued', 'deferred', 'sending')")
TOLD = sa.text("platform_id <> ''")
AWAITED = sa.text("state = 'accepted' AND way IN ('template', 'subscription')")


def upgrade() -> None:
    """Nobody is gone, nothing waits, and no limit is known of what was said before."""
    op.add_column("people", sa.Column("gone_at", Instant(), nullable=True))
    op.add_column("people", sa.Column("gone_why", sa.String(length=16), server_default="", nullable=False))
    op.add_column("journal", sa.Column("free_messages", sa.Integer(), nullable=True))
    op.add_column("journal", sa.Column("free_until", Instant(), nullable=True))
    op.add_column("outbox", sa.Column("fields", sa.JSON(), server_default="{}", nullable=False))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("answers", ID, nullable=True))
        outbox.create_foreign_key(op.f("fk_outbox_answers_journal"), "journal", ["answers"], ["id"])
    op.create_index("ix_outbox_answers", "outbox", ["answers"], sqlite_where=ANSWERS, postgresql_where=ANSWERS)
    op.create_index("ix_outbox_replies", "outbox", ["id"], sqlite_where=REPLIES, postgresql_where=REPLIES)
    op.create_index("ix_outbox_platform_id", "outbox", ["platform_id"], sqlite_where=TOLD, postgresql_where=TOLD)
    op.create_index("ix_outbox_awaited", "outbox", ["changed_at"], sqlite_where=AWAITED, postgresql_where=AWAITED)
    _inbox()
    op.create_table(
        "grants",
        sa.Column("person", ID, nullable=False),
        sa.Column("template", sa.String(length=128), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_grants_person_people")),
        sa.PrimaryKeyConstraint("person", "template", name=op.f("pk_grants")),
    )
    op.create_table(
        "platforms",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("token", Words(), server_default="", nullable=False),
        sa.Column("token_until", Instant(), nullable=True),
        sa.Column("owner", sa.String(length=64), server_default="", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("trouble", Words(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_platforms")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=256), nullable=False),
        sa.Column("message_id", sa.String(length=256), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(length=64), server_default="", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "address", "message_id", name=op.f("uq_inbox_channel_address_message_id")),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["due_at"], sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    """Forget it; messages that wait for their files are lost with it."""
    for table in ("platforms", "grants", "inbox"):
        op.drop_table(table)
    for index in ("ix_outbox_awaited", "ix_outbox_platform_id", "ix_outbox_replies", "ix_outbox_answers"):
        op.drop_index(index, table_name="outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("fk_outbox_answers_journal"), type_="foreignkey")
        outbox.drop_column("answers")
        outbox.drop_column("fields")
    for column in ("free_until", "free_messages"):
        op.drop_column("journal", column)
    for column in ("gone_why", "gone_at"):
        op.drop_column("people", column)
