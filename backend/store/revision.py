"""Which migration a database stands at, and which is the newest."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from sqlalchemy import Connection


def configuration() -> Config:
    """Alembic's settings, made here so that nobody needs an alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def current(conn: Connection) -> str | None:
    """The revision that *conn*'s database stands at; None: it has no schema of ours."""
    return MigrationContext.configure(conn).get_current_revision()


@cache
def scripts() -> ScriptDirectory:
    """The migrations that come with the program."""
    return ScriptDirectory.from_config(configuration())


def head() -> str:
    """The newest revision, the one that this program needs."""
    newest = scripts().get_current_head()
    if newest is None:
        raise AssertionError("there are no migrations in the program")
    return newest


def known(revision: str) -> bool:
    """Whether the program has that migration; if not, the database is newer than it."""
    return revision in {script.revision for script in scripts().walk_revisions()}
