"""What a proposal could be corrected to in one press: the runner-ups of category and department, the grades beside its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.cases.casework import EMERGENCY, GRADES
from backend.web.desk import dispatch_view
from backend.web.desk import view as desk_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.domain.case import Case
    from backend.web.desk.view import Reader
    from institutions.model import Institution

MOST = 3
Row = tuple[str, str, str, list[tuple[str, str]]]
"""Which words ask, the form's field, what stands there now, and the keys and names to choose from."""


def rows(case: Case, institution: Institution, places: Sequence[tuple[str, str]], reader: Reader) -> list[Row]:
    """Those for which there is something else to choose. ``places``: the categories that came next, paths and names."""
    offices = [
        (one.key, one.name)
        for one in dispatch_view.departments(case, institution, reader)
        if one.key != case.department_id
    ]
    called = desk_view.department_name(institution, case.department_id, reader)
    found: list[Row] = [
        ("place", "place", desk_view.place(case, institution, reader), list(places)[:MOST]),
        ("department", "department", called, offices[:MOST]),
        ("grade", "grade", reader.t(f"grade.{case.grade}"), [(key, reader.t(f"grade.{key}")) for key in _beside(case)]),
    ]
    return [row for row in found if row[-1]]


def _beside(case: Case) -> Iterator[str]:
    """The grades next to its own; what is said to be an emergency starts a plan, which takes more than one press."""
    at = GRADES.index(case.grade) if case.grade in GRADES else 0
    yield from (GRADES[i] for i in (at - 1, at + 1) if 0 <= i < len(GRADES) and GRADES[i] != EMERGENCY)
