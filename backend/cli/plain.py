"""Commands whose help is plain text, in the words that people know from other programs: ``NAME``, not ``{NAME} <str>``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Callable

BRACED = re.compile(r"\{(\w+)\}")
KIND = re.compile(r"(?<=\w) <\w+>")


class PlainCommand(TyperCommand):
    """A command with such help."""

    def get_help(self, ctx: Any) -> str:
        """Without the kinds of arguments, which are all text; what stands behind them stays where it is."""
        return KIND.sub(lambda kind: " " * len(kind[0]), BRACED.sub(r"\1", super().get_help(ctx)))


class Commands(typer.Typer):
    """A group of them."""

    def __init__(self, **how: Any) -> None:
        super().__init__(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **how)

    def command(self, name: str | None = None, **how: Any) -> Callable[[Any], Any]:
        """As typer's."""
        return super().command(name, **{"cls": PlainCommand} | how)
