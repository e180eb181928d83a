"""A full outbox is gone through by age, and each person's rows are found together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OLD = "ix_outbox_state_person_id"
PARTLY = {
    "ix_outbox_unsettled": ("id", "state IN ('uncertain', 'undelivered')"),
    "ix_outbox_sending": ("lease_until", "state = 'sending'"),
}


def upgrade() -> None:
    """Three indexes in place of one."""
    op.drop_index(OLD, "outbox")
    op.create_index("ix_outbox_person_state_id", "outbox", ["person", "state", "id"])
    for name, (column, where) in PARTLY.items():
        op.create_index(name, "outbox", [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """As it was."""
    for name in (*PARTLY, "ix_outbox_person_state_id"):
        op.drop_index(name, "outbox")
    op.create_index(OLD, "outbox", ["state", "person", "id"])
