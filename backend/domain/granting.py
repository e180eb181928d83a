"""Who may give whom which roles, institution, departments and trust; and that somebody stays who can.

A manager gives the roles of who works on cases, and what they have themselves;
no auditor and no admin otherwise. Nobody takes over an account that may
do more than they could give: who sets a password can log in with it. Who keeps users at
all is ``rights``' power ``users``. The shell of the machine is an admin of
everything; it mends what is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import rights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.domain.case import Actor
    from institutions.model import Institution

ADMIN = "admin"
WORKING = rights.ALL - {"manager", "auditor", ADMIN}
"""The roles that a manager gives without having them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is to the office, apart from their name and password."""

    roles: frozenset[str]
    institution: str | None = None  # None: every one
    departments: tuple[str, ...] = ()  # ids, sorted; none: every one
    confidant: bool = False


class NotYoursToGive(Exception):
    """Somebody would get more than their giver has, or be changed by who may do less. ``what``: a key of the words."""

    def __init__(self, what: str, which: str = "") -> None:
        super().__init__(f"that is not yours to give or change: {what} {which}".rstrip())
        self.what, self.which = what, which


class LastAdmin(Exception):
    """Nobody would be left who can give rights in every institution."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the last admin of every institution; make another one first")
        self.name = name


class Unfit(Exception):
    """A profile that nobody can have. ``what``: a key of the words."""

    def __init__(self, what: str, which: str = "") -> None:
        super().__init__(f"nobody can be that: {what} {which}".rstrip())
        self.what, self.which = what, which


def check_profile(profile: Profile, institutions: Mapping[str, Institution]) -> None:
    """Raises: Unfit: it has no role, or one, an institution or a department that there is not."""
    if not profile.roles:
        raise Unfit("roles")
    if strange := sorted(profile.roles - rights.ALL):
        raise Unfit("role", strange[0])
    if profile.institution is not None and profile.institution not in institutions:
        raise Unfit("institution", profile.institution)
    if profile.departments and profile.institution is None:
        raise Unfit("homeless")
    if profile.institution is not None:
        known = {office.id for office in institutions[profile.institution].departments}
        if strange := [key for key in profile.departments if key not in known]:
            raise Unfit("department", strange[0])


def check_gift(by: Actor, profile: Profile) -> None:
    """Whether this person may make somebody be that. Raises: NotYoursToGive."""
    if not rights.may(by, "users"):
        raise NotYoursToGive("users")
    if by.institution not in {None, profile.institution}:
        raise NotYoursToGive("institution", profile.institution or "")
    if more := sorted(profile.roles - frozenset(givable(by))):
        raise NotYoursToGive("role", more[0])
    if profile.confidant and not by.confidant:
        raise NotYoursToGive("confidant")


def check_reach(by: Actor, profile: Profile) -> None:
    """Whether this person may shut out or sign out who is that. Raises: NotYoursToGive."""
    check_gift(by, Profile(profile.roles, profile.institution))


def givable(by: Actor) -> tuple[str, ...]:
    """The roles that this person may give, in their order."""
    theirs = rights.ALL if ADMIN in by.roles else by.roles | WORKING
    return tuple(role for role in rights.ROLES if role in theirs)


def rules_all(profile: Profile) -> bool:
    """Whether such a user can give every right everywhere."""
    return ADMIN in profile.roles and profile.institution is None


def check_last(name: str, now: Profile, then: Profile | None, others: Iterable[Profile]) -> None:
    """*then*: who they will be; None: they are shut out. *others*: who can log in beside them. Raises: LastAdmin."""
    stays = then is not None and rules_all(then)
    if rules_all(now) and not stays and not any(rules_all(other) for other in others):
        raise LastAdmin(name)
