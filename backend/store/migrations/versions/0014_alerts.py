"""When somebody is to be warned of a case's clocks, what the desk's people are told, and how likely clocks are to be broken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("next_warning IS NOT NULL")


def upgrade() -> None:
    """Of the cases that there are, the clocks are looked at when the next one ends."""
    op.add_column("cases", sa.Column("next_warning", Instant(), nullable=True))
    op.execute("UPDATE cases SET next_warning = next_due")
    op.create_index("ix_cases_next_warning", "cases", ["next_warning"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "alerts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=True),
        sa.Column("department", sa.String(64), nullable=True),
        sa.Column("user", sa.String(64), nullable=True),
        sa.Column(
            "number", sa.String(32), sa.ForeignKey("cases.number", name="fk_alerts_number_cases"), nullable=False
        ),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("seen_by", sa.String(64), nullable=True),
        sa.Index("ix_alerts_seen_at_institution_id", "seen_at", "institution", "id"),
        sa.Index("ix_alerts_number", "number"),
    )
    op.create_table(
        "forecasts",
        sa.Column("institution", sa.String(64), primary_key=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("forecasts")
    op.drop_table("alerts")
    op.drop_index("ix_cases_next_warning", "cases")
    op.drop_column("cases", "next_warning")
