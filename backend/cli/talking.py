"""``jiesu chat``: with a citizen at this terminal, or with those in a script."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from backend.cli.errors import WrongUse
from backend.cli.plain import Commands

commands = Commands()


@commands.command()
def chat(
    institution: Annotated[str, typer.Option(metavar="ID", help="whose dialog; absent: the one in the settings")] = "",
    script: Annotated[
        str, typer.Option(metavar="FILE", help="replay this file of JSON lines; - is standard input")
    ] = "",
    who: Annotated[
        str, typer.Option("--as", metavar="NAME", help="talk as this citizen; absent: as you, going on where you were")
    ] = "",
    *,
    json: Annotated[bool, typer.Option("--json", help="answer in JSON lines, which a script always is")] = False,
) -> None:
    """Talk as a citizen, here or from a script.

    docs/scripting.md tells what a script may say and what comes out.
    """
    if not script and json:
        raise WrongUse("--json goes with a script", "add --script FILE")
    if script and who:
        raise WrongUse("--as goes with a talk at the terminal", "name each citizen in the script, as user")
    # a replay starts quicker without what a live talk needs, so each is loaded when it is its turn
    doing = importlib.import_module("backend.cli.replaying" if script else "backend.cli.terminal")
    if script:
        doing.replay_file(script, institution)
    else:
        doing.talk(institution, who.strip())
