"""A month of cases made by chance, the same each time for one seed, through the services that the desk uses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from backend.domain import lifecycle
from backend.domain.case import Actor, Missing, WrongMove
from backend.domain.lifecycle import Status
from backend.domain.refusals import BadField, NotYet
from backend.services.cases import acts, casework, changing, filing, visitback
from backend.services.talks import amending
from dialogs.conversation import Draft
from dialogs.effects import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

BEGIN = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)
END = BEGIN + timedelta(days=40)
OFFICERS = ("小赵", "老钱", "孙工")
DISTRICTS = ("云东区", "云西区", "")
ROLES = frozenset({"coordinator", "handler", "dispatcher", "reviewer", "manager"})
REFUSALS = (WrongMove, Missing, BadField, NotYet)


def live(work: UnitOfWork, institutions: Institutions, *, cases: int, seed: int) -> None:
    """File so many cases of two institutions, and let each go its own way."""
    chance = Random(seed)
    for n in range(cases):
        home = institutions[("hotline", "hotline", "property")[n % 3]]
        _Life(work, institutions, home, chance).live(n)


class _Life:
    """One case."""

    def __init__(self, work: UnitOfWork, institutions: Institutions, home: Institution, chance: Random) -> None:
        self.work, self.institutions, self.home, self.chance = work, institutions, home, chance
        self.now = BEGIN + chance.random() * timedelta(days=32)

    def live(self, n: int) -> None:
        """From the filing until nothing more happens to it."""
        person = self.work.people.find_or_add("web", f"p{n % 30}", language="zh", at=self.now)
        category, district = self.chance.choice(self.home.categories), self.chance.choice(DISTRICTS)
        place = {
            "category_id": category.id,
            "matter_id": None,
            "department_id": self.home.departments[n % 2].id,
            "score": 1,
        }
        values = {"what": "路灯不亮", "where": _where(district)}
        draft = Draft(values=values, proposal={"top": [place], "why": [], "decided": True})
        case = filing.file_case(self.work, self.home, person, draft, at=self.now)
        for _ in range(self.chance.randrange(14)):
            self.now += self.chance.random() ** 2 * timedelta(days=5)
            if self.now >= END:
                return
            case = self.work.cases.get(case.number)
            self._something(case, person.id)

    def _something(self, case: Case, person: int) -> None:
        by = Actor(self.chance.choice(OFFICERS), ROLES)
        try:
            match self.chance.randrange(12):
                case 0:
                    other = self.chance.choice(self.home.categories).id
                    casework.correct(self.work, self.institutions, case.number, {"category": other}, by=by, at=self.now)
                case 1:
                    acts.do(
                        self.work, self.institutions, case.number, "repeat", {"case": case.number}, by=by, at=self.now
                    )
                case 2:
                    amending.fill(case, {"where": _where(self.chance.choice(DISTRICTS))}, at=self.now)
                    changing.save(self.work, self.home, case)
                case _ if case.status is Status.VISITING_BACK and self.chance.random() < 0.7:
                    self._rate(case, person)
                case _:
                    self._move(case, by)
        except REFUSALS:
            return

    def _rate(self, case: Case, person: int) -> None:
        told = Rate(
            case.number,
            self.chance.choice((True, True, False, None)),
            self.chance.choice(("yes", "partly", "no", None)),
            self.chance.choice((None, 1, 2, 3, 4, 5)),
        )
        visitback.rate(self.work, self.institutions, told, person=person, at=self.now)

    def _move(self, case: Case, by: Actor) -> None:
        ways = lifecycle.allowed(self.home, case.status, by.roles)
        to = self.chance.choice([way for way in ways if way not in {Status.ARCHIVED, Status.SUSPENDED}] or ways)
        given: dict[str, Any] = {"note": "按规定办理", "answer": "已修好，谢谢反映。", "ground": "不在受理范围"}
        given |= {"department": self.chance.choice(self.home.departments[:3]).id} if to is Status.ASSIGNED else {}
        casework.move(self.work, self.institutions, case.number, to, given, by=by, at=self.now)


def _where(district: str) -> dict[str, Any]:
    pieces = {"district": district} if district else {}
    return {"text": f"{district}幸福路", "lat": None, "lon": None, "pieces": pieces}
