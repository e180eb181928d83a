"""An institution's words, written at the desk: checked, kept as versions, laid over its file, put back.

The file stays the ground: a version holds what differs from it, and what no
longer fits (the file or the program has changed) is left out and said, never
spoken. What words must keep to is ``dialogs.wording.fitting``'s affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import rights
from dialogs.wording import fitting
from institutions.worded import PARTS, Place, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.wording import Wording
    from backend.store.work import UnitOfWork
    from dialogs.wording.plain import Fault
    from institutions.model import Institution

LONGEST_WHY = 200
"""Characters of a reason."""
MOST_READ = 2000
"""Characters that are looked at; no words of any kind are so long."""
MOST_NEWS = 50
"""Versions that somebody may have missed while writing."""


class NoWriter(Exception):
    """This person may not change what the institution says."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not change words; managers and administrators may")
        self.name = name


class NoSuchWords(Exception):
    """There are no such words, or no such version."""

    def __init__(self, what: str) -> None:
        super().__init__(f"there is nothing at {what}")
        self.what = what


class Unfit(Exception):
    """The bot could not or should not say that; ``faults`` tells everything."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class NoReason(Exception):
    """Whoever changes words says why, in at most 200 characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"a reason of {length} characters")
        self.length = length


class Unchanged(Exception):
    """It is said like that already."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote these very words since they were opened; ``news``: their versions, newest first."""

    def __init__(self, news: Iterable[Wording]) -> None:
        self.news = tuple(news)
        super().__init__(f"changed meanwhile by {', '.join(one.by for one in self.news)}")


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants to be said. ``text`` None: what the file says. ``base``: the version they had before them."""

    place: Place
    text: str | None
    why: str
    base: int


@dataclass(frozen=True, slots=True)
class Past:
    """Versions, newest first; ``more``: there are older ones."""

    versions: list[Wording]
    more: bool


def words_of(version: Wording | None) -> dict[Place, str]:
    """All that differs from the file in that version."""
    if version is None:
        return {}
    return {Place(part, key, language): text for part, key, language, text in version.words}  # type: ignore[arg-type]


def usable(shipped: Institution, words: Mapping[Place, str]) -> tuple[dict[Place, str], dict[Place, str]]:
    """The words that may be said, and of the others why not."""
    good: dict[Place, str] = {}
    bad: dict[Place, str] = {}
    for place, text in words.items():
        there = place.part in PARTS and fitting.there(shipped, place)
        fault = next(fitting.wrongs(shipped, place, text), "") if there else "the file has it no longer"
        if fault:
            bad[place] = fault
        else:
            good[place] = text
    return good, bad


def laid_over(institution: Institution, shipped: Institution, version: Wording | None) -> Institution:
    """*institution* as it speaks with that version; *shipped*: as its file says."""
    return worded(institution, usable(shipped, words_of(version))[0])


def live(work: UnitOfWork) -> dict[str, Wording]:
    """The newest version of each institution that has one."""
    return work.wordings.live()


def marks(work: UnitOfWork) -> dict[str, int]:
    """The number of each institution's newest version."""
    return work.wordings.marks()


def now(work: UnitOfWork, institution: str, *, by: Actor) -> Wording | None:
    """The newest version of one institution. Raises: NoWriter."""
    _writes(by, institution)
    return work.wordings.newest(institution)


def past(work: UnitOfWork, institution: str, *, by: Actor, limit: int, below: int | None = None) -> Past:
    """Its versions. Raises: NoWriter."""
    _writes(by, institution)
    found = work.wordings.all(institution, limit=limit + 1, below=below)
    return Past(found[:limit], len(found) > limit)


def change(work: UnitOfWork, shipped: Institution, edit: Edit, *, by: Actor, at: datetime) -> int:
    """Say something else from now on; the new version's number.

    Raises: NoWriter, NoSuchWords, NoReason, Unfit, ChangedMeanwhile, Unchanged.
    """
    home, place = shipped.id, edit.place
    _writes(by, home)
    if not fitting.there(shipped, place):
        raise NoSuchWords(f"{place.part} {place.key}")
    why = _reason(edit.why)
    ours = fitting.ours(shipped, place)
    text = ours if edit.text is None else _clean(edit.text)
    if edit.text is not None and (faults := tuple(fitting.wrongs(shipped, place, text))):
        raise Unfit(faults)
    work.wordings.lock(home)
    newest = work.wordings.newest(home)
    words = words_of(newest)
    before = words.get(place, ours)
    if before == text:
        raise Unchanged
    if news := _missed(work, home, place, edit.base):
        raise ChangedMeanwhile(news)
    after = words | {place: text}
    if text == ours:
        del after[place]
    changes = [(place.part, place.key, place.language, before, None if text == ours else text)]
    return work.wordings.add(home, words=_rows(after), changes=changes, why=why, by=by.name, at=at)


def restore(
    work: UnitOfWork, shipped: Institution, number: int, *, why: str, base: int, by: Actor, at: datetime
) -> int:
    """Say once more what version *number* said, 0: what the file says; a new version, its number.

    Words that fit no longer are left out. Raises: NoWriter, NoSuchWords, NoReason, ChangedMeanwhile, Unchanged.
    """
    home = shipped.id
    _writes(by, home)
    why = _reason(why)
    work.wordings.lock(home)
    wanted = work.wordings.get(home, number) if number else None
    if number and wanted is None:
        raise NoSuchWords(f"version {number}")
    if news := work.wordings.all(home, limit=MOST_NEWS, above=base):
        raise ChangedMeanwhile(news)
    was, words = words_of(work.wordings.newest(home)), usable(shipped, words_of(wanted))[0]
    if was == words:
        raise Unchanged
    changes = [
        (place.part, place.key, place.language, was.get(place, _ours(shipped, place)), words.get(place))
        for place in sorted(was.keys() | words.keys())
        if was.get(place) != words.get(place)
    ]
    return work.wordings.add(home, words=_rows(words), changes=changes, why=why, by=by.name, at=at, restores=number)


def _missed(work: UnitOfWork, home: str, place: Place, base: int) -> list[Wording]:
    """Versions after *base* that changed these very words; others' work elsewhere is in nobody's way."""
    told = (place.part, place.key, place.language)
    newer = work.wordings.all(home, limit=MOST_NEWS, above=base)
    return [one for one in newer if any(change[:3] == told for change in one.changes)]


def _ours(shipped: Institution, place: Place) -> str:
    return fitting.ours(shipped, place) if fitting.there(shipped, place) else ""


def _rows(words: Mapping[Place, str]) -> list[tuple[str, str, str, str]]:
    return [(place.part, place.key, place.language, text) for place, text in sorted(words.items())]


def _clean(text: str) -> str:
    """As it is kept: line ends of one kind, none at the end."""
    return "\n".join(line.rstrip() for line in text[:MOST_READ].replace("\r\n", "\n").strip().split("\n"))


def _reason(why: str) -> str:
    told = " ".join(why.split())
    if not told or len(told) > LONGEST_WHY:
        raise NoReason(len(told))
    return told


def _writes(by: Actor, institution: str) -> None:
    if not rights.may(by, "teach") or by.institution not in {None, institution}:
        raise NoWriter(by.name)
