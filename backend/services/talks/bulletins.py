"""Monthly bulletins: which a citizen can have, that they want one or none any more, what it says, and that it is owed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import bulletin, periods
from backend.domain.campaign import is_quiet
from backend.services.talks import conversations
from backend.store.bulletins import Bulletin
from backend.store.people import VEIL
from dialogs.conversation import Stage
from dialogs.draft.nearing import nameless
from dialogs.effects import StopBulletins, WantBulletin
from dialogs.events import Bulletined, Subject
from dialogs.privacy.bulletins import PLACES
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.bulletin import Month
    from backend.domain.periods import Period
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Conversation
    from institutions.model import Institution

KIND = "bulletin"
MOST = 5
"""Bulletins of one institution that one person gets."""
AT_ONCE = 2000
"""Bulletins that one round owes."""
FROM, UPTO = time(9), time(20)
"""Local: day, whatever the institution's quiet hours are. The night's cases are counted by then."""
FEW, TOP = 10, 3
"""Fewer people than that are told as few (as reports.publishing has it); so many kinds are named."""
KEY = 64  # characters of a place's name


@dataclass(frozen=True, slots=True)
class Choice:
    """What a bulletin can be about, and how its button tells it."""

    about: str
    key: str
    subject: Subject


def carry_out(
    work: UnitOfWork, institution: Institution, person: Person, effect: WantBulletin | StopBulletins, *, at: datetime
) -> Bulletined:
    """They want one, or none any more."""
    if isinstance(effect, StopBulletins):
        return Bulletined("off" if work.bulletins.drop(person.id, institution.id) else "none")
    found = _offered(work, institution, person, effect)
    chosen = [one for one in found if (one.subject.about, one.subject.number) == (effect.about, effect.number)]
    if not chosen and len(found) > 1:
        return Bulletined("ask", options=tuple(one.subject for one in found))
    one = (chosen or found)[0]
    mine = work.bulletins.of(person.id, institution.id)
    known = any((had.about, had.key) == (one.about, one.key) for had in mine)
    if len(mine) >= MOST and not known:
        return Bulletined("many")
    fresh = work.bulletins.want(Bulletin(person.id, institution.id, one.about, one.key, at))
    return Bulletined("on" if fresh else "twice", one.subject.name, one.subject.name_en)


def _offered(work: UnitOfWork, institution: Institution, person: Person, effect: WantBulletin) -> list[Choice]:
    """The place of the draft, place and department of the last case (or of that which a button names); else everything."""
    found = []
    if 0 < len(effect.place) <= KEY and not nameless(effect.place):
        found.append(Choice(bulletin.PLACE, effect.place, Subject("draft", "", effect.place)))
    mine = [one for one in work.cases.bound_cases(person.id) if one.institution == institution.id and not one.sealed]
    mine.sort(key=lambda one: (one.number == effect.number, one.filed_at, one.number))
    for case in mine[-1:]:
        pieces = (case.facts.get("where") or {}).get("pieces") or {}
        name = next((str(pieces[kind]) for kind in PLACES if pieces.get(kind)), "")
        if 0 < len(name) <= KEY and not nameless(name) and name != effect.place:
            found.append(Choice(bulletin.PLACE, name, Subject("place", case.number, name)))
        office = institution.office(case.department_id)
        subject = Subject("department", case.number, office.name, office.name_en)
        found.append(Choice(bulletin.DEPARTMENT, office.id, subject))
    return found or [Choice(bulletin.ALL, "", Subject("all", "", institution.name, institution.name_en))]


def over(institution: Institution, *, at: datetime) -> Period | None:
    """The month that bulletins tell of now; None: it is night."""
    zone = ZoneInfo(institution.timezone)
    local = at.astimezone(zone)
    if not FROM <= local.time() < UPTO or is_quiet(at, institution.drafts.quiet, zone):
        return None
    return periods.holding("month", local.date()).before()


def owed(work: UnitOfWork, institution: Institution, month: Period) -> list[Bulletin]:
    """Who is to be told of that month: who wanted it before it ended."""
    ended = datetime.combine(month.last + periods.A_DAY, time(), ZoneInfo(institution.timezone))
    return work.bulletins.owed(institution.id, month.first, before=ended, limit=AT_ONCE)


def name_of(institution: Institution, one: Bulletin, language: str) -> str:
    """What it is about, as its reader calls it."""
    if one.about == bulletin.PLACE:
        return one.key
    if one.about == bulletin.ALL:
        return named(language, institution.name, institution.name_en)
    office = institution.office(one.key)
    return named(language, office.name, office.name_en)


def send(
    work: UnitOfWork, institution: Institution, one: Bulletin, month: Period, told: Month, *, at: datetime
) -> bool:  # fmt: skip
    """Owe it, once; False: they are telling something, or were told already, or want it no longer."""
    whom = work.people.get(one.person)
    work.people.lock_known(whom.id)
    talk = conversations.load(work, whom, institution)
    if _telling(talk) or not work.bulletins.tell(one, month.first):
        return False
    quiet = talk.silent or whom.gone or whom.address.startswith(VEIL) or work.people.wish(whom.id) == "none"
    if not quiet:
        text = written(institution, talk.language, name_of(institution, one, talk.language), month, told)
        work.outbox.queue(whom.id, number=None, kind=KIND, text=text, at=at)
    return not quiet


def _telling(talk: Conversation) -> bool:
    """Whether they are in the middle of something; it asks nothing, so that a visit-back that is open goes on."""
    return talk.stage is not Stage.IDLE or bool(talk.hand or talk.held or talk.album)


def written(institution: Institution, language: str, name: str, month: Period, told: Month) -> str:
    """The bulletin; what does not fit any more is left out from its end, but for how to stop."""
    lines = [
        phrase(language, "bulletin.title", name=name, year=month.first.year, month=month.first.month),
        *_lines(institution, language, told),
    ]
    stop = phrase(language, "bulletin.stop")
    while len("\n".join((*lines, stop))) > bulletin.LONGEST and len(lines) > 1:
        lines.pop()
    return "\n".join((*lines, stop))


def _lines(institution: Institution, language: str, told: Month) -> Iterator[str]:
    if not told.received and not told.near:
        yield phrase(language, "bulletin.empty")
        return
    if told.people < FEW:
        yield phrase(language, "bulletin.few", few=FEW)
        return
    yield phrase(language, "bulletin.received", n=told.received)
    if kinds := _kinds(institution, language, told):
        joined = phrase(language, "mark.and").join(
            phrase(language, "bulletin.kind", name=name, n=n) for name, n in kinds
        )
        yield phrase(language, "bulletin.kinds", kinds=joined)
    if told.half is None:
        yield phrase(language, "bulletin.waits")
    else:
        yield phrase(language, "bulletin.days", n=max(1, ceil(told.half / periods.A_DAY)))
    for key, rate in (("on_time", told.on_time), ("solved", told.solved)):
        if rate.denominator >= FEW and rate.share is not None:
            yield phrase(language, f"bulletin.{key}", share=round(100 * rate.share))


def _kinds(institution: Institution, language: str, told: Month) -> list[tuple[str, int]]:
    """The most frequent kinds, none of them of few people, nor what is left of the sum when they are told."""
    names = {one.id: named(language, one.name, one.name_en) for one in institution.categories}
    most = sorted((kind for kind in told.kinds if kind.cases), key=lambda kind: -kind.cases)
    shown = [kind for kind in most[:TOP] if len(kind.people) >= FEW]
    while shown:
        others = frozenset[int]().union(*(kind.people for kind in most if kind not in shown))
        if not others or len(others) >= FEW:
            break
        shown.pop()
    return [(names[kind.category], kind.cases) for kind in shown if kind.category in names]
