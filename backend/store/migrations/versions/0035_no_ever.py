"""The sums of all days are kept no more beside the daily totals: nothing reads them since /public goes by days."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those rows go."""
    op.execute("DELETE FROM totals WHERE axis = 'ever'")


def downgrade() -> None:
    """They are summed up again."""
    op.execute(
        "INSERT INTO totals (axis, institution, day, department, category, source, what, district, handler, sealed, count) "
        "SELECT 'ever', institution, '0001-01-01', '', category, '', what, '', '', sealed, sum(count) "
        "FROM totals WHERE axis = 'place' GROUP BY institution, category, what, sealed"
    )
