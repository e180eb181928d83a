"""The visit-back (回访) of a case: asked once for each answer, recorded as it is answered, acted upon.

Not content: the case is reopened for a higher hand, as far as the institution's
rule goes. Else it is closed. Silence closes it too, after the institution's wait.
Who joined the case is asked as well; the answer that counts and closes is that
of who filed it. Everybody whose case is answered is asked, also where whoever
handled it closes it before; each time is kept (``invitations``). Whom a person
calls afterwards is ``calls``'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import survey
from backend.domain.case import Event
from backend.domain.drafts import by_day
from backend.domain.lifecycle import CITIZEN, SYSTEM, Status
from backend.domain.survey import Verdict, over, verdict
from backend.services.cases import notices, posting, reporters
from backend.services.cases.changing import CITIZEN_ACTOR, SYSTEM_ACTOR, enter, save
from backend.services.cases.reporters import JOINERS
from backend.services.talks import conversations
from backend.store.callbacks import Callback
from backend.store.invitations import Invitation
from dialogs.conversation import Stage
from dialogs.engine import step
from dialogs.events import Rated, VisitBackDue
from dialogs.messages import Say
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.surveys import SurveyRow
    from backend.store.work import UnitOfWork
    from dialogs.effects import Rate
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

GONE = frozenset({Status.WITHDRAWN, Status.ARCHIVED})
"""Nobody rates these."""


def at_once(institution: Institution) -> bool:
    """Whether the visit-back goes out together with the answer."""
    return institution.survey.after.startswith("0")


def lock_person(work: UnitOfWork, number: str) -> None:
    """Take the locks of whom ``start`` asks, before the case's: it changes their conversations. Raises: NoSuchCase."""
    case = work.cases.get(number)
    asked = {person.id for person in work.cases.reporters(number)} | ({case.person} - {None})
    for person in sorted(one for one in asked if one is not None):
        work.people.lock_known(person)


