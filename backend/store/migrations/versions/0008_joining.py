"""Who tells the same as others is found among the newest cases of an institution's category."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INDEX = "ix_cases_institution_category_id_filed_at"


def upgrade() -> None:
    """One index more."""
    op.create_index(INDEX, "cases", ["institution", "category_id", "filed_at"], unique=False)


def downgrade() -> None:
    """As it was."""
    op.drop_index(INDEX, table_name="cases")
