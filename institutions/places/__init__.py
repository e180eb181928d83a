"""A city's own places, read from one CSV file: ``places = "my_city.csv"`` in an institution's file.

Columns: kind (district, street, community, road, poi), name, aliases (other
and old names, ``|`` between them), parent (the name it lies in, or a path
``东区/河街道`` where two bear it), lat, lon (degrees, WGS 84). All but kind and
name may be empty. UTF-8 or GB18030; comma, semicolon or tab. Finding places in
a text is ``nlp.where.gazetteer``'s work.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KINDS = ("district", "street", "community", "road", "poi")
"""From wide to narrow; a parent is of a kind before its child's, or of the same."""
COLUMNS = ("kind", "name", "aliases", "parent", "lat", "lon")
LONGEST = 40  # characters of a name


@dataclass(frozen=True, slots=True)
class Row:
    """One place. ``parents``: the places it lies in, the nearest first, by their position in the file."""

    kind: str
    name: str
    aliases: tuple[str, ...]
    parents: tuple[int, ...]
    lat: float | None
    lon: float | None


class BadPlaces(Exception):
    """A file of places cannot be used; the sentence has file, line, column and reason."""

    def __init__(self, source: str, line: int, column: str, reason: str) -> None:
        where = [f"line {line}"] if line else []
        super().__init__(": ".join([source, ", ".join([*where, *([column] if column else [])]) or "the file", reason]))
        self.source, self.line, self.column, self.reason = source, line, column, reason


@lru_cache(maxsize=16)
def read(path: Path) -> tuple[Row, ...]:
    """Every place of the file, in its order; read once a process. Raises: BadPlaces."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadPlaces(path.name, 0, "", f"cannot be read: {error.strerror}") from error
    return parse(_decoded(path.name, content), path.name)


def parse(text: str, source: str) -> tuple[Row, ...]:
    """The places a CSV text tells. Raises: BadPlaces."""
    head = text.partition("\n")[0]
    lines = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        columns = [name.strip().lower() for name in next(lines, [])]
        for name in COLUMNS[:2]:
            if name not in columns:
                raise BadPlaces(source, 1, name, f"there is no such column; the first line is {','.join(COLUMNS)}")
        numbered = [
            (lines.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=False)))
            for cells in lines
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise BadPlaces(source, lines.line_num, "", f"this is no CSV: {error}") from None
    if not numbered:
        raise BadPlaces(source, 0, "", "there is no place in it")
    return _placed(source, numbered)


def _decoded(source: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadPlaces(source, line, "", "this is neither UTF-8 nor GB18030; save the file as UTF-8") from None


def _placed(source: str, numbered: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Row, ...]:
    """Rows with their parents found; a parent may stand after its children."""
    told = list(numbered)
    by_name: dict[str, list[int]] = {}
    for index, (line, cells) in enumerate(told):
        _check(source, line, cells)
        by_name.setdefault(cells["name"], []).append(index)
    above = [_parent(source, told, by_name, index) for index in range(len(told))]
    seen: dict[tuple[str, str, int | None], int] = {}
    rows = []
    for index, (line, cells) in enumerate(told):
        key = (cells["kind"], cells["name"], above[index])
        if key in seen:
            raise BadPlaces(source, line, "name", f"{cells['name']!r} stands there twice, also in line {seen[key]}")
        seen[key] = line
        aliases = tuple(alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip())
        lat, lon = _degrees(source, line, cells)
        rows.append(Row(cells["kind"], cells["name"], aliases, _chain(source, line, above, index), lat, lon))
    return tuple(rows)


def _check(source: str, line: int, cells: Mapping[str, str]) -> None:
    if cells["kind"] not in KINDS:
        raise BadPlaces(source, line, "kind", f"{cells['kind']!r} is not one of {', '.join(KINDS)}")
    if len(name := cells.get("name", "")) < 2:
        raise BadPlaces(source, line, "name", f"{name!r} is too short for a name; it must have two characters")
    if len(name) > LONGEST:
        raise BadPlaces(source, line, "name", f"{name[:LONGEST]!r}… is longer than {LONGEST} characters")


def _parent(
    source: str, told: list[tuple[int, Mapping[str, str]]], by_name: Mapping[str, list[int]], index: int
) -> int | None:
    """The position of the parent that this row names. A path says which of several."""
    line, cells = told[index]
    *outer, name = cells.get("parent", "").split("/")
    if not name:
        return None
    level = KINDS.index(cells["kind"])
    found = [i for i in by_name.get(name, ()) if i != index and KINDS.index(told[i][1]["kind"]) <= level]
    if outer:
        found = [i for i in found if told[i][1].get("parent", "").split("/")[-1] == outer[-1]]
    if not found:
        raise BadPlaces(source, line, "parent", f"there is no {cells['parent']!r} that {cells['name']!r} could lie in")
    if len(found) > 1:
        lines = ", ".join(str(told[i][0]) for i in found)
        raise BadPlaces(
            source, line, "parent", f"{name!r} is said of several (lines {lines}); write the path, as in 东区/{name}"
        )
    return found[0]


def _chain(source: str, line: int, above: list[int | None], index: int) -> tuple[int, ...]:
    chain: list[int] = []
    at = above[index]
    while at is not None:
        if at == index or at in chain:
            raise BadPlaces(source, line, "parent", "these places lie in one another in a circle")
        chain.append(at)
        at = above[at]
    return tuple(chain)


def _degrees(source: str, line: int, cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    told = cells.get("lat", ""), cells.get("lon", "")
    if not any(told):
        return None, None
    degrees = []
    for column, text, most in zip(("lat", "lon"), told, (90, 180), strict=True):
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not abs(number) <= most:
            raise BadPlaces(
                source, line, column, f"{text!r} is no number from -{most} to {most}; leave both empty or none"
            )
        degrees.append(number)
    return degrees[0], degrees[1]
