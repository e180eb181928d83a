"""A citizen is asked to add something: what the question keeps, one reminder before its day, and what follows after it.

The move itself is ``casework``'s, the end of the pause ``clocks`` comes to;
how long a citizen may be waited for, ``domain/supplement`` knows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from backend.domain import running, supplement
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM, Status, stages
from backend.services.cases import asking, notices, posting
from backend.services.cases.changing import SYSTEM_ACTOR, enter
from dialogs.wording import EN, HANT, ZH, named
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

LATEST: Final = timedelta(hours=12)
"""A reminder that nobody came to send for so long is left out: the day itself is near."""
REMINDER = {
    "zh": "提醒您：您的诉求（{number}）还等您补充{note}。{promise}",
    "en": "A reminder: your case ({number}) still waits for you{note}. {promise}",
}
GONE_ON = {
    "go_on": (
        "您的诉求（{number}）等您补充已经到了时间，办理期限从现在起继续计算。材料随时可以直接发在这里。",
        "Your case ({number}) has waited for you as long as it may; its clocks run again. You can still send it here.",
    ),
    "go_back": (
        "您的诉求（{number}）等您补充已经到了时间，现在按已有的材料重新审核。材料随时可以直接发在这里。",
        "Your case ({number}) has waited for you as long as it may and is looked at again as it is. You can still send it here.",
    ),
}
GROUND = {
    "ground": "到了约定的日期，没有收到需要补充的材料",
    "ground_en": "what was asked for had not come by the day that was named",
    "note": "材料齐了，随时可以再提出来。",
}
ALERTS = {"go_on": "resumed", "go_back": "looked_again", "refuse": "lapsed"}
"""What the case's owner reads, by the institution's rule."""


def prepared(
    work: UnitOfWork, institution: Institution, case: Case, given: Mapping[str, str], *, at: datetime
) -> dict[str, str]:
    """Day, what is missing, the words of the history and when to remind. Raises: BadField."""
    rest = {key: text for key, text in given.items() if key not in {"until", "lacks", "remind"}}
    told = supplement.checked(institution, given, at=at)
    if words := asking.note(told.get("lacks", "").split(","), given.get("note", "")):
        told["note"] = words
    if "until" in told:
        shuts = _shuts(work, case, at=at)
        remind = supplement.reminder(institution, date.fromisoformat(told["until"]), at=at, shuts=shuts)
        told |= {"remind": remind.isoformat()} if remind else {}
    return rest | told


def _shuts(work: UnitOfWork, case: Case, *, at: datetime) -> datetime | None:
    """Until when whoever filed it can be written to freely; None: always, or not at all."""
    if case.person is None:
        return None
    return work.reaches.open_until([case.person], now=at).get(case.person)


def remind(work: UnitOfWork, institution: Institution, case: Case, *, at: datetime) -> bool:
    """Say once more what is missing and until when, where it is time for it; False: it is not, or no more."""
    due = supplement.remind_at(case)
    if due is None or due > at:
        return False
    supplement.reminded(case)
    if at > due + LATEST:
        return False
    words = _asked(work, case)
    people = work.cases.people_of(case.number)
    for person in people:
        language = person.language
        wanted = asking.wanted(case, words, language).rstrip("。.；;！!？?")
        note = f"{': ' if language == EN else '：'}{wanted}" if wanted else ""
        promise = asking.promised(institution, case, language)
        text = REMINDER[EN if language == EN else ZH].format(number=case.number, note=note, promise=promise)
        _queue(work, institution, case, person.id, traditional(text, words) if language == HANT else text, at=at)
    if people:
        case.note(Event(at, SYSTEM, "notice", {"reminded": True, "people": len(people)}))
    return bool(people)


def end(work: UnitOfWork, institution: Institution, case: Case, limit: datetime, *, at: datetime) -> str:
    """The time is over: the clocks go on from then, whenever we come to it, and what the institution's rule says
    happens; the citizens are told. Returns what the case's owner is to be told.
    """
    rule = _rule(institution)
    running.go_on(institution, case, at=limit)
    if rule == "refuse":
        enter(work, institution, case, Status.REFUSED, GROUND, by=SYSTEM_ACTOR, at=at)
        return ALERTS[rule]
    if rule == "go_back":
        enter(work, institution, case, Status.RECEIVED, {}, by=SYSTEM_ACTOR, at=at, quiet=True)
    people = work.cases.people_of(case.number)
    for person in people:
        told = named(person.language, *GONE_ON[rule])
        told = traditional(told) if person.language == HANT else told
        _queue(work, institution, case, person.id, told.format(number=case.number), at=at)
    if people:
        case.note(Event(at, SYSTEM, "notice", {"clocks": "resumed", "people": len(people)}))
    return ALERTS[rule]


def _rule(institution: Institution) -> str:
    """The institution's, as far as it has the stage for it."""
    rule = institution.casework.supervision.unanswered
    return "go_back" if rule == "refuse" and Status.REFUSED not in stages(institution) else rule


def _asked(work: UnitOfWork, case: Case) -> str:
    """The officer's words of the question that is open; empty where they were erased."""
    moves = [event for event in work.cases.history(case.number) if event.what == "moved"]
    return str(moves[-1].private.get("note") or "") if moves else ""


def _queue(work: UnitOfWork, institution: Institution, case: Case, person_id: int, text: str, *, at: datetime) -> None:
    person = work.people.get(person_id)
    choices = notices.buttons(work, institution, case, person)
    form = notices.form(institution, case, person.language, at=at)
    work.outbox.queue(
        person_id,
        number=case.number,
        kind="status",
        text=text,
        choices=choices,
        at=at,
        not_before=posting.when(work, institution, case, person_id, at=at),
        fields=form,
    )
