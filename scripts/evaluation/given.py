"""What an evaluation is given: the folder with the data, how much to do, and the seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from backend.cli import tables

if TYPE_CHECKING:
    from pathlib import Path


class Missing(Exception):
    """The folder lacks a file; the figures that need it are left out."""

    def __init__(self, file: str) -> None:
        super().__init__(f"there is no {file}")
        self.file = file


class Letter(NamedTuple):
    """A labelled letter."""

    subject: str
    detail: str
    label: str


@dataclass(frozen=True, slots=True)
class Given:
    """``full``: the folds and their ablation as well, which take minutes."""

    data: Path
    full: bool = False
    seed: int = 1

    def file(self, name: str) -> Path:
        """A file below the folder. Raises: Missing."""
        path = self.data / name
        if not path.is_file():
            raise Missing(name)
        return path

    def letters(self, name: str) -> list[Letter]:
        """The labelled letters of ``citizen_messages/NAME``. Raises: Missing."""
        rows = tables.read(str(self.file(f"citizen_messages/{name}")), ["subject", "detail", "label"])
        return [Letter(row["subject"], row["detail"], row["label"]) for row in rows]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The JSON lines of ``slots/NAME``. Raises: Missing."""
        with self.file(f"slots/{name}").open(encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]
