"""The visit-back of each case: one for each time it was answered, and what the citizen said.

Who was asked and whether it arrived is ``invitations``', who is called by
phone ``callbacks``'; what an answer means, the service's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from backend.domain.lifecycle import Status
from backend.store import tables as t
from backend.store.callbacks import Callbacks
from backend.store.invitations import Invitations
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

C = t.surveys.c


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
    reasons: tuple[str, ...] = ()  # ids of the institution's
    by: str = "chat"  # chat, phone
    ends_at: datetime | None = None  # until when the chat takes an answer
    over_at: datetime | None = None  # since when who handled the case may read it; None: not yet
    outcome: str = ""  # answered, silent, unreachable; empty: not known yet
    remind_at: datetime | None = None

    @property
    def whole(self) -> bool:
        """It is answered to the end."""
        return self.solved is not None and self.satisfied is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that was answered and not asked about yet, or asked about and not answered to."""

    number: str
    institution: str
    person: int | None
    since: datetime


class NotAsked(Exception):
    """An answer came to a visit-back that was never opened."""

    def __init__(self, number: str, survey_round: int) -> None:
        super().__init__(f"the visit-back {survey_round} of case {number} was not asked")
        self.number, self.round = number, survey_round


COLUMNS = tuple(C[name] for name in SurveyRow.__annotations__)
MOST = 200
"""Windows that one look ends, and reminders that it sends."""


class Surveys:
    """What was asked and answered after the cases."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.invitations = Invitations(conn)
        self.calls = Callbacks(conn)

    def open(
        self,
        number: str,
        survey_round: int,
        person_id: int | None,
        *,
        at: datetime,
        ends_at: datetime | None = None,
        remind_at: datetime | None = None,
    ) -> bool:
        """Note that the question is asked now; False: it was already."""
        row = {"number": number, "round": survey_round, "person": person_id, "asked_at": at}
        entry = insert_into(self._conn, t.surveys).values(row | {"ends_at": ends_at, "remind_at": remind_at})
        once = entry.on_conflict_do_nothing(index_elements=["number", "round"])
        return self._conn.execute(once.returning(C.number)).one_or_none() is not None

    def get(self, number: str, survey_round: int) -> SurveyRow | None:
        """The visit-back of that round of the case."""
        found = self._rows(C.number == number, C.round == survey_round)
        return found[0] if found else None

    def answered(self, numbers: Collection[str]) -> frozenset[tuple[str, int]]:
        """Case and round of each visit-back on these cases that was answered to the end."""
        done = select(C.number, C.round).where(C.number.in_(numbers), C.solved.is_not(None), C.satisfied.is_not(None))
        return frozenset((number, survey_round) for number, survey_round in self._conn.execute(done))

    def asking(self, numbers: Collection[str]) -> frozenset[tuple[str, int]]:
        """Of these cases, the rounds whose question is in the chat, open, and not answered to the end."""
        open_ = select(C.number, C.round).where(
            C.number.in_(numbers),
            C.over_at.is_(None),
            C.person.is_not(None),
            (C.solved.is_(None) | C.satisfied.is_(None)),
        )
        return frozenset((number, survey_round) for number, survey_round in self._conn.execute(open_))

    def sheltered(self, numbers: Collection[str]) -> frozenset[tuple[str, int]]:
        """Of these cases, the rounds whose single answers are kept from who handled them: the window is open."""
        open_ = select(C.number, C.round).where(C.number.in_(numbers), C.over_at.is_(None))
        return frozenset((number, survey_round) for number, survey_round in self._conn.execute(open_))

    def sheltered_of(self, person: int) -> frozenset[tuple[str, int]]:
        """The same of all cases that this person follows."""
        theirs = select(t.bindings.c.number).where(t.bindings.c.person == person)
        open_ = select(C.number, C.round).where(C.number.in_(theirs), C.over_at.is_(None))
        return frozenset((number, survey_round) for number, survey_round in self._conn.execute(open_))

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
        reasons: Iterable[str] = (),
        by: str = "chat",
    ) -> None:
        """Keep the answer beside an earlier one: what is told anew takes its place, what is not told stays.

        Raises: NotAsked.
        """
        told: dict[str, Any] = {"contacted": contacted, "solved": solved, "satisfied": satisfied}
        told = {key: value for key, value in told.items() if value is not None}
        told |= {key: value for key, value in (("remark", remark), ("reasons", list(reasons))) if value}
        told |= {"answered_at": at, "outcome": "answered", "remind_at": None, "by": by}
        if not self._conn.execute(update(t.surveys).where(*_is(number, survey_round)).values(told)).rowcount:
            raise NotAsked(number, survey_round)

    def end(self, number: str, survey_round: int, *, at: datetime, outcome: str = "") -> None:
        """The window is over: who handled the case may read what was said."""
        told = {"outcome": outcome} if outcome else {}
        ended = update(t.surveys).where(*_is(number, survey_round), C.over_at.is_(None))
        self._conn.execute(ended.values(over_at=at, remind_at=None, **told))

    def reminded(self, number: str, survey_round: int) -> None:
        """Nobody is reminded again."""
        self._conn.execute(update(t.surveys).where(*_is(number, survey_round)).values(remind_at=None))

    def put_off(self, number: str, survey_round: int, until: datetime) -> None:
        """They are reminded then."""
        self._conn.execute(update(t.surveys).where(*_is(number, survey_round)).values(remind_at=until))

    def to_remind(self, *, at: datetime) -> list[SurveyRow]:
        """Whose reminder is due, longest first."""
        return self._rows(C.remind_at <= at, order=C.remind_at)

    def to_end(self, *, at: datetime) -> list[SurveyRow]:
        """Whose window is over and still stands open, longest first."""
        return self._rows(C.over_at.is_(None), C.ends_at <= at, order=C.ends_at)

    def next_due(self) -> datetime | None:
        """When a window ends or somebody is reminded next; None: neither is to come."""
        ends = select(func.min(C.ends_at, type_=t.Instant)).where(C.over_at.is_(None))
        reminds = select(func.min(C.remind_at, type_=t.Instant)).where(C.remind_at.is_not(None))
        return min((at for at in (self._conn.execute(q).scalar() for q in (ends, reminds)) if at), default=None)

    def unasked(self, *, before: datetime) -> list[Waiting]:
        """The answered cases that nobody was asked about yet, longest first."""
        return self._standing(Status.ANSWERED, before)

    def unanswered(self, *, before: datetime) -> list[Waiting]:
        """The cases that wait for what their citizen says, longest first."""
        return self._standing(Status.VISITING_BACK, before)

    def _standing(self, status: Status, before: datetime) -> list[Waiting]:
        c = t.cases.c
        query = select(c.number, c.institution, c.person, c.status_at).where(
            c.status == status.value, c.status_at < before
        )
        return [Waiting(*row) for row in self._conn.execute(query.order_by(c.status_at, c.number))]

    def _rows(self, *where: Any, order: Any = C.number) -> list[SurveyRow]:
        found = self._conn.execute(select(*COLUMNS).where(*where).order_by(order, C.round).limit(MOST))
        return [SurveyRow(**{**row._asdict(), "reasons": tuple(row.reasons)}) for row in found]


def _is(number: str, survey_round: int) -> tuple[Any, Any]:
    return C.number == number, C.round == survey_round
