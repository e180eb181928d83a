"""Whom a case was about is erased when the years are over for which it must be kept (``keep_years``).

What remains is a case without persons and without anybody's words: category,
department, grade, status, times and, where the institution only makes it
nameless (``casework.keep``), how it was worked on and in which street. So
counts stay, the history's chain stays whole, and its last line, the tombstone,
says when it was erased and how far.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases.changing import save
from backend.services.talks import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.domain.case import Case
    from backend.store.history import PastEvent
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

AT_ONCE = 200  # cases of one institution, or people, read in one go
TRIES_KEPT = timedelta(days=2)
"""Wrong tries at a number are counted for a day at most."""
LOST = timedelta(days=90)
"""A file that belongs to no case by then, of somebody who tells nothing any more, belongs to nothing."""
ROUGH = ("province", "city", "county", "district", "street")
"""The parts of a place in which many people live."""


def due(work: UnitOfWork, institution: Institution, *, at: datetime) -> list[str]:
    """The institution's cases whose years are over."""
    return work.forgetting.over(institution.id, before=ended(institution, at), limit=AT_ONCE)


def ended(institution: Institution, at: datetime) -> datetime:
    """Whatever was closed before then has been kept long enough; by the institution's own calendar."""
    local = at.astimezone(ZoneInfo(institution.timezone))
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year - institution.keep_years, day=day).astimezone(UTC)


def erase(work: UnitOfWork, institutions: Institutions, number: str, *, at: datetime) -> bool:
    """Erase who and whose words a case holds; False: it is not due any more, or was erased already."""
    people = [person.id for person in work.cases.people_of(number)]
    for person in sorted(people):
        work.people.lock_known(person)
    case = work.cases.get(number, lock=True)
    institution, history = institutions[case.institution], work.cases.history(number)
    over = case.closed_at is not None and case.closed_at < ended(institution, at)
    if not over or any(event.what == "erased" for event in history):
        return False
    for person in people:
        _erase_talk(work, person, case, history, at=at)
    texts, files = work.forgetting.erase_case(number)
    _anonymise(case)
    if institution.casework.keep == "erase":
        _empty(case)
    gone = {"years": institution.keep_years, "how": institution.casework.keep, "texts": texts, "files": files}
    case.note(Event(at, SYSTEM, "erased", gone))
    save(work, institution, case)
    return True


def asked(work: UnitOfWork, institution: Institution, *, at: datetime) -> int:
    """Nobody is known any more whom a campaign asked that was over so long ago, nor their words; of how many.

    So are the wishes for bulletins of those who have said nothing for so long.
    """
    before = ended(institution, at)
    return work.campaigns.outdated(institution.id, before=before) + work.bulletins.outdated(
        institution.id, before=before
    )


def talkers(work: UnitOfWork, *, before: datetime, after: int) -> list[int]:
    """People beyond that id who said something before then that is still there."""
    return work.forgetting.talked(before=before, after=after, limit=AT_ONCE)


def hush(work: UnitOfWork, person_id: int, *, before: datetime) -> int:
    """Erase what they said before then and no case of theirs needs; how many messages."""
    work.people.lock_known(person_id)
    return work.forgetting.erase_words(person_id, since=None, upto=before, keep=records.of(work, person_id))


def tidy(work: UnitOfWork, *, at: datetime) -> int:
    """Forget tries to follow a case that count no more, and files that never came to a case; how many of both."""
    tries = work.forgetting.drop_wrong_claims(before=at - TRIES_KEPT)
    return tries + work.forgetting.drop_lost_files(before=at - LOST)


def settle(work: UnitOfWork, *, begin: bool) -> bool:
    """Let the words of erased cases leave the index of the search too, a part at a time; is there more?"""
    return work.search.settle(begin=begin)


def _erase_talk(work: UnitOfWork, person: int, case: Case, history: Sequence[PastEvent], *, at: datetime) -> None:
    """What was said for this case, unless it was said for another of theirs as well."""
    belongs, elsewhere = records.within(history), records.of(work, person, but=case.number)
    work.forgetting.erase_words(person, since=None, upto=at, keep=lambda said: not belongs(said) or elsewhere(said))


def _anonymise(case: Case) -> None:
    facts = case.facts
    who = {"name": None, "contact": None, **{key: facts["who"][key] for key in ("anonymous", "confidential")}}
    empty: dict[str, Any] = dict.fromkeys(("what", "target", "request"))
    case.facts = {"who": who, **empty, "when": _when(facts["when"]), "where": _where(facts["where"]), "extra": {}}
    case.proposal = _proposal(case.proposal)
    case.answer, case.person = "", None


def _empty(case: Case) -> None:
    """Nor where and when it was, nor what was done beside moving it."""
    case.facts |= {"when": None, "where": None}
    case.proposal, case.record, case.officer, case.parent = {}, {}, None, None


def _when(when: dict[str, Any] | None) -> dict[str, Any] | None:
    return when and {**when, "text": ""}


def _where(where: dict[str, Any] | None) -> dict[str, Any] | None:
    """As far as the street: what is finer may be somebody's home."""
    pieces = {key: value for key, value in ((where or {}).get("pieces") or {}).items() if key in ROUGH}
    return {"text": "".join(pieces.values()), "lat": None, "lon": None, "pieces": pieces} if pieces else None


def _proposal(proposal: dict[str, Any]) -> dict[str, Any]:
    """What was proposed and how surely, without the words that spoke for it."""
    kept: dict[str, Any] = {key: proposal[key] for key in ("confidence", "decided", "by") if key in proposal}
    keys = ("category_id", "matter_id", "department_id", "category", "matter", "department", "score")
    top = [{key: one[key] for key in keys if key in one} for one in proposal.get("top", ())]
    return kept | {"top": top, "why": []} if proposal else {}
