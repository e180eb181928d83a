"""What is done to a case beside moving it: its record, officer, co-hosts, named officers; rewards; the duty roster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was done yet, and everybody works for every department."""
    _cases()
    _users()
    _lists()


def downgrade() -> None:
    """Forget it."""
    for table in ("duty", "rewards", "named_officers", "cohosts"):
        op.drop_table(table)
    for column in ("deputy", "away_until", "confidant", "departments"):
        op.drop_column("users", column)
    for index in ("ix_cases_parent", "ix_cases_officer"):
        op.drop_index(index, "cases")
    for column in ("sealed", "parent", "officer", "record"):
        op.drop_column("cases", column)


def _cases() -> None:
    op.add_column("cases", sa.Column("record", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("cases", sa.Column("officer", sa.String(64), nullable=True))
    op.add_column("cases", sa.Column("parent", sa.String(32), nullable=True))
    op.add_column("cases", sa.Column("sealed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_cases_officer", "cases", ["officer"])
    op.create_index("ix_cases_parent", "cases", ["parent"])


def _users() -> None:
    op.add_column("users", sa.Column("departments", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("users", sa.Column("confidant", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("users", sa.Column("away_until", Instant(), nullable=True))
    op.add_column("users", sa.Column("deputy", sa.String(64), nullable=True))


def _lists() -> None:
    op.create_table(
        "cohosts",
        sa.Column(
            "number", sa.String(32), sa.ForeignKey("cases.number", name="fk_cohosts_number_cases"), primary_key=True
        ),
        sa.Column("department", sa.String(64), primary_key=True),
        sa.Index("ix_cohosts_department", "department"),
    )
    op.create_table(
        "named_officers",
        sa.Column(
            "number",
            sa.String(32),
            sa.ForeignKey("cases.number", name="fk_named_officers_number_cases"),
            primary_key=True,
        ),
        sa.Column("user", sa.String(64), primary_key=True),
        sa.Index("ix_named_officers_user", "user"),
    )
    op.create_table(
        "rewards",
        sa.Column(
            "number", sa.String(32), sa.ForeignKey("cases.number", name="fk_rewards_number_cases"), primary_key=True
        ),
        sa.Column("person", ID, sa.ForeignKey("people.id", name="fk_rewards_person_people"), primary_key=True),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("act", sa.String(160), nullable=False),
        sa.Column("sum", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("claim_by", Instant(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Index("ix_rewards_institution_state_claim_by", "institution", "state", "claim_by"),
        sa.Index("ix_rewards_institution_act", "institution", "act"),
    )
    op.create_table(
        "duty",
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("user", sa.String(64), sa.ForeignKey("users.name", name="fk_duty_user_users"), primary_key=True),
        sa.Column("note", sa.String(200), server_default="", nullable=False),
        sa.Index("ix_duty_user", "user"),
    )
