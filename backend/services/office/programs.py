"""Programs that call the API, as the desk and the command line keep them: each token given and taken back on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain import granting, rights
from backend.domain.granting import NotYoursToGive, Profile
from backend.services.office import accounts, deeds
from backend.services.office.desk import OnlyLooks
from backend.store.accounts import NoSuchToken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.accounts import TokenRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


def shown(work: UnitOfWork, *, by: Actor) -> list[TokenRow]:
    """The tokens that this person knows of, by name, the oldest first. Raises: OnlyLooks."""
    if not rights.may(by, "tokens"):
        raise OnlyLooks(by.name)
    return [row for row in accounts.tokens(work) if by.institution in {None, row.institution}]


def add(
    work: UnitOfWork,
    institutions: Mapping[str, Institution],
    secret_hash: str,
    name: str,
    profile: Profile,
    *,
    scope: str,
    by: Actor,
    at: datetime,
    expires: datetime | None = None,
) -> None:
    """Let a program in as that *profile*, which has one role and is no confidant.

    Raises: BadName, TokenExists, UnknownScope, Over, Unfit, NotYoursToGive, OnlyLooks.
    """
    by = _keeper(work, by)
    granting.check_profile(profile, institutions)
    if by.institution not in {None, profile.institution}:
        raise NotYoursToGive("institution", profile.institution or "")
    role = min(profile.roles)
    accounts.add_token(
        work,
        secret_hash,
        name,
        role=role,
        institution=profile.institution,
        scope=scope,
        at=at,
        departments=profile.departments,
        expires=expires,
    )
    told: dict[str, Any] = {"role": role, "institution": profile.institution, "scope": scope}
    told |= {"departments": list(profile.departments), "expires": expires.isoformat() if expires else None}
    deeds.note(work, "token_added", name, by=by, at=at, institution=profile.institution, after=told)


def revoke(work: UnitOfWork, name: str, *, by: Actor, at: datetime) -> None:
    """Shut a program out at once. Raises: NoSuchToken: none of that name is in use that they know of; OnlyLooks."""
    by = _keeper(work, by)
    live = [row for row in shown(work, by=by) if row.name == name and row.revoked_at is None]
    if not live:
        raise NoSuchToken(name)
    accounts.revoke_token(work, name, at=at)
    deeds.note(work, "token_revoked", name, by=by, at=at, institution=live[0].institution)


def _keeper(work: UnitOfWork, by: Actor) -> Actor:
    """Who does this, as they are in this unit. Raises: OnlyLooks."""
    try:
        by = accounts.still(work, by)
    except accounts.NotLetIn as error:
        raise OnlyLooks(by.name) from error
    if not rights.may(by, "tokens"):
        raise OnlyLooks(by.name)
    return by
