"""Institutions as the backend takes them: their files, checked against the slots and statuses that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import Status
from backend.services.office.yearly import going_by
from dialogs.slots import SLOTS
from dialogs.wording import plain
from institutions import catalog, mending
from institutions.calendar import USUAL, Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from institutions.model import Institution


def load(calendar: Calendar = USUAL, *, own: Path | None = None, address: str = "") -> dict[str, Institution]:
    """All that come with the program and those of the folder *own*, by id; their working days by that calendar.

    ``address``: where citizens reach this deployment, for links that they are told.

    One of our own takes the place of one with the same id. Raises: BadInstitution.
    """
    ours = catalog.load_all(own) if own and _any_in(own) else {}
    there = catalog.load_all() | ours
    for one_of_them in (*ours.values(), *there.values()):  # the file that can be mended is named
        check_code(one_of_them, there.values())
    ready = {key: going_by(checked(institution), calendar) for key, institution in there.items()}
    return {key: one_.model_copy(update={"address": address}) for key, one_ in ready.items()} if address else ready


def _any_in(own: Path) -> bool:
    if not own.is_dir():
        raise catalog.BadInstitution(str(own), "", "there is no such folder; make it, or leave institutions out")
    return any(own.glob("*.toml"))


def names(own: Path | None = None) -> list[str]:
    """The ids of all there are, from their files' names."""
    return sorted({path.stem for folder in (catalog.BUILT_IN, own) if folder for path in folder.glob("*.toml")})


def one(key: str, own: Path | None = None) -> Institution:
    """One of them, much quicker than all. Raises: KeyError: there is no such; BadInstitution."""
    if key not in names(own):
        raise KeyError(key)
    ours = own / f"{key}.toml" if own else None
    return read(ours if ours and ours.is_file() else catalog.BUILT_IN / f"{key}.toml")


def read(path: Path) -> Institution:
    """The institution in one file. Raises: BadInstitution."""
    return checked(catalog.read(path))


def mistakes(path: Path) -> tuple[Institution | None, list[catalog.BadInstitution]]:
    """All that is wrong with a file, and what is left of it without that, if it is an institution at all."""
    left, found, place = mending.look(path)
    if left is None:
        return None, found
    named = [*catalog.strange_slots(left, SLOTS), *catalog.strange_stages(left, [status.value for status in Status])]
    found += [catalog.BadInstitution(each.source, place(each.key), each.reason) for each in named]
    found += plain.mistakes(left)
    try:
        left = catalog.whole(left, path)
        catalog.check_places(left)
    except catalog.BadInstitution as error:
        found.append(error)
    try:
        check_code(left)
    except catalog.BadInstitution as error:
        found.append(error)
    return left, found


def checked(institution: Institution) -> Institution:
    """The same. Raises: BadInstitution: it names a slot, a status or a sentence that does not exist, or its
    gazetteer or one of its own sentences is bad.
    """
    catalog.check_slots(institution, SLOTS)
    catalog.check_stages(institution, [status.value for status in Status])
    catalog.check_places(institution)
    plain.check(institution)
    return institution


def check_code(institution: Institution, others: Iterable[Institution] = ()) -> None:
    """Raises: BadInstitution: one of the *others* (none: those that come with the program) has the same code."""
    for other in others or catalog.load_all().values():
        if other.code == institution.code and other.id != institution.id:
            raise catalog.BadInstitution(
                f"{institution.id}.toml", "code", f"{other.code!r} is already the code of {other.id}"
            )
