"""What WeChat posts, as plain fields: XML or JSON, whichever the account's owner chose, read the same.

A document type, a second root, deep nesting and thousands of elements are no
messages of WeChat's and are refused while they are read, so that nothing grows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = "str | dict[str, Value] | list[Value]"

DEEPEST, MOST = 8, 2000  # elements within each other; elements in all


class Malformed(Exception):
    """This is no message of WeChat's; the message says why, without what it held."""


@dataclass(frozen=True, slots=True)
class Push:
    """The fields of one push; numbers are kept as they were written."""

    fields: Mapping[str, Value]
    body: str  # as it came, decrypted

    def word(self, name: str) -> str:
        """That field, "" if it is not there. Raises: Malformed: it stands twice, or holds more than text."""
        value = self.fields.get(name, "")
        if not isinstance(value, str):
            raise Malformed(f"{name} is not one text")
        return value.strip()

    def number(self, name: str) -> int:
        """A whole number of at most 12 digits. Raises: Malformed."""
        text = self.word(name)
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise Malformed(f"{name} is no whole number")
        return int(text)

    def rows(self, *wrappers: str) -> list[dict[str, Value]]:
        """The entries of ``List`` in the first of these fields that is there, or beside them: one, several or none."""
        inside = next((value for name in wrappers if isinstance(value := self.fields.get(name), dict)), self.fields)
        listed = inside.get("List", [])
        return [row for row in (listed if isinstance(listed, list) else [listed]) if isinstance(row, dict)]


def read(text: str) -> Push:
    """The fields of a push. Raises: Malformed."""
    return Push(_json(text) if text.lstrip()[:1] == "{" else _xml(text), text)


def text_of(body: bytes) -> str:
    """The bytes of a push as text. Raises: Malformed."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None


def _json(text: str) -> dict[str, Value]:
    try:
        told = json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Malformed("no JSON") from None
    if not isinstance(told, dict):
        raise Malformed("no JSON object")
    told.pop("", None)
    return told


def _once(pairs: list[tuple[str, Value | bool | None]]) -> dict[str, Value]:
    """An object in which nothing stands twice; what is neither text nor more is text or nothing."""
    found: dict[str, Value] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(name)
        match value:
            case str():
                found[name] = _storable(value)
            case bool() | None:
                found[name] = "" if value is None else str(value).lower()
            case _:
                found[name] = value
    return found


def _storable(text: str) -> str:
    """Text that XML could hold as well: JSON can write half a character and a zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _xml(text: str) -> dict[str, Value]:
    reader = _Reader()
    try:
        return reader.read(text)
    except expat.ExpatError:
        raise Malformed("no XML") from None


class _Reader:
    """XML with elements and text in it, and nothing else; an element that stands twice becomes a list."""

    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, Value]]] = []
        self._text: list[str] = []
        self._count = 0
        self._root: dict[str, Value] = {}

    def read(self, text: str) -> dict[str, Value]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat takes it by place
        return self._root

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST or len(self._open) >= DEEPEST or (not self._open and name != "xml"):
            raise Malformed("not WeChat's XML")
        self._open.append((name, {}))
        self._text.clear()

    def _end(self, _: str) -> None:
        name, inside = self._open.pop()
        if not self._open:
            self._root = inside
            return
        value: Value = inside or "".join(self._text)
        self._text.clear()
        above = self._open[-1][1]
        if name not in above:
            above[name] = value
        elif isinstance(before := above[name], list):
            before.append(value)
        else:
            above[name] = [before, value]


def _refuse(*_: object) -> NoReturn:
    raise Malformed("a document type")
