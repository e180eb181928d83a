"""Learning at work: handlers' corrections become words, and words go live when they harm no class.

``ground`` reads, ``lesson`` is slow and touches nothing, ``record`` keeps what
came of it. What a word must be to be learnt is ``nlp.category.learning``'s affair, when
a model may go live ``nlp.category.verdict``'s.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from backend.domain.rights import TABLE
from institutions.taught import taught
from nlp.category.classify import Classifier
from nlp.category.learning import Example, propose_words, triples
from nlp.category.verdict import ENOUGH, Verdict, held_out, measure, no_worse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.models import Model, Move
    from backend.store.work import UnitOfWork
    from institutions.model import Institution
    from nlp.category.learning import Learned

MOST = 5000
"""The newest settled cases that are learnt from: what citizens say changes with the years."""

TEACHERS = TABLE["teach"].roles
"""Who may put a version live or take it back."""

LIVE, PROPOSED, REFUSED, REPLACED, ROLLED_BACK = "live", "proposed", "refused", "replaced", "rolled_back"
RESTORABLE = frozenset({REPLACED, ROLLED_BACK})
"""States from which a person may put a version live: it was live once, so it passed its check."""


class NoTeacher(Exception):
    """This person may look at what was learnt and not change what is live."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} may not put versions live; managers and administrators may")
        self.name = name


class NotLive(Exception):
    """That version is not the one in use, so it cannot be taken back."""

    def __init__(self, institution: str, number: int | None) -> None:
        what = f"version {number} of {institution} is not in use" if number else f"{institution} uses no learnt words"
        super().__init__(what)
        self.institution, self.number = institution, number


class NeverPassed(Exception):
    """That version did not pass its check, or was not checked."""

    def __init__(self, institution: str, number: int, state: str) -> None:
        super().__init__(f"version {number} of {institution} is {state}; only one that passed its check can go live")
        self.institution, self.number, self.state = institution, number, state


class LearntMeanwhile(Exception):
    """Another version went live, or was made, while this one was being learnt."""

    def __init__(self, institution: str) -> None:
        super().__init__(f"the words of {institution} were changed while we learnt")
        self.institution = institution


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is to learn from and to check with, as it stands at one moment."""

    institution: str
    examples: tuple[Example, ...]  # none of them is held out
    checks: tuple[Example, ...]  # frozen ones, or those that would be frozen now
    frozen: bool
    live: Model | None
    last: Model | None
    barred: frozenset[tuple[str, str]]  # (category id, word) that a person took back


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of it. No words: there was nothing to learn."""

    ground: Ground
    words: tuple[Learned, ...]
    verdict: Verdict | None  # None: nothing was learnt

    @property
    def corrected(self) -> int:
        """Of the cases learnt from, those that a handler corrected."""
        return sum(example.corrected for example in self.ground.examples)

    @property
    def known(self) -> bool:
        """The same words were proposed before: nothing new."""
        last = self.ground.last
        return last is not None and last.triples == triples(self.words)

    @property
    def ripe(self) -> bool:
        """The same words waited for cases to check with, and there are enough now."""
        last = self.ground.last
        return last is not None and last.state == PROPOSED and self.verdict is not None and self.verdict.enough


@dataclass(frozen=True, slots=True)
class Past:
    """An institution's versions, newest first, and what became of each."""

    models: list[Model]
    moves: dict[int, list[Move]]
    checks: int  # cases to check with; 0: not frozen yet


def ground(work: UnitOfWork, institution: str) -> Ground:
    """Read what there is for that institution."""
    found = {one.number: one for one in work.models.settled(institution, limit=MOST)}
    frozen = work.models.checks(institution)
    apart = frozen or {number: one.category_id for number, one in found.items() if held_out(number)}
    facts = work.models.told(apart)
    checks = (_example(number, None, facts[number], apart[number]) for number in sorted(apart))
    examples = (
        _example(number, one.person, one.facts, one.category_id, corrected=one.filed_as != one.category_id)
        for number, one in found.items()
        if number not in apart and not held_out(number)
    )
    models = work.models.all(institution)
    live = next((model for model in models if model.state == LIVE), None)
    return Ground(
        institution,
        tuple(example for example in examples if example.text.strip()),
        tuple(example for example in checks if example.text.strip()),
        bool(frozen),
        live,
        models[0] if models else None,
        _barred(models, live, work.lessons.judged(institution)),
    )


def lesson(found: Ground, shipped: Institution) -> Lesson:
    """Learn from all examples anew, on the words of the file, and check against what is live. Slow; pure."""
    plain = Classifier(shipped)
    words = propose_words(found.examples, plain, barred=found.barred)
    if not words:
        return Lesson(found, (), None)
    before = Classifier(taught(shipped, found.live.triples, version=1)) if found.live else plain
    after = Classifier(taught(shipped, triples(words), version=1))
    return Lesson(found, words, no_worse(measure(before, found.checks), measure(after, found.checks)))


