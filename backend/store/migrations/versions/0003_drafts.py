"""When something falls due for a draft, and the codes that move one to another chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger()  # UTC microseconds since 1970
HAS_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    """Let every conversation there is be looked at once, so that drafts begun before this are not forgotten."""
    op.add_column("conversations", sa.Column("due_at", INSTANT, nullable=True))
    op.execute("UPDATE conversations SET due_at = updated_at")
    op.create_index(
        "ix_conversations_due_at", "conversations", ["due_at"], sqlite_where=HAS_DUE, postgresql_where=HAS_DUE
    )
    op.create_table(
        "draft_codes",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_draft_codes_person_people")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_draft_codes")),
    )
    op.create_index(op.f("ix_draft_codes_person"), "draft_codes", ["person"])
    op.create_index(op.f("ix_draft_codes_expires_at"), "draft_codes", ["expires_at"])


def downgrade() -> None:
    """Forget the codes; drafts stay."""
    op.drop_table("draft_codes")
    op.drop_index("ix_conversations_due_at", table_name="conversations")
    op.drop_column("conversations", "due_at")
