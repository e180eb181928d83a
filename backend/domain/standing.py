"""What a case's row must say, going by its history: an audit compares the two.

The chain of hashes proves the history; the row is what everybody reads. A row
that was changed by hand says something else than its last events. What a
history does not tell (officer, clocks, ledgers) is not compared.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from backend.domain.audit import Link

PLACED = ("kind", "grade", "category_id", "matter_id", "department_id")
"""Told when it was filed, and by each correction as [before, after]."""
PERSON = {"who": "name", "contact": "contact"}
"""What stands under ``who`` in the facts, by its slot."""
NOTED = frozenset({"lacking", "not_ours", "anonymous", "confidential", "evidence"})
"""What is noted of a case rather than told; it changes as papers come."""
ENDS = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.REFUSED})
SHORTEST_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as its row tells it."""

    number: str
    source: str
    kind: str
    status: str
    category_id: str
    matter_id: str | None
    department_id: str
    grade: str
    facts: Mapping[str, Any]
    answer: str
    round: int
    filed_at: datetime
    closed_at: datetime | None


def differences(row: Standing, events: Sequence[Link], files: Mapping[int, str]) -> list[str]:
    """What the row, the files (id -> SHA-256) and the missing texts say against the history, in sentences."""
    if not events:
        return []
    last = _last_erasure(events)
    return [
        *_row(row, events),
        *(() if last else _facts(row, events)),
        *(() if last else _files(row.number, events, files)),
        *_missing(row.number, events, last),
        *_too_early(row.number, events),
    ]


def _row(row: Standing, events: Sequence[Link]) -> Iterator[str]:
    for key, told in _placed(events).items():
        if getattr(row, key) != told:
            yield f"{row.number}: its {key} is {getattr(row, key)!r}, by its history {told!r}"


def _placed(events: Sequence[Link]) -> dict[str, Any]:
    """The fields that the events tell, as far as they tell them."""
    found: dict[str, Any] = {"status": Status.RECEIVED.value, "round": 1, "closed_at": None}
    found["filed_at"] = events[0].at
    for event in events:
        if event.what == "filed":
            found |= {key: event.detail[key] for key in (*PLACED, "source") if key in event.detail}
        elif event.what == "corrected":
            found |= {key: event.detail[key][1] for key in PLACED if key in event.detail}
        elif event.what == "moved":
            found |= _moved(event, found)
    return found


def _moved(event: Link, before: Mapping[str, Any]) -> dict[str, Any]:
    to = event.detail["to"]
    told: dict[str, Any] = {"status": to, "round": before["round"] + (to == Status.REOPENED)}
    if event.detail.get("department"):
        told["department_id"] = event.detail["department"]
    if to != Status.ARCHIVED:
        told["closed_at"] = event.at if to in ENDS else None
    return told


def _facts(row: Standing, events: Sequence[Link]) -> Iterator[str]:
    """The citizen's facts and the answer, where the words are still there."""
    gone = {key for event in events for key in event.digests if not event.texts.get(key)}
    told: dict[str, Any] = {}
    answer = ""
    for event in events:
        text = event.texts.get("facts")
        if event.what == "filed" and text:
            told = _by_slot(json.loads(text[1]))
        elif event.what == "corrected" and text:
            told |= json.loads(text[1])
        said = event.texts.get("answer")
        if event.what == "moved" and said and event.detail["to"] != Status.REVIEWING:
            answer = said[1]
    now = _by_slot(row.facts)
    keys = () if "facts" in gone else now.keys() | told.keys()
    wrong = sorted(key for key in keys if key not in NOTED and _differ(key, now, told))
    yield from (f"{row.number}: {key} in its facts is not what was told" for key in wrong)
    if answer != row.answer and "answer" not in gone:
        yield f"{row.number}: its answer is not the one that was given"


def _differ(key: str, now: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return now.get(key) != told.get(key)


def _by_slot(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts by slot: what is told of a person and what stands in ``extra`` beside the others."""
    who, extra = facts.get("who") or {}, facts.get("extra") or {}
    rest = {key: value for key, value in facts.items() if key not in {"who", "extra"}}
    return rest | extra | {slot: who.get(name) for slot, name in PERSON.items()}


def _files(number: str, events: Sequence[Link], files: Mapping[int, str]) -> Iterator[str]:
    """The papers that came, and the redacted copies of them: each is there, and is the one that was told."""
    for event in events:
        if event.what == "evidence" and "id" in event.detail:
            key, called = event.detail["id"], "file"
        elif event.what == "noted" and "redacted" in event.detail:
            key, called = event.detail.get("copy"), "redacted copy"
        else:
            continue
        if key not in files:
            yield f"{number}, event {event.seq}: its {called} {key} is gone"
        elif files[key] != event.detail.get("sha256"):
            yield f"{number}, event {event.seq}: its {called} {key} is another one"


def _missing(number: str, events: Sequence[Link], erased: int) -> Iterator[str]:
    """A text may only be gone with a tombstone after it, or, of who joined, when that chat was forgotten."""
    forgotten = max((event.seq for event in events if event.detail.get("chat") == "forgotten"), default=0)
    for event in events:
        gone = {key for key in event.digests if not event.texts.get(key)}
        if event.seq < forgotten and event.what == "joined":
            gone -= {"person"}
        if gone and event.seq > erased:
            yield f"{number}, event {event.seq}: its text {min(gone)!r} is gone, and nothing says that it was erased"


def _too_early(number: str, events: Sequence[Link]) -> Iterator[str]:
    """A tombstone is only lawful when the years are over for which the case had to be kept."""
    for event in events:
        if event.what == "erased":
            closed = _placed(events[: event.seq - 1])["closed_at"]
            if closed is None or event.at < closed + event.detail.get("years", 1) * SHORTEST_YEAR:
                yield f"{number}, event {event.seq}: it was erased before its years were over"


def _last_erasure(events: Sequence[Link]) -> int:
    return max((event.seq for event in events if event.what == "erased"), default=0)
