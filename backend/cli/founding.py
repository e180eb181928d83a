"""``jiesu new-institution``: begins an institution's file from a commented template that is good as it is."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import surroundings
from backend.cli.errors import Refused, WrongUse
from backend.cli.plain import Commands
from backend.services.office import institutions
from institutions.catalog import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Collection

commands = Commands()

TEMPLATE = BUILT_IN / "shared" / "template.toml"
ID = re.compile(r"[a-z][a-z0-9_]*")


@commands.command("new-institution")
def new_institution(key: Annotated[str, typer.Argument(metavar="ID", help="its id, and its file's name")]) -> None:
    """Begin ID.toml in this folder: a good institution with a comment on every part."""
    if not ID.fullmatch(key):
        raise WrongUse(f"{key[:40]!r} is no id", "write small letters, digits and _, as in road_works")
    there = institutions.load(own=surroundings.settings().institutions_place)
    if key in there:
        raise Refused(f"there is an institution {key!r} already", "choose another id")
    path = Path(f"{key}.toml")
    code = free_code(key, {one.code for one in there.values()})
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.read_text(encoding="utf-8").format(id=key, code=code))
    except FileExistsError:
        raise Refused(f"{path} is there already", "choose another id, or remove it") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", "choose a folder that may be written") from error
    typer.echo(f"ok     {path}: its case numbers have {code}; make it your own, then: jiesu check-institution {path}")


def free_code(key: str, taken: Collection[str]) -> str:
    """Two letters that nobody has, of the id's own where they are free."""
    letters = [letter for letter in key.upper() if letter in ascii_uppercase]
    own = [letters[0] + letter for letter in letters[1:]]
    every = (first + second for first, second in product(ascii_uppercase, repeat=2))
    return next(code for code in (*own, *every) if code not in taken)
