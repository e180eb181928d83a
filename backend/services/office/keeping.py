"""Users as the desk and the command line keep them: each change checked against who makes it, and put on record.

What may be given is ``domain.granting``'s. Passwords are hashed outside units,
as ``accounts`` says.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.domain import granting, rights
from backend.domain.granting import Profile
from backend.services.office import accounts, deeds
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchUser, UserExists

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.accounts import User
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


class ChangedMeanwhile(Exception):
    """Somebody else changed that user since the form was made."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed meanwhile")
        self.name = name


def shown(work: UnitOfWork, *, by: Actor) -> list[User]:
    """The users whom this person knows of, by name: of their institution, or all. Raises: OnlyLooks."""
    if not rights.may(by, "users"):
        raise OnlyLooks(by.name)
    return [user for user in work.accounts.users() if by.institution in {None, user.institution}]


def one(work: UnitOfWork, name: str, *, by: Actor) -> User:
    """One of them. Raises: OnlyLooks, NoSuchUser: nobody of that name whom they know of."""
    if not rights.may(by, "users"):
        raise OnlyLooks(by.name)
    user = work.accounts.user(name) if accounts.NAME.fullmatch(name) else None
    if user is None or by.institution not in {None, user.institution}:
        raise NoSuchUser(name)
    return user


def add(
    work: UnitOfWork,
    institutions: Institutions,
    name: str,
    password_hash: str,
    profile: Profile,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Let somebody use the desk, with a one-time password.

    Raises: BadName, UserExists: so is somebody called, or nearly so; Unfit, NotYoursToGive, OnlyLooks.
    """
    by = _still(work, by)
    granting.check_profile(profile, institutions)
    granting.check_gift(by, profile)
    if unicodedata.normalize("NFKC", name) != name:
        raise accounts.BadName(name)
    if twin := next((user for user in work.accounts.users() if user.name.casefold() == name.casefold()), None):
        raise UserExists(twin.name)
    accounts.add_user(
        work,
        name,
        password_hash,
        profile.roles,
        institution=profile.institution,
        at=at,
        one_time=True,
        departments=profile.departments,
        confidant=profile.confidant,
    )
    _note(work, "user_added", name, profile, by=by, at=at, after=told(profile))


def change(
    work: UnitOfWork,
    institutions: Institutions,
    name: str,
    profile: Profile,
    *,
    by: Actor,
    at: datetime,
    seen: str | None = None,
) -> bool:
    """Make them be that, and end their sessions; False: they are so already.

    ``seen``: the mark of who they were on the form; None: whoever they are.
    Raises: NoSuchUser, ChangedMeanwhile, LastAdmin, Unfit, NotYoursToGive, OnlyLooks.
    """
    user, by = _held(work, name, by=by)
    if seen is not None and seen != mark(user):
        raise ChangedMeanwhile(name)
    old = profile_of(user)
    if old == profile:
        return False
    granting.check_profile(profile, institutions)
    granting.check_reach(by, old)
    granting.check_gift(by, replace(profile, confidant=profile.confidant and not old.confidant))
    granting.check_last(name, old, profile, _others(work, name))
    work.accounts.set_profile(
        name,
        roles=profile.roles,
        institution=profile.institution,
        departments=profile.departments,
        confidant=profile.confidant,
    )
    _note(work, "user_changed", name, profile, by=by, at=at, before=told(old), after=told(profile))
    return True


def block(work: UnitOfWork, name: str, *, blocked: bool, by: Actor, at: datetime) -> bool:
    """Shut somebody out at once, or let them in again; False: so it is already.

    Raises: NoSuchUser, LastAdmin, NotYoursToGive, OnlyLooks.
    """
    user, by = _held(work, name, by=by)
    old = profile_of(user)
    granting.check_reach(by, old)
    if user.disabled is blocked:
        return False
    if blocked:
        granting.check_last(name, old, None, _others(work, name))
    work.accounts.disable(name, disabled=blocked)
    _note(work, "user_blocked" if blocked else "user_unblocked", name, old, by=by, at=at)
    return True


def reset_password(work: UnitOfWork, name: str, password_hash: str, *, by: Actor, at: datetime) -> None:
    """Give them a one-time password and end their sessions. Who does so could log in as them, and so must have all they have.

    Raises: NoSuchUser, NotYoursToGive, OnlyLooks.
    """
    user, by = _held(work, name, by=by)
    granting.check_gift(by, profile_of(user))
    accounts.set_password(work, name, password_hash, one_time=True)
    _note(work, "password_reset", name, profile_of(user), by=by, at=at)


def sign_out(work: UnitOfWork, name: str, *, by: Actor, at: datetime) -> None:
    """End every session of theirs. Raises: NoSuchUser, NotYoursToGive, OnlyLooks."""
    user, by = _held(work, name, by=by)
    granting.check_reach(by, profile_of(user))
    work.accounts.end_sessions(name)
    _note(work, "signed_out", name, profile_of(user), by=by, at=at)


def profile_of(user: User) -> Profile:
    """Who they are."""
    return Profile(user.roles, user.institution, tuple(sorted(user.departments)), user.confidant)


def mark(user: User) -> str:
    """What a form remembers of who they were."""
    state = json.dumps([told(profile_of(user)), user.disabled], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def _still(work: UnitOfWork, by: Actor) -> Actor:
    """Who does this, as they are in this unit. Raises: OnlyLooks."""
    try:
        by = accounts.still(work, by)
    except accounts.NotLetIn as error:
        raise OnlyLooks(by.name) from error
    if not rights.may(by, "users"):
        raise OnlyLooks(by.name)
    return by


def _held(work: UnitOfWork, name: str, *, by: Actor) -> tuple[User, Actor]:
    """That user, whom nobody else changes until the unit ends, and who does this."""
    work.accounts.hold()
    by = _still(work, by)
    return one(work, name, by=by), by


def _others(work: UnitOfWork, name: str) -> list[Profile]:
    return [profile_of(user) for user in work.accounts.users() if user.name != name and not user.disabled]


def told(profile: Profile) -> dict[str, Any]:
    """As JSON values, for the record."""
    return {
        "roles": [role for role in rights.ROLES if role in profile.roles],
        "institution": profile.institution,
        "departments": list(profile.departments),
        "confidant": profile.confidant,
    }


def _note(
    work: UnitOfWork,
    what: str,
    name: str,
    profile: Profile,
    *,
    by: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    deeds.note(work, what, name, by=by, at=at, institution=profile.institution, before=before, after=after)
