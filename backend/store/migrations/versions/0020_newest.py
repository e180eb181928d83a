"""Lists of a million cases are read in the order of an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OLD = "ix_cases_institution_status_filed_at"
PLAIN = {
    "ix_cases_newest_here": ["institution", "filed_at", "number"],
    "ix_cases_newest": ["status", "filed_at", "number", "sealed"],
    "ix_cases_newest_home": ["institution", "status", "filed_at", "number", "sealed"],
    "ix_cases_newest_office": ["department_id", "status", "filed_at", "number", "sealed", "institution"],
}
OPEN = [
    "status", "institution", "department_id", "sealed", "officer", "next_due", "grade", "urged", "filed_at", "number",
]  # fmt: skip
PARTLY = {
    "ix_cases_open": (OPEN, "closed_at IS NULL", "closed_at IS NULL"),
    "ix_cases_next_due": (["next_due", "number"], "next_due IS NOT NULL", "next_due IS NOT NULL"),
    "ix_cases_sealed": (["filed_at", "number"], "sealed IS 1", "sealed IS true"),
}


def upgrade() -> None:
    """Seven indexes, one of which takes the place of another."""
    op.drop_index(OLD, "cases")
    for name, columns in PLAIN.items():
        op.create_index(name, "cases", columns)
    for name, (columns, sqlite, postgresql) in PARTLY.items():
        op.create_index(name, "cases", columns, sqlite_where=sa.text(sqlite), postgresql_where=sa.text(postgresql))


def downgrade() -> None:
    """As it was."""
    for name in (*PARTLY, *PLAIN):
        op.drop_index(name, "cases")
    op.create_index(OLD, "cases", ["institution", "status", "filed_at"])
