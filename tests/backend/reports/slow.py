"""The numbers of a period a second time, the slow way: from nothing but the event log, by code of its own.

Reports are right where they agree with this. It imports nothing of ours; the
events come from the store's reader of histories. Each rate is a question asked
of one history: (part, whole) on a day, at a place, by a hand.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, tzinfo

PEOPLE_WORK = {"investigating", "mediating", "planned", "reviewing", "answered"}
OVER = {"closed", "archived", "withdrawn", "refused"}


@dataclass(frozen=True)
class Point:
    """Something of a rate's whole, and whether it is of its part too."""

    rate: str
    at: datetime
    hand: str
    part: bool


class History:
    """One case as its log tells it."""

    def __init__(self, events: Iterable[Any]) -> None:
        self.events = list(events)
        self.filed = self.events[0]

    def last(self, key: str) -> str:
        """Department or category as it was told last."""
        found = ""
        for event in self.events:
            if event.what == "filed":
                found = event.detail[f"{key}_id"]
            if event.what == "corrected" and isinstance(event.detail.get(f"{key}_id"), list):
                found = event.detail[f"{key}_id"][1]
            if event.what == "moved" and event.detail.get(key):
                found = event.detail[key]
        return found

    @property
    def district(self) -> str:
        """Of the place told last."""
        found = ""
        for event in self.events:
            words = event.private.get("facts") if event.what in {"filed", "corrected"} else None
            where = json.loads(words).get("where") if words else None
            found = (where.get("pieces") or {}).get("district", "") if where else found
        return found

    def moves(self, to: str) -> list[int]:
        """Where in the log it entered that status."""
        return [n for n, event in enumerate(self.events) if event.what == "moved" and event.detail["to"] == to]

    def hand(self, upto: int) -> str:
        """Who has the case after the event in that place; after an answer, who wrote it."""
        hand = author = ""
        department = self.filed.detail["department_id"]
        for event in self.events[: upto + 1]:
            told = event.detail
            if event.what == "corrected" and "department_id" in told:
                department = told["department_id"][1]
            if event.what == "noted" and told.get("act") == "officer":
                hand = told["user"]
            if event.what != "moved":
                continue
            by = event.by if event.by not in {"citizen", "system"} else ""
            if told["to"] == "assigned":
                other = told["department"] != department or told["from"] == "reopened"
                hand = told.get("officer") or ("" if other else hand)
            if told["to"] in PEOPLE_WORK:
                hand = hand or by
            if told["to"] == "reopened":
                author = ""
            if told["to"] == "reviewing" and told["from"] != "reviewing":
                author = by
            if told["to"] == "answered":
                hand = author or by or hand
            department = told.get("department") or department
        return hand


def points(history: History) -> Iterator[Point]:
    """Everything that any rate counts of a case."""
    log, end = history.events, len(history.events)
    answers = history.moves("answered")
    own = history.hand(end)
    repeated = any(event.what == "noted" and event.detail.get("act") == "repeat" for event in log)
    yield Point("repeat", history.filed.at, own, repeated)
    if history.moves("assigned"):
        yield Point("return", history.filed.at, own, bool(history.moves("returned")))
    if answers:
        again = [n for n in history.moves("reopened") if n > answers[0]]
        yield Point("reopen", log[answers[0]].at, history.hand(answers[0]), bool(again))
    for n, event in enumerate(log):
        if event.what == "clock" and event.detail.get("kept") is not None:
            yield Point("on_time", event.at, history.hand(n), event.detail["kept"])
    for begin, until in pairwise([*answers, end]):
        said = [e for e in log[begin:until] if e.what == "rated" and "voice" not in e.detail]
        if said:
            last, hand = said[-1], history.hand(begin)
            told = last.detail
            if told["contacted"] is not None:
                yield Point("response", last.at, hand, told["contacted"])
            if told["solved"]:
                yield Point("solution", last.at, hand, told["solved"] == "yes")
            if told["satisfied"]:
                yield Point("satisfaction", last.at, hand, told["satisfied"] >= 4)


def broken(history: History, now: datetime) -> datetime | None:
    """The earliest promise that is over and that nobody has kept yet, unless the case is over or stands still."""
    due: dict[str, datetime] = {key: datetime.fromisoformat(at) for key, at in history.filed.detail["due"].items()}
    status = "received"
    for event in history.events:
        told = event.detail
        if event.what == "moved":
            status = told["to"]
        if event.what == "clock":
            due.pop(told["clock"], None)
            if not told.get("stopped"):
                due[told["clock"]] = datetime.fromisoformat(told["due"])
        if event.what == "noted" and told.get("act") == "extend":
            due[told["clock"]] = datetime.fromisoformat(told["until"])
    ends = [at for clock, at in due.items() if clock != "claim"]
    waits = status in OVER | {"supplementing", "suspended"}
    return min(ends) if ends and min(ends) < now and not waits else None


def figures(
    histories: Mapping[str, Iterable[Any]],
    *,
    first: date,
    last: date,
    zone: tzinfo,
    now: datetime,
    by: Callable[[History, str], str] = lambda _history, _hand: "",
) -> dict[str, dict[str, tuple[int, int]]]:
    """Of each place that *by* names (history, hand): rate -> (part, whole), and cases received as (n, n)."""
    parts: Counter[tuple[str, str]] = Counter()
    wholes: Counter[tuple[str, str]] = Counter()
    for events in histories.values():
        history = History(events)
        found = [*points(history), Point("received", history.filed.at, history.hand(len(history.events)), part=True)]
        if (late := broken(history, now)) is not None:
            found.append(Point("on_time", late, "", part=False))
        for point in found:
            if first <= point.at.astimezone(zone).date() <= last:
                place = by(history, point.hand)
                wholes[place, point.rate] += 1
                parts[place, point.rate] += point.part
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for (place, rate), whole in wholes.items():
        places.setdefault(place, {})[rate] = (parts[place, rate], whole)
    return places
