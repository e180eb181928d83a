"""Tables that people bring: CSV as spreadsheets write it, in UTF-8 (with a mark or without) or GB18030.

What is wrong with a file is said with its line, or with the columns it has.
"""

from __future__ import annotations

import codecs
import csv
import errno
import io
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from backend.cli.errors import Refused, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_FIELD = 10_000_000  # characters
SEPARATORS = {"\t": "tabs", ";": "semicolons"}
"""What spreadsheets write instead of commas."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows by column name. ``lines`` has the line on which each begins, ``encoding`` how it was written."""

    path: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    lines: list[int]
    encoding: str


def read(path: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a file that has these columns and perhaps more. Raises: WrongUse."""
    return table(path, columns).rows


def table(path: str, columns: Sequence[str]) -> Table:
    """The whole file; it must have these columns and a row. Raises: WrongUse."""
    text, encoding = _text(path)
    parsed = _parsed(path, text)
    _, header = next(parsed, (0, []))
    if not any(header):
        raise WrongUse(f"{path} is empty", "give it a line of column names and rows below it")
    if header.count("") > 1:
        trouble = f"{path} has {header.count('')} columns without a name"
        raise WrongUse(trouble, "name them, or delete them if they are empty")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise WrongUse(f"{path} has the column {_listed(twice)} twice", "rename one of them")
    if missing := [name for name in columns if name not in header]:
        raise _no_column(path, missing, header)
    rows, lines = [], []
    for line, fields in parsed:
        if len(fields) > len(header):
            trouble = f"{path} line {line} has {len(fields)} fields, its header {len(header)}"
            raise WrongUse(trouble, "put a field that holds commas into quotation marks")
        if fields:
            rows.append(dict.fromkeys(header, "") | dict(zip(header, fields, strict=False)))
            lines.append(line)
    if not rows:
        raise WrongUse(f"{path} has column names and no row", "give it at least one row")
    return Table(path, tuple(header), rows, lines, encoding)


def write(path: str, columns: Sequence[str], rows: Sequence[dict[str, str]], *, encoding: str) -> None:
    """Write the whole file or leave what was there. Raises: Refused."""
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, columns)
    writer.writeheader()
    writer.writerows(rows)
    save(path, held.getvalue().encode(encoding))


def save(path: str, data: bytes) -> None:
    """Write these bytes whole, or leave what was there. Raises: Refused."""
    try:
        target = Path(os.path.realpath(path))  # what a link points to is written, the link stays
        if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise _not_written(path, error) from error


def require_place(path: str) -> None:
    """Find out before the long work whether a file can be put there; leaves nothing behind. Raises: Refused."""
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.is_file() or not target.exists():
            with TemporaryFile(dir=target.parent):
                pass
    except OSError as error:
        raise _not_written(path, error) from error


def _replace(target: Path, data: bytes) -> None:
    fresh = target.with_name(f".{os.getpid()}.jiesu")
    try:
        fresh.write_bytes(data)
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _not_written(path: str, error: OSError) -> Refused:
    return Refused(f"{path} cannot be written ({error.strerror})", "choose another place")


def _no_column(path: str, missing: Sequence[str], header: Sequence[str]) -> WrongUse:
    if len(header) == 1 and (mark := next((mark for mark in SEPARATORS if mark in header[0]), "")):
        return WrongUse(f"{path} is separated by {SEPARATORS[mark]}", "save it as CSV with commas")
    return WrongUse(f"{path} has no column {_listed(missing)}", f"choose among those it has: {_listed(header)}")


def _text(path: str) -> tuple[str, str]:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror})", "name a CSV file") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise WrongUse(f"{path} is in UTF-16", "save it as CSV in UTF-8")
    if (at := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, at) + 1
        raise WrongUse(f"{path} line {line} holds a NUL, so it is no CSV", "save it as CSV in UTF-8")
    marked = data.startswith(codecs.BOM_UTF8)
    for encoding in ("utf-8-sig" if marked else "utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise WrongUse(f"{path} is neither UTF-8 nor GB18030", "save it as CSV in UTF-8")


def _parsed(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; quoted line breaks belong to their field."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for fields in reader:
            yield begins, fields
            begins = reader.line_num + 1
    except csv.Error as error:
        trouble = f"{path} cannot be read from line {begins} on ({error})"
        raise WrongUse(trouble, "look there for a quotation mark that is not closed or not doubled") from error


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
