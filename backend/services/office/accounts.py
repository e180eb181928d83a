"""Desk users and programs: passwords, sessions, tokens, and who each of them is to a case.

Passwords are hashed and checked outside units (0.1 s and 64 MB each): the edge
calls ``hash_password`` and ``check_password`` on a thread. Session ids and
tokens are 256 random bits made at the edge, so ``hash_secret`` may be fast.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.domain.case import Actor
from backend.domain.lifecycle import CITIZEN, SYSTEM
from backend.domain.rights import ROLES as ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from backend.store.accounts import Token, TokenRow, User
    from backend.store.work import UnitOfWork

SCOPES = ("read", "write", "personal")
"""What a token may do; each holds the ones before it."""

SECRET_BYTES = 32
SESSION = timedelta(hours=12)
"""A working day: who logs in in the morning is logged out at night."""

USED_EVERY = timedelta(hours=1)
"""How often it is written down that a token was used."""

SHELL = "shell:"
"""Before the name of whoever has the shell of this machine; no user can be called so."""
FIRST = "admin"
NAME = re.compile(r"[\w.-]{1,40}")
OURS = frozenset({CITIZEN, SYSTEM})
"""Names that stand in histories for somebody else."""
RESERVED = " and ".join(f'"{name}"' for name in sorted(OURS))

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, GROUP = 4, 4
"""Of a password made for somebody, which may be read out and is typed: 4 times 4 letters, 79 bits."""

HASHER = PasswordHasher()  # argon2id with RFC 9106's second recommendation: 64 MiB, 3 passes
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$wROIeCraXcxnZisnWnbEvg$llzUU7NisZ09Jh/oww5oz/nBL7fXU9m90+4Gu/yzOd4"
"""Checked in place of an unknown user's hash, so that the answer takes as long as for a known one."""


class BadName(Exception):
    """A user or program cannot be called that."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot be a name: a name is 1 to 40 letters, digits, dots, - or _; {RESERVED} are reserved"
        )
        self.name = name


class UnknownRole(Exception):
    """There is no such role."""

    def __init__(self, role: str) -> None:
        super().__init__(f"there is no role {role!r}; choose one of: {', '.join(ROLES)}")
        self.role = role


class UnknownScope(Exception):
    """There is no such scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"there is no scope {scope!r}; choose one of: {', '.join(SCOPES)}")
        self.scope = scope


class Over(Exception):
    """A token ends after it begins."""

    def __init__(self) -> None:
        super().__init__("the day until which the token would open is over")


class NotLetIn(Exception):
    """The user was disabled, or got another password, after the password was checked."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not let in any more")
        self.name = name


def one_time_password(choose: Callable[[str], str]) -> str:
    """A new one, of letters that ``secrets.choice`` or the like chooses."""
    return "-".join("".join(choose(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Slow."""
    return HASHER.hash(password)


