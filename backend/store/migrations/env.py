"""What alembic runs to carry out migrations: on the connection that schema.py hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from backend.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # it cannot alter a column: the table is made anew
)
with context.begin_transaction():
    context.run_migrations()
