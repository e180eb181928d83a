"""A visit-back has reasons, a window and an outcome; each invitation is kept, and who is called by phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WINDOW, UNDONE, REMINDED = sa.text("over_at IS NULL"), sa.text("done_at IS NULL"), sa.text("remind_at IS NOT NULL")
ADDED = ("reasons", "by", "ends_at", "over_at", "outcome", "remind_at")


def upgrade() -> None:
    """What was answered before is readable, as it was."""
    op.add_column("surveys", sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("surveys", sa.Column("by", sa.String(16), nullable=False, server_default="chat"))
    op.add_column("surveys", sa.Column("ends_at", Instant(), nullable=True))
    op.add_column("surveys", sa.Column("over_at", Instant(), nullable=True))
    op.add_column("surveys", sa.Column("outcome", sa.String(16), nullable=False, server_default=""))
    op.add_column("surveys", sa.Column("remind_at", Instant(), nullable=True))
    op.execute("UPDATE surveys SET over_at = answered_at, outcome = 'answered' WHERE answered_at IS NOT NULL")
    op.create_index("ix_surveys_open", "surveys", ["ends_at"], sqlite_where=WINDOW, postgresql_where=WINDOW)
    op.create_index("ix_surveys_remind", "surveys", ["remind_at"], sqlite_where=REMINDED, postgresql_where=REMINDED)
    _invitations()
    _callbacks()


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("message", ID, nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_invitations_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_invitations_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index("ix_invitations_number_round", "invitations", ["number", "round"])
    op.create_index("ix_invitations_at", "invitations", ["at"])


def _callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("user", sa.String(64), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_callbacks_number_cases")),
        sa.PrimaryKeyConstraint("number", "round", name=op.f("pk_callbacks")),
    )
    op.create_index(
        "ix_callbacks_waiting", "callbacks", ["due_at", "number"], sqlite_where=UNDONE, postgresql_where=UNDONE
    )


def downgrade() -> None:
    """As it was; who was asked and called is gone."""
    op.drop_table("callbacks")
    op.drop_table("invitations")
    op.drop_index("ix_surveys_remind", "surveys")
    op.drop_index("ix_surveys_open", "surveys")
    for name in reversed(ADDED):
        op.drop_column("surveys", name)
