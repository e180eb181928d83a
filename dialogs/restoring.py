"""Values out of the database as dataclasses again, however old the program that wrote them.

A conversation outlives the version of Jiesu it was begun with. What is missing
or no longer fits its field becomes the field's default, what is unknown is
dropped, and everything else stays: a citizen's words are never lost because we
changed a name. Nothing here knows what the values mean, but for ``mended``,
which brings what slots show and proposals choose from into the form that the
rest of the dialog relies on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dialogs.slots import SLOTS
from nlp.facts import Candidate, Proposal, Reason

T = TypeVar("T")
Reader = Callable[[Any], Any]
Moment = Annotated[str, "a time in ISO form, with its zone; empty: none"]
LONGEST = 64  # levels of what is written as text; deeper is no value of ours


class Misfit(Exception):
    """A value is not what its field holds."""

    def __init__(self, value: object) -> None:
        super().__init__(f"{type(value).__name__} does not fit")


def restored(kind: type[T], state: object) -> T:
    """The dataclass that ``plain`` wrote. Raises: Misfit: it is none, or a field without default cannot be read."""
    return kind(**_arguments(kind, state))


def plain(value: Any) -> Any:
    """Dataclasses as plain JSON, through tuples; other values as they are, since nothing in them is ever changed."""
    kind: Any = type(value)
    if kind in AS_IT_IS:
        return value
    if kind is tuple:
        return [plain(each) for each in value]
    if (names := _names(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, str) else value  # a language is said without its voice


AS_IT_IS = frozenset({str, int, float, bool, dict, list, NoneType})
"""Kinds of values that JSON writes as they are; most of a conversation's."""


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def mended(values: dict[str, Any]) -> dict[str, Any]:
    """A draft's values, each in the form that its slot shows; what is none becomes words."""
    found = {key: _shaped(key, value) for key, value in values.items() if value not in (None, "", [], {})}
    return {key: value for key, value in found.items() if value is not None}


def proposed(proposal: Any) -> dict[str, Any] | None:
    """A proposal that can be shown and chosen from, or None: it is made anew from the next words."""
    if not isinstance(proposal, dict) or not proposal.keys() >= {each.name for each in _needed(Proposal)}:
        return None
    whole = _all(Candidate, proposal["top"]) and proposal["top"] and _all(Reason, proposal["why"])
    return proposal if whole and isinstance(proposal["confidence"], float | int) else None


def _arguments(kind: type, state: object) -> dict[str, Any]:
    if not isinstance(state, dict):
        raise Misfit(state)
    told = {}
    for name, (read, needed) in _readers(kind).items():
        if name not in state:
            if needed:
                raise Misfit(None)
            continue
        try:
            told[name] = read(state[name])
        except Misfit:
            if needed:
                raise
    return told


@cache
def _readers(kind: Any) -> dict[str, tuple[Reader, bool]]:
    """How each field is read, and whether it must be there."""
    hints, needed = get_type_hints(kind, include_extras=True), {each.name for each in _needed(kind)}
    return {each.name: (_reader(hints[each.name]), each.name in needed) for each in fields(kind)}


def _needed(kind: Any) -> list[Field[Any]]:
    return [each for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING]


def _reader(hint: Any) -> Reader:
    """What reads a value of that type, or raises Misfit."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda value: value
    if hint == Moment:
        return _moment
    if origin in (Union, UnionType):
        return _either([_reader(each) for each in args], none=NoneType in args)
    if origin is tuple:
        return _series(_reader(args[0])) if args[-1] is Ellipsis else _row([_reader(each) for each in args])
    if origin is dict:
        return _by_key(_reader(args[1]))
    if origin is Literal:
        return _one_of(args)
    if is_dataclass(hint):
        return lambda value: restored(hint, value)  # type: ignore[arg-type]  # it is a class, not one of its values
    return _of_kind(hint)


def _of_kind(kind: type) -> Reader:
    if kind is NoneType:
        return _one_of((None,))
    if issubclass(kind, Enum):
        return _member(kind)
    wanted = (int, float) if kind is float else kind

    def read(value: Any) -> Any:
        if type(value) is kind:
            return value
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
            raise Misfit(value)
        return value

    return read


def _member(kind: type[Enum]) -> Reader:
    def read(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise Misfit(value) from None

    return read


def _moment(value: Any) -> str:
    if value == "":
        return ""
    with suppress(TypeError, ValueError):
        if datetime.fromisoformat(value).tzinfo is not None:
            return str(value)
    raise Misfit(value)


def _one_of(values: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if not any(value is each or (isinstance(each, str) and value == each) for each in values):
            raise Misfit(value)
        return value

    return read


def _either(readers: list[Reader], *, none: bool) -> Reader:
    """``none``: what is None is that, whatever else it might be read as."""

    def read(value: Any) -> Any:
        if value is None and none:
            return None
        for each in readers:
            with suppress(Misfit):
                return each(value)
        raise Misfit(value)

    return read


def _series(reader: Reader) -> Reader:
    """Any number of them; those that do not fit are left out."""

    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise Misfit(value)
        found = []
        for each in value:
            with suppress(Misfit):
                found.append(reader(each))
        return tuple(found)

    return read


def _row(readers: list[Reader]) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple) or len(value) != len(readers):
            raise Misfit(value)
        return tuple(reader(each) for reader, each in zip(readers, value, strict=True))

    return read


def _by_key(reader: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit(value)
        found = {}
        for key, each in value.items():
            with suppress(Misfit):
                found[str(key)] = reader(each)
        return found

    return read


def _all(kind: type, rows: Any) -> bool:
    """Whether these are rows of that kind."""
    names = {each.name for each in fields(kind)}
    return isinstance(rows, list | tuple) and all(isinstance(row, dict) and row.keys() >= names for row in rows)


WHEN: dict[str, Any] = {"start": None, "end": None, "precision": None, "recurring": False}
WHERE: dict[str, Any] = {"lat": None, "lon": None, "pieces": {}}
FORMS = {"when": WHEN, "where": WHERE}
"""Slots whose values have parts, and the parts that an older one may lack."""


def _shaped(key: str, value: Any) -> Any:
    if key not in FORMS:
        return value if key not in SLOTS or isinstance(value, str | int) else _words(value)
    told = value if isinstance(value, dict) else {}
    text = told.get("text", value) if told.get("text") or not told else value
    shaped = {**FORMS[key], **told, "text": _words(text)}
    if key == "where":
        return shaped if isinstance(shaped["pieces"], dict) else {**shaped, "pieces": {}}
    return shaped if _dated(shaped) else {**WHEN, "text": shaped["text"]}


def _dated(when: dict[str, Any]) -> bool:
    """Whether its times can be read."""
    try:
        times = [datetime.fromisoformat(when[key]) for key in ("start", "end") if when[key] is not None]
    except (TypeError, ValueError):
        return False
    return len({at.tzinfo is None for at in times}) <= 1 and isinstance(when["precision"], str | NoneType)


def _words(value: Any, depth: int = 0) -> str:
    """Any value as the words in it."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else None
    if parts is None or depth > LONGEST:
        return str(value)
    return " ".join(_words(each, depth + 1) for each in parts if each not in (None, "", [], {}))
