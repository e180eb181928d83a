"""Reports and bulletins that somebody wants; totals are made anew case by case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables, and how far a first pass of counting has come."""
    with op.batch_alter_table("totalled") as totalled:
        totalled.add_column(sa.Column("target", sa.BigInteger()))
        totalled.add_column(sa.Column("passed", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "report_wishes",
        sa.Column("user", sa.String(64), primary_key=True),
        sa.Column("report", sa.String(16), primary_key=True),
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("since", Instant(), nullable=False),
    )
    op.create_table(
        "report_notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("report", sa.String(16), nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seen_at", Instant()),
        sa.UniqueConstraint(
            "user", "report", "institution", "first", name=op.f("uq_report_notices_user_report_institution_first")
        ),
    )
    op.create_table(
        "bulletin_wishes",
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("about", sa.String(16), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("told", sa.Date()),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_bulletin_wishes_person_people")),
    )
    op.create_index(op.f("ix_bulletin_wishes_told"), "bulletin_wishes", ["told"])


def downgrade() -> None:
    """As it was; totals that are not complete begin anew."""
    op.drop_table("bulletin_wishes")
    op.drop_table("report_notices")
    op.drop_table("report_wishes")
    op.execute("DELETE FROM totals WHERE EXISTS (SELECT 1 FROM totalled WHERE upto = 0)")
    op.execute("DELETE FROM tallied WHERE EXISTS (SELECT 1 FROM totalled WHERE upto = 0)")
    with op.batch_alter_table("totalled") as totalled:
        totalled.drop_column("passed")
        totalled.drop_column("target")
