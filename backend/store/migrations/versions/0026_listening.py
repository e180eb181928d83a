"""Handlers' conversations are scored, and conversations that ended without a case are reviewed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "talk_scores",
        sa.Column("handover", ID, nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("handler", sa.String(64), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("reply", Words(), server_default="", nullable=False),
        sa.Column("replied_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["handover"], ["handovers.id"], name=op.f("fk_talk_scores_handover_handovers")),
        sa.PrimaryKeyConstraint("handover", name=op.f("pk_talk_scores")),
    )
    op.create_index("ix_talk_scores_institution_at", "talk_scores", ["institution", "at"])
    op.create_index("ix_talk_scores_handler_at", "talk_scores", ["handler", "at"])
    op.create_table(
        "ended_marks",
        sa.Column("person", ID, nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("begun", sa.String(40), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_ended_marks_person_people")),
        sa.PrimaryKeyConstraint("person", "institution", "begun", name=op.f("pk_ended_marks")),
    )
    op.create_index("ix_ended_marks_institution_day", "ended_marks", ["institution", "day"])


def downgrade() -> None:
    """As it was."""
    op.drop_table("ended_marks")
    op.drop_table("talk_scores")
