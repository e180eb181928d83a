"""Words learnt at work: their versions, what became of them, the cases to check with, and nightly work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows up only in an INTEGER key
INSTANT = sa.BigInteger()  # UTC microseconds since 1970


def upgrade() -> None:
    """Make the tables, each after those it points to."""
    _models()
    _model_moves()
    _check_cases()
    _nights()


def downgrade() -> None:
    """Forget what was learnt."""
    for table in ("nights", "check_cases", "model_moves", "models"):
        op.drop_table(table)


def _models() -> None:
    op.create_table(
        "models",
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("institution", "number", name=op.f("pk_models")),
    )
    live = sa.text("state = 'live'")
    op.create_index("ix_models_live", "models", ["institution"], unique=True, sqlite_where=live, postgresql_where=live)


def _model_moves() -> None:
    op.create_table(
        "model_moves",
        sa.Column("id", ID, nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution", "number"],
            ["models.institution", "models.number"],
            name=op.f("fk_model_moves_institution_number_models"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_moves")),
    )
    op.create_index(op.f("ix_model_moves_institution_number"), "model_moves", ["institution", "number"], unique=False)


def _check_cases() -> None:
    op.create_table(
        "check_cases",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("category_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_check_cases_number_cases")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_check_cases")),
    )
    op.create_index(op.f("ix_check_cases_institution"), "check_cases", ["institution"], unique=False)


def _nights() -> None:
    op.create_table(
        "nights",
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("job", "institution", "day", name=op.f("pk_nights")),
    )
