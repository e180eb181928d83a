"""What is wrong with an institution's file, in an operator's words: the file, the key and the reason.

Keys are written with dots, lists count from 0. Which of several mistakes are
told is the caller's: ``catalog`` refuses a file for its first, ``mending``
goes on to all of them.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from institutions.words import Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

PLAIN = {
    "missing": "this key is missing",
    "extra_forbidden": "there is no such key",
    "string_type": "this must be text in quotation marks, not {input!r}",
    "bool_type": "this must be true or false, not {input!r}",
    "bool_parsing": "this must be true or false, not {input!r}",
    "tuple_type": "this must be a list in [ ], not {input!r}",
    "dict_type": "this must be a table of keys and values, not {input!r}",
    "model_type": "this must be a table of keys and values, not {input!r}",
    "float_type": "this must be a number, not {input!r}",
    "float_parsing": "this must be a number, not {input!r}",
    "string_pattern_mismatch": "{input!r} does not fit here; it must look like {pattern}",
    "literal_error": "{input!r} is not one of {expected}",
    "too_short": "there must be at least {min_length}",
    "string_too_short": "this must not be empty",
    "string_too_long": "this has more than {max_length} characters",
    "int_type": "this must be a whole number, not {input!r}",
    "int_parsing": "this must be a whole number, not {input!r}",
    "greater_than": "this must be more than {gt}, not {input!r}",
    "greater_than_equal": "this must be at least {ge}, not {input!r}",
    "less_than": "this must be less than {lt}, not {input!r}",
    "less_than_equal": "this must be at most {le}, not {input!r}",
}
"""Pydantic's error types in an operator's words."""

LOOKS = {
    r"^[a-z][a-z0-9_]*$": "road_works (small letters, digits and _)",
    r"^[A-Z]{2}$": "HL (two capital letters)",
}
"""The model's patterns in an operator's words."""

SHADOWED = frozenset({"string_type", "dict_type"})
"""What a choice of two types says of the type that was not meant."""


class BadInstitution(Exception):
    """An institution's file cannot be used. ``key`` is empty where the whole file is meant."""

    def __init__(self, source: str, key: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (source, key, reason) if part))
        self.source, self.key, self.reason = source, key, reason


class Fault(NamedTuple):
    """One thing that is wrong in a file's data: its keys down to it, and what to say of it."""

    keys: tuple[str | int, ...]
    reason: str
    absent: bool  # the last key is not there, and should be
    shadowed: bool  # said of a type that may not have been meant


def table(path: Path) -> dict[str, Any]:
    """What stands in a TOML file. Raises: BadInstitution."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInstitution(path.name, "", f"cannot be read: {error.strerror}") from error
    try:
        return tomllib.loads(content.decode("utf-8-sig"))  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInstitution(path.name, f"line {line}", "this is not UTF-8; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path.name, str(error), content) from error
    except RecursionError:
        raise BadInstitution(path.name, "", "this holds too many brackets within brackets") from None


def _not_toml(source: str, message: str, content: bytes) -> BadInstitution:
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    text, line = found.groups() if found else (message.partition(" (at")[0], str(content.count(b"\n") + 1))
    return BadInstitution(source, f"line {line}", f"this is not TOML: {text}")


def faults(data: dict[str, Any], error: ValidationError) -> list[Fault]:
    """All that is wrong, in the order of the model's keys; where two types were possible, of the one that was meant."""
    found = [_fault(data, each) for each in error.errors(include_url=False) if not _follows(each)]
    meant = [fault for fault in found if not fault.shadowed]
    said: dict[tuple[str | int, ...], Fault] = {}
    for fault in found:
        if not fault.shadowed or not any(one.keys[: len(fault.keys)] == fault.keys for one in meant):
            said.setdefault(fault.keys, fault)
    return list(said.values())


def first(source: str, data: dict[str, Any], error: ValidationError) -> BadInstitution:
    """The first of them that is surely meant."""
    found = faults(data, error)
    fault = next((each for each in found if not each.shadowed), found[0])
    return told(source, data, fault.keys, fault.reason)


def told(source: str, data: dict[str, Any], keys: Sequence[str | int], reason: str) -> BadInstitution:
    """The mistake at those *keys*, with what the innermost list item on its way calls itself."""
    named, here = "", cast("Any", data)
    for depth, part in enumerate(keys):
        if not _there(here, part):
            break
        here = here[part]
        if isinstance(part, int) and isinstance(here, dict) and "id" in here:
            named = f" ({dotted(keys[: depth + 1])} is {here['id']!r})"
    return BadInstitution(source, dotted(keys), f"{reason}{named}")


def dotted(keys: Sequence[str | int]) -> str:
    """The keys as operators read them: ``categories.2.department``."""
    return ".".join(str(key) for key in keys)


def undotted(key: str) -> tuple[str | int, ...]:
    """The keys of such a word."""
    return tuple(int(part) if part.isdecimal() else part for part in key.split("."))


def _fault(data: dict[str, Any], error: ErrorDetails) -> Fault:
    absent, strange = error["type"] == "missing", error["type"] == "extra_forbidden"
    keys = _place(data, error["loc"], keep=absent or strange)
    inner, reason = _reason(error)
    if inner:
        keys = _place(data, (*error["loc"], *undotted(inner)), keep=True)
    return Fault(keys, reason, absent, error["type"] in SHADOWED)


def _follows(error: ErrorDetails) -> bool:
    """Whether it only says that all items of a list are wrong, each of which is told itself."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _place(data: object, loc: Sequence[str | int], *, keep: bool) -> tuple[str | int, ...]:
    """The keys without the tags that pydantic puts between them.

    What is not in the file is left out, except (*keep*) a last key that the error is about.
    """
    keys: list[str | int] = []
    for position, part in enumerate(loc):
        if _there(data, part):
            data = cast("Any", data)[part]
            keys.append(part)
        elif keep and position == len(loc) - 1:
            keys.append(part)
    return tuple(keys)


def _there(data: object, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)


def _reason(error: ErrorDetails) -> tuple[str, str]:
    """A key below the error's place (or nothing) and the reason in plain words."""
    context = error.get("ctx", {})
    if isinstance(wrong := context.get("error"), Wrong):
        return wrong.key, wrong.reason
    facts = context | {"input": error["input"]}
    if "pattern" in facts:
        facts["pattern"] = LOOKS.get(facts["pattern"], facts["pattern"])
    return "", PLAIN.get(error["type"], error["msg"]).format_map(facts)
