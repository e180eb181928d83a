"""The office has a record of its own; tokens have departments and an end; the record of cases is read by time and person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LOOKED = "what = 'looked'"
BY_OFFICERS = "\"by\" <> 'citizen' AND \"by\" <> 'system'"


def upgrade() -> None:
    """Two tables, four columns, three indexes."""
    _deeds()
    _checks()
    op.add_column("users", sa.Column("signed_in_at", Instant(), nullable=True))
    op.add_column("tokens", sa.Column("departments", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("tokens", sa.Column("expires_at", Instant(), nullable=True))
    op.add_column("tokens", sa.Column("used_at", Instant(), nullable=True))
    op.create_index("ix_events_at_id", "events", ["at", "id"])
    for name, columns, where in (
        ("ix_events_looked", ["at", "id"], LOOKED),
        ("ix_events_officers", ["by", "at", "id"], BY_OFFICERS),
    ):
        op.create_index(name, "events", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """As it was; the office's record goes."""
    for name in ("ix_events_officers", "ix_events_looked", "ix_events_at_id"):
        op.drop_index(name, "events")
    for column in ("used_at", "expires_at", "departments"):
        op.drop_column("tokens", column)
    op.drop_column("users", "signed_in_at")
    op.drop_table("checks")
    op.drop_table("deeds")


def _deeds() -> None:
    op.create_table(
        "deeds",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("institution", sa.String(64), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_index("ix_deeds_at_id", "deeds", ["at", "id"])
    op.create_index("ix_deeds_by_at", "deeds", ["by", "at"])
    op.create_index("ix_deeds_subject_at", "deeds", ["subject", "at"])


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("id", ID, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), server_default="", nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("of", sa.Integer(), server_default="0", nullable=False),
        sa.Column("upto", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("wrong", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("seal", sa.String(64), server_default="", nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
    )
