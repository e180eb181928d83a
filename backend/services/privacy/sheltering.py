"""What people think of an answer is kept from who handled it until the window of the visit-back is over.

Else whoever is rated could press for another rating. Who belongs to no
department and asks, calls or answers for the office reads it at once. A case
that is worked on again because of it is open: the reason is what has to be put
right. One place for the desk, its chats, the papers and the API; ``reports.rates``
leaves it out of what they count until then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.domain import rights

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from backend.domain.case import Actor, Case
    from backend.store.history import PastEvent
    from backend.store.journal import Line
    from backend.store.surveys import SurveyRow
    from backend.store.work import UnitOfWork

    Rounds = Collection[tuple[str, int]]

KEPT = frozenset({"round", "voice", "by", "visit"})
"""What of such a line says nothing of the answer."""
TAP = "visit:"
"""How the ids of a visit-back's buttons begin; the case's number follows."""


def kept_from(by: Actor, case: Case) -> bool:
    """Whether single answers about this case are kept from that reader while the window is open."""
    offices = {case.department_id, *case.record.get("co", ())}
    return not by.roles & rights.READERS or not by.departments.isdisjoint(offices)


def history(events: Sequence[PastEvent], number: str, windows: Rounds) -> list[PastEvent]:
    """The history without what was said in an open window; that something was said stays. ``windows``: case and round."""
    return [
        _blank(event) if _says(event) and (number, event.detail.get("round")) in windows else event for event in events
    ]


def surveys(rows: Sequence[SurveyRow]) -> list[SurveyRow]:
    """The visit-backs without what was said in an open window."""
    return [
        replace(row, contacted=None, solved=None, satisfied=None, remark="", reasons=()) if row.over_at is None else row
        for row in rows
    ]


def talk(lines: Sequence[Line], rows: Sequence[SurveyRow]) -> list[Line]:
    """The chat up to the question, while the window is open."""
    since = min((row.asked_at for row in rows if row.over_at is None), default=None)
    return [line for line in lines if since is None or line.at <= since]


def chat(work: UnitOfWork, lines: Sequence[Line], person: int, *, by: Actor) -> list[Line]:
    """A chat without the turns in which they answer what is kept from this reader, whichever case it is about.

    A turn is what they said and what we said to it.
    """
    open_ = work.surveys.sheltered_of(person)
    windows = {(number, asked) for number, asked in open_ if kept_from(by, work.cases.get(number))}
    numbers = {number for number, _ in windows}
    hidden = {
        event.at
        for number in numbers
        for event in work.cases.history(number)
        if _says(event) and (number, event.detail.get("round")) in windows
    }
    heard = {line.at for line in lines if line.who == "citizen"}
    hidden |= {line.at for line in lines if line.at in heard and _asks(line, numbers)}
    return [line for line in lines if line.at not in hidden]


def _asks(line: Line, numbers: Collection[str]) -> bool:
    """Whether it is a tap on a visit-back of these cases, or puts one of its questions."""
    ids = [str((line.message or {}).get("choice") or ""), *(str(choice.get("id", "")) for choice in line.choices)]
    return any(key.startswith(f"{TAP}{number}:") for key in ids for number in numbers)


def _says(event: PastEvent) -> bool:
    return event.what == "rated" or event.detail.get("visit") == "heard"


def _blank(event: PastEvent) -> PastEvent:
    kept = {key: told for key, told in event.detail.items() if key in KEPT}
    return replace(event, detail=kept, private={})