def check_password(hashed: str | None, password: str) -> bool:
    """Whether *password* is the one that was hashed; None (nobody has that name) takes as long and is False. Slow."""
    try:
        HASHER.verify(NOBODY if hashed is None else hashed, password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def verify(user: User | None, password: str) -> bool:
    """Whether this user may log in with that password; as much work for one who may not. Slow."""
    right = check_password(user.password if user else None, password)
    return right and user is not None and not user.disabled


def outdated(hashed: str) -> bool:
    """The hash was made with weaker settings than today's: hash the password again while it is known."""
    return HASHER.check_needs_rehash(hashed)


def hash_secret(secret: str) -> str:
    """What is kept of a session id or token. Fast, for those cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_user(
    work: UnitOfWork,
    name: str,
    password_hash: str,
    roles: Collection[str],
    *,
    institution: str | None = None,
    at: datetime,
    one_time: bool = False,
    departments: Collection[str] = (),
    confidant: bool = False,
) -> None:
    """Let somebody use the desk. ``one_time``: with a password made for them, which they must change first.

    ``departments``: of their institution's, whose cases they see as a handler; none: every one's. ``confidant``: they
    see sealed cases and name officers for them.

    Raises: BadName, UnknownRole, UserExists.
    """
    _check_name(name)
    for role in roles:
        _check_role(role)
    work.accounts.add_user(
        name,
        password_hash,
        roles,
        institution,
        at=at,
        must_change=one_time,
        departments=departments,
        confidant=confidant,
    )


def add_first_user(work: UnitOfWork, password_hash: str, *, at: datetime) -> bool:
    """``admin`` with every role and a one-time password, unless somebody can log in already.

    Sealed cases open to them, until they have made somebody else a confidant: else nobody would read them.
    """
    if work.accounts.any_user():
        return False
    add_user(work, FIRST, password_hash, ROLES, at=at, one_time=True, confidant=True)
    return True


def set_password(work: UnitOfWork, name: str, password_hash: str, *, one_time: bool = False) -> None:
    """Change the password and end every session of that user; ``one_time``: as in add_user. Raises: NoSuchUser."""
    work.accounts.set_password(name, password_hash, must_change=one_time)


def users(work: UnitOfWork) -> list[User]:
    """Everybody who can use the desk, or could once."""
    return work.accounts.users()


def disable(work: UnitOfWork, name: str, *, disabled: bool = True) -> None:
    """Shut somebody out of the desk at once, or let them in again. Raises: NoSuchUser."""
    work.accounts.disable(name, disabled=disabled)


def set_reach(
    work: UnitOfWork, name: str, *, institution: str | None, departments: Collection[str], confidant: bool
) -> None:
    """Say anew whose cases that user sees; their sessions end. Raises: NoSuchUser."""
    work.accounts.set_reach(name, institution=institution, departments=departments, confidant=confidant)


def sign_in(
    work: UnitOfWork,
    name: str,
    session_hash: str,
    csrf: str,
    *,
    at: datetime,
    checked: str | None = None,
    rehashed: str | None = None,
    chosen: bool = False,
) -> User:
    """Begin a session and end the user's others. The password was checked before the unit.

    ``checked``: the hash it was checked against, so that a change meanwhile is
    noticed; ``rehashed``: another one to keep instead, of the same password or
    (``chosen``) of one that the user has chosen just now. Raises: NotLetIn.
    """
    user = work.accounts.user(name)
    if user is None or user.disabled or (checked is not None and user.password != checked):
        raise NotLetIn(name)
    if rehashed is not None:
        work.accounts.set_password(name, rehashed, must_change=user.must_change and not chosen)
    work.accounts.end_sessions(name)
    work.accounts.signed_in(name, at=at)
    work.accounts.add_session(session_hash, name, csrf, at=at, expires=at + SESSION)
    return user


def sign_out(work: UnitOfWork, session_hash: str) -> None:
    """End a session; one that is over already is no error."""
    work.accounts.end_session(session_hash)


def signed_in(work: UnitOfWork, session_hash: str, *, at: datetime) -> tuple[User, str, frozenset[str]] | None:
    """The session's user, CSRF token and whom they stand in for; None: over, unknown, or the user was disabled."""
    found = work.accounts.session(session_hash, now=at)
    return None if found is None else (*found, work.accounts.stands_in(found[0].name, now=at))


def add_token(
    work: UnitOfWork,
    secret_hash: str,
    name: str,
    *,
    role: str = "handler",
    institution: str | None = None,
    scope: str = "read",
    at: datetime,
    departments: Collection[str] = (),
    expires: datetime | None = None,
) -> None:
    """Let a program in, until it ``expires``. ``departments``: as in add_user.

    Raises: BadName, UnknownRole, UnknownScope, Over, TokenExists: it is in already.
    """
    _check_name(name)
    _check_role(role)
    if scope not in SCOPES:
        raise UnknownScope(scope)
    if expires is not None and expires <= at:
        raise Over
    work.accounts.add_token(
        secret_hash, name, role, institution, scope, at=at, departments=departments, expires=expires
    )


def tokens(work: UnitOfWork) -> list[TokenRow]:
    """Every program that has a token, or had one."""
    return work.accounts.tokens()


def revoke_token(work: UnitOfWork, name: str, *, at: datetime) -> None:
    """Shut a program out at once. Raises: NoSuchToken."""
    work.accounts.revoke_token(name, at=at)


def token_of(work: UnitOfWork, secret_hash: str, *, at: datetime) -> Token | None:
    """The program with that token; None: unknown, revoked or over."""
    return work.accounts.token(secret_hash, now=at)


def used(work: UnitOfWork, secret_hash: str, *, at: datetime) -> None:
    """Its program was here; told once in ``USED_EVERY``, since a write for each request would cost more than it."""
    work.accounts.use_token(secret_hash, at=at)


def actor_of(user: User, stands_in: frozenset[str] = frozenset()) -> Actor:
    """A desk user, as cases know them. Who only audits sees names and phone numbers masked."""
    return Actor(
        user.name,
        user.roles,
        user.institution,
        personal=bool(user.roles - {"auditor"}),
        departments=frozenset(user.departments),
        confidant=user.confidant,
        stands_in=stands_in,
    )


def still(work: UnitOfWork, by: Actor) -> Actor:
    """Somebody as they are in this unit, for they may have lost rights since they logged in. Raises: NotLetIn.

    The shell of the machine is no user and stays what it is.
    """
    if by.name.startswith(SHELL):
        return by
    user = work.accounts.user(by.name)
    if user is None or user.disabled:
        raise NotLetIn(by.name)
    return actor_of(user)


def actor_of_token(token: Token) -> Actor:
    """A program, as cases know it; one that only audits sees no more than a person who does."""
    personal = allows(token, "personal") and token.role != "auditor"
    return Actor(
        token.name,
        frozenset({token.role}),
        token.institution,
        personal=personal,
        program=True,
        departments=frozenset(token.departments),
    )


def allows(token: Token, scope: str) -> bool:
    """Whether the token's scope holds *scope*."""
    return SCOPES.index(token.scope) >= SCOPES.index(scope)


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name) or name in OURS:
        raise BadName(name)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UnknownRole(role)
