"""A city whose handlers correct: cases by the dozen, each of another citizen, settled as the test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain.case import Actor, Case, Event
from backend.domain.lifecycle import Status
from backend.services.cases import casework
from backend.services.cases.changing import save
from backend.services.office import learning
from backend.services.office.served import Served
from tests.backend.services.city import START, City
from tests.nlp.shop import KITCHEN, LIFT, NOISE, SHOP, SMOKE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from backend.store.engine import Store
    from backend.store.models import Model
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

HANDLER = Actor("王主任", frozenset({"handler", "dispatcher", "coordinator"}))
MANAGER = Actor("陈经理", frozenset({"manager"}))


class School(City):
    """The shop of ``tests.nlp.shop`` on a real store; or another institution."""

    def __init__(self, store: Store, home: str = "shop", *, count: int = 0) -> None:
        super().__init__(store)
        self.home = home
        self.served = Served({**self.institutions, "shop": SHOP})
        self.institutions: Mapping[str, Institution] = self.served
        self.count = count

    def confirmed(self, each: int = 60) -> None:
        """Cases of each category that were proposed right, and closed."""
        told = [(category, texts) for category, texts in (("noise", NOISE), ("lift", LIFT), ("smoke", SMOKE))]
        self.files([(texts[n % len(texts)], category) for n in range(each) for category, texts in told], closed=True)

    def corrected(self, count: int = 20, *, text: str = "", to: str = "smoke") -> list[str]:
        """Cases that were proposed as noise; their numbers."""
        numbers = self.files([(text or KITCHEN[n % len(KITCHEN)], "noise") for n in range(count)])
        self.correct(to, *numbers)
        return numbers

    def files(self, told: Iterable[tuple[str, str]], *, closed: bool = False, by: str = "") -> list[str]:
        """A case of a new citizen for each text and category; their numbers."""
        cases = []
        for text, category in told:
            self.count += 1
            cases.append((f"20261121-SH-{self.count:06}-0", f"citizen {self.count}", text, category))
        self.unit(_file_all, cases, self.home, closed=closed, by=by)
        return [number for number, *_ in cases]

    def correct(self, category: str, *numbers: str) -> None:
        """A handler's corrections on the desk."""
        self.unit(_correct_all, self.institutions, category, numbers, at=self.now)

    def learns(self, by: str = "night") -> tuple[Model | None, str]:
        """What comes of learning now, and the sentence about it."""
        found = self.store.read_now(learning.ground, "shop")
        lesson = learning.lesson(found, SHOP)
        kept = self.unit(learning.record, lesson, by=by, at=self.later(days=1))
        self.follows()
        return kept, learning.told(lesson, kept)

    def follows(self) -> None:
        """Serve what is live."""
        self.served.follow(self.store.read_now(learning.live))

    def states(self) -> list[tuple[int, str]]:
        """Each version and what it is, oldest first."""
        models = self.store.read_now(lambda work: work.models.all("shop"))
        return [(model.number, model.state) for model in reversed(models)]


def _file_all(
    work: UnitOfWork, cases: Iterable[tuple[str, str, str, str]], home: str, *, closed: bool, by: str
) -> None:
    for number, who, text, category in cases:
        _file(work, number, who, text, category, home=home, closed=closed, by=by)


def _correct_all(work: UnitOfWork, served: Served, category: str, numbers: Iterable[str], *, at: datetime) -> None:
    for number in numbers:
        casework.correct(work, served, number, {"category": category}, by=HANDLER, at=at)


def _file(
    work: UnitOfWork, number: str, who: str, text: str, category: str, *, home: str, closed: bool, by: str
) -> None:
    person = work.people.find_or_add("web", who, language="zh", at=START)
    case = Case(
        number=number,
        institution=home,
        source="web",
        person=person.id,
        kind="complaint",
        status=Status.CLOSED if closed else Status.RECEIVED,
        category_id=category,
        matter_id=None,
        department_id="front",
        grade="ordinary",
        facts={"what": text},
        proposal=_proposal(category) | ({"by": by} if by else {}),
        filed_at=START,
    )
    case.note(Event(START, "citizen", "filed", {"category_id": category}))
    work.cases.add(case, day=START.date())


def _proposal(category: str) -> dict[str, Any]:
    return {"top": [{"category_id": category, "matter_id": None, "score": 0.9}], "why": [], "decided": True}


def confirm(school: School, number: str) -> None:
    """A handler says that the proposal is right."""
    school.unit(_confirm, school, number)


def _confirm(work: UnitOfWork, school: School, number: str) -> None:
    case = work.cases.get(number, lock=True)
    case.note(Event(school.now, HANDLER.name, "corrected", {"confirmed": True}))
    save(work, school.institutions["shop"], case)
