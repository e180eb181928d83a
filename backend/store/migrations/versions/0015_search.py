"""Cases are found by their words, the citizen's phone and name. Of those that there are a job cuts the words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Tokens
from backend.store.tables.found import FOUND, MAKE_FOUND

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNREAD = sa.text("words IS NULL")
FILL = "INSERT INTO searchable (number) SELECT number FROM cases ORDER BY filed_at, number"


def upgrade() -> None:
    """The table, its indexes, and an empty row for each case."""
    op.create_table(
        "searchable",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "number", sa.String(32), sa.ForeignKey("cases.number", name="fk_searchable_number_cases"), nullable=False
        ),
        sa.Column("phone", sa.String(32), nullable=True),
        sa.Column("name", sa.String(64), nullable=True),
        sa.Column("words", Tokens(), nullable=True),
        sa.UniqueConstraint("number", name="uq_searchable_number"),
    )
    op.create_index("ix_searchable_phone", "searchable", ["phone"])
    op.create_index("ix_searchable_name", "searchable", ["name"])
    op.create_index("ix_searchable_unread", "searchable", ["id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.execute(FILL)
    if op.get_context().dialect.name == "sqlite":
        for statement in MAKE_FOUND:
            op.execute(statement)
    else:
        op.create_index("ix_searchable_words", "searchable", ["words"], postgresql_using="gin")


def downgrade() -> None:
    """As it was."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"DROP TABLE {FOUND}")
    op.drop_table("searchable")
