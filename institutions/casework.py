"""How an institution works on a case: who looks at it, what it may be refused for, found to be, and end in.

Everything has a default that suits an office with one hand and no panel; the
lifecycle reads these and asks nobody which institution it serves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from institutions.lengths import Length
from institutions.routing import Kind
from institutions.words import Wrong, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Role = Literal["intake", "dispatcher", "handler", "reviewer", "coordinator", "manager"]
Counts = Literal["valid", "assisted", "invalid", ""]
"""How a verdict stands in the figures; empty: it is not counted so."""
Unanswered = Literal["go_on", "go_back", "refuse"]
"""What follows when the citizen has not added what was asked for."""
TELLS = frozenset({"number", "what", "where", "department", "filed", "due", "name", "review"})
"""What of its case a reply can tell."""
TEAM = 2
"""So many make a team."""


class Rules(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Rules):
    """One of a list that the desk offers."""

    id: Id
    name: Name
    name_en: str = ""


class Ground(Choice):
    """A reason for which a case is not taken up; ``say`` is the sentence that the citizen reads, with where to go."""

    say: Annotated[str, Field(min_length=1, max_length=200)]
    say_en: str = ""


class Verdict(Choice):
    """What an inquiry has found."""

    counts: Counts = ""


class Outcome(Choice):
    """A measure that follows: ordered correction, compensation, suspension. ``penalty``: it goes on the penalty list."""

    penalty: bool = False
    rectify: bool = False  # it goes on the rectification list with a date to look again
    categories: tuple[str, ...] = ()  # whose cases may end in it; none: those of every category


class Reply(Choice):
    """Words to begin an answer with. Braces: number, what, where, department, filed, due, name, review."""

    text: Annotated[str, Field(min_length=1, max_length=600)]
    text_en: str = ""
    to: Literal["answered", "refused", "transferred", "supplementing", "accepted", "message", "suspended"] = "answered"


class Extension(Rules):
    """How far a clock may be put off; the reason and the new date are told."""

    by: Length  # at most, each time
    times: int = Field(default=1, ge=1, le=5)
    kinds: tuple[Kind, ...] = ()  # of cases; none: every kind
    most: Length | Literal[""] = ""  # from the clock's start, all together; empty: what ``by`` and ``times`` give


class Step(Rules):
    """Who is told when a clock has run out for so long."""

    after: Length
    to: Role


class Supervision(Rules):
    """What happens near the end of a clock and past it (督办)."""

    warn: float = Field(default=0.75, gt=0, lt=1)  # the share of a clock that is gone when its owner is warned
    steps: tuple[Step, ...] = (
        Step(after="0m", to="handler"),
        Step(after="1d", to="coordinator"),
        Step(after="3d", to="manager"),
    )
    pause_cap: Length = "15d"  # a case waits so long for the citizen at most; an officer may name a day before that
    unanswered: Unanswered = "go_on"  # … then its clocks go on, it is looked at again as it is, or it is not taken up


class Reward(Rules):
    """What a solid report earns."""

    sum: int = Field(default=0, ge=0)  # yuan, for one act; 0: whoever grants it says how much
    claim: Length = "15d"  # from its notice, or it lapses
    shared: bool = True  # joint reporters share it; who reports the same act later gets nothing


class Casework(Rules):
    """Hands and looks that a case of this institution goes through."""

    officer: bool = False  # whoever assigns a case names the officer who answers for it
    investigators: int = Field(default=1, ge=1, le=5)  # an inquiry begins with so many named
    teams: tuple[str, ...] = ()  # categories that two at least look into, where others have one
    plan: bool = False  # what is to be done is approved by a manager before the answer
    plans: tuple[str, ...] = ()  # categories of which that is so, where others' is not
    reviews: int = Field(default=0, ge=0, le=2)  # so many reviewers, one after the other, see an answer first
    head: bool = False  # the last of them is a manager
    panel: tuple[str, ...] = ()  # grades that are reviewed even where others are not
    returns: int = Field(default=2, ge=1, le=5)  # with this return a coordinator decides, who reads all reasons
    higher: bool = True  # a reopened case goes to another hand than the one that answered
    batch: tuple[str, ...] = ()  # slots: cases that agree in them are offered to be handled as one
    repeats: bool = True  # the same person with the same matter is marked as a repeat
    holds: tuple[Name, ...] = ()  # words that an answer says, each, or it is not given: 证据|evidence
    named: tuple[str, ...] = ()  # categories whose cases only officers named for them open
    letter: bool = False  # the case prints as a complaint letter to sign
    keep: Literal["anonymise", "erase"] = "anonymise"  # after ``keep_years``; erase: not even when, where and how
    grounds: tuple[Ground, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    replies: tuple[Reply, ...] = ()
    supervision: Supervision = Supervision()
    reward: Reward | None = None

    def hands(self, category: str) -> int:
        """How many are named before an inquiry into a matter of that category begins."""
        return max(self.investigators, TEAM if category in self.teams else 1)

    def planned(self, category: str) -> bool:
        """Whether what is to be done in such a matter is approved by a manager first."""
        return self.plan or category in self.plans

    def ends(self, category: str) -> tuple[Outcome, ...]:
        """The measures that a matter of that category may end in."""
        return tuple(row for row in self.outcomes if not row.categories or category in row.categories)

    def unsaid(self, answer: str) -> tuple[str, ...]:
        """What of ``holds`` an answer does not say, in neither language; each as it is first written."""
        said = answer.casefold()
        words = [held.split("|") for held in self.holds]
        return tuple(either[0] for either in words if not any(word.casefold() in said for word in either))

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for key, rows in self._lists():
            if again := twice([row.id for row in rows]):
                raise Wrong(key, f"{again} stands there twice")
        return self

    def _lists(self) -> Iterator[tuple[str, tuple[Choice, ...]]]:
        yield from (
            ("grounds", self.grounds),
            ("verdicts", self.verdicts),
            ("outcomes", self.outcomes),
            ("replies", self.replies),
        )
