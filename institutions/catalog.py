"""Reads institutions from their TOML files, and says in one sentence what is wrong with a bad one.

Always the file, the key and the reason: ``school.toml: categories.2.department:
there is no department 'x'``. Lists count from 0. Nothing is read at import.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from institutions import places
from institutions.guidance import Offices, others
from institutions.model import Institution
from institutions.words import Wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pydantic_core import ErrorDetails

    from institutions.guidance import Elsewhere

BUILT_IN = Path(__file__).parent

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


def read(path: Path) -> Institution:
    """The institution in one file, which bears its id as name. Raises: BadInstitution."""
    data = _table(path)
    try:
        institution = Institution.model_validate(data)
    except ValidationError as error:
        raise _bad(path.name, data, error) from error
    if institution.id != path.stem:
        raise BadInstitution(path.name, "id", f"{institution.id!r} must be the file's name, {path.stem!r}")
    return _with_offices(_with_places(institution, path), path)


def _with_offices(institution: Institution, path: Path) -> Institution:
    """The institution, after its own matters that are not ours with those that are the usual other offices'."""
    if institution.takes is None:
        return institution
    try:
        usual = others(offices(), institution.takes)
    except Wrong as error:
        raise BadInstitution(path.name, error.key, error.reason) from error
    return institution.model_copy(update={"elsewhere": institution.elsewhere + usual})


@cache
def offices() -> tuple[Elsewhere, ...]:
    """The offices that most institutions send people to. Raises: BadInstitution."""
    path = BUILT_IN / "shared" / "offices.toml"
    data = _table(path)
    try:
        return Offices.model_validate(data).office
    except ValidationError as error:
        raise _bad(path.name, data, error) from error


def _with_places(institution: Institution, path: Path) -> Institution:
    """The institution with the whole path of its gazetteer, which lies beside its file or among the built-in ones."""
    if not institution.places:
        return institution
    files = [folder / institution.places for folder in (path.parent, BUILT_IN / "places")]
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise BadInstitution(path.name, "places", f"there is no file {institution.places!r} beside it")
    return institution.model_copy(update={"places": str(found.resolve())})


def load_all(folder: Path = BUILT_IN) -> dict[str, Institution]:
    """Every institution of a folder by its id; the built-in ones are read once.

    Raises: BadInstitution: one is bad, two have one code, or there is none.
    """
    return dict(_built_in() if folder == BUILT_IN else _load(folder))


def check_slots(institution: Institution, known: Collection[str]) -> None:
    """Refuse a slot that nobody can ask for; *known* are all there are. Raises: BadInstitution."""
    for key, slots in (("required", institution.required), ("optional", institution.optional)):
        _check(institution, key, slots, known, "slot")
    for index, paper in enumerate(institution.papers):
        _check(institution, f"papers.{index}.slots", paper.slots, known, "slot")


def check_places(institution: Institution) -> None:
    """Refuse a gazetteer that cannot be read. Raises: BadInstitution."""
    try:
        if institution.places:
            places.read(Path(institution.places))
    except places.BadPlaces as error:
        raise BadInstitution(f"{institution.id}.toml", "places", str(error)) from error


def check_stages(institution: Institution, known: Collection[str]) -> None:
    """Refuse a status that the lifecycle does not have; *known* are all there are. Raises: BadInstitution."""
    _check(institution, "stages", institution.stages, known, "status")
    for name, clock in institution.clocks.items():
        _check(institution, f"clocks.{name}.starts", (clock.starts,), known, "status")
        _check(institution, f"clocks.{name}.begins", tuple(clock.begins.values()), known, "status")
        _check(institution, f"clocks.{name}.stops", clock.stops, known, "status")


def _check(institution: Institution, key: str, given: Sequence[str], known: Collection[str], what: str) -> None:
    if unknown := next((item for item in given if item not in known), None):
        reason = f"there is no {what} {unknown!r}; there are {', '.join(sorted(known))}"
        raise BadInstitution(f"{institution.id}.toml", key, reason)


@cache
def _built_in() -> dict[str, Institution]:
    return _load(BUILT_IN)


def _load(folder: Path) -> dict[str, Institution]:
    found: dict[str, Institution] = {}
    codes: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        institution = read(path)
        if other := codes.get(institution.code):
            raise BadInstitution(path.name, "code", f"{institution.code!r} is already the code of {other}")
        codes[institution.code] = path.name
        found[institution.id] = institution
    if not found:
        raise BadInstitution(folder.name, "", "there is no institution (a .toml file) in this folder")
    return found


def _table(path: Path) -> dict[str, Any]:
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


def _bad(source: str, data: dict[str, Any], error: ValidationError) -> BadInstitution:
    """The first thing that is wrong; where two types were possible, the one that was meant."""
    errors = error.errors(include_url=False)
    first = next((e for e in errors if e["type"] not in SHADOWED), errors[0])
    key, named = _place(data, first["loc"], keep=first["type"] in {"missing", "extra_forbidden"})
    inner, reason = _reason(first)
    if inner:
        key, named = _place(data, (*first["loc"], *(int(p) if p.isdigit() else p for p in inner.split("."))), keep=True)
    return BadInstitution(source, key, f"{reason} ({named})" if named else reason)


def _place(data: object, loc: Sequence[str | int], *, keep: bool) -> tuple[str, str]:
    """The key in dots, and what the innermost list item on its way calls itself.

    Pydantic puts its own tags between the keys; what is not in the file is
    left out, except (*keep*) a last key that the error is about.
    """
    keys: list[str] = []
    named = ""
    for position, part in enumerate(loc):
        there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if there:
            data = cast("Any", data)[part]
            keys.append(str(part))
        elif keep and position == len(loc) - 1:
            keys.append(str(part))
        if isinstance(part, int) and isinstance(data, dict) and "id" in data:
            named = f"{'.'.join(keys)} is {data['id']!r}"
    return ".".join(keys), named


def _reason(error: ErrorDetails) -> tuple[str, str]:
    """A key below the error's place (or nothing) and the reason in plain words."""
    context = error.get("ctx", {})
    if isinstance(wrong := context.get("error"), Wrong):
        return wrong.key, wrong.reason
    facts = context | {"input": error["input"]}
    if "pattern" in facts:
        facts["pattern"] = LOOKS.get(facts["pattern"], facts["pattern"])
    return "", PLAIN.get(error["type"], error["msg"]).format_map(facts)
