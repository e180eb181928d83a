"""Words written at the desk are kept by version; words that a person would not have learnt stay unlearnt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "wordings",
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("institution", "number", name=op.f("pk_wordings")),
    )
    op.create_table(
        "word_verdicts",
        sa.Column("id", ID, nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("category_id", sa.String(64), nullable=False),
        sa.Column("word", sa.String(64), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_verdicts")),
    )
    op.create_index("ix_word_verdicts_institution_id", "word_verdicts", ["institution", "id"])


def downgrade() -> None:
    """As it was; what was written at the desk goes."""
    op.drop_table("word_verdicts")
    op.drop_table("wordings")
