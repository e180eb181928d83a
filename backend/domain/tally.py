"""What a case's history adds to the totals of each day: pure, so that the same events always give the same counts.

What happened counts on its local day. What becomes of a case counts on the day
of filing (``received``, ``at_<status>``, ``repeat_``, ``returned_``) or of its
first answer (``reopened_``). Department and category are those where the case
stands at the end of what is looked at: a corrected category takes all that was
counted with it. The handler is whose hand did it: a visit-back tells of whoever
wrote that answer, also after another has the case. So the totals up to an
event are the sum over all cases of their tally up to it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.domain.hands import WORKED
from backend.domain.lifecycle import CITIZEN, SYSTEM, Status
from backend.domain.running import CITIZENS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime, tzinfo

RECEIVED, KEPT, LATE, VOID = "received", "kept", "late", "void"
OVERDUE, WAITING = "overdue", "waiting"
"""Of cases that are over a promise now; no event tells of it, ``reports.standing`` counts them."""
AT, TO = "at_", "to_"
"""Before a status: where the case stands; that it entered it."""
CONTACTED, SOLVED, SATISFIED = "contacted_", "solved_", "satisfied_"
"""Before what the citizen said in the visit-back of the case's own: yes, no, partly, 1 to 5; silent, or unreached: no question arrived."""
SILENT, UNASKED, UNREACHED = "silent", "unasked", "unreached"
REPEAT, RETURNED, REOPENED = "repeat_", "returned_", "reopened_"
"""Before yes and no: what became of the case; ``returned_none``: it was never assigned."""
YES, NO, NONE = "yes", "no", "none"
UNANSWERED, JOINED = "unanswered", "joined"
OVER = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.REFUSED})
NOBODY = frozenset({CITIZEN, SYSTEM})


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, as far as it is counted."""

    id: int  # the events' own numbering
    at: datetime
    by: str
    what: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """What the case's row tells beside its events."""

    institution: str
    source: str
    district: str = ""  # empty: none is told
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """What is counted together."""

    institution: str
    day: date
    department: str  # id; empty: no event tells it
    category: str
    source: str
    what: str
    district: str = ""
    handler: str = ""  # a user; empty: nobody's yet
    sealed: bool = False


AXES: dict[str, tuple[str, ...]] = {
    "all": (),
    "place": ("department", "category"),
    "source": ("source",),
    "district": ("district",),
    "handler": ("department", "handler"),
}
"""What totals are kept by beside institution and day: all at once would be nearly a row for each event."""


def difference(
    events: Sequence[Happened], *, after: int, upto: int, was: Place, now: Place, zone: tzinfo
) -> Counter[Spot]:
    """What the events past *after* and up to *upto* change of one case's counts; what is gone is negative.

    *was*: the place with which it was counted before.
    """

    def counted(last: int, place: Place) -> Counter[Spot]:
        return tally([event for event in events if event.id <= last], place=place, zone=zone)

    changed = counted(upto, now)
    changed.subtract(counted(after, was))
    return Counter({spot: count for spot, count in changed.items() if count})


def tally(events: Sequence[Happened], *, place: Place, zone: tzinfo) -> Counter[Spot]:
    """The counts of one case: its events from the first on, oldest first; none: nothing is counted."""
    if not events:
        return Counter()
    life = _Life(events[0].at)
    for event in events:
        life.take(event)
    found: Counter[Spot] = Counter()
    days: dict[datetime, date] = {}
    for at, what, hand in life.ended():
        day = days.get(at) or days.setdefault(at, at.astimezone(zone).date())
        found[
            Spot(
                place.institution, day, life.department, life.category, place.source, what, place.district, hand,
                place.sealed,
            )
        ] += 1  # fmt: skip
    return found


@dataclass(slots=True)
class _Round:
    """One answer, and what was said of it. Every answer of a visit-back is an event that repeats those before."""

    hand: str
    asked: bool = False
    lost: bool = False  # no question reached them
    left: datetime | None = None  # when nobody waited for the citizen's word any more
    said: Happened | None = None

    def told(self) -> Iterator[tuple[datetime, str, str]]:
        if self.said is not None:
            yield from ((self.said.at, what, self.hand) for what in _said(self.said.detail))
        elif self.left is not None and self.asked:
            kind = UNREACHED if self.lost else SILENT
            yield from ((self.left, before + kind, self.hand) for before in (CONTACTED, SOLVED, SATISFIED))
        elif self.left is not None:
            yield self.left, UNASKED, self.hand


