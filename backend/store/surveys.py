"""The visit-back of each case: one for each time it was answered, and what the citizen said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from backend.domain.lifecycle import Status
from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One visit-back; None is what was not told."""

    number: str
    round: int
    person: int | None
    asked_at: datetime
    answered_at: datetime | None
    contacted: bool | None
    solved: str | None  # yes, partly, no
    satisfied: int | None  # 1 to 5
    remark: str


class NotAsked(Exception):
    """An answer came to a visit-back that was never opened."""

    def __init__(self, number: str, survey_round: int) -> None:
        super().__init__(f"the visit-back {survey_round} of case {number} was not asked")
        self.number, self.round = number, survey_round


COLUMNS = tuple(t.surveys.c[name] for name in SurveyRow.__annotations__)


class Surveys:
    """What was asked and answered after the cases."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def open(self, number: str, survey_round: int, person_id: int | None, *, at: datetime) -> bool:
        """Note that the question is asked now; False: it was already."""
        row = {"number": number, "round": survey_round, "person": person_id, "asked_at": at}
        entry = insert_into(self._conn, t.surveys).values(row)
        once = entry.on_conflict_do_nothing(index_elements=["number", "round"])
        return self._conn.execute(once.returning(t.surveys.c.number)).one_or_none() is not None

    def get(self, number: str, survey_round: int) -> SurveyRow | None:
        """The visit-back of that round of the case."""
        c = t.surveys.c
        query = select(*COLUMNS).where(c.number == number, c.round == survey_round)
        row = self._conn.execute(query).one_or_none()
        return None if row is None else SurveyRow(*row)

    def answered(self, numbers: Collection[str]) -> frozenset[tuple[str, int]]:
        """Case and round of each visit-back on these cases that was answered to the end."""
        c = t.surveys.c
        done = select(c.number, c.round).where(c.number.in_(numbers), c.solved.is_not(None), c.satisfied.is_not(None))
        return frozenset((number, survey_round) for number, survey_round in self._conn.execute(done))

    def record(
        self,
        number: str,
        survey_round: int,
        *,
        contacted: bool | None,
        solved: str | None,
        satisfied: int | None,
        remark: str,
        at: datetime,
    ) -> None:
        """Keep the answer in place of an earlier one. Raises: NotAsked."""
        c = t.surveys.c
        answer = {"contacted": contacted, "solved": solved, "satisfied": satisfied, "remark": remark, "answered_at": at}
        done = self._conn.execute(update(t.surveys).where(c.number == number, c.round == survey_round).values(answer))
        if not done.rowcount:
            raise NotAsked(number, survey_round)

    def unanswered_since(self, before: datetime) -> list[tuple[str, int]]:
        """Case and round of each question asked before then that the case still waits for, oldest first."""
        c, case = t.surveys.c, t.cases.c
        waiting = t.surveys.join(t.cases, (case.number == c.number) & (case.round == c.round))
        query = (
            select(c.number, c.round)
            .select_from(waiting)
            .where(case.status == Status.VISITING_BACK.value, c.answered_at.is_(None), c.asked_at < before)
        )
        return [
            (number, survey_round) for number, survey_round in self._conn.execute(query.order_by(c.asked_at, c.number))
        ]
