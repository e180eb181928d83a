"""Cases by what was told in them: what each is found by, kept in the unit that changes it, and one language of questions.

A question is words, a phone number, and ``key:value`` for the rest, as the form of the desk writes it too. What a reader
sees with stars finds nothing for them: else who guesses a name or number learns whose case it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import scope
from backend.domain.lifecycle import PAUSING, PLAIN, RULES, Status
from backend.services.cases import view
from backend.store.search import CLOCKS, Key, Wanted
from nlp import indexing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from backend.domain.case import Actor, Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

TOLD = ("what", "request", "target")
PLACE = "\ue000"
"""Before a word of the place, kept once more, so that a place can be asked for; no text has this character."""
TELLING = frozenset({"filed", "corrected", "erased"})
"""Events after which a case may tell other words."""
MOST_WORDS, LONGEST_NAME = 12, 64
TRIES, AT_ONCE = 5, 50
"""Pages, and cases of each, that are looked through for those the reader may find; the next page goes on from there."""
ZONE = ZoneInfo("Asia/Shanghai")
YEARS = range(1900, 2200)
PHONE = re.compile(r"\+?(?:86|0086)?[-\s]?(\d[\d\s-]{5,18}\d)")
PART = re.compile(r'(?:([^\s:："]+)[:：])?(?:"([^"]*)"|(\S+))')

KEYS = {
    "电话": "phone", "手机": "phone", "phone": "phone",
    "姓名": "name", "诉求人": "name", "name": "name",
    "地点": "place", "地址": "place", "place": "place",
    "类别": "category", "category": "category",
    "部门": "department", "department": "department",
    "状态": "status", "status": "status",
    "时限": "clock", "clock": "clock",
    "类型": "kind", "kind": "kind",
    "来源": "source", "source": "source",
    "等级": "grade", "grade": "grade",
    "经办人": "officer", "officer": "officer",
    "机构": "institution", "institution": "institution",
    "从": "since", "since": "since",
    "到": "until", "until": "until",
}  # fmt: skip
"""What may stand before a colon."""
CALLED = {"超期": "late", "超时": "late", "临期": "soon", "将到期": "soon", "暂停": "paused", "停表": "paused"}


NO_STATUS = "-"
"""Where two filters leave none."""


class BadQuestion(Exception):
    """A part of a question asks for what there is not."""

    def __init__(self, key: str, value: str, known: Iterable[str]) -> None:
        self.known = ", ".join(sorted(known))
        super().__init__(f"there is no {key} {value[:40]!r}; there are {self.known}")
        self.key, self.value = key, value[:40]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and the words as they were typed, which must stand in what the reader reads."""

    wanted: Wanted
    words: tuple[str, ...] = ()

    def narrowed(self, *, statuses: Collection[str], since: datetime | None) -> Question:
        """The same, of these statuses alone and filed since then; none and None: as it is."""
        wanted = self.wanted
        kept = tuple(str(status) for status in statuses)
        if kept:
            both = tuple(status for status in kept if not wanted.statuses or status in wanted.statuses)
            wanted = replace(wanted, statuses=both or (NO_STATUS,))
        if since is not None:
            wanted = replace(wanted, since=max(since, wanted.since or since))
        return replace(self, wanted=wanted)


def key_of(case: Case) -> Key:
    """What this case is found by."""
    facts, who = case.facts, case.facts.get("who") or {}
    place = str((facts.get("where") or {}).get("text") or "")
    words = indexing.held("\n".join(str(facts.get(key) or "") for key in TOLD))
    spots = indexing.held(place)
    phone, name = digits(str(who.get("contact") or "")), str(who.get("name") or "").strip()[:LONGEST_NAME]
    return Key(case.number, phone or None, name or None, [*words, *spots, *(PLACE + word for word in spots)])


def keep(work: UnitOfWork, case: Case) -> None:
    """The case is found by what it tells now."""
    work.search.keep(key_of(case))


def tells_anew(case: Case) -> bool:
    """Whether what is about to be saved changes what the case is found by."""
    return any(event.what in TELLING for event in case.fresh)


def fill(work: UnitOfWork, *, limit: int) -> int:
    """Cut the words of cases that were there before there was a search; how many."""
    numbers = work.search.unread(limit=limit)
    for number in numbers:
        keep(work, work.cases.get(number))
    return len(numbers)


def digits(text: str) -> str:
    """A phone number as it is compared: digits, without the country's 86; empty: it is none."""
    found = PHONE.fullmatch(text.strip())
    return re.sub(r"\D", "", found[1])[:32] if found else ""


