"""Whether the parts of an institution fit each other: what one names, another has, and nothing stands twice.

That each part alone is sound, its model says. Which slots and statuses exist
is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from institutions.duty import GRADES
from institutions.words import Wrong, twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from institutions.model import Institution, Matter

CLOCKS = ("contact", "accept", "supplement", "investigate", "answer", "result", "told", "appeal", "visit_back", "claim")
"""The names a clock may have: the keys of CASE.due in the contract."""


def wrongs(institution: Institution) -> Iterator[Wrong]:
    """All that does not fit, with its key."""
    yield from _strange(institution)
    for key, ids in _lists(institution):
        if again := twice(ids):
            yield Wrong(key, f"{again} stands there twice")


def _strange(one: Institution) -> Iterator[Wrong]:
    departments, categories = {each.id for each in one.departments}, {each.id for each in one.categories}
    for key, department in _departments_named(one):
        if department not in departments:
            yield Wrong(key, f"there is no department {department!r}")
    for key, names in _clocks_named(one):
        for name in sorted(set(names) - set(one.clocks)):
            yield Wrong(f"{key}.{name}", f"there is no clock {name!r} under clocks")
    for key, names in _categories_named(one):
        for name in sorted(set(names) - categories):
            yield Wrong(key, f"there is no category {name!r}")
    yield from _strange_kinds(one)
    for name in sorted(set(one.clocks) - set(CLOCKS)):
        yield Wrong(f"clocks.{name}", f"a clock is named one of {', '.join(CLOCKS)}")
    for grade in one.casework.panel:
        if grade not in GRADES:
            yield Wrong("casework.panel", f"there is no grade {grade!r}; there are {', '.join(GRADES)}")


def _strange_kinds(one: Institution) -> Iterator[Wrong]:
    for key, kinds in (("required_by", one.required_by), ("apart", one.apart)):
        for kind in sorted(set(kinds) - set(one.kinds)):
            yield Wrong(key, f"{kind} is not one of its kinds: {', '.join(one.kinds)}")


def _lists(one: Institution) -> Iterator[tuple[str, Sequence[str]]]:
    yield from (
        ("departments", [each.id for each in one.departments]),
        ("categories", [each.id for each in one.categories]),
        ("required and optional", [*one.required, *one.optional]),
        ("apart", one.apart),
        ("stages", one.stages),
        ("faq", [row.id for row in one.faq]),
        ("papers", [row.id for row in one.papers]),
        ("rubric", [row.key for row in one.rubric]),
        ("survey.reasons", [row.id for row in one.survey.reasons]),
    )
    yield from ((f"required_by.{kind}", slots) for kind, slots in one.required_by.items())
    for index, category in enumerate(one.categories):
        yield f"categories.{index}.matters", [each.id for each in category.matters]


def _items(one: Institution) -> Iterator[tuple[str, Matter]]:
    """Every category and matter with its place in the file."""
    for index, category in enumerate(one.categories):
        yield f"categories.{index}", category
        for place, matter in enumerate(category.matters):
            yield f"categories.{index}.matters.{place}", matter


def _departments_named(one: Institution) -> Iterator[tuple[str, str]]:
    yield "default_department", one.default_department
    yield from ((f"routes.{index}.department", route.department) for index, route in enumerate(one.routes))
    for key, item in _items(one):
        if item.department:
            yield f"{key}.department", item.department
        for index, route in enumerate(item.routes):
            yield f"{key}.routes.{index}.department", route.department


def _categories_named(one: Institution) -> Iterator[tuple[str, Iterable[str]]]:
    work = one.casework
    yield from (("casework.named", work.named), ("casework.teams", work.teams), ("casework.plans", work.plans))
    yield from ((f"clocks.{name}.begins", clock.begins) for name, clock in one.clocks.items())
    yield from ((f"casework.outcomes.{index}.categories", row.categories) for index, row in enumerate(work.outcomes))
    yield from ((f"papers.{index}.categories", paper.categories) for index, paper in enumerate(one.papers))


def _clocks_named(one: Institution) -> Iterator[tuple[str, Iterable[str]]]:
    yield from ((f"{key}.clocks", item.clocks) for key, item in _items(one))
