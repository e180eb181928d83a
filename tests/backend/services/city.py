"""A city for service tests: citizens who talk through real units on a real store, officers who work cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.domain.case import Actor, Case
from backend.domain.lifecycle import Status
from backend.services.cases import casework
from backend.services.talks import intake
from dialogs.messages import Inbound, Peer
from institutions.catalog import load_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.services.talks.intake import StoredFile
    from backend.store.engine import Store
    from backend.store.journal import Saying
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

START = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)  # a Saturday, 9:12 in China
STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"
OFFICER = Actor("王主任", frozenset({"coordinator", "handler", "dispatcher", "reviewer"}))


class City:
    """The store, the institutions, and a clock that the test moves."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.institutions: Mapping[str, Institution] = load_all()
        self.now = START

    def later(self, **by: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**by)
        return self.now

    def unit(self, f: Any, *args: Any, **kwargs: Any) -> Any:
        """Run one unit of work now."""
        return self.store.run_now(f, *args, **kwargs)

    def citizen(self, name: str = "li", institution: str = "hotline") -> Citizen:
        """Somebody on the web chat."""
        return Citizen(self, name, institution)

    def case(self, number: str) -> Case:
        """The case as it stands."""
        found: Case = self.store.read_now(_case, number)
        return found

    def move(self, number: str, to: str, **given: str) -> Case:
        """An officer's move."""
        moved: Case = self.unit(
            casework.move, self.institutions, number, Status(to), given, by=OFFICER, at=self.later(minutes=1)
        )
        return moved

    def answer(self, number: str) -> Case:
        """Accept, assign and answer."""
        self.move(number, "accepted")
        self.move(number, "assigned", department=self.case(number).department_id)
        return self.move(number, "answered", answer="已现场查处，店家拆除了音响。")

    def owed(self, number: str) -> list[tuple[str, str]]:
        """What is queued for the citizens of a case: (kind, text)."""
        return [(row.kind, row.text) for row in self.store.read_now(_owed, number)]

    def history(self, number: str) -> list[tuple[str, str]]:
        """The case's events: (by, what)."""
        return [(event.by, event.what) for event in self.store.read_now(_history, number)]


class Citizen:
    """One chat."""

    def __init__(self, city: City, name: str, institution: str) -> None:
        self.city, self.name, self.institution = city, name, institution
        self.sent = 0

    def says(
        self, text: str = "", *, choice: str = "", files: tuple[StoredFile, ...] = (), message_id: str = ""
    ) -> list[str]:
        """Send a message; what the bot says."""
        self.sent += 1
        message = Inbound(Peer("web", self.name), message_id or f"m{self.sent}", text, choice)
        institution = self.city.institutions[self.institution]
        at = self.city.later(seconds=10)
        prepared = intake.prepare(message, institution, at=at, files=files)
        says: list[Saying] = self.city.unit(intake.receive, self.city.institutions, prepared, at=at)
        self.choices = [choice["id"] for choice in says[-1].choices] if says else []
        return [saying.text for saying in says]

    def files_a_case(self, story: str = STORY, *, phone: str = "13800138000") -> str:
        """Talk until there is a case; its number."""
        for text in (story, "同意"):
            self.says(text)
        while "submit" not in self.choices:
            said = self.says_next(phone)
        said = self.says("提交")
        return said[0].split("编号 ")[1].split("。")[0]

    def says_next(self, phone: str) -> list[str]:
        """Answer whatever is open, naming a phone and leaving the rest."""
        asking = self.city.store.read_now(_asking, self.name, self.institution)
        return self.says({"contact": phone, "who": "李芳"}.get(asking, "不清楚"))


def _case(work: UnitOfWork, number: str) -> Case:
    return work.cases.get(number)


def _owed(work: UnitOfWork, number: str) -> Any:
    return work.outbox.of_case(number)


def _history(work: UnitOfWork, number: str) -> Any:
    return work.cases.history(number)


def _asking(work: UnitOfWork, name: str, institution: str) -> str:
    person = work.people.find_or_add("web", name, language="zh", at=START)
    state = work.people.conversation(person.id, institution)
    return str(state["asking"]) if state else ""
