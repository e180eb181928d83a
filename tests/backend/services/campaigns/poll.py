"""A survey campaign for tests: its manager, its questions, and the round that asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.domain import questionnaire as q
from backend.domain.campaign import Population, Schedule
from backend.domain.case import Actor
from backend.domain.questionnaire import Option, Question, Questionnaire, Rule
from backend.services.campaigns import planning, sending
from bots import Way
from tests.backend.services.city import START

if TYPE_CHECKING:
    from datetime import datetime

    from tests.backend.services.city import City

MANAGER = Actor("陈经理", frozenset({"manager"}))
WAYS = {"web": (Way("web"),)}
ASKED = Questionnaire(
    "耽误您一分钟。",
    "One minute, please.",
    (
        Question("q1", q.CHOICE, "办得怎么样？", "How was it?", options=(Option("1", "好", "Good"), Option("2", "不好", "Bad")),
                 rules=(Rule(("1",), "q3"),)),
        Question("q2", q.TEXT, "哪里不好？", "What was bad?", required=False),
        Question("q3", q.FIVE, "打几分？", "Your score?"),
    ),
)  # fmt: skip


class Poll:
    """One campaign of the hotline's, and its clock, which is the city's."""

    def __init__(self, city: City, asked: Questionnaire = ASKED, *, title: str = "办理满意度", **how: Any) -> None:
        self.city, self.home = city, city.institutions["hotline"]
        day = START.date()
        self.id: int = city.unit(planning.make, self.home, title, by=MANAGER, at=city.now)
        about = Population(day - timedelta(days=1), day + timedelta(days=1))
        city.unit(planning.narrow, self.id, about, today=day, by=MANAGER, at=city.now)
        city.unit(planning.ask, self.id, asked, by=MANAGER, at=city.now)
        self.plans(**how)

    def plans(self, *, how: str = "all", size: int = 10, by: str = "category", seed: str = "7", **caps: Any) -> None:
        sample = {"how": how, "size": size, "seed": seed, "by": by}
        schedule = Schedule(self.city.now, self.city.now + timedelta(days=3), **caps)
        self.city.unit(planning.plan, self.id, sample, schedule, by=MANAGER, at=self.city.now)

    def counts(self) -> planning.Count:
        found: planning.Count = self.city.store.read_now(self._count)
        return found

    def _count(self, work: Any) -> planning.Count:
        row = work.campaigns.get(self.id)
        return planning.count(work, self.home, row, by=MANAGER, at=self.city.now, always={"web"})

    def sends(self) -> Any:
        return self.city.unit(planning.send, self.home, self.id, by=MANAGER, at=self.city.now)

    def asks(self, at: datetime | None = None) -> int:
        """One round of the job; how many were asked."""
        now = at or self.city.later(seconds=5)
        self.city.unit(sending.over, at=now)
        turns = self.city.store.read_now(sending.up, self.city.institutions, at=now)
        return sum(self.city.unit(sending.ask, self.city.institutions, WAYS, *turn, at=now) for turn in turns)

    def states(self) -> dict[str, int]:
        return dict(self.city.store.read_now(lambda work: work.campaigns.states(self.id)))

    def state(self) -> str:
        found: str = self.city.store.read_now(lambda work: work.campaigns.get(self.id)).state
        return found

    def invitations(self) -> list[str]:
        """What is queued for people, by the text."""
        return [row.text for row in self.city.store.read_now(_queued)]


def _queued(work: Any) -> Any:
    return [row for row in work.outbox.not_arrived(limit=50) if row.kind == sending.KIND]
