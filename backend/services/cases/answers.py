"""What an answer to a case still lacks: what the citizen told and how the case stands, handed to ``nlp.answers``.

It warns and stops nothing. What it warned of when the answer was sent stays in
the move's line of the history (``warned``: keys), for whoever reviews.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from backend.domain.lifecycle import CITIZEN, Status, notice
from backend.services.cases import given as told_with
from backend.services.cases import notices, reporters, view
from nlp.answers.check import check
from nlp.answers.heard import Heard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from backend.domain.case import Actor, Case
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from institutions.model import Institution
    from nlp.answers.heard import Caution

READ_AS = {Status.ANSWERED: Status.ANSWERED, Status.REVIEWING: Status.ANSWERED, Status.REFUSED: Status.REFUSED}
"""The moves whose words are an answer, and as what the citizen reads it: who reviews sees it as it will be sent."""
SINGLE = frozenset({"minute", "hour", "part", "day"})
"""How precisely a time is told that has a day of its own."""
MOST_SAID = 5
"""Later words of the citizen that an answer is held against, the newest."""


def cautions(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> tuple[Caution, ...]:
    """What to look at before this move's answer is sent; nothing where the move sends none, or it is empty."""
    text = _text(institution, to, given)
    if not text:
        return ()
    filer = work.people.get(case.person) if case.person is not None else None
    language = filer.language if filer else "zh"
    heard = _heard(case, work.cases.history(case.number), institution, READ_AS[to], language, by=by, at=at)
    return check(text, heard, institution=institution, channel=filer.channel if filer else "", language=language)


def warned(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> dict[str, str]:
    """The keys of the cautions, divided by commas, as the move's line of the history keeps them."""
    found = dict.fromkeys(one.key for one in cautions(work, institution, case, to, given, by=by, at=at))
    return {"warned": ",".join(found)} if found else {}


def _text(institution: Institution, to: Status, given: Mapping[str, str]) -> str:
    """The words of the move that the citizen reads."""
    if to not in READ_AS:
        return ""
    if to is not Status.REFUSED:
        return given.get("answer", "").strip()
    told = given.get("ground", "").strip()
    row = told_with.ground(institution, told)
    return f"{row.say if row else told}{given.get('note', '')}".strip()


def _heard(
    case: Case,
    history: Sequence[PastEvent],
    institution: Institution,
    to: Status,
    language: str,
    *,
    by: Actor,
    at: datetime,
) -> Heard:
    facts, joint = case.facts, reporters.joint(history)
    own, others = _names(case, institution, history, by=by)
    place = str((facts.get("where") or {}).get("text") or "")
    final = notices.is_final(institution, case)
    objecting = notices.objecting(institution, to, at, language, final=final)
    around = notice(
        to,
        language,
        number=case.number,
        department=notices.departments(institution, case, language),
        given={"answer": "", "ground": "", "note": ""},
    )
    return Heard(
        what="\n".join(_said(case, history)),
        request=str(facts.get("request") or ""),
        kind=case.kind,
        refused=to is Status.REFUSED,
        places=tuple(dict.fromkeys(each for each in (place, *_places(joint)) if each)),
        days=tuple(_days(facts.get("when"))),
        own=own,
        others=others,
        around=len(around) + len(objecting),
        remedy_told=bool(objecting),
    )


def _said(case: Case, history: Sequence[PastEvent]) -> Iterator[str]:
    """What happened, and what the citizen said of it later."""
    later = [
        str(event.private["text"])
        for event in history
        if event.what == "said" and event.by == CITIZEN and "about" not in event.detail and event.private.get("text")
    ]
    yield from (each for each in (str(case.facts.get("what") or ""), *later[-MOST_SAID:]) if each)


def _places(joint: Sequence[reporters.Reporter]) -> Iterator[str]:
    """Where those who joined have it from, if they said another place."""
    yield from (str((one.facts.get("where") or {}).get("text") or "") for one in joint if not one.left)


def _days(told: Mapping[str, object] | None) -> Iterator[date]:
    """The day of what happened once, where it was told to the day."""
    if told and told.get("precision") in SINGLE and not told.get("recurring"):
        yield datetime.fromisoformat(str(told["start"])).date()


def _names(
    case: Case, institution: Institution, history: Sequence[PastEvent], *, by: Actor
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the citizen's own names and numbers, the names of others), as far as this person may know them.

    What somebody may not see must not be found out by trying names in an answer.
    """
    if not view.may_see(by, case, institution):
        return (), ()
    who, unseen = case.facts.get("who") or {}, set(view.unseen(by, history))
    phone = str(who.get("contact") or "").partition(";")[0].removeprefix("+86")
    own = (str(who.get("name") or ""), phone, *map(str, (case.facts.get("extra") or {}).values()))
    joined = (str(one.facts.get("who") or "") for one in reporters.joint(history))
    others = chain(joined, own[:1] if who.get("confidential") else ())
    return own, tuple(name for name in others if len(name) > 1 and name not in unseen)
