"""A person looks through what was learnt: which words to keep, what they come from, what a sentence would be now.

Words that a person would not have are never learnt again by themselves. What
is left of a version is checked like any other before it goes live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import rights, scope
from backend.services.office import learning
from backend.services.office.learning import LIVE, Lesson, NoTeacher
from backend.store.models import NoSuchModel
from institutions.taught import taught
from nlp.category.classify import Classifier
from nlp.category.learning import Learned, triples
from nlp.category.verdict import measure, no_worse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.services.office.learning import Ground
    from backend.store.models import Model
    from backend.store.work import UnitOfWork
    from institutions.model import Category, Institution, Matter
    from nlp.facts import Proposal

    Word = tuple[str, str]  # category id, word

SHOWN = 5  # examples
COUNTED = 200
"""Corrections that wait, at most, that are counted."""
LONGEST = 1000
"""Characters of a sentence to try."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Corrections that nothing was learnt from yet: how many (200: or more), and the newest of them."""

    count: int
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon. ``matter``: id, empty: the category's own; ``version``: that learnt it, 0: the file's."""

    category: str
    matter: str
    word: str
    weight: float  # below 0: it speaks against
    version: int


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A word that a person would not have."""

    category: str
    word: str
    by: str
    at: datetime


def waiting(work: UnitOfWork, institution: str, *, by: Actor) -> Waiting:
    """The corrections since the newest version was made, of cases that this person may see. Raises: NoTeacher."""
    may_teach(by, institution)
    newest = next(iter(work.models.all(institution, limit=1)), None)
    since = newest.made_at if newest else None
    numbers = work.lessons.corrected(institution, scope=scope.of(by), since=since, limit=COUNTED)
    return Waiting(len(numbers), tuple(_seen(work, numbers[:SHOWN], by)))


def examples(work: UnitOfWork, institution: str, category: str, word: str, *, by: Actor) -> tuple[Case, ...]:
    """Corrected cases in which a learnt word stands, of those that this person may see. Raises: NoTeacher."""
    may_teach(by, institution)
    numbers = work.lessons.saying(institution, category, word, scope=scope.of(by), limit=SHOWN)
    return tuple(_seen(work, numbers, by))


def unwanted(work: UnitOfWork, institution: str, *, by: Actor) -> list[Unwanted]:
    """The words that nobody wants learnt, the newest first. Raises: NoTeacher."""
    may_teach(by, institution)
    judged = work.lessons.judged(institution)
    found = [Unwanted(*word, who, at) for word, (wanted, who, at) in judged.items() if not wanted]
    return sorted(found, key=lambda one: (one.at, one.category, one.word), reverse=True)


def allow(work: UnitOfWork, institution: str, category: str, word: str, *, by: Actor, at: datetime) -> bool:
    """Let a word be learnt again; False: nobody had said no. Raises: NoTeacher."""
    may_teach(by, institution)
    work.models.lock(institution)
    known = work.lessons.judged(institution).get((category, word))
    if known is None or known[0]:
        return False
    work.lessons.judge(institution, [(category, word)], wanted=True, by=by.name, at=at)
    return True


def material(work: UnitOfWork, institution: str, number: int, *, by: Actor) -> tuple[Ground, Model]:
    """What the words of that version are checked with. Raises: NoTeacher, NoSuchModel."""
    may_teach(by, institution)
    return learning.ground(work, institution), work.models.get(institution, number)


def chosen(found: Ground, shipped: Institution, version: Model, kept: Collection[Word]) -> Lesson:
    """What is left of a version, checked against what is live. Slow; pure."""
    words = tuple(Learned(*row) for row in version.words if (row[0], row[1]) in kept)
    if not words:
        return Lesson(found, (), None)
    plain = Classifier(shipped)
    before = Classifier(taught(shipped, found.live.triples, version=1)) if found.live else plain
    after = Classifier(taught(shipped, triples(words), version=1))
    return Lesson(found, words, no_worse(measure(before, found.checks), measure(after, found.checks)))


def settle(work: UnitOfWork, learnt: Lesson, version: Model, *, by: Actor, at: datetime) -> Model | None:
    """Keep what a person chose of a version; it goes live if it passes its check. None: the words were so before.

    With no word left, a live version is taken back. Raises: NoTeacher, NoSuchModel, LearntMeanwhile.
    """
    home = version.institution
    may_teach(by, home)
    kept = {(one.category, one.word) for one in learnt.words}
    every = {(key, word) for key, word, _ in version.triples}
    work.models.lock(home)
    work.lessons.judge(home, sorted(every & kept), wanted=True, by=by.name, at=at)
    work.lessons.judge(home, sorted(every - kept), wanted=False, by=by.name, at=at)
    if not kept and work.models.get(home, version.number).state == LIVE:
        learning.roll_back(work, home, by=by, at=at, number=version.number)
    return learning.record(work, learnt, by=by.name, at=at)


def entries(shipped: Institution, live: Model | None) -> Iterator[Entry]:
    """Every word by which categories are told, as the file has them and as they were learnt."""
    for category in shipped.categories:
        yield from _words(category, "", category)
        for matter in category.matters:
            yield from _words(category, matter.id, matter)
    for key, word, weight in live.triples if live else ():
        yield Entry(key, "", word, weight, live.number if live else 0)


def versions(work: UnitOfWork, institution: str, number: int, *, by: Actor) -> Model | None:
    """A version to try a sentence with; None: it is none. Raises: NoTeacher."""
    may_teach(by, institution)
    try:
        return work.models.get(institution, number)
    except NoSuchModel:
        return None


def tried(shipped: Institution, version: Model | None, text: str) -> Proposal:
    """What a sentence would be with that version, None: with the file alone. Slow; pure."""
    home = taught(shipped, version.triples, version=version.number) if version else shipped
    return Classifier(home).propose(text[:LONGEST])


def _words(category: Category, matter: str, item: Category | Matter) -> Iterator[Entry]:
    for word, weight in item.words.items():
        signed = -weight if word.startswith("-") else weight
        yield Entry(category.id, matter, word.removeprefix("-"), signed, 0)


def _seen(work: UnitOfWork, numbers: Collection[str], by: Actor) -> Iterator[Case]:
    for number in numbers:
        case = work.cases.get(number)
        if rights.sees(by, case):
            yield case


def may_teach(by: Actor, institution: str) -> None:
    """Raises: NoTeacher: what that institution has learnt is none of theirs."""
    if not rights.may(by, "teach") or by.institution not in {None, institution}:
        raise NoTeacher(by.name)
