"""Everything that is wrong with an institution's file, not only what stops it first.

What is wrong is taken out, and the rest is looked at again: a bad weight in
one category must not hide an unknown department in another. What hangs only
on something that was taken out is not held against the file.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from institutions.mistakes import BadInstitution, dotted, faults, table, told, undotted
from institutions.model import Institution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from institutions.mistakes import Fault
    from institutions.words import Wrong

    Keys = tuple[str | int, ...]

STAND_INS: dict[str, Any] = {
    "code": "ZZ",
    "name": "?",
    "name_en": "?",
    "accepts": "?",
    "accepts_en": "?",
    "default_department": "",
    "clocks": {},
}
"""For what is missing at the top, so that the rest can be looked at."""


class Looked(NamedTuple):
    """What a look through a file found. ``institution``: what is left without its mistakes, if it is one at all."""

    institution: Institution | None
    mistakes: list[BadInstitution]
    place: Callable[[str], str] = str  # of what is left -> in the file, where items of a list may stand elsewhere


def look(path: Path) -> Looked:
    """All that is wrong with the file for itself; which slots and statuses exist is not known here."""
    try:
        data = table(path)
    except BadInstitution as error:
        return Looked(None, [error])
    patient = _Patient(data)
    mistakes = [told(path.name, data, keys, reason) for keys, reason in patient.mend(path.stem)]
    if isinstance(data.get("id"), str) and data["id"] != path.stem and not any(each.key == "id" for each in mistakes):
        reason = f"{data['id']!r} must be the file's name, {path.stem!r}"
        mistakes.insert(0, BadInstitution(path.name, "id", reason))
    return Looked(patient.institution, mistakes, lambda key: dotted(patient.original(undotted(key))))


class _Patient:
    """A file's data while its mistakes are taken out; keys are told as the file has them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.institution: Institution | None = None
        self._data: dict[str, Any] = deepcopy(data)
        self._places: dict[int, list[int]] = {}  # a shortened list -> where its items stood
        self._order = {key: place for place, key in enumerate(data)}
        self._out: set[str] = set()  # what was taken out, by its name, or stood in for

    def mend(self, key: str) -> list[tuple[Keys, str]]:
        """What is wrong and where, until it is an institution or nothing more can be taken out."""
        found: dict[Keys, str] = {}
        while self.institution is None:
            unfit: list[Wrong] = []
            try:
                self.institution = Institution.model_validate(self._data, context=unfit)
            except ValidationError as error:
                wrong = faults(self._data, error)
                told_now = {self.original(fault.keys): fault.reason for fault in wrong}
                found = told_now | found
                if not self._take_out(wrong, key):
                    break
            else:
                found |= {self.original(undotted(one.key)): one.reason for one in unfit if not self._hangs_on(one)}
        return sorted(found.items(), key=lambda pair: (self._order.get(str(pair[0][0]), -1), _sortable(pair[0])))

    def _take_out(self, wrong: Sequence[Fault], key: str) -> bool:
        """Whether anything could be taken out; from the end, so that the places before it stay."""
        at_the_top = {str(each.keys[0]) for each in wrong if len(each.keys) == 1 and (each.absent or _needed(each))}
        rest = {each.keys[:-1] if each.absent else each.keys for each in wrong} - {()}
        rest -= {(name,) for name in at_the_top}
        stood = [self._stand_in(name, key) for name in at_the_top]
        return any([*stood, *(self._remove(keys) for keys in sorted(rest, key=_sortable, reverse=True))])

    def _stand_in(self, name: str, key: str) -> bool:
        stand_in = STAND_INS.get(name, key if name == "id" else None)
        if stand_in is None or self._data.get(name) == stand_in:
            return False
        self._data[name] = stand_in
        self._out.add(str(stand_in))
        return True

    def _remove(self, keys: Keys) -> bool:
        holder: Any = self._data
        for part in keys[:-1]:
            try:
                holder = holder[part]
            except (KeyError, IndexError, TypeError):
                return False
        last = keys[-1]
        if isinstance(holder, list) and isinstance(last, int) and last < len(holder):
            self._places.setdefault(id(holder), list(range(len(holder)))).pop(last)
        elif not (isinstance(holder, dict) and last in holder):
            return False
        gone = holder.pop(last)
        if isinstance(gone, dict):
            self._out.add(str(gone.get("id", last)))
        return True

    def original(self, keys: Keys) -> Keys:
        """The same place in the file as it is."""
        here: Any = self._data
        places: list[str | int] = []
        for part in keys:
            known = self._places.get(id(here), []) if isinstance(part, int) else []
            places.append(known[part] if isinstance(part, int) and part < len(known) else part)
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                here = None
        return tuple(places)

    def _hangs_on(self, wrong: Wrong) -> bool:
        return any(repr(name) in wrong.reason for name in self._out)


def _needed(fault: Fault) -> bool:
    return fault.keys[0] in {"id", *STAND_INS}


def _sortable(keys: Keys) -> tuple[str, ...]:
    return tuple(str(part).zfill(4) for part in keys)
