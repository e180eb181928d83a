"""Filing, walking and rating a case under one institution, through the real services on a store in memory.

A row's test says what it files and when, which stages the case walks and in
whose hands; here is only how that is done. Nothing is known here of any one
institution.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from backend.domain.acts import ACTS
from backend.domain.case import Actor
from backend.domain.lifecycle import RULES, Status, stages
from backend.domain.refusals import Missing, WrongAct, WrongMove
from backend.services.cases import acts, casework, visitback
from backend.services.office import accounts
from backend.store import schema
from backend.store.engine import open_store
from tests.backend.services.city import Citizen, City, _asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.case import Case
    from backend.services.talks.intake import StoredFile
    from institutions.model import Institution

CHINA = ZoneInfo("Asia/Shanghai")
SALT = b"0" * 16
PHONE = "13800138000"
HANDS = {
    "intake": "小周",
    "dispatcher": "老陈",
    "handler": "王工",
    "reviewer": "刘科长",
    "coordinator": "赵主任",
    "manager": "孙局长",
}
"""Somebody of each role, who has no other."""
WHOSE = {
    "accepted": "intake",
    "supplementing": "intake",
    "refused": "intake",
    "transferred": "intake",
    "received": "intake",
    "assigned": "dispatcher",
    "planned": "handler",
    "suspended": "manager",
    "archived": "manager",
    "reopened": "manager",
}
"""In whose hands a move usually lies; the others are the handler's. After a plan, a review or an appeal: see ``_by``."""
GIVEN = {
    "supplementing": {"note": "请补一张照片"},
    "refused": {"ground": "这件事不在受理范围"},
    "transferred": {"note": "市民热线"},
    "returned": {"note": "不是我们的职责"},
    "planned": {"note": "限三天整改，向您道歉"},
    "answered": {"answer": "已经核实并整改，谢谢您的反映。"},
    "suspended": {"note": "等待检测结果"},
}
"""What a move needs, where the test does not say."""
ACTORS = ("handler", "reviewer", "dispatcher", "coordinator", "manager")
"""Who does an act where the test does not say: the first of them who may."""
FROM = {"planned": "manager", "reviewing": "reviewer", "appealed": "reviewer", "suspended": "manager"}
"""Who takes a case out of these."""


