"""How long a promise is for one case: what is said of its matter comes before what is said of all.

The matter's length, else the category's, else the kind's, else the grade's or
the clock's own. An emergency is not slowed down by any of them: it has the
shortest. When such a promise ends, calendars tell: ``backend.domain.clock``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from institutions.duty import EMERGENCY_GRADE
from institutions.lengths import LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from institutions.model import Institution, Matter

MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "wm": 1, "wh": 60, "wd": 24 * 60}


class Promise(NamedTuple):
    """A length and what it is said of."""

    length: str
    of: str  # matter, category, kind, grade, all


def length_of(
    institution: Institution, name: str, *, category_id: str, matter_id: str | None, kind: str, grade: str
) -> str | None:
    """The length of the clock *name* for such a case; None: no such promise. See ``promise``. Raises: KeyError."""
    found = promise(institution, name, category_id=category_id, matter_id=matter_id, kind=kind, grade=grade)
    return found.length if found else None


def promise(
    institution: Institution, name: str, *, category_id: str, matter_id: str | None, kind: str, grade: str
) -> Promise | None:
    """What the clock *name* promises such a case; None: nothing.

    ``matter_id`` is a path ``category/matter``. A category or matter that the
    institution no longer has says nothing. Raises: KeyError: no such clock.
    """
    clock = institution.clocks[name]
    if clock.kinds and kind not in clock.kinds:
        return None
    said = [
        Promise(item.clocks[name], of)
        for of, item in _most_special_first(institution, category_id, matter_id)
        if name in item.clocks
    ]
    said += [Promise(length, "kind") for told, length in clock.by_kind.items() if told == kind]
    if isinstance(clock.length, str):
        said.append(Promise(clock.length, "all"))
    else:
        said += [Promise(length, "grade") for told, length in clock.length.items() if told == grade]
    if grade == EMERGENCY_GRADE:
        return min(said, key=lambda each: shortness(each.length), default=None)
    return said[0] if said else None


def starts_at(institution: Institution, name: str, category_id: str) -> str:
    """The status that starts the clock *name* for that category. Raises: KeyError: no such clock."""
    clock = institution.clocks[name]
    return clock.begins.get(category_id, clock.starts)


def shortness(length: str) -> tuple[int, bool]:
    """What lengths are compared by, whatever day they begin on: as if all time were worked; of two alike, by the clock.

    Raises: ValueError: that is no length.
    """
    found = LENGTH.fullmatch(length)
    if found is None:
        raise ValueError(length)
    return int(found[1]) * MINUTES[found[2]], found[2].startswith("w")


def _most_special_first(
    institution: Institution, category_id: str, matter_id: str | None
) -> Iterator[tuple[str, Matter]]:
    for category in institution.categories:
        if category.id == category_id:
            for matter in category.matters:
                if f"{category.id}/{matter.id}" == matter_id:
                    yield "matter", matter
            yield "category", category