def record(work: UnitOfWork, learnt: Lesson, *, by: str, at: datetime) -> Model | None:
    """Keep the version and let it go live if it passed; freeze the cases to check with, once there are enough.

    None: there is nothing new to keep. Raises: LearntMeanwhile.
    """
    found, verdict = learnt.ground, learnt.verdict
    if verdict is None or (learnt.known and not learnt.ripe):
        return None
    home = found.institution
    work.models.lock(home)
    last = next(iter(work.models.all(home, limit=1)), None)
    if _mark(last) != _mark(found.last) or _mark(work.models.live().get(home)) != _mark(found.live):
        raise LearntMeanwhile(home)
    if not found.frozen and verdict.enough:
        work.models.freeze(home, {example.number: example.category for example in found.checks}, at=at)
    if verdict.passes and found.live:
        work.models.set_state(home, found.live.number, REPLACED, by=by, at=at)
    number = work.models.add(
        home,
        words=[astuple(word) for word in learnt.words],
        figures={key: (was.n, was.right, verdict.after[key].right) for key, was in verdict.before.items()},
        examples=len(found.examples),
        corrected=learnt.corrected,
        state=LIVE if verdict.passes else REFUSED if verdict.enough else PROPOSED,
        by=by,
        at=at,
    )
    return work.models.get(home, number)


def roll_back(work: UnitOfWork, institution: str, *, by: Actor, at: datetime, number: int | None = None) -> int | None:
    """Take the live version back; the one it replaced is live again. Its number; None: the file's words alone.

    ``number``: only if that one is live. Raises: NoTeacher, NotLive.
    """
    _teaches(by, institution)
    work.models.lock(institution)
    live = work.models.live().get(institution)
    if live is None or number not in {None, live.number}:
        raise NotLive(institution, number)
    replaced = [model for model in work.models.all(institution) if model.state == REPLACED]
    former = max(replaced, key=lambda model: (model.changed_at, model.number), default=None)
    work.models.set_state(institution, live.number, ROLLED_BACK, by=by.name, at=at)
    if former is None:
        return None
    work.models.set_state(institution, former.number, LIVE, by=by.name, at=at)
    return former.number


def go_live(work: UnitOfWork, institution: str, number: int, *, by: Actor, at: datetime) -> bool:
    """Put a version live again; False: it is. Raises: NoTeacher, NoSuchModel, NeverPassed."""
    _teaches(by, institution)
    work.models.lock(institution)
    chosen = work.models.get(institution, number)
    if chosen.state == LIVE:
        return False
    if chosen.state not in RESTORABLE:
        raise NeverPassed(institution, number, chosen.state)
    if live := work.models.live().get(institution):
        work.models.set_state(institution, live.number, REPLACED, by=by.name, at=at)
    work.models.set_state(institution, number, LIVE, by=by.name, at=at)
    return True


def past(work: UnitOfWork, institution: str, *, by: Actor, limit: int) -> Past:
    """The newest versions and what became of them. Raises: NoTeacher."""
    _teaches(by, institution)
    moves: dict[int, list[Move]] = {}
    for move in work.models.moves(institution):
        moves.setdefault(move.number, []).append(move)
    return Past(work.models.all(institution, limit=limit), moves, len(work.models.checks(institution)))


def live(work: UnitOfWork) -> dict[str, Model]:
    """The version that each institution uses now."""
    return work.models.live()


def told(learnt: Lesson, kept: Model | None) -> str:
    """What came of it, in a sentence for the operator."""
    home, count = learnt.ground.institution, len(learnt.words)
    if not learnt.corrected:
        return f"{home}: no case was corrected among {len(learnt.ground.examples)} settled ones; nothing to learn"
    if not count:
        return (
            f"{home}: {learnt.corrected} corrected cases of {len(learnt.ground.examples)} mark no word clearly enough"
        )
    if kept is None or learnt.verdict is None:
        return f"{home}: the same {count} words as before; nothing new"
    made = f"{home}: version {kept.number} with {count} words"
    if kept.state == LIVE:
        return f"{made} is live; no category got worse on {learnt.verdict.cases} cases"
    if kept.state == PROPOSED:
        return f"{made} waits: {learnt.verdict.cases} cases to check with, and {ENOUGH} are needed"
    return f"{made} is refused: it is worse in {', '.join(learnt.verdict.worse)}"


def _example(
    number: str, person: int | None, facts: Mapping[str, Any], category: str, *, corrected: bool = False
) -> Example:
    who = number if person is None else str(person)
    return Example(number, who, str(facts.get("what") or ""), category, corrected=corrected)


def _barred(
    models: list[Model], live: Model | None, judged: Mapping[tuple[str, str], tuple[bool, str, datetime]]
) -> frozenset[tuple[str, str]]:
    """What versions held that were taken back, but for what is live all the same: it does not return by itself.

    What a person said of a word comes before that.
    """
    back = {(key, word) for model in models if model.state == ROLLED_BACK for key, word, _ in model.triples}
    if live:
        back -= {(key, word) for key, word, _ in live.triples}
    wanted = {word for word, (wants, _, _) in judged.items() if wants}
    return frozenset((back - wanted) | (judged.keys() - wanted))


def _mark(model: Model | None) -> tuple[int, str] | None:
    return (model.number, model.state) if model else None


def _teaches(by: Actor, institution: str) -> None:
    if not by.roles & TEACHERS or by.institution not in {None, institution}:
        raise NoTeacher(by.name)
