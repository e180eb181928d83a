"""The work list is narrowed by category, source and district from its index alone, and people keep lists they come back to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPEN = [
    "status", "institution", "department_id", "sealed", "officer", "next_due", "grade", "urged", "filed_at", "number",
]  # fmt: skip
MORE = ["category_id", "source", "district"]
CLOSED, PLACED, SHARED = sa.text("closed_at IS NULL"), sa.text("district <> ''"), sa.text("shared")

IN_FILE = "json_extract(facts, '$.where.pieces.{0}')"
ON_SERVER = "facts -> 'where' -> 'pieces' ->> '{0}'"


def upgrade() -> None:
    """Each case's district is read out of its facts; an index is made wider, one is new, and there is a table."""
    op.add_column("cases", sa.Column("district", sa.String(64), nullable=False, server_default=""))
    piece = ON_SERVER if op.get_bind().dialect.name == "postgresql" else IN_FILE
    told = f"COALESCE({piece.format('district')}, {piece.format('county')}, '')"
    op.execute(f"UPDATE cases SET district = substr({told}, 1, 64) WHERE {told} <> ''")  # noqa: S608 - no words of others
    op.create_index("ix_cases_district", "cases", ["district"], sqlite_where=PLACED, postgresql_where=PLACED)
    _open([*OPEN, *MORE])
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column(
            "user", sa.String(64), sa.ForeignKey("users.name", name="fk_saved_filters_user_users"), nullable=False
        ),
        sa.Column("institution", sa.String(64), nullable=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_saved_filters_user", "saved_filters", ["user"])
    op.create_index(
        "ix_saved_filters_shared", "saved_filters", ["institution"], sqlite_where=SHARED, postgresql_where=SHARED
    )


def downgrade() -> None:
    """As it was; saved lists are gone."""
    op.drop_table("saved_filters")
    _open(OPEN)
    op.drop_index("ix_cases_district", "cases")
    op.drop_column("cases", "district")


def _open(columns: list[str]) -> None:
    """Index anew what is open."""
    op.drop_index("ix_cases_open", "cases")
    op.create_index("ix_cases_open", "cases", columns, sqlite_where=CLOSED, postgresql_where=CLOSED)