def start(work: UnitOfWork, institutions: Institutions, case: Case, *, at: datetime, why: str = "due") -> Case:
    """Ask whose matter it is, each in their chat; once for each time it was answered, and nobody who took back consent.

    A case that was closed meanwhile stays closed. The unit has taken their locks, then the case's.
    """
    institution = institutions[case.institution]
    people = work.cases.reporters(case.number)
    if case.status is not Status.CLOSED:
        enter(work, institution, case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    if not _open(work, institution, case, case.person, at=at):
        return case
    asked = sum(_ask(work, institution, case, person, at=at, why=why) for person in people)
    if asked:
        _note(work, institution, case, {"visit": "asked", "round": case.round, "people": asked, "why": why}, at=at)
    else:
        _call(work, institution, case, case.round, "unreachable", at=at, due=at)
    return case


def begin(
    work: UnitOfWork, institutions: Institutions, number: str, *, person: int, at: datetime
) -> VisitBackDue | None:
    """Ask now, since who filed it came by themselves; who joined is asked too. None: there is nothing to ask about."""
    case = work.cases.get(number)
    if case.person == person:
        lock_person(work, number)
    case = work.cases.get(number, lock=True)
    asking = (number, case.round) in work.surveys.asking([number])
    if case.person != person or not (asking or case.status in {Status.ANSWERED, Status.VISITING_BACK}):
        return None
    institution = institutions[case.institution]
    if case.status is not Status.CLOSED:
        enter(work, institution, case, Status.VISITING_BACK, {}, by=SYSTEM_ACTOR, at=at)
    if _open(work, institution, case, person, at=at):
        work.surveys.invitations.add(_invitation(case, person, at=at, why="asked", by=CITIZEN))
        others = [other for other in work.cases.reporters(number) if other.id != person]
        asked = 1 + sum(_ask(work, institution, case, other, at=at, why="asked") for other in others)
        _note(work, institution, case, {"visit": "asked", "round": case.round, "people": asked, "why": "asked"}, at=at)
    return VisitBackDue(number, case.round)


def _open(work: UnitOfWork, institution: Institution, case: Case, person: int | None, *, at: datetime) -> bool:
    """Begin the window; False: it was begun already."""
    rule, zone = institution.survey, ZoneInfo(institution.timezone)
    ends = over(institution, at, rule.wait)
    remind = by_day(over(institution, at, rule.remind), institution.drafts, zone) if rule.remind else None
    reminded = remind if remind and remind < ends and person is not None else None
    return work.surveys.open(case.number, case.round, person, at=at, ends_at=ends, remind_at=reminded)


def _ask(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    person: Person,
    *,
    at: datetime,
    why: str,
    again: bool = False,
) -> bool:
    """Put the question in their chat; False: they took back their consent and are not asked."""
    before = conversations.load(work, person, institution)
    if before.silent:
        return False
    talk, effects = step(institution, before, VisitBackDue(case.number, case.round, again=again))
    sent = None
    for effect in effects:
        if isinstance(effect, Say):
            choices = [{"id": c.id, "label": c.label} for c in effect.choices]
            told = notices.form(institution, case, person.language, at=at, note=phrase(person.language, "visit.note"))
            sent = work.outbox.queue(
                person.id,
                number=case.number,
                kind="survey",
                text=effect.text,
                choices=choices,
                at=at,
                not_before=posting.when(work, institution, case, person.id, at=at),
                fields=told,
            )
    conversations.keep(work, person, institution, talk, at=at)
    kind = "reminder" if again else "first" if person.id == case.person else "joined"
    work.surveys.invitations.add(_invitation(case, person.id, at=at, why=why, kind=kind, message=sent))
    return True


def rate(work: UnitOfWork, institutions: Institutions, effect: Rate, *, person: int, at: datetime) -> Rated:
    """Put an answer on record and let the case follow from it; or say why it does not count."""
    case = work.cases.get(effect.number, lock=True)
    institution, asked = institutions[case.institution], effect.round or _round(work, case)
    row = work.surveys.get(case.number, asked)
    joined = work.cases.roles(person).get(case.number) in JOINERS
    if row is None or (refused := _refused(work, case, row, None if joined else effect, at=at)):
        return Rated(case.number, reopened=False, refused=refused if row else "rate.late")
    if joined:
        return _rate_joined(work, institutions, case, effect, person=person, at=at)
    work.surveys.record(
        case.number,
        asked,
        contacted=effect.contacted,
        solved=effect.solved,
        satisfied=effect.satisfied,
        remark=effect.remark,
        reasons=effect.reasons,
        at=at,
    )
    case.note(_event(effect, asked, {}, at=at))
    if (call := work.surveys.calls.get(case.number, asked)) is not None and call.why != "dissatisfied":
        work.surveys.calls.drop(case.number, asked, at=at)
    decided = verdict(effect.solved, effect.satisfied, institution.survey.reopen, again=may_again(institution, case))
    if survey.discontent(effect.solved, effect.satisfied) and effect.satisfied is not None:
        due = over(institution, at, institution.survey.between)
        _call(work, institution, case, asked, "dissatisfied", at=at, due=due)
    reopened = decided is Verdict.REOPEN and case.round == asked
    if not follow(work, institution, case, decided if case.round == asked else Verdict.WAIT, at=at, acting=person):
        save(work, institution, case)
    return Rated(case.number, reopened=reopened, promised=case.due.get("answer") if reopened else None)


def follow(
    work: UnitOfWork, institution: Institution, case: Case, decided: Verdict, *, at: datetime, acting: int | None
) -> bool:
    """Let the case follow from what was said of its last answer; False: it stays where it is.

    ``acting``: the citizen, who need not be told; None: they said it on the phone.
    """
    if decided is Verdict.REOPEN and case.status in {Status.VISITING_BACK, Status.CLOSED, Status.ANSWERED}:
        work.surveys.end(case.number, case.round, at=at)
        return enter(work, institution, case, Status.REOPENED, {}, by=CITIZEN_ACTOR, at=at, acting=acting)
    if decided is Verdict.CLOSE and case.status is Status.VISITING_BACK:
        return enter(work, institution, case, Status.CLOSED, {}, by=CITIZEN_ACTOR, at=at, acting=acting)
    return False


def may_again(institution: Institution, case: Case) -> bool:
    """Whether a visit-back may have it worked on once more."""
    return not institution.survey.reopens or case.round <= institution.survey.reopens


def _refused(work: UnitOfWork, case: Case, row: SurveyRow, effect: Rate | None, *, at: datetime) -> str:
    """Why an answer does not count, as the key of a sentence; empty: it does. ``effect`` None: who joined says it."""
    if case.status in GONE or row.outcome in {"silent", "unreachable"} or (row.ends_at and at >= row.ends_at):
        return "rate.late"
    if case.round > row.round and work.surveys.get(case.number, case.round) is not None:
        return "rate.renewed"
    if effect is None:
        return ""
    if case.round > row.round and row.answered_at is None:
        return "rate.reopened"
    told = ((row.solved, effect.solved), (row.satisfied, effect.satisfied))
    twice = row.whole and any(new not in {None, old} for old, new in told)
    return "rate.twice" if twice or row.by == "phone" else ""


def _rate_joined(
    work: UnitOfWork, institutions: Institutions, case: Case, effect: Rate, *, person: int, at: datetime
) -> Rated:
    """What somebody says who joined: on record beside the case's own visit-back, which alone is counted.

    Not solved reopens the case for them too, even closed; content closes nothing, for who filed it is still asked.
    """
    institution = institutions[case.institution]
    joined = reporters.of_person(reporters.joint(work.cases.history(case.number)), person)
    case.note(_event(effect, case.round, {"voice": joined.voice} if joined else {}, at=at))
    decided = verdict(effect.solved, effect.satisfied, institution.survey.reopen, again=may_again(institution, case))
    again = decided is Verdict.REOPEN and case.status in {Status.VISITING_BACK, Status.CLOSED}
    if not again:
        save(work, institution, case)
        return Rated(case.number, reopened=False)
    follow(work, institution, case, decided, at=at, acting=person)
    return Rated(case.number, reopened=True, promised=case.due.get("answer"))


def _event(effect: Rate, asked: int, more: dict[str, object], *, at: datetime) -> Event:
    answers = {"contacted": effect.contacted, "solved": effect.solved, "satisfied": effect.satisfied}
    reasons = {"reasons": list(effect.reasons)} if effect.reasons else {}
    private = {"remark": effect.remark} if effect.remark else {}
    return Event(at, CITIZEN, "rated", {**answers, "round": asked, **reasons, **more}, private)


def send_due(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """Ask about every answered case whose time has come, and remind who did not answer; returns how many."""
    asked = sum(ask_due(work, institutions, *one, at=at) for one in to_ask(work, institutions, at=at))
    return asked + remind(work, institutions, at=at)


def to_ask(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[tuple[str, str]]:
    """The answered cases whose time to be asked about has come, and why then; those of institutions that are served."""
    waiting = [one for one in work.surveys.unasked(before=at) if one.institution in institutions]
    windows = work.surveys.invitations.windows({one.person for one in waiting if one.person is not None})
    plans = [
        (one, survey.asking(institutions[one.institution], one.since, windows.get(one.person or 0))) for one in waiting
    ]
    return [(one.number, plan.why) for one, plan in plans if plan.at <= at]


def ask_due(work: UnitOfWork, institutions: Institutions, number: str, why: str, *, at: datetime) -> bool:
    """Ask about one of them; False: it stands elsewhere meanwhile."""
    lock_person(work, number)
    case = work.cases.get(number, lock=True)
    if case.status is not Status.ANSWERED:
        return False
    start(work, institutions, case, at=at, why=why)
    return True


def remind(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """Ask those once more who were asked and said nothing: once, by day, while they can be reached; how many."""
    return sum(remind_one(work, institutions, row, at=at) for row in work.surveys.to_remind(at=at))


def remind_one(work: UnitOfWork, institutions: Institutions, row: SurveyRow, *, at: datetime) -> bool:
    """Ask one person once more; False: not now, or not any more."""
    lock_person(work, row.number)
    case = work.cases.get(row.number, lock=True)
    institution = institutions[case.institution]
    day = by_day(at, institution.drafts, ZoneInfo(institution.timezone))
    if day > at:
        work.surveys.put_off(row.number, row.round, day)
        return False
    work.surveys.reminded(row.number, row.round)
    stands = case.round == row.round and case.status in {Status.VISITING_BACK, Status.CLOSED}
    if not stands or row.person is None or row.answered_at is not None or (row.ends_at and row.ends_at <= at):
        return False
    person, window = work.people.get(row.person), work.surveys.invitations.windows({row.person}).get(row.person)
    busy = conversations.load(work, person, institution).stage is not Stage.IDLE
    if person.gone or busy or (window is not None and window <= at):
        return False
    if not _ask(work, institution, case, person, at=at, why="due", again=True):
        return False
    _note(work, institution, case, {"visit": "reminded", "round": case.round, "people": 1}, at=at)
    return True


def expire(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """End the windows that are over, and close the cases that stayed without an answer; how many were closed."""
    for row in work.surveys.to_end(at=at):
        end_one(work, institutions, row, at=at)
    return sum(close_one(work, institutions, *one, at=at) for one in to_close(work, institutions, at=at))


def to_close(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[tuple[str, datetime]]:
    """The cases that waited long enough for an answer of their citizen, and since when; those of who is served."""
    waiting = [one for one in work.surveys.unanswered(before=at) if one.institution in institutions]
    rules = {key: institutions[key] for key in {one.institution for one in waiting}}
    return [
        (one.number, one.since)
        for one in waiting
        if over(rules[one.institution], one.since, rules[one.institution].survey.wait) <= at
    ]


def close_one(work: UnitOfWork, institutions: Institutions, number: str, since: datetime, *, at: datetime) -> bool:
    """Close one of them; False: it stands elsewhere meanwhile."""
    case = work.cases.get(number, lock=True)
    if case.status is not Status.VISITING_BACK or case.status_at != since:
        return False
    enter(work, institutions[case.institution], case, Status.CLOSED, {}, by=SYSTEM_ACTOR, at=at)
    return True


def end_one(work: UnitOfWork, institutions: Institutions, row: SurveyRow, *, at: datetime) -> None:
    """The window is over: who did not answer was silent, or was never reached, which is another thing."""
    case = work.cases.get(row.number, lock=True)
    institution = institutions[case.institution]
    row = work.surveys.get(row.number, row.round) or row
    if row.over_at is not None or row.answered_at is not None:
        work.surveys.end(row.number, row.round, at=at)
        return
    outcome = "silent" if work.surveys.invitations.arrived(row.number, row.round) else "unreachable"
    work.surveys.end(row.number, row.round, at=at, outcome=outcome)
    if case.round == row.round:
        _call(work, institution, case, row.round, outcome, at=at, due=at)
        _note(work, institution, case, {"visit": outcome, "round": row.round}, at=at)


def next_due(work: UnitOfWork, institutions: Institutions, *, upto: datetime) -> datetime | None:
    """When somebody is asked or reminded next, or a window ends; None: nothing does up to then."""
    waiting = [one for one in work.surveys.unasked(before=upto) if one.institution in institutions]
    windows = work.surveys.invitations.windows({one.person for one in waiting if one.person is not None})
    times = [
        survey.asking(institutions[one.institution], one.since, windows.get(one.person or 0)).at for one in waiting
    ]
    silent = [one for one in work.surveys.unanswered(before=upto) if one.institution in institutions]
    times += [over(home, one.since, home.survey.wait) for one in silent for home in (institutions[one.institution],)]
    if (due := work.surveys.next_due()) is not None:
        times.append(due)
    return min(times, default=None)


def _call(
    work: UnitOfWork, institution: Institution, case: Case, asked: int, why: str, *, at: datetime, due: datetime
) -> None:
    """Put them on the list of calls, where the institution calls such people and they left a number to be called at."""
    who = case.facts["who"]
    if why in institution.survey.by_phone and who.get("contact") and not who.get("withheld"):
        day = by_day(due, institution.drafts, ZoneInfo(institution.timezone))
        work.surveys.calls.ask(Callback(case.number, asked, case.institution, why, at, day))


def _invitation(
    case: Case,
    person: int,
    *,
    at: datetime,
    why: str,
    by: str = SYSTEM,
    kind: str = "first",
    message: int | None = None,
) -> Invitation:
    return Invitation(case.number, case.round, at, "chat", kind, why, by, person, message)


def _note(work: UnitOfWork, institution: Institution, case: Case, told: dict[str, object], *, at: datetime) -> None:
    case.note(Event(at, SYSTEM, "notice", told))
    save(work, institution, case)


def _round(work: UnitOfWork, case: Case) -> int:
    """The round that was asked about: a case reopened meanwhile is already in the next."""
    return case.round if work.surveys.get(case.number, case.round) else case.round - 1
