"""Reads institutions from their TOML files, and says in one sentence what is wrong with a bad one.

Always the file, the key and the reason: ``school.toml: categories.2.department:
there is no department 'x'``. Lists count from 0. Nothing is read at import.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from institutions import places
from institutions.guidance import Offices, others
from institutions.mistakes import BadInstitution as BadInstitution
from institutions.mistakes import first, table
from institutions.model import Institution
from institutions.words import Wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from institutions.guidance import Elsewhere

BUILT_IN = Path(__file__).parent


def read(path: Path) -> Institution:
    """The institution in one file, which bears its id as name. Raises: BadInstitution."""
    data = table(path)
    try:
        institution = Institution.model_validate(data)
    except ValidationError as error:
        raise first(path.name, data, error) from error
    if institution.id != path.stem:
        raise BadInstitution(path.name, "id", f"{institution.id!r} must be the file's name, {path.stem!r}")
    return whole(institution, path)


def whole(institution: Institution, path: Path) -> Institution:
    """The institution with what its file only names: its gazetteer's path, the usual offices. Raises: BadInstitution."""
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
    data = table(path)
    try:
        return Offices.model_validate(data).office
    except ValidationError as error:
        raise first(path.name, data, error) from error


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
    _refuse(strange_slots(institution, known))


def strange_slots(institution: Institution, known: Collection[str]) -> Iterator[BadInstitution]:
    """Every slot it names that is not *known*."""
    named = [("required", institution.required), ("optional", institution.optional)]
    named += [(f"required_by.{kind}", slots) for kind, slots in institution.required_by.items()]
    named += [(f"papers.{index}.slots", paper.slots) for index, paper in enumerate(institution.papers)]
    named.append(("casework.batch", institution.casework.batch))
    for key, slots in named:
        yield from _strange(institution, key, slots, known, "slot")


def check_places(institution: Institution) -> None:
    """Refuse a gazetteer that cannot be read. Raises: BadInstitution."""
    try:
        if institution.places:
            places.read(Path(institution.places))
    except places.BadPlaces as error:
        raise BadInstitution(f"{institution.id}.toml", "places", str(error)) from error


def check_stages(institution: Institution, known: Collection[str]) -> None:
    """Refuse a status that the lifecycle does not have; *known* are all there are. Raises: BadInstitution."""
    _refuse(strange_stages(institution, known))


def strange_stages(institution: Institution, known: Collection[str]) -> Iterator[BadInstitution]:
    """Every status it names that is not *known*."""
    yield from _strange(institution, "stages", institution.stages, known, "status")
    for name, clock in institution.clocks.items():
        yield from _strange(institution, f"clocks.{name}.starts", (clock.starts,), known, "status")
        yield from _strange(institution, f"clocks.{name}.begins", tuple(clock.begins.values()), known, "status")
        yield from _strange(institution, f"clocks.{name}.stops", clock.stops, known, "status")


def _refuse(found: Iterator[BadInstitution]) -> None:
    if mistake := next(found, None):
        raise mistake


def _strange(
    institution: Institution, key: str, given: Sequence[str], known: Collection[str], what: str
) -> Iterator[BadInstitution]:
    for item in given:
        if item not in known:
            near = "".join(f"; perhaps you mean {each}" for each in get_close_matches(item, known, n=1))
            reason = f"there is no {what} {item!r}; there are {', '.join(sorted(known))}{near}"
            yield BadInstitution(f"{institution.id}.toml", key, reason)


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
