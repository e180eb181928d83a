"""Ledgers of an institution for a stretch of time, read from the records of its cases: who must put what right, who was
fined, rewarded, had a matter come back, was marked as malicious, or set off the emergency plan. Reports print them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from backend.store.records import Recorded
    from backend.store.rewards import Reward
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that followed from a case."""

    number: str
    department_id: str
    outcome: str  # its id
    yuan: int | None
    due: str | None  # ISO date
    done: str | None  # ISO date

    def late(self, today: date) -> bool:
        """Whether it should have been put right by now."""
        return self.done is None and self.due is not None and self.due < today.isoformat()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything of the time asked for, oldest case first."""

    penalties: tuple[Measure, ...]
    rectifications: tuple[Measure, ...]
    rewards: tuple[Reward, ...]
    verdicts: dict[str, int]  # verdict id -> cases
    counts: dict[str, int]  # valid, assisted, invalid -> cases, where the institution counts so
    mediations: dict[str, int]  # agreed, failed, alone -> cases
    repeats: tuple[tuple[str, str, str], ...]  # (case, the earlier one, who had answered that)
    malicious: tuple[tuple[str, str], ...]  # (case, proposed, confirmed or rejected)
    emergencies: tuple[tuple[str, dict[str, Any]], ...]
    returns: dict[str, int]  # department that a case was given to last -> how often cases came back


def ledger(work: UnitOfWork, institution: Institution, *, since: datetime, until: datetime) -> Ledger:
    """The ledgers of the cases filed from *since* on and before *until*; rewards by when they were granted."""
    rows = work.records.filed(institution.id, since=since, until=until)
    outcomes = {row.id: row for row in institution.casework.outcomes}
    counted = {row.id: row.counts for row in institution.casework.verdicts}
    measures = list(_measures(rows))
    verdicts = Counter(str(row.record["verdict"]) for row in rows if row.record.get("verdict"))
    counts: Counter[str] = Counter()
    for key, n in verdicts.items():
        if counted.get(key):
            counts[counted[key]] += n
    return Ledger(
        tuple(one for one in measures if one.outcome in outcomes and outcomes[one.outcome].penalty),
        tuple(one for one in measures if one.due is not None),
        tuple(work.rewards.ledger(institution.id, since=since, until=until)),
        dict(verdicts),
        dict(counts),
        dict(Counter(str(row.record["mediation"]) for row in rows if row.record.get("mediation"))),
        tuple(
            (row.number, str(row.record["repeat"]), str(row.record.get("repeat_of_hand") or ""))
            for row in rows
            if row.record.get("repeat")
        ),
        tuple((row.number, str(row.record["malicious"])) for row in rows if row.record.get("malicious")),
        tuple((row.number, row.record["emergency"]) for row in rows if row.record.get("emergency")),
        dict(Counter(row.department_id for row in rows for _ in row.record.get("returns", ()))),
    )


def _measures(rows: Iterable[Recorded]) -> Iterable[Measure]:
    for row in rows:
        for one in row.record.get("outcomes", ()):
            yield Measure(row.number, row.department_id, one["id"], one.get("yuan"), one.get("due"), one.get("done"))
