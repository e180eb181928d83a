"""What WeChat posts, as plain fields: XML or JSON, whichever the account's owner chose, read the same.

XML is read with xmltodict, as wechatpy does, whose own messages would stumble
over a field that stands twice and know no newer event. What begins with
anything but the root, a document type above all, has thousands of elements or
nests them deeply is no message of WeChat's and is refused before anything grows.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.parsers.expat import ExpatError

import xmltodict

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = "str | dict[str, Value] | list[Value]"

DEEPEST, MOST = 8, 2000  # elements within each other; elements in all
_ROOT = re.compile(r"\s*(<\?xml[^<>]*\?>\s*)?<xml>")
"""How a push begins. A document type can only stand before the root."""
_QUOTED = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)


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
    text = text.removeprefix("\ufeff")
    return Push(_json(text) if text.lstrip()[:1] == "{" else _xml(text), text)


def text_of(body: bytes) -> str:
    """The bytes of a push as text. Raises: Malformed."""
    try:
        return body.decode()
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
    """An element that stands twice becomes a list, an empty one empty text; attributes are nobody's."""
    if not _ROOT.match(text) or _QUOTED.sub("", text).count("<") > 2 * MOST:
        raise Malformed("not WeChat's XML")
    try:
        told = xmltodict.parse(text, xml_attribs=False, postprocessor=_shallow)["xml"]
    except (ExpatError, ValueError):
        raise Malformed("no XML") from None
    return told if isinstance(told, dict) else {}


def _shallow(path: list[Any], name: str, value: Value | None) -> tuple[str, Value]:
    if len(path) > DEEPEST:
        raise Malformed("not WeChat's XML")
    return name, "" if value is None else value
