"""What stands beside a case, as its page tells it: the citizen's other cases, and how cases like it were answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.web.desk.view import Label, Moment, first_line, place, status_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Case
    from backend.services.cases.kin import Kin
    from backend.web.desk.view import Reader
    from institutions.model import Institution


@dataclass(frozen=True, slots=True)
class Line:
    """Another case; ``answer``: how it began to be answered, empty where that is not told."""

    number: str
    status: Label
    filed: Moment
    place: str
    answer: str = ""


def panels(kin: Kin, institutions: Mapping[str, Institution], reader: Reader) -> dict[str, list[Line]]:
    """``own`` and ``answered``, in their order. Nothing in them is shown whole, whatever was opened on this page."""
    reader = replace(reader, shown=False)
    answered = [
        replace(
            _line(one.case, institutions[one.case.institution], reader),
            answer=_first(reader.of(one.case, institutions[one.case.institution], one.unseen).private(one.case.answer)),
        )
        for one in kin.answered
    ]
    return {"own": [_line(case, institutions[case.institution], reader) for case in kin.own], "answered": answered}


def _line(case: Case, institution: Institution, reader: Reader) -> Line:
    return Line(
        case.number,
        status_label(case.status, reader),
        reader.moment(case.filed_at, institution),
        place(case, institution, reader),
    )


def _first(text: str) -> str:
    return first_line(" ".join(text.split()))