@dataclass(slots=True)
class _Life:
    """A case while its events are read."""

    filed: datetime
    department: str = ""
    category: str = ""
    status: str = Status.RECEIVED.value
    hand: str = ""  # who has it
    author: str = ""  # who wrote the answer that is in review
    repeated: bool = False
    assigned: bool = False
    returned: bool = False
    answered: tuple[datetime, str] | None = None  # first, and by whom
    reopened: bool = False
    over: datetime | None = None
    round: _Round | None = None
    counted: list[tuple[datetime, str, str]] = field(default_factory=list)

    def take(self, event: Happened) -> None:
        """Let it happen."""
        detail = event.detail
        match event.what:
            case "filed":
                self.department = str(detail.get("department_id") or self.department)
                self.category = str(detail.get("category_id") or self.category)
            case "corrected":
                self.department = _now(detail, "department_id", self.department)
                self.category = _now(detail, "category_id", self.category)
            case "moved":
                self._moved(event)
            case "clock":
                self._clock(event)
            case "noted" if detail.get("act") == "officer":
                self.hand = str(detail.get("user") or self.hand)
            case "noted" if detail.get("act") == "repeat":
                self.repeated = True
            case "rated" if "voice" not in detail:
                self.round = self.round or _Round(self.hand)
                self.round.said = event
            case "notice" if self.round and "visit" in detail:
                self.round.asked = True
                self.round.lost = self.round.lost or detail["visit"] == "unreachable"
            case "joined" if detail.get("role") == "joint" and not detail.get("left"):
                self.counted.append((event.at, JOINED, self.hand))

    def ended(self) -> list[tuple[datetime, str, str]]:
        """When, what and whose, of everything that is counted."""
        if self.round:
            self.counted += self.round.told()
        returned = (YES if self.returned else NO) if self.assigned else NONE
        became = (RECEIVED, AT + self.status, REPEAT + (YES if self.repeated else NO), RETURNED + returned)
        self.counted += [(self.filed, what, self.hand) for what in became]
        if self.answered:
            at, hand = self.answered
            self.counted.append((at, REOPENED + (YES if self.reopened else NO), hand))
        elif self.over:
            self.counted.append((self.over, UNANSWERED, self.hand))
        return self.counted

    def _moved(self, event: Happened) -> None:
        before, to = self.status, str(event.detail["to"])
        department = str(event.detail.get("department") or self.department)
        self._pass_on(event, before, to, moved=department != self.department)
        self.status, self.department = to, department
        self.assigned = self.assigned or to == Status.ASSIGNED
        self.returned = self.returned or to == Status.RETURNED
        if to not in OVER:
            self.over = None
        elif before not in OVER:
            self.over = event.at
        self._turn(event, to)
        self.counted.append((event.at, TO + to, self.hand))

    def _pass_on(self, event: Happened, before: str, to: str, *, moved: bool) -> None:
        """Whose hand it is in: named for it, else whoever first worked on it; an answer is its author's."""
        by = "" if event.by in NOBODY else event.by
        if to == Status.ASSIGNED:
            fresh = moved or before == Status.REOPENED
            self.hand = str(event.detail.get("officer") or ("" if fresh else self.hand))
        elif to in WORKED:
            self.hand = self.hand or by
        if to == Status.REOPENED:
            self.author = ""
        elif to == Status.REVIEWING and before != to:
            self.author = by
        elif to == Status.ANSWERED:
            self.hand = self.author or by or self.hand

    def _turn(self, event: Happened, to: str) -> None:
        """An answer begins a round of its own; what leaves it before the citizen has spoken ends the asking."""
        if to == Status.ANSWERED:
            if self.round:
                self.counted += self.round.told()
            self.round = _Round(self.hand)
            self.answered = self.answered or (event.at, self.hand)
        elif self.round and to == Status.VISITING_BACK:
            self.round.asked = True
        elif self.round and self.round.left is None:
            self.round.left = event.at
        self.reopened = self.reopened or (to == Status.REOPENED and self.answered is not None)

    def _clock(self, event: Happened) -> None:
        kept = event.detail.get("kept")
        if isinstance(kept, bool):
            self.counted.append((event.at, KEPT if kept else LATE, self.hand))
        elif event.detail.get("stopped") and event.detail.get("clock") not in CITIZENS:
            self.counted.append((event.at, VOID, self.hand))


def _now(detail: Mapping[str, Any], key: str, before: str) -> str:
    """What a correction made of it: it tells [before, now]."""
    changed = detail.get(key)
    return str(changed[1]) if isinstance(changed, list) else before


def _said(detail: Mapping[str, Any]) -> Iterator[str]:
    contacted, solved, satisfied = (detail.get(key) for key in ("contacted", "solved", "satisfied"))
    yield CONTACTED + ((YES if contacted else NO) if isinstance(contacted, bool) else SILENT)
    yield SOLVED + str(solved or SILENT)
    yield SATISFIED + str(satisfied or SILENT)
