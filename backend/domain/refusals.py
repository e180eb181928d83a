"""Why something was not done to a case: each refusal a class, a sentence in English for programs and in Chinese for the desk.

``str(error)`` is the English one; ``zh`` the Chinese one, empty where the desk
has its own words for that class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.domain.lifecycle import Status


class WrongMove(Exception):
    """The case cannot go there from here, or not by this person."""

    def __init__(
        self, number: str, current: Status, wanted: Status, why: str = "that move is not allowed", zh: str = ""
    ) -> None:
        super().__init__(f"case {number} is {current}; it cannot become {wanted}: {why}")
        self.number, self.current, self.wanted, self.why, self.zh = number, current, wanted, why, zh


class WrongRole(WrongMove):
    """The case may go there, but others must take it there."""

    def __init__(self, number: str, current: Status, wanted: Status, roles: Iterable[str]) -> None:
        super().__init__(number, current, wanted, f"only {', '.join(sorted(roles))} may")
        self.roles = frozenset(roles)


class NotYet(WrongMove):
    """The table has this move, but not after what was done to this case so far, or not by this hand."""


class Missing(Exception):
    """A move or an act lacks something that it asks for."""

    def __init__(self, wanted: str, field_name: str, zh: str = "") -> None:
        super().__init__(f"{wanted} needs {field_name}")
        self.wanted, self.field, self.zh = wanted, field_name, zh


class NoSuchDepartment(Missing):
    """The case is to go to a department that the institution does not have."""

    def __init__(self, wanted: str, institution: str, department: str) -> None:
        super().__init__(wanted, "department", f"没有“{department}”这个部门，请重新选择。")
        self.args = (f"{wanted} needs a department of {institution}; it has no {department!r}",)
        self.department = department


class BadField(Missing):
    """What was given for a field is not what it takes."""

    def __init__(self, wanted: str, field_name: str, why: str, zh: str) -> None:
        super().__init__(wanted, field_name, zh)
        self.args = (f"{wanted}: {field_name} {why}",)
        self.why = why


class WrongAct(Exception):
    """This cannot be done to the case as it stands, or not by this person."""

    def __init__(self, number: str, act: str, why: str, zh: str) -> None:
        super().__init__(f"case {number}: {act} cannot be done: {why}")
        self.number, self.act, self.why, self.zh = number, act, why, zh


class NotYourAct(WrongAct):
    """It can be done, but others must do it."""


class NoSuchAct(Exception):
    """Nothing that can be done to a case is called that."""

    def __init__(self, act: str) -> None:
        super().__init__(f"there is no act {act!r}; GET /api/v1/lifecycle lists those there are")
        self.act = act
