"""What is left of institutions that are served no longer while cases of theirs are kept; made from the kept names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.store.naming import Naming
from institutions.gone import gone

if TYPE_CHECKING:
    from collections.abc import Container

    from backend.store.work import UnitOfWork
    from institutions.gone import Gone

OFFICE, CATEGORY = "department", "category"


def of(work: UnitOfWork, served: Container[str]) -> dict[str, Gone]:
    """Each that has cases, or had a name, and is not *served*, by its id, which stands for it where no name was kept."""
    names = {key: (kept[-1].name, kept[-1].name_en) for key, kept in Naming(work.conn).all().items()}
    left = {*(home for home, _, _ in names), *work.cases.homes()}
    parts: dict[tuple[str, str], list[tuple[str, tuple[str, str]]]] = {}
    for (home, kind, key), told in names.items():
        parts.setdefault((home, kind), []).append((key, told))
    return {
        key: gone(
            key,
            names.get((key, "institution", key), (key, key)),
            parts.get((key, OFFICE), ()),
            parts.get((key, CATEGORY), ()),
        )
        for key in sorted(left)
        if key not in served
    }


def cases(work: UnitOfWork, served: Container[str]) -> dict[str, int]:
    """How many cases there are of each institution that is not *served*, by its id."""
    return {key: work.cases.count_of(key) for key in work.cases.homes() if key not in served}
