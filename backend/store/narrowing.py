"""What a list of cases is narrowed down to: values that the desk's filters give, and the conditions they are.

Every column that is asked is in the index of what is open (``ix_cases_open``),
so that what is worked on is narrowed without reading a case. Where cases that
are over are listed, they are looked through newest first, so many at most:
see ``worklist``. Whom a case is shown to, ``visible`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_

from backend.domain import running
from backend.domain.lifecycle import PAUSING
from backend.store import tables as t
from backend.store.case_rows import district_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from backend.domain.case import Case
    from backend.domain.duties import Share

PAUSED = tuple(status.value for status in PAUSING)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a case must be; what is None is not asked."""

    institution: str | None = None
    department: str | None = None
    category: str | None = None
    grade: str | None = None
    source: str | None = None
    district: str | None = None
    officers: frozenset[str] | None = None  # who has it: one of these; none of them: nobody has it
    due_from: datetime | None = None  # its next clock ends then or later …
    due_until: datetime | None = None  # … and before then, while it runs
    filed_from: datetime | None = None  # it was filed then or later …
    filed_until: datetime | None = None  # … and before then
    shares: tuple[Share, ...] | None = None  # it is one of these; none of them: no case is

    @property
    def by_index(self) -> bool:
        """Whether every list, of whatever cases, is read in the order of an index with no more than this."""
        rest = (self.category, self.grade, self.source, self.district, self.officers, self.shares)
        return not self.by_clock and all(each is None for each in rest)

    @property
    def by_clock(self) -> bool:
        """Whether it asks for a clock that runs: such cases are open."""
        return self.due_from is not None or self.due_until is not None

    def fits(self, case: Case) -> bool:
        """The same of one case that is there."""
        asked = (
            (self.institution, case.institution),
            (self.department, case.department_id),
            (self.category, case.category_id),
            (self.grade, case.grade),
            (self.source, case.source),
            (self.district, district_of(case.facts)),
        )
        if any(wanted is not None and wanted != is_ for wanted, is_ in asked):
            return False
        early = self.filed_from is not None and case.filed_at < self.filed_from
        if early or (self.filed_until is not None and case.filed_at >= self.filed_until):
            return False
        if self.officers is not None and (case.officer not in self.officers if self.officers else bool(case.officer)):
            return False
        placed = (case.status, case.officer, case.department_id)
        if self.shares is not None and not any(share.has(*placed) for share in self.shares):
            return False
        return not self.by_clock or self._runs(case)

    def _runs(self, case: Case) -> bool:
        next_due = running.first_due(case)
        if next_due is None or case.status in PAUSING:
            return False
        early = self.due_from is not None and next_due < self.due_from
        return not early and (self.due_until is None or next_due < self.due_until)


NOTHING = Narrowed()


def conditions(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    """What is true of a row of ``cases`` then."""
    c = t.cases.c
    plain = (
        (c.institution, narrowed.institution),
        (c.department_id, narrowed.department),
        (c.category_id, narrowed.category),
        (c.grade, narrowed.grade),
        (c.source, narrowed.source),
        (c.district, narrowed.district),
    )
    found: list[ColumnElement[bool]] = [column == wanted for column, wanted in plain if wanted is not None]
    if narrowed.officers is not None:
        found.append(c.officer.in_(sorted(narrowed.officers)) if narrowed.officers else c.officer.is_(None))
    if narrowed.filed_from is not None:
        found.append(c.filed_at >= narrowed.filed_from)
    if narrowed.filed_until is not None:
        found.append(c.filed_at < narrowed.filed_until)
    if narrowed.due_from is not None:
        found.append(c.next_due >= narrowed.due_from)
    if narrowed.due_until is not None:
        found.append(c.next_due < narrowed.due_until)
    if narrowed.by_clock:
        found.append(c.status.not_in(PAUSED))
    if narrowed.shares is not None:
        found.append(or_(false(), *(_shared(share) for share in narrowed.shares)))
    return found


def _shared(share: Share) -> ColumnElement[bool]:
    c = t.cases.c
    told: list[ColumnElement[bool]] = [c.status.in_(sorted(share.statuses))]
    if share.officers:
        free: list[ColumnElement[bool]] = [c.officer.is_(None)]
        if share.departments:
            free.append(c.department_id.in_(sorted(share.departments)))
        told.append(or_(c.officer.in_(sorted(share.officers)), and_(*free)))
    if share.others:
        told.append(or_(c.officer.is_(None), c.officer != share.others))
    return and_(*told)