def question(text: str, institutions: Institutions, *, zone: ZoneInfo = ZONE) -> Question:
    """What somebody typed. Raises: BadQuestion."""
    if phone := digits(text):
        return Question(Wanted(phone=phone))
    wanted, typed, places = Wanted(), [], []
    for found in PART.finditer(text):
        value = (found[2] if found[2] is not None else found[3] or "").strip()
        key = KEYS.get((found[1] or "").lower())
        if key is None or not value:
            typed.append(found[0].strip('"'))
        elif key == "place":
            places.append(value)
        else:
            wanted = replace(wanted, **_part(key, value, institutions, zone))
    words = [word for part in typed for word in indexing.asked(part)]
    spots = [PLACE + word for part in places for word in indexing.asked(part)]
    return Question(replace(wanted, words=tuple([*words, *spots][:MOST_WORDS])), (*typed, *places))


def find(
    work: UnitOfWork,
    asked: Question,
    *,
    by: Actor,
    institution: str | None = None,
    department: str | None = None,
    now: datetime,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[Case], str | None]:
    """The cases this actor may see that are so, and the cursor of the next page. Raises: BadCursor."""
    wanted = asked.wanted
    if institution is not None:
        wanted = replace(wanted, institution=institution)
    if department is not None:
        wanted = replace(wanted, departments=(department,))
    found: list[Case] = []
    for _ in range(TRIES):
        page, cursor = work.search.find(
            wanted, scope=scope.of(by), paused=PAUSING, now=now, limit=max(limit, AT_ONCE), cursor=cursor
        )
        found += [case for case in page if _may_find(by, case, asked)]
        if cursor is None or len(found) > limit:
            break
    return found[:limit], work.search.after(wanted, found[limit - 1]) if len(found) > limit else cursor


def _may_find(by: Actor, case: Case, asked: Question) -> bool:
    """Whether this reader reads what was asked for: the person only where they see who it is."""
    if view.finds(by, case):
        return True
    if asked.wanted.phone or asked.wanted.name:
        return False
    return all(view.reads(by, case, piece) for part in asked.words for piece in indexing.pieces(part))


def _part(key: str, value: str, institutions: Institutions, zone: ZoneInfo) -> dict[str, Any]:
    """One ``key:value`` as fields of Wanted. Raises: BadQuestion."""
    match key:
        case "phone":
            return {"phone": digits(value) or value[:32]}
        case "name" | "officer":
            return {key: value[:LONGEST_NAME]}
        case "clock":
            return {key: _one(key, value, {**CALLED, **{name: name for name in CLOCKS}})}
        case "since" | "until":
            day = _day(key, value)
            return {key: datetime.combine(day + timedelta(days=key == "until"), time(), zone)}
        case "institution":
            known = {called: home.id for home in institutions.values() for called in (home.id, home.name)}
            return {key: _one(key, value, known)}
        case "source":
            return {"sources": (value[:32],)}
        case _:
            return {PLURAL[key]: _several(key, value, institutions)}


def _several(key: str, value: str, institutions: Institutions) -> tuple[str, ...]:
    """Every id that is called so, in whichever institution. Raises: BadQuestion."""
    known = [pair for home in institutions.values() for pair in NAMES[key](home)]
    found = tuple(dict.fromkeys(id_ for called, id_ in known if called == value))
    if not found:
        raise BadQuestion(key, value, {called for called, id_ in known if called != id_})
    return found


def _one(key: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise BadQuestion(key, value, known)
    return known[value]


def _day(key: str, value: str) -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise BadQuestion(key, value, ("2026-01-31",)) from error
    if day.year not in YEARS:  # the day after the last there is, in another zone
        raise BadQuestion(key, value, ("2026-01-31",))
    return day


def _categories(home: Institution) -> Iterator[tuple[str, str]]:
    for each in home.categories:
        yield from ((each.id, each.id), (each.name, each.id))


def _departments(home: Institution) -> Iterator[tuple[str, str]]:
    for each in home.departments:
        yield from ((each.id, each.id), (each.name, each.id))


def _statuses(_home: Institution) -> Iterator[tuple[str, str]]:
    for status in Status:
        yield from ((status.value, status.value), (RULES[status].label, status.value), (PLAIN[status][0], status.value))


def _labelled(labels: Mapping[str, str]) -> Callable[[Institution], Iterator[tuple[str, str]]]:
    return lambda _home: (pair for key, label in labels.items() for pair in ((key, key), (label, key)))


NAMES: dict[str, Callable[[Institution], Iterator[tuple[str, str]]]] = {
    "category": _categories,
    "department": _departments,
    "status": _statuses,
    "kind": _labelled(view.KINDS),
    "grade": _labelled(view.GRADES),
}
PLURAL = {
    "category": "categories",
    "department": "departments",
    "status": "statuses",
    "kind": "kinds",
    "grade": "grades",
}
"""The field of Wanted that takes them."""
