"""``jiesu wording``: what managers wrote at the desk, for an institution's file."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli import surroundings
from backend.cli.database import opened
from backend.cli.plain import Commands
from backend.services.office import wording
from backend.services.office.wording_file import exported

commands = Commands()
words = Commands(help="What an institution says, as it was written at the desk.")
commands.add_typer(words, name="wording")


@words.command("export")
def export(
    *,
    institution: Annotated[str, typer.Option(metavar="ID", help="absent: the one in the settings")] = "",
) -> None:
    """Write all that differs from the institution's file as TOML, to be put into the file."""
    shipped = surroundings.institution(institution)
    with opened() as store:
        version = store.read_now(wording.live).get(shipped.id)
    typer.echo(exported(shipped, version), nl=False)
