"""A sample of handlers' conversations: drawn, scored by the institution's rubric, shown to whom they are about.

Who draws nobody chooses: ``domain.sample`` does. Nobody scores their own; a
handler reads what was said of theirs and may reply once. What a citizen said
is masked by whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import rights, sample
from backend.services.cases.casework import Empty
from backend.services.office.desk import OnlyLooks
from backend.services.privacy import sheltering
from backend.services.talks import takeover
from backend.store.listening import Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from backend.domain.case import Actor
    from backend.store.journal import Line
    from backend.store.listening import Had
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

BACK = timedelta(days=100)
"""So far back the page looks: three months and the one that runs."""
BEFORE = timedelta(minutes=10)
"""So much of the talk before somebody was asked for is read: what it was about."""
LINES = 400
WHY = 200
"""Characters of a reason for points."""
REPLY = 500


class BadScore(Exception):
    """A line of the rubric has no points, too many, or no reason for fewer than all. ``key``: which."""

    def __init__(self, key: str, most: int) -> None:
        super().__init__(f"{key} takes 0 to {most} points, and a reason where some are missing")
        self.key, self.most = key, most


class NotDrawn(Exception):
    """That conversation is in no sample, or nothing that this person may see."""

    def __init__(self, handover: int) -> None:
        super().__init__(f"conversation {handover} is not in the sample")
        self.handover = handover


class Settled(Exception):
    """Somebody else has scored it, or its handler has replied: it stays as it is."""

    def __init__(self, handover: int) -> None:
        super().__init__(f"conversation {handover} has been scored")
        self.handover = handover


@dataclass(frozen=True, slots=True)
class Sampled:
    """A conversation of the sample."""

    talk: Had
    score: Score | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One of them with what was said, and who the citizen is, so that it can be masked."""

    sampled: Sampled
    lines: list[Line]
    who: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Average:
    """What a handler's scored conversations came to."""

    handler: str
    talks: int
    points: int
    most: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.points / self.most if self.most else 0.0


def reviews(by: Actor) -> bool:
    """Whether this person scores others."""
    return rights.may(by, "sample")


def listed(work: UnitOfWork, institutions: Institutions, *, by: Actor, at: datetime, seed: str) -> list[Sampled]:
    """The sample, newest first: a reviewer's is everybody's but their own, anybody else's their own scored ones.

    Raises: OnlyLooks.
    """
    if not rights.may(by, "talk"):
        raise OnlyLooks(by.name)
    had = [
        one
        for one in work.listening.had(institution=by.institution, since=_since(at))
        if one.institution in institutions
    ]
    ids = _drawn(had, institutions, at=at, seed=seed)
    chosen = [one for one in had if one.id in ids and _sees(work, one, by=by)]
    scores = work.listening.scores([one.id for one in chosen])
    return [
        Sampled(one, scores.get(one.id))
        for one in reversed(chosen)
        if one.id in scores or (reviews(by) and one.handler != by.name)
    ]


def opened(work: UnitOfWork, institutions: Institutions, handover: int, *, by: Actor, at: datetime, seed: str) -> Heard:
    """One of them with all that was said. Raises: NotDrawn, OnlyLooks."""
    found = _one(work, institutions, handover, by=by, at=at, seed=seed)
    talk = found.talk
    said = sheltering.chat(work, work.journal.talk(talk.person, limit=LINES), talk.person, by=by)
    lines = [line for line in said if talk.asked_at - BEFORE <= line.at <= talk.ended_at]
    return Heard(found, lines, takeover.of_chat(work, work.people.get(talk.person), talk.institution))


def score(
    work: UnitOfWork,
    institutions: Institutions,
    handover: int,
    given: Mapping[str, tuple[str, str]],
    *,
    by: Actor,
    at: datetime,
    seed: str,
) -> Score:
    """Keep the points and reasons: rubric key -> (points, reason), as typed. A reviewer may mend theirs until a reply came.

    Raises: NotDrawn, OnlyLooks, BadScore, Settled.
    """
    found = _one(work, institutions, handover, by=by, at=at, seed=seed)
    if not reviews(by) or found.talk.handler == by.name:
        raise OnlyLooks(by.name)
    lines = [_line(row, *given.get(row.key, ("", ""))) for row in institutions[found.talk.institution].rubric]
    points, most = sum(line["points"] for line in lines), sum(line["most"] for line in lines)
    home, handler = found.talk.institution, found.talk.handler
    kept = Score(handover, home, handler, by.name, at, points, most, lines, "", None)
    if not work.listening.put(kept):
        raise Settled(handover)
    return kept


def reply(
    work: UnitOfWork, institutions: Institutions, handover: int, text: str, *, by: Actor, at: datetime, seed: str
) -> None:
    """What the handler says to it, once. Raises: NotDrawn, OnlyLooks, Empty, Settled."""
    found = _one(work, institutions, handover, by=by, at=at, seed=seed)
    if found.talk.handler != by.name:
        raise OnlyLooks(by.name)
    if not text.strip():
        raise Empty("reply")
    if not work.listening.reply(handover, by.name, text.strip()[:REPLY], at=at):
        raise Settled(handover)


def averages(sampled: Iterable[Sampled]) -> list[Average]:
    """Of each handler, by name."""
    of: dict[str, list[Score]] = {}
    for one in sampled:
        if one.score is not None:
            of.setdefault(one.talk.handler, []).append(one.score)
    return [
        Average(name, len(scores), sum(s.points for s in scores), sum(s.most for s in scores))
        for name, scores in sorted(of.items())
    ]


def _since(at: datetime) -> datetime:
    """Whole months are drawn from: the first day of one, and a day more, whatever the zone."""
    return (at - BACK).replace(day=1, hour=0, minute=0) - timedelta(days=1)


def _drawn(had: Iterable[Had], institutions: Institutions, *, at: datetime, seed: str) -> frozenset[int]:
    homes: dict[str, list[sample.Ended]] = {}
    for one in had:
        day = one.ended_at.astimezone(ZoneInfo(institutions[one.institution].timezone)).date()
        if day >= (at - BACK).date().replace(day=1):
            homes.setdefault(one.institution, []).append(sample.Ended(one.id, one.handler, day))
    found: frozenset[int] = frozenset()
    for home, ended in homes.items():
        today = at.astimezone(ZoneInfo(institutions[home].timezone)).date()
        found |= sample.drawn(ended, seed=f"{seed} {home}", month=institutions[home].sampled, today=today)
    return found


def _sees(work: UnitOfWork, talk: Had, *, by: Actor) -> bool:
    """A handler their own; a reviewer everybody's, unless it is about a case that they may not see."""
    if talk.handler == by.name:
        return True
    return reviews(by) and (talk.number is None or rights.sees(by, work.cases.get(talk.number)))


def _one(work: UnitOfWork, institutions: Institutions, handover: int, *, by: Actor, at: datetime, seed: str) -> Sampled:
    found = next((s for s in listed(work, institutions, by=by, at=at, seed=seed) if s.talk.id == handover), None)
    if found is None:
        raise NotDrawn(handover)
    return found


def _line(row: Any, points: str, why: str) -> dict[str, Any]:
    """Raises: BadScore."""
    told, why = points.strip(), why.strip()[:WHY]
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(row.most))) or int(told) > row.most:
        raise BadScore(row.key, row.most)
    if int(told) < row.most and not why:
        raise BadScore(row.key, row.most)
    return {
        "key": row.key,
        "label": row.label,
        "label_en": row.label_en,
        "points": int(told),
        "most": row.most,
        "why": why,
    }
