"""``jiesu chat``: with a citizen at this terminal, or with those in a script."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from backend.cli import STYLE
from backend.cli.errors import WrongUse

commands = typer.Typer(**STYLE)


@commands.command()
def chat(
    institution: Annotated[str, typer.Option(metavar="ID", help="whose dialog; absent: the one in the settings")] = "",
    script: Annotated[
        str, typer.Option(metavar="FILE", help="replay this file of JSON lines; - is standard input")
    ] = "",
    *,
    json: Annotated[bool, typer.Option("--json", help="answer a script in JSON lines")] = False,
) -> None:
    """Talk as a citizen, here or from a script."""
    if not script and json:
        raise WrongUse("--json goes with a script", "add --script FILE")
    if script and not json:
        raise WrongUse("a script is answered in JSON", "add --json")
    # a replay starts quicker without what a live talk needs, so each is loaded when it is its turn
    doing = importlib.import_module("backend.cli.replaying" if script else "backend.cli.terminal")
    if script:
        doing.replay_file(script, institution)
    else:
        doing.talk(institution)
