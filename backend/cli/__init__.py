"""The command line, ``jiesu``: which commands there are, and how each of them ends.

Only the modules that the given command needs are imported: a script of three
lines must not wait for a web server that it never starts. What a command
does, its module says; every error becomes one sentence (errors.py).
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from contextlib import suppress
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from backend.cli.errors import REFUSED, WRONG_USE, sentence
from backend.cli.plain import Commands

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULES = {
    "serving": ("serve", "work", "migrate"),
    "people": ("user", "token", "place"),
    "talking": ("chat",),
    "texts": ("classify", "extract"),
    "training": ("train", "evaluate"),
    "topics": ("hot",),
    "reporting": ("report",),
    "wechat": ("wechat",),
    "founding": ("new-institution",),
    "wording": ("wording",),
    "checking": ("doctor", "check-institution", "audit", "deliveries"),
}
"""Where each command is. A module's ``commands`` is a Typer that holds them."""


ABOUT = "Jiesu 接诉: complaints by chat, answered on a desk, told back to the citizen."
MORE = "What a script may say: docs/scripting.md. Every setting: docs/configuration.md."


def run() -> None:
    """The entry point of ``jiesu``."""
    sys.exit(call(sys.argv[1:], debug=bool(os.environ.get("JIESU_DEBUG"))))


def call(words: Sequence[str], *, debug: bool = False) -> int:
    """Do what the words say; the exit code."""
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)  # else the next file that is opened would be taken for it
    if sys.stdout is None:
        return _tell("standard output is closed; let it go somewhere, such as > /dev/null", REFUSED)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the locale is
    try:
        code = app(words)(args=list(words), prog_name="jiesu", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # `jiesu … | head`: whoever read has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except TyperException as error:
        return _tell(f"{_usage(error)}; see {_command(error)} --help", WRONG_USE)
    except Exception as error:  # noqa: BLE001 - here every error ends, as a sentence
        if debug:
            traceback.print_exc()
        return _tell(*sentence(error))
    return code if isinstance(code, int) else 0


def app(words: Sequence[str]) -> Commands:
    """The program with the module of the command that *words* begin with; with all where they name none."""
    named = [module for module, names in MODULES.items() if words and words[0] in names]
    whole = Commands(context_settings={"help_option_names": ["-h", "--help"]})
    whole.callback(help=ABOUT, epilog=MORE)(_whole)  # also so that a single command keeps its name
    for module in named or MODULES:
        whole.add_typer(importlib.import_module(f"backend.cli.{module}").commands)
    return whole


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - how an option calls back
    if asked:
        typer.echo(f"jiesu {version_of('jiesu')}")
        raise typer.Exit


def _whole(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version and leave.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    pass


def _usage(error: TyperException) -> str:
    words = " ".join(error.format_message().split()).rstrip(".?")
    return words[:1].lower() + words[1:] if words else "that is not how it is used"


def _command(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "jiesu"


def _tell(words: str, code: int) -> int:
    if sys.stderr is not None:
        with suppress(OSError):  # nobody hears it; the exit code remains
            sys.stderr.write(f"jiesu: {words}\n")
    return code