class Office(City):
    """One institution at work. ``now`` is the clock, which the test sets in China's time with ``at``."""

    def __init__(self, institution: str) -> None:
        super().__init__(open_store("sqlite://", salt=lambda: SALT))
        schema.create(self.store)
        self.id = institution
        self.people = 0

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    @property
    def institution(self) -> Institution:
        """What its file says."""
        return self.institutions[self.id]

    def at(self, when: str) -> datetime:
        """Set the clock, as in ``2026-10-09 10:05``."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=CHINA)
        return self.now

    def files(self, story: str, at: str = "2026-10-12 10:05", /, **answers: Any) -> str:
        """A new citizen tells it, answers each question with what stands for its slot, and submits in that minute.

        ``files``: sent as evidence; ``more``: said before the summary is confirmed. The citizen is ``last`` from then
        on; returns the number.
        """
        self.people += 1
        self.last = Complainant(self, f"citizen {self.people}", self.id)
        return self.again(story, at, **answers)

    def again(self, story: str, at: str, /, **answers: Any) -> str:
        """The last citizen files once more, likewise."""
        files: tuple[StoredFile, ...] = answers.pop("files", ())
        more: tuple[str, ...] = answers.pop("more", ())
        self.at(at)
        self.heard = self.last.tells(story, answers, files=files, more=more)
        self.at(at)
        said = self.last.says("提交")
        self.receipt = "\n".join(said)
        return next(text for text in said if "编号 " in text).split("编号 ")[1].split("。")[0]

    def alarms(self, story: str, at: str = "2026-10-12 10:05", *, where: str = "幸福里3栋") -> str:
        """Somebody tells of a danger: the number of the case that is filed before anything else is asked."""
        self.people += 1
        self.last = Complainant(self, f"citizen {self.people}", self.id)
        self.at(at)
        self.heard = [*self.last.says(story), *self.last.says(where), *self.last.says(PHONE)]
        self.receipt = "\n".join(self.heard)
        return self.receipt.split("编号 ")[1][:20]

    def move(self, number: str, to: str, **given: str) -> Case:
        """The move by whoever usually makes it, a minute later; ``by``: another role; ``hand``: another name."""
        role, hand = given.pop("by", ""), given.pop("hand", "")
        case = self.case(number)
        actor = self.hand(role or _by(case.status.value, to), hand)
        told = GIVEN.get(to, {}) | given
        if to == "assigned":
            told.setdefault("department", case.department_id)
        if told.get("officer"):
            self.hires(told["officer"])
        if to == "investigating":
            told.setdefault("investigators", ",".join(NAMES[: self.institution.casework.investigators]))
        at = self.later(minutes=1)
        moved: Case = self.unit(casework.move, self.institutions, number, Status(to), told, by=actor, at=at)
        return moved

    def hires(self, name: str) -> None:
        """Somebody who handles cases, of any department, whom a case can be given to; hired once."""
        if self.store.read_now(lambda work: work.accounts.officer(name)) is None:
            self.unit(accounts.add_user, name, "!", {"handler"}, institution=self.id, at=self.now)

    def hand(self, role: str, name: str = "") -> Actor:
        """Somebody with that role alone, who is trusted with sealed cases."""
        return Actor(name or HANDS[role], frozenset({role}), self.id, confidant=True)

    def walks(self, number: str, *stops: str) -> Case:
        """Take the case through these statuses, one after the other, each by whose it is."""
        for to in stops:
            self.move(number, to)
        return self.case(number)

    def does(self, number: str, act: str, /, **given: object) -> Case:
        """An act by somebody who may, a minute later; ``by``: the role, where it is one."""
        role = (
            str(given.pop("by"))
            if given.get("by") in HANDS
            else next(role for role in ACTORS if role in ACTS[act].roles)
        )
        at = self.later(minutes=1)
        done: Case = self.unit(acts.do, self.institutions, number, act, given, by=self.hand(role), at=at)
        return done

    def corrects(self, number: str, **changes: str) -> Case:
        """Whoever takes cases in corrects what was proposed, some seconds later."""
        at = self.later(seconds=5)
        case: Case = self.unit(casework.correct, self.institutions, number, changes, by=self.hand("intake"), at=at)
        return case

    @contextmanager
    def refuses(self, number: str, match: str = "") -> Iterator[None]:
        """The move or act inside is not allowed, for a reason that says *match*, and changes nothing."""
        before = self.case(number)
        with pytest.raises((WrongMove, WrongAct, Missing), match=match or None):
            yield
        assert self.case(number).version == before.version

    refuses_act = refuses

    def due(self, number: str) -> dict[str, str]:
        """The case's clocks, as in ``2026-10-09 17:30``."""
        return {name: f"{end.astimezone(CHINA):%Y-%m-%d %H:%M}" for name, end in self.case(number).due.items()}

    def told(self, number: str) -> str:
        """All that the citizen was told about the case beside the chat."""
        return "\n".join(text for _, text in self.owed(number))

    def asks_back(self, *, days: int = 0, hours: int = 1) -> int:
        """The round that asks the visit-backs, so much later; how many it asked."""
        self.later(days=days, hours=hours)
        asked: int = self.unit(visitback.send_due, self.institutions, at=self.now)
        return asked

    def rates(self, number: str, *, solved: str = "yes", satisfied: int = 5) -> Case:
        """The citizen answers the visit-back."""
        asked = self.case(number).round
        later = f":{asked}" if asked > 1 else ""
        for answer in ("contacted:yes", f"solved:{solved}", f"satisfied:{satisfied}"):
            self.last.says(choice=f"visit:{number}:{answer}{later}")
        return self.case(number)

    def records(self, number: str, what: str) -> list[dict[str, object]]:
        """The details of the case's events of one kind, oldest first."""
        found: list[dict[str, object]] = self.store.read_now(
            lambda work: [e.detail for e in work.cases.history(number) if e.what == what]
        )
        return found

    def stages(self) -> set[str]:
        """The statuses that this institution uses."""
        return {status.value for status in stages(self.institution)}


MOST = 30  # questions before a summary
NAMES = ("张三", "李四", "王五", "赵六", "钱七")


class Complainant(Citizen):
    """Somebody in the chat with an answer for each slot."""

    def tells(
        self, story: str, answers: dict[str, str], *, files: tuple[StoredFile, ...] = (), more: tuple[str, ...] = ()
    ) -> list[str]:
        """Until the summary stands; all that was said to them."""
        heard = self.says(story)
        for _ in range(MOST):
            if "submit" in self.choices:
                break
            heard += self._next(answers, files)
        assert "submit" in self.choices, heard
        for text in more:
            heard += self.says(text)
        return heard

    def _next(self, answers: dict[str, str], files: tuple[StoredFile, ...]) -> list[str]:
        for choice in ("consent.yes", "elsewhere.yes", "join.other"):
            if choice in self.choices:
                return self.says(choice=choice)
        asking = self.city.store.read_now(_asking, self.name, self.institution)
        if asking == "evidence" and files:
            return self.says(files=files)
        usual = {"contact": PHONE, "who": "李芳", "evidence": "没有"}
        return self.says(answers.get(asking) or usual.get(asking, "不清楚") if asking else "同意")


def _by(status: str, to: str) -> str:
    """The role in whose hands that move usually lies."""
    return FROM.get(status) or WHOSE.get(to, "handler")


def nobody_told(status: str) -> bool:
    """Whether entering that status is the office's own affair."""
    return not RULES[Status(status)].told
