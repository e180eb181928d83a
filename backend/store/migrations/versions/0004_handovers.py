"""Citizens who wait for a person or have one, and what became of that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows up only in an INTEGER key
INSTANT = sa.BigInteger()  # UTC microseconds since 1970
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the tables, each after those it points to."""
    op.create_table(
        "handovers",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("taken_by", sa.String(length=64), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_handovers_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_handovers_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    key = ["person", "institution", "kind"]
    op.create_index("ix_handovers_open", "handovers", key, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "handover_moves",
        sa.Column("id", ID, nullable=False),
        sa.Column("handover", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("notice", ID, nullable=True),
        sa.ForeignKeyConstraint(["handover"], ["handovers.id"], name=op.f("fk_handover_moves_handover_handovers")),
        sa.ForeignKeyConstraint(["notice"], ["outbox.id"], name=op.f("fk_handover_moves_notice_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_moves")),
    )
    op.create_index(op.f("ix_handover_moves_handover"), "handover_moves", ["handover"])


def downgrade() -> None:
    """Forget who waited."""
    op.drop_table("handover_moves")
    op.drop_table("handovers")
